"""The step that broke its limit, the causes it speaks for, and what meeting it would have saved."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from courses import ASKED, CALENDAR, CLOCK, LAND, ZONE, at, course, day, step
from hypothesis import given
from hypothesis import strategies as st

from workflow.causes.breaking import breaks_of, waited_within, worst_break
from workflow.causes.counterfactual import end_if_met
from workflow.causes.holders import holder_named
from workflow.causes.records import (
    BY_CODE,
    CATALOGUE,
    CauseCode,
    CauseSide,
    Course,
    CourseStep,
)
from workflow.causes.study import Sums, add_up
from workflow.causes.suggesting import BY_HOLDER, likeliest, suggestions
from workflow.causes.walking import take
from workflow.dossiers.records import Status, Wait
from workflow.errors import Refused


def broken(found, as_of=ASKED):
    return [(b.serial, b.limit_on, b.ended_on, b.days_over) for b in breaks_of(found, CLOCK, as_of)]


def what_if(courses, clock, as_of, *, least):
    return add_up(Sums(), (take(one, clock, as_of) for one in courses)).what_if(least=least)


# --- which step broke its limit ------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "limit", "over"),
    [
        (8, 8, []),
        (9, 8, [(1, day(8), day(9), 1)]),
        (14, 8, [(1, day(8), day(14), 4)]),
        (5, 4, [(1, day(4), day(5), 0)]),
        (7, 5, []),
        (8, 5, [(1, day(7), day(8), 1)]),
        (8, None, []),
    ],
    ids=[
        "on the day",
        "a day over",
        "over a weekend",
        "only a day off over",
        "a limit on a Saturday ends on Monday",
        "a day over that Monday",
        "no limit",
    ],
)
def test_the_day_decides_whether_a_step_broke_its_limit(end, limit, over):
    assert broken(course(step(1, 1, end, limit))) == over


def test_a_step_that_still_runs_is_judged_on_the_day_asked():
    running = course(step(1, 1, None, 8), ended=None)
    assert broken(running, at(8, 23)) == []
    assert broken(running, at(10)) == [(1, day(8), day(10), 2)]


def test_waits_within_a_step_push_its_limit_back():
    waits = (Wait(day(2), day(4)), Wait(day(3), day(4)), Wait(day(20), None))
    found = course(step(1, 1, 11, 8), waits=waits)
    assert waited_within(found, CLOCK, day(1), day(11)) == 2
    assert broken(found) == [(1, day(10), day(11), 1)]
    assert broken(course(step(1, 1, 10, 8), waits=waits)) == []


def test_waits_outside_a_step_do_not():
    found = course(step(1, 7, 11, 9), waits=(Wait(day(1), day(4)),))
    assert broken(found) == [(1, day(9), day(11), 2)]


def test_a_steps_days_are_those_of_the_files_own_zone():
    amsterdam = ZoneInfo("Europe/Amsterdam")
    evening = datetime(2021, 6, 8, 20, tzinfo=amsterdam)
    one = CourseStep(
        serial=1,
        name="Toetsen",
        holder=holder_named("Gemeente"),
        started_at=datetime(2021, 6, 2, 9, tzinfo=amsterdam),
        ended_at=evening,
        limit_at=datetime(2021, 6, 8, 17, tzinfo=amsterdam),
    )
    assert broken(course(one, zone=amsterdam)) == []
    assert broken(course(one)) == [(1, day(8), day(9), 1)]


def test_the_citizens_own_step_is_nobodys_fault():
    assert broken(course(step(1, 1, 14, 8, holder="Công dân"))) == []


def test_the_worst_break_names_the_holder_at_fault():
    found = course(step(1, 1, 4, 3, holder="Bộ phận Một cửa"), step(2, 4, 16, 8), ended=16)
    worst = worst_break(found, CLOCK, ASKED)
    assert worst.serial == 2
    assert worst.holder.text == LAND
    assert worst_break(course(step(1, 1, 4)), CLOCK, ASKED) is None


@pytest.mark.parametrize(
    ("start", "end", "limit", "over"),
    [
        (9, 11, 8, [(1, day(8), day(11), 2)]),
        (9, 9, 8, []),
        (8, 11, 8, [(1, day(8), day(11), 3)]),
        (12, 13, 11, []),
    ],
    ids=["begun late", "held no day", "begun in time", "over days off only"],
)
def test_a_holder_is_charged_with_no_more_days_than_the_step_lay_there(start, end, limit, over):
    assert broken(course(step(1, start, end, limit))) == over


def test_a_step_that_lay_over_night_only_is_charged_with_nothing():
    handed = CourseStep(
        serial=1, name="Trả kết quả", holder=holder_named(LAND), started_at=at(8, 18),
        ended_at=at(9, 7), limit_at=at(8, 17),
    )  # fmt: skip
    assert broken(course(handed)) == []


@given(
    start=st.integers(1, 25), took=st.integers(0, 5), limit=st.integers(1, 25),
    hours=st.tuples(st.integers(0, 23), st.integers(0, 23)), wait=st.integers(0, 4),
)  # fmt: skip
def test_no_overrun_exceeds_the_time_its_step_was_held(start, took, limit, hours, wait):
    end = start + took
    one = CourseStep(
        serial=1, name="Bước", holder=holder_named(LAND), started_at=at(start, hours[0]),
        ended_at=at(end, hours[1]), limit_at=at(limit, 17),
    )  # fmt: skip
    waits = (Wait(day(start), day(start + wait)),) if wait else ()
    found = breaks_of(course(one, ended=end, waits=waits), CLOCK, ASKED)
    held = CALENDAR.working_days_between(day(start), day(end))
    assert all(0 <= b.days_over <= held for b in found)
    assert all(b.days_over == 0 or CLOCK.between(one.started_at, one.ended_at) for b in found)


# --- suggestions -------------------------------------------------------------------------


def suggested(found):
    return [(s.code.value, s.ground) for s in suggestions(found, CLOCK, ASKED)]


@pytest.mark.parametrize(
    ("holder", "name", "codes"),
    [
        ("Chi cục Thuế", "Ra thông báo thuế", [("L05", "step_holder")]),
        ("UBND xã Cam Tân", "Niêm yết", [("L02", "step_holder")]),
        (
            "UBND xã Cam Tân",
            "Xác nhận nguồn gốc đất",
            [("L01", "step_words"), ("L02", "step_holder")],
        ),
        ("Đơn vị đo đạc", "Trích đo địa chính", [("L03", "step_words")]),
        (LAND, "Thẩm tra", [("L11", "step_holder")]),
        (LAND, "Giải quyết tranh chấp", [("L07", "step_words"), ("L11", "step_holder")]),
        ("Ai đó", "Việc gì đó", []),
    ],
)
def test_a_broken_step_speaks_for_a_cause_by_its_words_and_its_holder(holder, name, codes):
    assert suggested(course(step(1, 1, 16, 8, holder=holder, name=name))) == codes


def test_the_worst_step_speaks_first_and_each_cause_once():
    found = course(
        step(1, 1, 4, 3, holder="UBND xã Cam Tân"),
        step(2, 4, 16, 8, holder="Chi cục Thuế"),
        step(3, 4, 9, 8, holder="Chi cục Thuế"),
    )
    assert suggested(found) == [("L05", "step_holder"), ("L02", "step_holder")]


def test_waits_and_the_log_itself_speak_too():
    assert suggested(course(step(1, 1, 8, 9), supplement_requests=2)) == [("L12", "supplements")]
    assert suggested(
        course(step(1, 1, None, 30), ended=None, status=Status.PAYMENT_ASKED.value)
    ) == [("L04", "payment_awaited")]
    assert suggested(course(step(1, 1, 8, 9), ended=None)) == [("L14", "all_steps_ended")]
    assert suggested(course(step(1, 1, 16))) == [("L15", "no_limits")]
    assert suggested(course()) == []


def test_nothing_speaks_for_the_citizen_while_nobody_waited_for_him():
    late = step(1, 1, 16, 8, holder="Chi cục Thuế", name="Xác định nghĩa vụ tài chính")
    assert suggested(course(late)) == [("L05", "step_holder")]
    waited = course(late, waits=(Wait(day(2), day(3)),))
    assert suggested(waited)[0] == ("L04", "step_words")


def test_one_cause_stands_out_only_where_no_other_step_ran_over_as_long():
    tax, commune = step(1, 1, 9, 8, holder="Chi cục Thuế"), step(2, 1, 9, 8, holder="UBND xã A")
    longer = step(1, 1, 14, 8, holder="Chi cục Thuế")

    def first(*steps):
        found = likeliest(suggestions(course(*steps), CLOCK, ASKED))
        return found.code if found else None

    assert first(tax, commune) is None
    assert first(longer, commune) == CauseCode.L05
    assert first(tax) == CauseCode.L05
    assert first() is None


def test_the_catalogue_has_each_cause_once_with_its_side():
    assert [cause.code for cause in CATALOGUE] == list(CauseCode)
    assert len({cause.name for cause in CATALOGUE}) == 15
    objective = {c.code.value for c in CATALOGUE if c.side is CauseSide.OBJECTIVE}
    assert objective == {"L01", "L07", "L10", "L13"}
    assert BY_CODE[CauseCode.L04].side is CauseSide.CITIZEN
    assert set(BY_HOLDER.values()) <= set(CauseCode)


# --- what if -----------------------------------------------------------------------------


def test_if_a_step_had_met_its_limit_all_after_it_moves_forward():
    found = course(step(1, 1, 4, 4), step(2, 4, 15, 9), step(3, 15, 16, 17), promised=10)
    assert end_if_met(found, breaks_of(found, CLOCK, ASKED), CLOCK) == day(10)
    [answer] = what_if([found], CLOCK, ASKED, least=1)
    assert (answer.step, answer.broken, answer.days_over) == ("Bước 2", 1, 4)
    assert (answer.overdue_before, answer.overdue_after, answer.saved) == (1, 0, 1)


def test_a_day_later_it_would_have_been_late_all_the_same():
    found = course(step(1, 1, 4, 4), step(2, 4, 15, 9), step(3, 15, 17, 17), ended=17, promised=10)
    [answer] = what_if([found], CLOCK, ASKED, least=1)
    assert (answer.overdue_before, answer.overdue_after) == (1, 1)


def test_a_step_beside_which_another_ran_on_saves_nothing():
    found = course(step(1, 1, 15, 8), step(2, 2, 16, None), promised=10)
    [answer] = what_if([found], CLOCK, ASKED, least=1)
    assert answer.saved == 0


def test_work_beside_that_ended_earlier_bounds_what_is_saved():
    found = course(step(1, 1, 15, 8), step(2, 2, 11, None), ended=15, promised=10)
    assert end_if_met(found, breaks_of(found, CLOCK, ASKED), CLOCK) == day(11)
    [answer] = what_if([found], CLOCK, ASKED, least=1)
    assert answer.saved == 0


def test_an_open_dossier_stays_overdue_whatever_is_assumed():
    found = course(step(1, 1, None, 8), ended=None)
    [answer] = what_if([found], CLOCK, ASKED, least=1)
    assert (answer.overdue_before, answer.overdue_after) == (1, 1)
    later = course(step(1, 1, 16, 8), ended=16)
    [answer] = what_if([later], CLOCK, at(15), least=1)
    assert (answer.overdue_before, answer.overdue_after) == (1, 1)


def test_dossiers_on_time_and_without_a_promise_are_not_in_the_mix():
    good = course(step(1, 1, 9, 8), ended=9)
    apart = course(step(1, 1, 16, 8), promised=None)
    late = course(step(1, 1, 16, 8))
    [answer] = what_if([good, apart, late], CLOCK, ASKED, least=1)
    assert (answer.overdue_before, answer.broken) == (1, 1)


def test_too_few_prove_nothing():
    with pytest.raises(Refused) as refused:
        what_if([course(step(1, 1, 16, 8))] * 29, CLOCK, ASKED, least=30)
    assert refused.value.code == "too_few_dossiers"
    assert refused.value.params == {"found": 29, "least": 30}


def test_what_saves_most_stands_first():
    slow = course(step(1, 1, 15, 9, name="B"), step(2, 15, 16, 17, name="C"))
    other = course(step(1, 1, 4, 3, name="A"), step(2, 4, 30, 9, name="B"), ended=30)
    found = what_if([slow, slow, other], CLOCK, ASKED, least=1)
    assert [(w.step, w.saved) for w in found] == [("B", 3), ("A", 0)]


durations = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=6)


def chain(spans):
    """Steps one after the other: (working days taken, working days allowed)."""
    start, steps = date(2021, 3, 1), []
    for serial, (taken, allowed) in enumerate(spans):
        end = CALENDAR.due_on(start, taken)
        steps.append(
            CourseStep(
                serial=serial,
                name=f"{serial}",
                holder=holder_named(LAND),
                started_at=datetime(start.year, start.month, start.day, 8, tzinfo=ZONE),
                ended_at=datetime(end.year, end.month, end.day, 8, tzinfo=ZONE),
                limit_at=datetime.combine(
                    CALENDAR.due_on(start, allowed), datetime.min.time(), ZONE
                ),
            )
        )
        start = end
    return steps, start


@given(durations, st.integers(1, 40))
def test_a_chain_is_shorter_by_exactly_the_days_its_step_ran_over(spans, allowed):
    """A second reading for steps in a row: the sum of what each took, capped at its limit."""
    steps, end = chain(spans)
    first = date(2021, 3, 1)
    promised = CALENDAR.due_on(first, allowed)
    found = Course(
        dossier_id=1,
        received_at=steps[0].started_at,
        received_on=first,
        ended_on=end,
        ended_at=steps[-1].ended_at,
        promised_on=promised,
        promised_last_on=promised,
        steps=tuple(steps),
    )
    as_of = found.ended_at + timedelta(days=1)
    total = sum(taken for taken, _ in spans)
    breaks = breaks_of(found, CLOCK, as_of)
    assert {b.serial: b.days_over for b in breaks} == {
        n: taken - limit for n, (taken, limit) in enumerate(spans) if taken > limit
    }
    for one in breaks:
        met = total - one.days_over
        assert end_if_met(found, [one], CLOCK) == CALENDAR.due_on(first, met)
    if total > allowed:
        answers = {w.step: w for w in what_if([found], CLOCK, as_of, least=1)}
        for one in breaks:
            saved = total - one.days_over <= allowed
            assert answers[one.name].saved == saved
    assert end_if_met(found, breaks, CLOCK) == CALENDAR.due_on(
        first, sum(min(taken, limit) for taken, limit in spans)
    )
