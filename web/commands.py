"""The `dondoc` command: the same use cases as the pages, for hands and for jobs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup

from web.config import SettingsError
from web.refusals import in_words
from workflow.errors import WorkflowError

Command = Callable[..., Any]


class Told(click.ClickException):
    """A refusal with its one-line reason; the exit status is 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


def refusals_told(command: Command) -> Command:
    """End a command with status 1 and a one-line reason when the workflow refuses."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except WorkflowError as error:
            raise Told(f"{error.code}: {_one_line(error)}") from error
        except SettingsError as error:
            raise Told(str(error)) from error

    return run


def _one_line(error: WorkflowError) -> str:
    return " ".join(in_words(error).split())


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


def say(message: str) -> None:
    """Print a message for people on standard error."""
    click.echo(message, err=True)


def groups() -> list[click.Command]:
    """Return every command of the product, feature by feature."""
    from web.accounts.commands import accounts  # noqa: PLC0415 - commands load lazily
    from web.calendar.commands import calendar  # noqa: PLC0415
    from web.deadlines.commands import deadline  # noqa: PLC0415
    from web.demo.commands import demo  # noqa: PLC0415
    from web.directives.commands import directives  # noqa: PLC0415
    from web.history.commands import audit  # noqa: PLC0415
    from web.installation import database, doctor, serve  # noqa: PLC0415

    return [demo, serve, database, doctor, deadline, calendar, directives, accounts, audit]


def register(app: Flask) -> None:
    """Give the commands to `flask --app wsgi` too."""
    for command in groups():
        app.cli.add_command(command)


def main() -> None:
    """Run `dondoc`."""
    from web.factory import app_from_environment  # noqa: PLC0415

    group = FlaskGroup(
        name="dondoc",
        help="Đôn Đốc: theo dõi, đôn đốc nhiệm vụ. Follow directives until they are verified.",
        create_app=app_from_environment,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
    )
    for command in groups():
        group.add_command(command)
    group.main(prog_name="dondoc")
