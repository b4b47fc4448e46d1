"""Whether anything is due, for many kinds of work at once: one statement asks for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Date, bindparam, false, select, true

from models.prepared import Prepared

DAY = bindparam("look_day", type_=Date())
"""The day of the night, as every condition may ask it."""


class Asked(NamedTuple):
    """A condition that holds when something is due, and the values it is asked with.

    The condition is made once; its values bear names that no other condition uses otherwise.
    It may hold when nothing is due, never the other way round. It has no lists in it: `Prepared`.
    """

    condition: ColumnElement[bool]
    given: Mapping[str, object]


ALWAYS, NEVER = Asked(true(), {}), Asked(false(), {})
"""What a setting alone decides is asked like anything else."""


def asked_of(condition: ColumnElement[bool], day: date, **more: object) -> Asked:
    """Return a condition that is asked with the day of the night."""
    return Asked(condition, {DAY.key: day, **more})


def answers(connection: Connection, asked: Sequence[Asked]) -> tuple[bool, ...]:
    """Return which of these conditions hold, in their order; one statement."""
    if not asked:
        return ()
    given = {name: value for one in asked for name, value in one.given.items()}
    row = _all_of(tuple(one.condition for one in asked)).row(connection, given)
    return tuple(map(bool, row or ()))


@lru_cache(maxsize=64)
def _all_of(conditions: tuple[ColumnElement[bool], ...]) -> Prepared:
    """Return the statement; making it takes longer than asking it."""
    looks = (one.label(f"look{place}") for place, one in enumerate(conditions))
    return Prepared(select(*looks))
