"""The `dondoc` program."""

from __future__ import annotations

from flask.cli import FlaskGroup

from web.commands import COMMANDS
from web.factory import app_from_environment


def main() -> None:
    """Run `dondoc`."""
    group = FlaskGroup(
        name="dondoc",
        help="Đôn Đốc: theo dõi, đôn đốc nhiệm vụ. Follow directives until they are verified.",
        create_app=app_from_environment,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
    )
    for command in COMMANDS:
        group.add_command(command)
    group.main(prog_name="dondoc")
