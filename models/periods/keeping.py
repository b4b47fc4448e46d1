"""Writing plans and periods, and what follows for them when their directive moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from models.base import table_of
from models.directives.queries import IS_OPEN
from models.directives.rows import DirectiveRow
from models.periods.rows import PeriodPlanRow, PeriodRow
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import State
from workflow.periods.following import Following
from workflow.periods.records import NewPlan, PeriodState

PLANS, PERIODS = table_of(PeriodPlanRow), table_of(PeriodRow)


def add_plans(connection: Connection, new: Iterable[NewPlan], set_by: int, at: datetime) -> None:
    """Keep plans with their periods, all in two statements."""
    made = tuple(new)
    if not made:
        return
    connection.execute(insert(PLANS), [_plan_values(one, set_by, at) for one in made])
    connection.execute(insert(PERIODS), [values for one in made for values in _period_values(one)])


def forget_plan(connection: Connection, directive_id: int) -> None:
    """Take away a plan of which no period counts yet, to make room for another."""
    connection.execute(delete(PERIODS).where(PERIODS.c.directive_id == directive_id))
    connection.execute(delete(PLANS).where(PLANS.c.directive_id == directive_id))


def _plan_values(one: NewPlan, set_by: int, at: datetime) -> Mapping[str, object]:
    plan = one.plan
    return {
        "directive_id": one.directive_id,
        "recurs": plan.recurs,
        "rhythm": plan.rhythm,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "closed_on": plan.closed_on,
        "set_by": set_by,
        "set_at": at,
    }


def _period_values(one: NewPlan) -> list[Mapping[str, object]]:
    return [
        {
            "directive_id": one.directive_id,
            "agency_id": one.agency_id,
            "serial": span.serial,
            "from_on": span.from_on,
            "to_on": span.to_on,
            "due_on": span.due_on,
            "state": PeriodState.OPEN,
        }
        for span in one.spans
    ]


def follow(connection: Connection, directive_id: int, what: Following) -> None:
    """Let the periods of a directive follow it: to a new lead, to its end, or back to work."""
    mine = (PERIODS.c.directive_id == directive_id, PERIODS.c.due_on >= what.day)
    is_open = PERIODS.c.state == PeriodState.OPEN
    has_ended = PERIODS.c.state == PeriodState.ENDED
    if what.paused_from is not None:
        _lapse(connection, directive_id, what.paused_from, what.day)
    if what.runs_again:
        connection.execute(update(PERIODS).where(*mine, has_ended).values(state=PeriodState.OPEN))
        _reopen_plan(connection, directive_id, what)
    if what.to_agency is not None:
        moved = update(PERIODS).where(*mine, is_open)
        connection.execute(moved.values(agency_id=what.to_agency))
    if what.ends:
        connection.execute(update(PERIODS).where(*mine, is_open).values(state=PeriodState.ENDED))
        closed = func.coalesce(PLANS.c.closed_on, what.day)
        of_this = PLANS.c.directive_id == directive_id
        connection.execute(update(PLANS).where(of_this).values(closed_on=closed))


def _lapse(connection: Connection, directive_id: int, first: date, until: date) -> None:
    """What fell due while the work was paused is owed by nobody."""
    meanwhile = (PERIODS.c.due_on >= first, PERIODS.c.due_on < until)
    connection.execute(
        update(PERIODS)
        .where(
            PERIODS.c.directive_id == directive_id,
            PERIODS.c.state == PeriodState.OPEN,
            *meanwhile,
        )
        .values(state=PeriodState.ENDED)
    )


def _reopen_plan(connection: Connection, directive_id: int, what: Following) -> None:
    """A plan whose year still runs ends with it again; one that the year closed stays closed."""
    runs = (PLANS.c.directive_id == directive_id, PLANS.c.ends_on >= what.day)
    connection.execute(update(PLANS).where(*runs).values(closed_on=None))


def closable(connection: Connection, before: date) -> tuple[str, ...]:
    """Return the directives whose year ended before a day with every period confirmed.

    They run and nothing of them is owed; `workflow.periods.usecases.close_year` judges each.
    """
    order = (PLANS.c.ends_on, PLANS.c.directive_id)
    number = select(DirectiveRow.number).where(DirectiveRow.id == PLANS.c.directive_id)
    found = is_closable(before).with_only_columns(number.scalar_subquery()).order_by(*order)
    return tuple(connection.execute(found).scalars())


def is_closable(before: date | ColumnElement[date]) -> Select[int]:
    """Select the plans of such directives; a join would let SQLite begin at all running work."""
    owed = select(PERIODS.c.id).where(
        PERIODS.c.directive_id == PLANS.c.directive_id,
        or_(PERIODS.c.state == PeriodState.OPEN, PERIODS.c.state == PeriodState.REPORTED),
    )
    work = (DirectiveRow.id == PLANS.c.directive_id, DirectiveRow.state == State.IN_PROGRESS)
    return select(PLANS.c.directive_id).where(
        PLANS.c.closed_on.is_(None),
        PLANS.c.ends_on < before,
        select(DirectiveRow.id).where(*work).exists(),
        ~owed.exists(),
    )


def unplanned(connection: Connection) -> tuple[str, ...]:
    """Return running work whose document names a rule and that has no periods yet."""
    plan = select(PLANS.c.directive_id).where(PLANS.c.directive_id == DirectiveRow.id)
    found = (
        select(DirectiveRow.number)
        .where(
            IS_OPEN,
            DirectiveRow.deadline_kind == DeadlineKind.RECURRING,
            DirectiveRow.parent_id.is_(None),
            ~plan.exists(),
        )
        .order_by(DirectiveRow.id)
    )
    return tuple(connection.execute(found).scalars())
