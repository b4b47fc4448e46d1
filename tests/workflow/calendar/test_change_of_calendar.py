"""A change of calendar lists what it would do before anybody saves it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendar.records import DayCode, DayKind, Override, Pause
from workflow.calendar.rules import (
    OpenDeadline,
    changed_days,
    check_override,
    due_on_calendar,
    preview_change,
)
from workflow.calendar.vietnam import vietnam_calendar
from workflow.errors import Invalid

OLD = vietnam_calendar()
DAY_OFF = Override(day=date(2026, 11, 24), kind=DayKind.OFF, reason="Nghỉ", act="1/NQ")
NEW = vietnam_calendar([DAY_OFF])


def counted(number, start, budget, calendar=OLD, pauses=()):
    item = OpenDeadline(
        number=number, due_on=start, started_on=start, budget_working_days=budget, pauses=pauses
    )
    return OpenDeadline(
        number=number,
        due_on=due_on_calendar(item, calendar),
        started_on=start,
        budget_working_days=budget,
        pauses=pauses,
    )


def test_a_new_day_off_moves_counted_dates_and_names_its_cause():
    item = counted("2026-0017-01", date(2026, 11, 20), 5)
    impact = preview_change([item], old=OLD, new=NEW)
    (moved,) = impact.moved
    assert (moved.before, moved.after) == (date(2026, 11, 27), date(2026, 11, 30))
    assert moved.because_of == (DAY_OFF.day,)
    assert [change.before.day for change in impact.days] == [DAY_OFF.day]


def test_a_named_date_never_moves_even_when_it_becomes_a_day_off():
    item = OpenDeadline(number="2026-0017-02", due_on=DAY_OFF.day)
    impact = preview_change([item], old=OLD, new=NEW)
    assert impact.moved == ()


def test_a_pause_is_kept_when_the_calendar_changes():
    pause = Pause(first_day=date(2026, 11, 24), last_day=date(2026, 11, 24), reason="tạm dừng")
    item = counted("a", date(2026, 11, 20), 5, pauses=(pause,))
    assert item.due_on == date(2026, 11, 30)
    assert preview_change([item], old=OLD, new=NEW).moved == ()


def test_a_clock_that_stands_still_has_no_date_to_move():
    pause = Pause(first_day=date(2026, 11, 21), last_day=None, reason="tạm dừng")
    item = OpenDeadline(
        number="a",
        due_on=date(2026, 11, 27),
        started_on=date(2026, 11, 20),
        budget_working_days=5,
        pauses=(pause,),
    )
    assert preview_change([item], old=OLD, new=NEW).moved == ()


def test_confirming_a_pending_row_shows_the_day_before_and_after():
    (change,) = changed_days(OLD, NEW)
    assert (change.before.code, change.after.code) == (DayCode.PENDING, DayCode.DAY_OFF)


def test_an_equal_calendar_changes_nothing():
    assert changed_days(OLD, vietnam_calendar()) == ()


def test_calendars_that_share_no_day_have_nothing_to_compare():
    early = vietnam_calendar(first_year=2008, last_year=2010)
    late = vietnam_calendar(first_year=2020, last_year=2022)
    assert changed_days(early, late) == ()


@given(
    st.lists(st.tuples(st.dates(date(2026, 9, 1), date(2026, 12, 1)), st.integers(1, 40))),
)
def test_who_moves_is_who_has_another_day_on_the_other_calendar(counts):
    items = [counted(str(n), start, budget) for n, (start, budget) in enumerate(counts)]
    impact = preview_change(items, old=OLD, new=NEW)
    days = {one.number: NEW.due_on(one.started_on, one.budget_working_days) for one in items}
    moved = {one.number: days[one.number] for one in items if days[one.number] != one.due_on}
    assert {move.number: move.after for move in impact.moved} == moved
    assert all(move.because_of == (DAY_OFF.day,) for move in impact.moved)
    assert all(move.after - move.before >= timedelta(days=1) for move in impact.moved)


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"reason": "  "}, {"reason": "required"}),
        ({"act": None}, {"act": "required"}),
        ({"act": " "}, {"act": "required"}),
        ({"day": date(1980, 1, 1)}, {"day": "outside_calendar"}),
        ({"day": date(2026, 12, 25)}, {"day": "day_twice"}),
    ],
)
def test_a_row_that_cannot_stand_is_refused_field_by_field(facts, errors):
    taken = Override(day=date(2026, 12, 25), kind=DayKind.OFF, reason="nghỉ", act="1/X")
    sound = {"day": date(2026, 12, 24), "kind": DayKind.OFF, "reason": "nghỉ", "act": "1/X"}
    with pytest.raises(Invalid) as caught:
        check_override(Override(**(sound | facts)), OLD, others=[taken])
    assert caught.value.errors == errors


def test_a_pending_row_needs_no_act_yet():
    row = Override(day=date(2026, 12, 24), kind=DayKind.OFF, reason="nghỉ", confirmed=False)
    check_override(row, OLD)
