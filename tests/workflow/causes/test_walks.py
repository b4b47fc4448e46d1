"""A log that moves no more comes to the same as of any later instant; added up, nothing is lost."""

from datetime import timedelta

import pytest
from courses import CALENDAR, CLOCK, ZONE, at, course, day, step
from hypothesis import given
from hypothesis import strategies as st

from workflow.causes.breaking import worst_break
from workflow.causes.clock import WorkingClock, working_hours
from workflow.causes.splitting import split_time
from workflow.causes.study import Sums, add_up
from workflow.causes.walking import settled_at, take, version_of, walk
from workflow.dossiers.records import Wait
from workflow.dossiers.timing import Promise

DAYS = st.integers(1, 28)


@st.composite
def courses(draw):
    steps, begun = [], 1
    for serial in range(1, draw(st.integers(1, 5))):
        ended = draw(st.integers(begun, 28))
        limit = draw(st.none() | DAYS)
        name = draw(st.sampled_from(("Thẩm tra", "Ký", None)))
        steps.append(step(serial, begun, ended, limit, name=name))
        begun = ended
    asked = draw(st.none() | DAYS)
    waits = () if asked is None else (Wait(day(asked), draw(st.none() | st.just(day(28)))),)
    return course(*steps, promised=draw(DAYS), ended=draw(DAYS), waits=waits)


@given(courses(), st.integers(0, 400 * 24))
def test_a_settled_log_comes_to_the_same_as_of_any_later_instant(found, hours):
    settled = settled_at(found)
    assert walk(found, CLOCK, settled) == walk(found, CLOCK, settled + timedelta(hours=hours))


@given(courses())
def test_a_walk_holds_what_the_parts_say(found):
    asked = at(29)
    walked, worst = walk(found, CLOCK, asked), worst_break(found, CLOCK, asked)
    split = split_time(found, CLOCK, asked)
    assert walked.seconds == split.whole == sum(seconds for _, seconds in walked.held)
    assert (walked.step, walked.days_over) == ((worst.name, worst.days_over) if worst else ("", 0))
    assert all(one.longest <= one.days_over for one in walked.broken)


@pytest.mark.parametrize(
    "moves",
    [
        course(step(1, 1, 4, 3), ended=None),
        course(step(1, 1, None, 3), ended=16),
        course(step(1, 1, 4, 3), ended=None, ended_on=day(16)),
        course(step(1, 1, 4, 3), ended_at=at(10), ended_on=day(16)),
    ],
    ids=["open", "a step runs on", "no instant", "ended on a later day"],
)
def test_what_still_moves_is_not_settled(moves):
    assert settled_at(moves) is None


def test_a_step_that_ended_after_the_dossier_settles_it():
    assert settled_at(course(step(1, 1, 20, 3), ended=16)) == at(20)


def test_what_is_not_overdue_is_left_out():
    late, good = course(step(1, 1, 16, 8)), course(step(1, 1, 4, 3), ended=9)
    sums = add_up(Sums(), (take(one, CLOCK, at(29)) for one in (late, good)))
    assert (sums.dossiers, sum(sums.worst.values())) == (1, 1)


def test_saved_is_told_by_each_promised_day():
    found = course(step(1, 1, 16, 8), promised=9, promised_last_on=day(7))
    [broken] = walk(found, CLOCK, at(29)).broken
    assert broken.saved == {Promise.FIRST}


def test_the_version_moves_with_the_hours_and_the_zone_alone():
    others = (
        WorkingClock(CALENDAR, working_hours("08:00-12:00")),
        CLOCK.in_zone(ZONE.__class__("Europe/Amsterdam")),
    )
    assert version_of(WorkingClock(CALENDAR)) == version_of(CLOCK)
    assert len({version_of(CLOCK), *map(version_of, others)}) == 3
