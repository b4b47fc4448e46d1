"""Clauses given to several leads: one row for each clause, its directives counted by state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    select,
)

from models.directives.figures import reported_figures
from models.directives.filters import ListFilter, Looker, wanted
from models.directives.lists import PAGE
from models.directives.queries import timeliness_is
from models.directives.rows import DirectiveRow
from models.documents.rows import ClauseRow, DocumentRow
from models.paging import counted, turned
from models.periods.sums import ByDay, latest_periods
from models.periods.years import PeriodDay, year_of_clauses
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import State
from workflow.directives.targets import TargetScope
from workflow.documents.keys import clause_key, document_key

_SPAN = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """One clause: how many directives of the view it has, by state, and how many are late."""

    place: int
    document_key: str
    reference: str
    position: int
    content: str
    directives: int
    counts: dict[State, int]
    overdue: int
    clause_id: int = 0
    target_indicator: str = ""
    target_unit: str = ""
    target_value: Decimal | None = None
    target_scope: TargetScope | None = None

    @property
    def key(self) -> str:
        """The clause as an address names it (`2021-0017-03`)."""
        return clause_key(self.document_key, self.position)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPage:
    """One page of clauses, the newest document first, its clauses in their order."""

    rows: tuple[Grouped, ...]
    total: int
    exact: bool
    after: int | None = None
    before: int | None = None


def groups_of(
    connection: Connection,
    view: ListFilter,
    looker: Looker,
    *,
    after: int | None = None,
    before: int | None = None,
) -> GroupPage:
    """Return one page of the clauses that a view touches, in two statements."""
    condition, place = wanted(view, looker), _place()
    statement = _clauses(condition, place, looker)
    if after is not None:
        statement = statement.where(place < after)
    if before is not None:
        statement = statement.where(place > before)
    rows = list(connection.execute(statement.order_by(place if before else place.desc())))
    clauses = select(DirectiveRow.clause_id).where(condition).distinct()
    shown, ahead, behind = turned(rows, PAGE, backward=before is not None, begun=after is not None)
    total, exact = counted(connection, clauses)
    return GroupPage(
        rows=tuple(map(_grouped, shown)),
        total=total,
        exact=exact,
        after=shown[-1].place if ahead else None,
        before=shown[0].place if behind else None,
    )


def _clauses(
    condition: ColumnElement[bool], place: ColumnElement[int], looker: Looker
) -> Select[*tuple[Any, ...]]:
    late = timeliness_is(Timeliness.OVERDUE, looker.day, bands=looker.bands)
    return (
        select(
            place.label("place"),
            DocumentRow.year,
            DocumentRow.serial,
            DocumentRow.reference,
            ClauseRow.position,
            ClauseRow.content,
            ClauseRow.id.label("clause_id"),
            ClauseRow.target_indicator,
            ClauseRow.target_unit,
            ClauseRow.target_value,
            ClauseRow.target_scope,
            func.count().label("directives"),
            func.sum(case((late, 1), else_=0)).label("overdue"),
            *(
                func.sum(case((DirectiveRow.state == state, 1), else_=0)).label(state.value)
                for state in State
            ),
        )
        .select_from(DirectiveRow)
        .join(ClauseRow, ClauseRow.id == DirectiveRow.clause_id)
        .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
        .where(condition)
        .group_by(ClauseRow.id, DocumentRow.id)
        .limit(PAGE + 1)
    )


class ReportedFigures(NamedTuple):
    """What the standing report of one directive tells; None where it tells nothing."""

    clause_id: int
    figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


def figures_of(
    connection: Connection, view: ListFilter, looker: Looker, clauses: Collection[int]
) -> dict[int, list[ReportedFigures]]:
    """Return by clause what each of a view's directives reports, in one statement.

    Parts handed down are left out: the report above them quotes their figures.
    """
    if not clauses:
        return {}
    rows = connection.execute(
        select(DirectiveRow.clause_id, *reported_figures()).where(
            DirectiveRow.clause_id.in_(sorted(clauses)),
            DirectiveRow.parent_id.is_(None),
            wanted(view, looker),
        )
    )
    found: dict[int, list[ReportedFigures]] = {}
    for row in map(ReportedFigures._make, rows):
        found.setdefault(row.clause_id, []).append(row)
    return found


def latest_of_clauses(
    connection: Connection, view: ListFilter, looker: Looker, clauses: Collection[int]
) -> Mapping[int, ByDay]:
    """Return by clause what a view's standing works told of their latest periods."""
    if not clauses:
        return {}
    asked = and_(DirectiveRow.clause_id.in_(sorted(clauses)), wanted(view, looker))
    return latest_periods(connection, asked, looker.day)


def years_of_clauses(
    connection: Connection, view: ListFilter, looker: Looker, clauses: Collection[int]
) -> Mapping[int, Sequence[PeriodDay]]:
    """Return by clause how a view's standing works were answered in each period of the year."""
    if not clauses:
        return {}
    asked = and_(DirectiveRow.clause_id.in_(sorted(clauses)), wanted(view, looker))
    return year_of_clauses(connection, asked, looker.day)


def _place() -> ColumnElement[int]:
    """A number that falls from the newest document to the oldest, and along their clauses."""
    document = cast(DocumentRow.year, BigInteger) * literal(_SPAN * 100, BigInteger)
    return (document + DocumentRow.serial) * literal(_SPAN, BigInteger) - ClauseRow.position


def _grouped(row: Row[*tuple[Any, ...]]) -> Grouped:
    counts = {state: int(getattr(row, state.value) or 0) for state in State}
    return Grouped(
        place=int(row.place),
        document_key=document_key(row.year, row.serial),
        reference=row.reference,
        position=row.position,
        content=row.content,
        directives=row.directives,
        counts={state: count for state, count in counts.items() if count},
        overdue=int(row.overdue or 0),
        clause_id=row.clause_id,
        target_indicator=row.target_indicator,
        target_unit=row.target_unit,
        target_value=row.target_value,
        target_scope=row.target_scope,
    )
