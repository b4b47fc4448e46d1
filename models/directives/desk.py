"""What stands inside an agency beside its work, for its own first page and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Subquery,
    and_,
    false,
    func,
    literal_column,
    select,
    union,
)
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow, DivisionRow
from models.directives.looking import (
    IS_CURRENT,
    STANDS,
    WAITS,
    back_with,
    is_own,
    returned_in,
    routed_to,
)
from models.directives.matter_rows import NOTE_BY, REPORT, InputRequestRow, PreparedRow, RoutingRow
from models.directives.rows import DirectiveRow
from workflow.accounts.records import Actor
from workflow.directives.matters import PreparedState
from workflow.directives.records import State

A_WEEK = timedelta(days=7)
LATE, SOON = "late", "week"
_Router = aliased(AccountRow, name="router")
_Shown = aliased(DirectiveRow, name="shown")
_IS_REPORT: ColumnElement[bool] = PreparedRow.act == literal_column(f"'{REPORT}'")
_RETURNED = and_(PreparedRow.state == PreparedState.RETURNED, _IS_REPORT)
_INSIDE = select(
    DirectiveRow.id,
    DirectiveRow.number,
    DirectiveRow.content,
    DirectiveRow.state,
    DirectiveRow.due_on,
    DirectiveRow.completed_on,
    DirectiveRow.returned_count,
    AgencyRow.name.label("lead"),
    RoutingRow.note,
    RoutingRow.internal_due_on,
    AccountRow.name.label("person"),
    DivisionRow.name.label("division"),
    _Router.name.label("note_by"),
    InputRequestRow.id.label("asked_id"),
    InputRequestRow.due_on.label("asked_on"),
    InputRequestRow.what.label("asked_what"),
)

_WORDS = ("person", "division", "note", "note_by", "asked_what", "lead", "drafted")
_FLAGS = ("is_away", "is_part", "is_prepared", "is_returned", "is_back")
_SAME = (
    "number", "content", "due_on", "completed_on", "internal_due_on", "asked_id", "asked_on",
    "returned_count",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """How one's own agency handles a directive now, and what another asked of it.

    `person` and `division` are to whom it was routed, with a `note` that `note_by` wrote; `is_away`
    that it waits with others than the reader; `is_part` that it was handed down and reported;
    `is_prepared` that a report waits for clerk or head, `drafted` another act, by its code;
    `is_returned` that a report was given back to whoever prepared it; `is_back` that those above
    returned what was reported since it was routed; `asked_id` the oldest request for input that
    waits, due `asked_on`.
    """

    number: str
    content: str
    state: State
    lead: str = ""
    due_on: date | None = None
    completed_on: date | None = None
    returned_count: int = 0
    is_part: bool = False
    is_away: bool = False
    person: str = ""
    division: str = ""
    note: str = ""
    note_by: str = ""
    internal_due_on: date | None = None
    is_prepared: bool = False
    is_returned: bool = False
    is_back: bool = False
    drafted: str = ""
    asked_id: int | None = None
    asked_on: date | None = None
    asked_what: str = ""

    def days_late(self, today: date) -> int:
        """Return the calendar days past the internal date; 0 in time or without one."""
        return max(0, (today - self.internal_due_on).days) if self.internal_due_on else 0


def routed_as(
    handler: int | None, internal: str, actor: Actor, day: date
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on who in the actor's agency handles it, and on its internal date."""
    if handler is None and not internal:
        return
    if not is_own(actor):
        yield false()
        return
    found = select(RoutingRow.directive_id).where(
        IS_CURRENT, RoutingRow.agency_id == actor.agency_id
    )
    if handler is not None:
        found = found.where(RoutingRow.account_id == handler)
    if internal == LATE:
        found = found.where(RoutingRow.internal_due_on < day)
    elif internal == SOON:
        found = found.where(RoutingRow.internal_due_on.between(day, day + A_WEEK))
    yield DirectiveRow.id.in_(found)


def inside_of(
    connection: Connection,
    actor: Actor,
    day: date,
    keys: Sequence[int],
    *,
    away: int = 0,
    asked: int = 0,
    parts: int = 0,
) -> dict[int, Inside]:
    """Return what stands inside the actor's agency on some directives, in one statement.

    With them come up to `away` that run and were routed to others, up to `asked` on which another
    agency's request for input waits for this one, and up to `parts` it handed down that were
    reported to it; each the next due first.
    """
    if not is_own(actor) or not (keys or away or asked or parts):
        return {}
    mine = actor.agency_id
    gone = DirectiveRow.id.in_(_away(actor, day, away)) if away else false()
    told = DirectiveRow.id.in_(_parts(mine, parts)) if parts else false()
    found = _INSIDE.add_columns(
        gone.label("is_away"),
        told.label("is_part"),
        _prepared(mine, and_(STANDS, _IS_REPORT)).label("is_prepared"),
        _prepared(mine, _RETURNED).label("is_returned"),
        DirectiveRow.id.in_(returned_in(actor)).label("is_back"),
        _drafted(mine).label("drafted"),
    )
    which = _union_of(
        select(_Shown.id).where(_Shown.id.in_(keys)),
        _away(actor, day, away) if away else None,
        _asked(mine, asked) if asked else None,
        _parts(mine, parts) if parts else None,
    )
    rows = connection.execute(_with_names(found, which, mine))
    return {row.id: _inside(row) for row in rows}


def _with_names(found: Select[Any], which: Subquery, mine: int | None) -> Select[Any]:
    """Put beside each directive who holds it inside, and the oldest request that waits."""
    oldest = (
        select(InputRequestRow.directive_id, func.min(InputRequestRow.id).label("id"))
        .where(WAITS, InputRequestRow.agency_id == mine)
        .group_by(InputRequestRow.directive_id)
        .subquery("oldest")
    )
    return (
        found.select_from(which)
        .join(DirectiveRow, DirectiveRow.id == which.c.id)
        .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
        .outerjoin(RoutingRow, _routed_by(mine))
        .outerjoin(AccountRow, AccountRow.id == RoutingRow.account_id)
        .outerjoin(DivisionRow, DivisionRow.id == RoutingRow.division_id)
        .outerjoin(_Router, _Router.id == NOTE_BY)
        .outerjoin(oldest, oldest.c.directive_id == DirectiveRow.id)
        .outerjoin(InputRequestRow, InputRequestRow.id == oldest.c.id)
    )


def _union_of(*sources: Select[int] | None) -> Subquery:
    asked = [select(one.subquery().c[0].label("id")) for one in sources if one is not None]
    return union(*asked).subquery()


def _asked(agency_id: int | None, limit: int) -> Select[int]:
    return (
        select(InputRequestRow.directive_id)
        .where(WAITS, InputRequestRow.agency_id == agency_id)
        .group_by(InputRequestRow.directive_id)
        .order_by(func.min(InputRequestRow.due_on), InputRequestRow.directive_id)
        .limit(limit)
    )


def _parts(agency_id: int | None, limit: int) -> Select[int]:
    part = aliased(DirectiveRow, name="part_below")
    return (
        select(part.id)
        .where(part.handed_by_id == agency_id, part.state == literal_column("'reported'"))
        .order_by(part.due_on.is_(None), part.due_on, part.id)
        .limit(limit)
    )


def _inside(row: Row[*tuple[Any, ...]]) -> Inside:
    values: Mapping[Any, Any] = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
    plain: dict[str, Any] = {name: values[name] or "" for name in _WORDS}
    plain |= {name: bool(values[name]) for name in _FLAGS}
    plain |= {name: values[name] for name in _SAME}
    return Inside(state=State(row.state), **plain)


def _routed_by(agency_id: int | None) -> ColumnElement[bool]:
    return and_(
        RoutingRow.directive_id == DirectiveRow.id,
        RoutingRow.agency_id == agency_id,
        IS_CURRENT,
    )


def _prepared(agency_id: int | None, state: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(PreparedRow.id)
        .where(
            PreparedRow.directive_id == DirectiveRow.id,
            PreparedRow.agency_id == agency_id,
            state,
        )
        .exists()
    )


def _drafted(agency_id: int | None) -> ColumnElement[str]:
    """Return the act that an officer wrote and nobody sent; the first of several by its code."""
    return (
        select(func.min(PreparedRow.act))
        .where(
            PreparedRow.directive_id == DirectiveRow.id,
            PreparedRow.agency_id == agency_id,
            STANDS,
            ~_IS_REPORT,
        )
        .scalar_subquery()
    )


def _away(actor: Actor, day: date, limit: int) -> Select[int]:
    """Return the running directives that the agency routed to others, the next due first.

    A report that was prepared, or returned by those above, waits for clerk or head again: it is
    not away.
    """
    elsewhere = (routed_to(actor, day), *back_with(actor))
    routed = (
        select(RoutingRow.directive_id, RoutingRow.internal_due_on)
        .where(IS_CURRENT, RoutingRow.agency_id == actor.agency_id)
        .where(*(RoutingRow.directive_id.not_in(one) for one in elsewhere))
        .subquery("routed")
    )
    of = aliased(DirectiveRow, name="away")
    due = func.coalesce(routed.c.internal_due_on, of.due_on)
    return (
        select(of.id)
        .join(routed, routed.c.directive_id == of.id)
        .where(of.state.in_([State.ASSIGNED, State.IN_PROGRESS]))
        .order_by(due.is_(None), due, of.id)
        .limit(limit)
    )
