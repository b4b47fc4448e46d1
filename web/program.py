"""The `dondoc` program."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import FlaskGroup

from web.commands import COMMANDS, command_named


class Program(FlaskGroup):
    """The commands of the product; each is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, without importing any of them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return one command; the application is made only by those that need it."""
        del ctx
        return command_named(name) if name in COMMANDS else None


def _application() -> Flask:
    from web.config import SettingsError  # noqa: PLC0415 - asked for with the application
    from web.factory import app_from_environment  # noqa: PLC0415 - most of the start-up
    from web.terminal import Told  # noqa: PLC0415 - as above

    try:
        return app_from_environment()
    except SettingsError as error:
        raise Told(str(error)) from error


def main() -> None:
    """Run `dondoc`."""
    group = Program(
        name="dondoc",
        help="Đôn Đốc: theo dõi, đôn đốc nhiệm vụ. Follow directives until they are verified.",
        create_app=_application,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
    )
    click.version_option(package_name="dondoc", message="%(prog)s %(version)s")(group)
    group.main(prog_name="dondoc")
