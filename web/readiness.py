"""Whether the database has the shape that this version of the product needs."""

from __future__ import annotations

from functools import wraps
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from web.installation import newest_revision, standing_revision
from web.terminal import Command, Told


def needs_database(command: Command) -> Command:
    """End a command with status 1 and the remedy when the database is not set up."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            standing = standing_revision()
        except SQLAlchemyError as error:
            raise Told(f"the database cannot be reached: {type(error).__name__}") from error
        if standing != newest_revision():
            raise Told("the database is behind: run `dondoc db upgrade`")
        return command(*args, **kwargs)

    return run
