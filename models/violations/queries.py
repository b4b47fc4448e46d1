"""Which violations a person may read, as a condition of the query itself."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import ColumnElement, Connection, literal_column, select, true
from sqlalchemy.orm import InstrumentedAttribute

from models.agencies.scope import under, within
from models.violations.rows import ViolationRow
from workflow.accounts.reach import reach_of
from workflow.accounts.records import Actor
from workflow.violations.records import NUMBER_PREFIX

EXACT = re.compile(rf"{NUMBER_PREFIX}([0-9]{{1,9}})", re.IGNORECASE)

STANDS: ColumnElement[bool] = ViolationRow.state != literal_column("'overturned'")
"""Violations that count."""
NOT_FRESH: ColumnElement[bool] = ViolationRow.state != literal_column("'recorded'")
"""Violations that somebody or something has moved on, in the words of their index."""
BY_HAND: ColumnElement[bool] = ViolationRow.source != literal_column("'detected'")
"""Violations that people entered, in the words of their index."""


def visible_to(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a violation on `day`.

    It is `workflow.violations.standing.sees` in SQL: office, leader and inspector read the
    province, an agency its own and those of its units, the admin none.
    """
    scope = scope_of(actor, day)
    return true() if scope is None else scope


def scope_of(
    actor: Actor,
    day: date,
    agency: InstrumentedAttribute[int] | InstrumentedAttribute[int | None] = ViolationRow.agency_id,
) -> ColumnElement[bool] | None:
    """Return which agencies' violations `actor` reads on `day`; None where it is all of them."""
    reach = reach_of(actor, day)
    return None if reach.is_all else within(reach, lambda path: agency.in_(under(path)))


def exact_violation(connection: Connection, actor: Actor, words: str, day: date) -> int | None:
    """Return the violation whose public number these words are, if the actor may read it."""
    number = EXACT.fullmatch(words)
    if number is None:
        return None
    found = select(ViolationRow.id).where(ViolationRow.id == int(number[1]), visible_to(actor, day))
    return connection.execute(found).scalar_one_or_none()
