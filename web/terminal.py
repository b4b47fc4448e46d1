"""How commands speak: JSON on standard output, words on standard error, a status for each end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from web.config import SettingsError
from web.refusals import in_words
from workflow.errors import WorkflowError

Command = Callable[..., Any]


class IsoDay(click.ParamType[date]):
    """A date in ISO form, as commands take it."""

    name = "DAY"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no ISO date", param, ctx)


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
        except DatabaseError as error:
            reason = f"the database does not answer as it should ({type(error).__name__})"
            raise Told(f"{reason}: run `dondoc db upgrade`, then `dondoc doctor`") from error

    return run


def _one_line(error: WorkflowError) -> str:
    return " ".join(in_words(error).split())


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


def answer(lines: str) -> None:
    """Print what a command was asked for on standard output, at once."""
    click.echo(lines)
    sys.stdout.flush()


def say(message: str) -> None:
    """Print a message for people on standard error."""
    click.echo(message, err=True)
