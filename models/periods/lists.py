"""The list of reporting periods: filtered, by due day, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    exists,
    or_,
    select,
    tuple_,
)

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.figures import FIGURES, STANDS
from models.directives.filters import Looker
from models.directives.looking import reports_prepared_in, routed_to
from models.directives.rows import DirectiveRow
from models.documents.rows import ClauseRow, DocumentRow
from models.paging import counted
from models.periods.conditions import IS_WAITING, outcome_is, readable_by, soon_on
from models.periods.register import period_from
from models.periods.rows import PeriodPlanRow, PeriodReportRow, PeriodRow
from models.periods.sums import period_figures
from workflow.periods.records import Outcome, Period

PAGE, LONG_PAGE, CHUNK = 50, 300, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """What of the periods is asked for.

    `agency` is the code of who they are charged to, `overseer` of the agency whose documents
    they come from, `year` the one they fall due in, `number` their directive. `soon` asks for
    those that fall due within the bands, `pressing` for these and what is missing, `waiting`
    for reports that nobody judged yet. `clause` is one clause (year, serial, position) without
    the parts handed down, `due_on` one due day, `figured` whether the report tells a figure,
    `to_prepare` what was routed to the looker and nobody of their agency prepared yet, `chosen`
    periods named by directive and serial.
    """

    outcome: Outcome | None = None
    soon: bool = False
    pressing: bool = False
    waiting: bool = False
    agency: str = ""
    overseer: str = ""
    year: int | None = None
    number: str = ""
    clause: tuple[int, int, int] | None = None
    due_on: date | None = None
    figured: bool | None = None
    to_prepare: bool = False
    chosen: tuple[tuple[str, int], ...] | None = None


class Edge(NamedTuple):
    """Where a page ends: the last row's due day and id."""

    due_on: date
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPeriod:
    """One period as a list shows it."""

    period: Period
    number: str
    content: str
    agency_code: str
    agency_name: str
    suspended_since: date | None
    recurs: str = ""
    unit: str = ""
    figure: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def edge(self) -> Edge:
        """Where a page that ends with this row ends."""
        return Edge(self.period.due_on, self.period.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPage:
    """One page, how many there are, and where the next begins."""

    rows: tuple[ListedPeriod, ...]
    total: int
    exact: bool
    after: Edge | None = None


def period_page(
    connection: Connection, looker: Looker, view: PeriodView, after: Edge | None = None
) -> PeriodPage:
    """Return one page of a view within what the looker may read, in two statements.

    What is missing, or falls due on one day, stands on longer pages: all agencies of a clause
    stand together.
    """
    where = conditions(view, looker)
    most = LONG_PAGE if view.outcome is Outcome.MISSING or view.due_on else PAGE
    rows = _rows(connection, where, most + 1, after)
    shown = rows[:most]
    keys = (
        select(PeriodRow.id)
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(*where)
    )
    total, exact = counted(connection, keys)
    return PeriodPage(
        rows=shown,
        total=total,
        exact=exact,
        after=shown[-1].edge if len(rows) > most else None,
    )


def first_rows(
    connection: Connection, looker: Looker, view: PeriodView, limit: int
) -> tuple[ListedPeriod, ...]:
    """Return the rows of a view that fall due first, in one statement."""
    return _rows(connection, conditions(view, looker), limit, None)


def every_row(connection: Connection, looker: Looker, view: PeriodView) -> Iterator[ListedPeriod]:
    """Yield every row of a view, a chunk at a time."""
    where, after = conditions(view, looker), None
    while True:
        rows = _rows(connection, where, CHUNK, after)
        yield from rows
        if len(rows) < CHUNK:
            return
        after = rows[-1].edge


def conditions(view: PeriodView, looker: Looker) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a view over periods joined with their directives."""
    of_view = (*_of_standing(view, looker), *_of_facts(view), *_of_names(view))
    return (readable_by(looker.actor, looker.day), *of_view)


def _of_standing(view: PeriodView, looker: Looker) -> Iterator[ColumnElement[bool]]:
    if view.outcome is not None:
        yield outcome_is(view.outcome, looker.day)
    if view.soon:
        yield soon_on(looker.day, looker.bands)
    if view.pressing:
        missing = outcome_is(Outcome.MISSING, looker.day)
        yield or_(missing, soon_on(looker.day, looker.bands))
    if view.waiting:
        yield IS_WAITING
    if view.to_prepare:
        yield DirectiveRow.id.in_(routed_to(looker.actor, looker.day))
        yield DirectiveRow.id.not_in(reports_prepared_in(looker.actor))


_TELLS_FIGURE = exists(
    select(PeriodReportRow.id).where(
        PeriodReportRow.period_id == PeriodRow.id,
        PeriodReportRow.outcome.in_(STANDS),
        PeriodReportRow.figure.is_not(None),
    )
)


def _of_facts(view: PeriodView) -> Iterator[ColumnElement[bool]]:
    if view.agency:
        yield PeriodRow.agency_id.in_(_coded(view.agency))
    if view.overseer:
        own = select(DocumentRow.id).where(DocumentRow.overseer_id.in_(_coded(view.overseer)))
        yield DirectiveRow.document_id.in_(own)
    if view.year:
        yield PeriodRow.due_on >= date(view.year, 1, 1)
        yield PeriodRow.due_on <= date(view.year, 12, 31)
    if view.due_on:
        yield PeriodRow.due_on == view.due_on
    if view.figured is not None:
        yield _TELLS_FIGURE if view.figured else ~_TELLS_FIGURE


def _of_names(view: PeriodView) -> Iterator[ColumnElement[bool]]:
    if view.number:
        yield DirectiveRow.number == view.number
    if view.clause:
        yield DirectiveRow.parent_id.is_(None)
        yield DirectiveRow.clause_id.in_(_clause(*view.clause))
    if view.chosen is not None:
        yield tuple_(DirectiveRow.number, PeriodRow.serial).in_(view.chosen)


def _clause(year: int, serial: int, position: int) -> Select[int]:
    return (
        select(ClauseRow.id)
        .join(DocumentRow, DocumentRow.id == ClauseRow.document_id)
        .where(
            DocumentRow.year == year,
            DocumentRow.serial == serial,
            ClauseRow.position == position,
        )
    )


def _coded(code: str) -> Select[int]:
    return select(AgencyRow.id).where(AgencyRow.code == code)


def _rows(
    connection: Connection,
    where: tuple[ColumnElement[bool], ...],
    limit: int,
    after: Edge | None,
) -> tuple[ListedPeriod, ...]:
    found = (
        select(
            table_of(PeriodRow),
            DirectiveRow.number,
            DirectiveRow.content,
            DirectiveRow.suspended_since,
            AgencyRow.code.label("agency_code"),
            AgencyRow.name.label("agency_name"),
            DirectiveRow.target_unit,
            PeriodPlanRow.recurs,
            *period_figures(),
        )
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .join(AgencyRow, AgencyRow.id == PeriodRow.agency_id)
        .outerjoin(PeriodPlanRow, PeriodPlanRow.directive_id == PeriodRow.directive_id)
        .where(*where)
        .order_by(PeriodRow.due_on, PeriodRow.id)
        .limit(limit)
    )
    if after is not None:
        later = PeriodRow.due_on > after.due_on
        same_day = and_(PeriodRow.due_on == after.due_on, PeriodRow.id > after.id)
        found = found.where(or_(later, same_day))
    return tuple(map(_listed, connection.execute(found)))


def _listed(row: Row[Any]) -> ListedPeriod:
    return ListedPeriod(
        period=period_from(row),
        number=row.number,
        content=row.content,
        agency_code=row.agency_code,
        agency_name=row.agency_name,
        suspended_since=row.suspended_since,
        recurs=row.recurs or "",
        unit=row.target_unit,
        **{name: getattr(row, name) for name in FIGURES},
    )
