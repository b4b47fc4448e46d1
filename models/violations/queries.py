"""Which violations a person may read, as a condition of the query itself."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import ColumnElement, Connection, false, literal_column, select, true

from models.directives.queries import under
from models.violations.rows import ViolationRow
from workflow.accounts.records import AGENCY_ROLES, PROVINCE_ROLES, Actor
from workflow.violations.records import NUMBER_PREFIX

EXACT = re.compile(rf"{NUMBER_PREFIX}([0-9]{{1,9}})", re.IGNORECASE)

STANDS: ColumnElement[bool] = ViolationRow.state != literal_column("'overturned'")
"""Violations that count."""
CONTESTED: ColumnElement[bool] = ViolationRow.state == literal_column("'contested'")
"""Violations that wait for a judgement, in the words of their index: so it is used."""
BY_HAND: ColumnElement[bool] = ViolationRow.source != literal_column("'detected'")
"""Violations that people entered, in the words of their index."""


def visible_to(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a violation on `day`.

    It is `workflow.violations.standing.sees` in SQL: office, leader and inspector read the
    province, an agency its own and those of its units, the admin none.
    """
    if actor.is_system:
        return true()
    if not actor.holds_role_on(day):
        return false()
    if actor.role in PROVINCE_ROLES:
        return true()
    if actor.role not in AGENCY_ROLES or not actor.agency_path:
        return false()
    return ViolationRow.agency_id.in_(under(actor.agency_path))


def exact_violation(connection: Connection, actor: Actor, words: str, day: date) -> int | None:
    """Return the violation whose public number these words are, if the actor may read it."""
    number = EXACT.fullmatch(words)
    if number is None:
        return None
    found = select(ViolationRow.id).where(ViolationRow.id == int(number[1]), visible_to(actor, day))
    return connection.execute(found).scalar_one_or_none()
