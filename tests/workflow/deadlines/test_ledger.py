"""Every due date can say how it follows from its words, and can be derived again."""

from dataclasses import replace
from datetime import date

from workflow.calendar.records import DayKind, Override, Pause
from workflow.calendar.vietnam import vietnam_calendar
from workflow.deadlines.ledger import Reading, ledger_of
from workflow.deadlines.phrases import read_deadline

CALENDAR = vietnam_calendar()
BEFORE = read_deadline("Trước ngày 30-9", year=2021)
COUNTED = read_deadline("Trong 10 ngày làm việc kể từ ngày ký", year=2021)
SIGNED = date(2021, 8, 20)


def test_a_named_date_shows_both_readings():
    ledger = ledger_of(BEFORE, CALENDAR)
    assert ledger.reading is Reading.STRICT
    assert (ledger.read_due_on, ledger.other_due_on) == (date(2021, 9, 29), date(2021, 9, 30))
    assert (ledger.counted_on, ledger.calendar_version, ledger.days) == (None, None, ())


def test_the_other_reading_is_told_as_the_one_that_was_taken():
    other = replace(BEFORE, due_on=BEFORE.other_due_on, other_due_on=BEFORE.due_on)
    assert ledger_of(other, CALENDAR).reading is Reading.INCLUSIVE
    only = read_deadline("30/9/2021", year=None)
    assert ledger_of(only, CALENDAR).reading is Reading.ONLY


def test_a_counted_date_walks_over_every_day_and_names_its_calendar():
    ledger = ledger_of(COUNTED, CALENDAR, signed_on=SIGNED)
    assert ledger.counted_on == CALENDAR.due_on(SIGNED, 10) == date(2021, 9, 7)
    assert sum(day.counted for day in ledger.days) == ledger.budget_working_days == 10
    skipped = {day.date for day in ledger.days if not day.counted}
    assert skipped >= {SIGNED, date(2021, 9, 2), date(2021, 9, 3)}
    assert ledger.calendar_version == CALENDAR.version.identifier
    assert ledger.started_on == SIGNED


def test_a_count_waits_for_the_day_it_starts_from():
    ledger = ledger_of(COUNTED, CALENDAR)
    assert (ledger.started_on, ledger.counted_on, ledger.days) == (None, None, ())


def test_a_day_named_in_the_words_starts_the_count():
    deadline = read_deadline("Trong 10 ngày làm việc kể từ ngày 20/8/2021", year=2021)
    ledger = ledger_of(deadline, CALENDAR, signed_on=date(2021, 1, 1))
    assert (ledger.started_on, ledger.counted_on) == (SIGNED, date(2021, 9, 7))


def test_a_count_from_another_event_waits_for_a_person_to_say_its_day():
    deadline = read_deadline("Trong 10 ngày làm việc kể từ ngày nhận được văn bản", year=2021)
    ledger = ledger_of(deadline, CALENDAR, signed_on=SIGNED)
    assert (ledger.started_on, ledger.counted_on, ledger.days) == (None, None, ())


def test_a_pause_moves_a_counted_date_and_no_named_one():
    pause = Pause(first_day=date(2021, 8, 24), last_day=date(2021, 8, 25), reason="tạm dừng")
    counted = ledger_of(COUNTED, CALENDAR, signed_on=SIGNED, pauses=[pause])
    assert counted.counted_on == date(2021, 9, 9)
    assert ledger_of(BEFORE, CALENDAR, pauses=[pause]) == ledger_of(BEFORE, CALENDAR)


def test_a_clock_that_still_stands_still_has_no_date():
    pause = Pause(first_day=date(2021, 8, 24), last_day=None, reason="tạm dừng")
    ledger = ledger_of(COUNTED, CALENDAR, signed_on=SIGNED, pauses=[pause])
    assert (ledger.counted_on, ledger.days) == (None, ())


def test_only_a_counted_date_follows_the_calendar():
    off = Override(day=date(2021, 9, 6), kind=DayKind.OFF, reason="nghỉ", act="1/QĐ")
    changed = vietnam_calendar([off])
    assert ledger_of(COUNTED, changed, signed_on=SIGNED).counted_on == date(2021, 9, 8)
    assert ledger_of(BEFORE, changed) == ledger_of(BEFORE, CALENDAR)


def test_a_recurring_deadline_has_no_single_date():
    ledger = ledger_of(read_deadline("Hằng tháng, trước ngày 20", year=2021), CALENDAR)
    assert (ledger.read_due_on, ledger.counted_on, ledger.budget_working_days) == (None, None, None)
