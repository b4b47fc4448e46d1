"""Which directives a person may read, as a condition of the query itself."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyRow
from models.directives.rows import CoordinatingRow, DirectiveRow
from workflow.accounts.records import AGENCY_ROLES, PROVINCE_ROLES, Actor
from workflow.deadlines.rules import SOON_BANDS, Timeliness
from workflow.directives.records import State

ACTIVE = (State.ASSIGNED, State.IN_PROGRESS)
OPEN = (*ACTIVE, State.REPORTED)


def visible_to(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a directive whole on `day`.

    It is `workflow.directives.standing.sight` in SQL: office, leader and inspector read
    the province; an agency what it or a unit under it leads, coordinates or handed down;
    a scope that cannot be resolved reads nothing.
    """
    if actor.is_system:
        return true()
    if not actor.holds_role_on(day):
        return false()
    if actor.role in PROVINCE_ROLES:
        return true()
    if actor.role not in AGENCY_ROLES or not actor.agency_path:
        return false()
    return held_under(actor.agency_path)


def held_under(path: str) -> ColumnElement[bool]:
    """Return the condition that an agency at `path` or below leads, coordinates or handed down."""
    below = under(path)
    return or_(
        DirectiveRow.lead_agency_id.in_(below),
        DirectiveRow.id.in_(
            select(CoordinatingRow.directive_id).where(CoordinatingRow.agency_id.in_(below))
        ),
        and_(DirectiveRow.handed_by_id.is_not(None), DirectiveRow.handed_by_id.in_(below)),
    )


def under(path: str) -> Select[int]:
    """Return the ids of the agency at `path` and of every one below it."""
    return select(AgencyRow.id).where(AgencyRow.path.startswith(path, autoescape=True))


def shares_document_with(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` holds any clause of a directive's document.

    Who holds one reads the content of all clauses; others' reports stay closed
    (product.md, section 1).
    """
    if actor.role not in AGENCY_ROLES or not actor.agency_path or not actor.holds_role_on(day):
        return visible_to(actor, day)
    other = aliased(DirectiveRow, name="same_document")
    below = under(actor.agency_path)
    coordinates = select(CoordinatingRow.directive_id).where(CoordinatingRow.agency_id.in_(below))
    return exists(
        select(other.id).where(
            other.document_id == DirectiveRow.document_id,
            or_(other.lead_agency_id.in_(below), other.id.in_(coordinates)),
        )
    )


def timeliness_is(
    code: Timeliness, today: date, *, bands: tuple[int, ...] = SOON_BANDS
) -> ColumnElement[bool]:
    """Return the condition that a directive stands so on `today`.

    It is `workflow.directives.timing.timeliness_of` in SQL.
    """
    due, done, state = DirectiveRow.due_on, DirectiveRow.completed_on, DirectiveRow.state
    soon = today + timedelta(days=max(bands, default=-1))
    active, reported = state.in_(ACTIVE), state == State.REPORTED
    verified = state == State.VERIFIED
    in_time = and_(due.is_not(None), or_(done.is_(None), done <= due))
    return {
        Timeliness.NO_DEADLINE: and_(state != State.WITHDRAWN, due.is_(None)),
        Timeliness.OVERDUE: or_(and_(active, due < today), and_(reported, done > due)),
        Timeliness.DUE_SOON: and_(active, due >= today, due <= soon),
        Timeliness.ON_TRACK: or_(and_(active, due >= today, due > soon), and_(reported, in_time)),
        Timeliness.DONE_ON_TIME: and_(verified, done <= due),
        Timeliness.DONE_LATE: and_(verified, done > due),
    }[code]
