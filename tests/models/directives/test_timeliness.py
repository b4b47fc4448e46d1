"""Lists judge lateness as the law does, whatever the dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from models.directives.queries import timeliness_is
from models.directives.rows import DirectiveRow
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import State
from workflow.directives.timing import timeliness_of

TODAY = date(2021, 9, 15)
past = st.none() | st.integers(-20, 0).map(lambda n: TODAY + timedelta(days=n))
days = st.none() | st.integers(-20, 20).map(lambda n: TODAY + timedelta(days=n))


@settings(max_examples=150)
@given(
    state=st.sampled_from(State),
    due=days,
    done=past,
    bands=st.sampled_from([(7, 3), (), (0,)]),
    paused=st.booleans(),
)
def agrees(connection, key, state, due, done, bands, paused):
    paused = paused and state in {State.ASSIGNED, State.IN_PROGRESS}
    with connection.begin() as transaction:
        connection.execute(
            update(DirectiveRow)
            .where(DirectiveRow.id == key)
            .values(
                state=state, due_on=due, completed_on=done, carried_over=True,
                suspended_since=TODAY if paused else None,
                reported_at=datetime(2021, 9, 1, tzinfo=UTC), reported_by=1,
            )
        )  # fmt: skip
        found = {
            code
            for code in Timeliness
            if connection.execute(
                select(DirectiveRow.id).where(timeliness_is(code, TODAY, bands=bands))
            ).first()
        }
        transaction.rollback()
    judged = timeliness_of(state, due, done, TODAY, bands=bands, suspended=paused)
    assert found == ({judged} if judged else set())


def test_the_query_and_the_law_agree_on_lateness(world):
    (directive,) = world.issue()
    with world.office.engine.connect() as connection:
        agrees(connection, directive.id)


def test_a_report_that_waits_is_judged_by_its_own_day():
    due = date(2021, 9, 10)
    in_time = timeliness_of(State.REPORTED, due, date(2021, 9, 10), TODAY)
    late = timeliness_of(State.REPORTED, due, date(2021, 9, 11), TODAY)
    assert (in_time, late) == (Timeliness.ON_TRACK, Timeliness.OVERDUE)


def test_withdrawn_work_is_neither_late_nor_in_time():
    assert timeliness_of(State.WITHDRAWN, date(2021, 9, 1), None, TODAY) is None


def test_work_finished_elsewhere_on_an_unknown_day_is_not_called_late():
    assert timeliness_of(State.VERIFIED, date(2021, 9, 1), None, TODAY) is None


def test_paused_work_is_neither_late_nor_in_time():
    due = TODAY - timedelta(days=5)
    assert timeliness_of(State.IN_PROGRESS, due, None, TODAY, suspended=True) is None
    assert timeliness_of(State.IN_PROGRESS, due, None, TODAY) is Timeliness.OVERDUE
