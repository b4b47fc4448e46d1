"""Reads of reporting periods for other features: who owed what, and how it was answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, and_, func, or_, select

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.filters import Looker
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.periods.conditions import IS_WAITING, PAUSED, outcome_is, readable_by, soon_on
from models.periods.register import period_from
from models.periods.rows import PeriodPlanRow, PeriodRow
from workflow.accounts.records import AGENCY_ROLES, Actor, Role
from workflow.periods.records import Outcome, Period, PeriodState
from workflow.periods.timing import outcome_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodLine:
    """One reporting period with its directive, and how it counts on the day asked."""

    period: Period
    number: str
    content: str
    document_id: int
    reference: str
    issued_on: date | None
    recurs: str
    agency_code: str
    agency_name: str
    outcome: Outcome

    @property
    def id(self) -> int:
        """The period's own id."""
        return self.period.id

    @property
    def agency_id(self) -> int:
        """Who the period is charged to."""
        return self.period.agency_id

    @property
    def is_confirmed(self) -> bool:
        """Whether the report was confirmed; one that waits counts by the day it came too."""
        return self.period.state is PeriodState.CONFIRMED


_OWED_LINES = (
    select(
        table_of(PeriodRow),
        DirectiveRow.number,
        DirectiveRow.content,
        DirectiveRow.document_id,
        DocumentRow.reference,
        DocumentRow.issued_on,
        PeriodPlanRow.recurs,
        AgencyRow.code.label("agency_code"),
        AgencyRow.name.label("agency_name"),
    )
    .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
    .join(AgencyRow, AgencyRow.id == PeriodRow.agency_id)
    .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
    .outerjoin(PeriodPlanRow, PeriodPlanRow.directive_id == PeriodRow.directive_id)
    .where(
        PeriodRow.state != PeriodState.ENDED,
        or_(PeriodRow.state != PeriodState.OPEN, ~PAUSED),
    )
    .order_by(AgencyRow.sort_key, AgencyRow.id, PeriodRow.due_on, PeriodRow.id)
)
"""Periods that somebody owes or owed, with what names them."""


def periods_due(
    connection: Connection,
    looker: Looker,
    first: date,
    last: date,
    *,
    agencies: Collection[int] | None = None,
    documents: Collection[int] | None = None,
    with_owed: bool = False,
) -> tuple[PeriodLine, ...]:
    """Return the reporting periods that fell due from `first` to `last`, both included.

    Each is charged to one agency (`agency_id`) and counts in exactly one way on `looker.day`:
    `Outcome.ON_TIME` or `LATE` by the day its report came (confirmed or waiting, see
    `is_confirmed`), `MISSING` when its due day passed without one, `AHEAD` when it has not
    fallen due yet. A report that came after `looker.day` had not come yet. Periods that nobody
    owes (their directive ended before, or is or was paused on their day) are left out, so the
    lines of an agency sum to what it owed. Only what `looker.actor` may read. `agencies` and
    `documents` narrow by id; None asks for all, an empty collection for nothing. In the order
    of agency, due day and id; one statement however many. `with_owed`: beside them what fell due
    before `first` and had no report on `last`.
    """
    due, done = PeriodRow.due_on, PeriodRow.completed_on
    fell_due: ColumnElement[bool] = due.between(first, last)
    if with_owed:
        fell_due = or_(fell_due, and_(due < first, or_(done.is_(None), done > last)))
    narrowed: list[ColumnElement[bool]] = [fell_due]
    if agencies is not None:
        narrowed.append(PeriodRow.agency_id.in_(sorted(agencies)))
    if documents is not None:
        narrowed.append(DirectiveRow.document_id.in_(sorted(documents)))
    read = readable_by(looker.actor, looker.day)
    return tuple(
        _line(row, looker.day) for row in connection.execute(_OWED_LINES.where(*narrowed, read))
    )


def _line(row: Row[Any], day: date) -> PeriodLine:
    period = period_from(row)
    outcome = outcome_of(period, day)
    assert outcome is not None  # noqa: S101 - those that nobody owes were left out
    return PeriodLine(
        period=period,
        number=row.number,
        content=row.content,
        document_id=row.document_id,
        reference=row.reference,
        issued_on=row.issued_on,
        recurs=row.recurs or "",
        agency_code=row.agency_code,
        agency_name=row.agency_name,
        outcome=outcome,
    )


def counts_beside(actor: Actor, day: date, bands: tuple[int, ...]) -> dict[str, ScalarSelect[int]]:
    """Return what a person's first page counts of periods, each as a column of its statement.

    An agency counts what it itself owes, the office what its documents are owed, others all
    they may read.
    """
    counted: dict[str, ColumnElement[bool]] = {
        "periods_missing": outcome_is(Outcome.MISSING, day),
        "periods_soon": soon_on(day, bands),
        "periods_waiting": IS_WAITING,
    }
    scope = (readable_by(actor, day), *_of_actor(actor))
    return {
        name: select(func.count())
        .select_from(PeriodRow)
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(condition, *scope)
        .scalar_subquery()
        for name, condition in counted.items()
    }


def _of_actor(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    if actor.role in AGENCY_ROLES:
        return (PeriodRow.agency_id == actor.agency_id,)
    if actor.role is Role.OFFICE and not actor.agency_is_office:
        own = select(DocumentRow.id).where(DocumentRow.overseer_id == actor.agency_id)
        return (DirectiveRow.document_id.in_(own),)
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPeriods:
    """How an agency answered the periods of a year, and what it owes now, of whatever year."""

    of_year: dict[Outcome, int]
    missing: int
    soon: int


def periods_of_agency(
    connection: Connection, looker: Looker, agency_id: int, year: int
) -> AgencyPeriods:
    """Count the periods of an agency, in one statement, as the actor reads them."""
    due, day = PeriodRow.due_on, looker.day
    in_year = and_(due >= date(year, 1, 1), due <= date(year, 12, 31))
    counts = {one.value: and_(in_year, outcome_is(one, day)) for one in Outcome}
    counts |= {"owed": outcome_is(Outcome.MISSING, day), "soon": soon_on(day, looker.bands)}
    row = connection.execute(
        select(*(func.count().filter(one).label(name) for name, one in counts.items()))
        .select_from(PeriodRow)
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(PeriodRow.agency_id == agency_id, readable_by(looker.actor, day))
    ).one()
    return AgencyPeriods(
        of_year={one: int(getattr(row, one.value)) for one in Outcome},
        missing=row.owed,
        soon=row.soon,
    )
