"""A psycopg cursor that says no more of its columns than SQLAlchemy asks."""

from __future__ import annotations

from typing import Any

import psycopg

NOTHING_MORE = (None,) * 5


class PlainCursor(psycopg.Cursor[Any]):
    """Describes each column by name and type alone.

    psycopg builds an object for every column of every result, and SQLAlchemy asks for them
    each time though it reads only these two: a sixth of the time of an act.
    """

    @property
    def description(self) -> list[Any] | None:
        result = self.pgresult
        if result is None or not result.nfields:
            return None
        return [
            ((result.fname(place) or b"").decode(), result.ftype(place), *NOTHING_MORE)
            for place in range(result.nfields)
        ]
