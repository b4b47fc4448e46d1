"""The desk as a list: oldest clock first, the graver level before the lighter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.escalation.rows import EscalationRaiseRow, EscalationRow, RuleVersionRow
from models.paging import counted
from models.review.queries import MARKED, visible_to, waits_for
from models.review.rows import ReviewPaperCaseRow, ReviewPaperRow
from models.review.views import View, conditions
from workflow.accounts.records import AGENCY_ROLES, Actor
from workflow.review.records import HEARD, EscalationState, PaperKind

PAGE, CHUNK = 50, 1_000
NO_CLOCK = date(9999, 12, 31)
_Holder = aliased(AccountRow, name="holder")
_Raise = aliased(EscalationRaiseRow, name="raise")


class Edge(NamedTuple):
    """Where a page ends: the last row's clock, level and id."""

    clock: date
    level: int
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDesk:
    """One case as the desk shows it; `body` is its rule as data.

    `is_marked`: a mark says that something else explains it. `heard`: its agency explained, or
    let its day pass, about the raise that stands.
    """

    id: int
    number: str
    state: EscalationState
    version: int
    level: int
    rule_code: str
    rule_number: int
    body: dict[str, Any]
    group: dict[str, str]
    agency_id: int | None
    agency_code: str
    agency_name: str
    opened_on: date
    closed_on: date | None
    score: int
    holder: str
    answer_by: date | None
    letter_due_on: date | None = None
    is_marked: bool = False
    heard: bool = False

    @property
    def edge(self) -> Edge:
        """Where a page that ends with this row ends."""
        return Edge(self.answer_by or NO_CLOCK, self.level, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """One page of the desk, how many there are, and where the next begins."""

    rows: tuple[OnDesk, ...]
    total: int
    exact: bool
    after: Edge | None = None
    counts: dict[str, int] = field(default_factory=dict)


_SERIAL = (
    select(
        func.coalesce(
            func.max(EscalationRaiseRow.serial).filter(EscalationRaiseRow.standing),
            func.max(EscalationRaiseRow.serial),
        )
    )
    .where(EscalationRaiseRow.escalation_id == EscalationRow.id)
    .correlate(EscalationRow)
    .scalar_subquery()
)
_LETTER_DUE = (
    select(func.max(ReviewPaperRow.answer_on))
    .join(ReviewPaperCaseRow, ReviewPaperCaseRow.paper_id == ReviewPaperRow.id)
    .where(
        ReviewPaperCaseRow.escalation_id == EscalationRow.id,
        ReviewPaperRow.kind == PaperKind.LETTER,
    )
    .correlate(EscalationRow)
    .scalar_subquery()
)
"""The answer day of the letters of a case: what its agency goes by."""
_HEARD = (
    exists()
    .where(
        ReviewPaperCaseRow.escalation_id == EscalationRow.id,
        ReviewPaperCaseRow.raise_serial == _SERIAL,
        ReviewPaperRow.id == ReviewPaperCaseRow.paper_id,
        ReviewPaperRow.kind.in_(HEARD),
    )
    .correlate(EscalationRow)
)
_clock: ColumnElement[date] = func.coalesce(EscalationRow.answer_by, literal(NO_CLOCK))
_ROWS = (
    select(
        EscalationRow.id,
        EscalationRow.number,
        EscalationRow.state,
        EscalationRow.version,
        EscalationRow.level,
        EscalationRow.rule_code,
        EscalationRow.rule_number,
        RuleVersionRow.body,
        EscalationRow.group_json.label("group"),
        EscalationRow.agency_id,
        func.coalesce(AgencyRow.code, "").label("agency_code"),
        func.coalesce(AgencyRow.name, "").label("agency_name"),
        EscalationRow.opened_on,
        EscalationRow.closed_on,
        func.coalesce(_Raise.score, 0).label("score"),
        func.coalesce(_Holder.name, "").label("holder"),
        EscalationRow.answer_by,
        _LETTER_DUE.label("letter_due_on"),
        exists().where(MARKED).correlate(EscalationRow).label("is_marked"),
        _HEARD.label("heard"),
    )
    .outerjoin(AgencyRow, AgencyRow.id == EscalationRow.agency_id)
    .outerjoin(_Holder, _Holder.id == EscalationRow.holder_id)
    .outerjoin(_Raise, and_(_Raise.escalation_id == EscalationRow.id, _Raise.serial == _SERIAL))
    .outerjoin(
        RuleVersionRow,
        and_(
            RuleVersionRow.code == EscalationRow.rule_code,
            RuleVersionRow.number == EscalationRow.rule_number,
        ),
    )
)


def desk_page(
    connection: Connection, actor: Actor, view: View, day: date, after: Edge | None = None
) -> DeskPage:
    """Return one page of the desk, in two statements however many rows there are."""
    where = conditions(actor, view, day)
    rows = _page(connection, where, day, PAGE + 1, after)
    shown = rows[:PAGE]
    total, exact = counted(connection, select(EscalationRow.id).where(*where))
    return DeskPage(
        rows=shown,
        total=total,
        exact=exact,
        after=shown[-1].edge if len(rows) > PAGE else None,
    )


def chunks_of(
    connection: Connection, actor: Actor, view: View, day: date
) -> Iterator[tuple[OnDesk, ...]]:
    """Yield every case of a view in the desk's order, a chunk at a time."""
    where, after = conditions(actor, view, day), None
    while rows := _page(connection, where, day, CHUNK, after):
        yield rows
        after = rows[-1].edge


def _page(
    connection: Connection,
    where: list[ColumnElement[bool]],
    day: date,
    most: int,
    after: Edge | None,
) -> tuple[OnDesk, ...]:
    """Find the rows of a page first, and only then what each of them shows."""
    chosen = _in_order(select(EscalationRow.id).where(*where)).limit(most)
    if after is not None:
        chosen = chosen.where(_beyond(after))
    ids = chosen.subquery("chosen")
    statement = _in_order(_ROWS.where(EscalationRow.id.in_(select(ids.c.id))))
    return tuple(_row(row) for row in connection.execute(statement, {"day": day}))


def first_cases(
    connection: Connection, actor: Actor, view: View, day: date, most: int
) -> tuple[OnDesk, ...]:
    """Return the first cases of a view, what waits for `actor` before the rest, in one statement.

    An agency goes by the day of the letter it has to answer, others by their own clock.
    """
    clock = func.coalesce(_LETTER_DUE, literal(NO_CLOCK)) if actor.role in AGENCY_ROLES else _clock
    order = (case((waits_for(actor), 0), else_=1), clock, EscalationRow.level.desc())
    chosen = select(EscalationRow.id).where(*conditions(actor, view, day))
    ids = chosen.order_by(*order, EscalationRow.id).limit(most).subquery("chosen")
    statement = _ROWS.where(EscalationRow.id.in_(select(ids.c.id)))
    ordered = statement.order_by(*order, EscalationRow.id)
    return tuple(map(_row, connection.execute(ordered, {"day": day})))


def rows_of(
    connection: Connection, actor: Actor, numbers: Sequence[str], day: date
) -> tuple[OnDesk, ...]:
    """Return these cases in the desk's order, as far as `actor` may read them on `day`."""
    statement = _ROWS.where(visible_to(actor, day), EscalationRow.number.in_(numbers))
    return tuple(_row(row) for row in connection.execute(_in_order(statement), {"day": day}))


def open_cases_of(
    connection: Connection,
    actor: Actor,
    agency_id: int,
    states: tuple[EscalationState, ...],
    day: date,
) -> tuple[OnDesk, ...]:
    """Return the cases of one agency in these states: what one paper could serve."""
    statement = _in_order(
        _ROWS.where(
            visible_to(actor, day),
            EscalationRow.agency_id == agency_id,
            EscalationRow.state.in_(states),
        )
    ).limit(PAGE)
    return tuple(_row(row) for row in connection.execute(statement, {"day": day}))


def _in_order(statement: Select[Any]) -> Select[Any]:
    return statement.order_by(_clock, EscalationRow.level.desc(), EscalationRow.id)


def _beyond(edge: Edge) -> ColumnElement[bool]:
    clock = literal(edge.clock)
    return or_(
        _clock > clock,
        and_(_clock.in_([edge.clock]), EscalationRow.level < edge.level),
        and_(
            _clock.in_([edge.clock]),
            EscalationRow.level == edge.level,
            EscalationRow.id > edge.id,
        ),
    )


def _row(row: Any) -> OnDesk:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
    values["state"] = EscalationState(values["state"])
    values["body"] = values["body"] or {}
    return OnDesk(**values)
