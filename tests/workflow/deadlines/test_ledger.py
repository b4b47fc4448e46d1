"""Every due date can say how it came about, and can be derived again."""

from datetime import date

import pytest

from workflow.calendar.records import DayKind, Override, Pause
from workflow.calendar.vietnam import vietnam_calendar
from workflow.deadlines.ledger import Basis, Extension, Reading, SetDate, ledger_of
from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import CountsFrom, DeadlineKind
from workflow.errors import Invalid

CALENDAR = vietnam_calendar()
BEFORE = read_deadline("Trước ngày 30-9", year=2021)
COUNTED = read_deadline("Trong 10 ngày làm việc kể từ ngày ký", year=2021)
SIGNED = date(2021, 8, 20)
SET = SetDate(due_on=date(2021, 10, 5), by="Lê An", on=SIGNED, reason="theo kết luận họp")
LONGER = Extension(due_on=date(2021, 10, 15), by="Chủ tịch", on=SIGNED, reason="dịch bệnh")


def test_a_named_date_shows_the_phrase_and_both_readings():
    ledger = ledger_of(BEFORE, CALENDAR)
    assert ledger.phrase == "Trước ngày 30-9"
    assert (ledger.reading, ledger.basis) == (Reading.STRICT, Basis.WORDS)
    assert (ledger.due_on, ledger.other_due_on) == (date(2021, 9, 29), date(2021, 9, 30))
    assert ledger.calendar_version is None
    assert ledger.days == ()


def test_the_other_reading_can_be_taken():
    ledger = ledger_of(BEFORE, CALENDAR, take_other=True)
    assert (ledger.reading, ledger.due_on) == (Reading.INCLUSIVE, date(2021, 9, 30))
    assert ledger.other_due_on == date(2021, 9, 29)


def test_a_reading_that_is_not_there_cannot_be_taken():
    with pytest.raises(Invalid) as caught:
        ledger_of(read_deadline("30/9/2021", year=None), CALENDAR, take_other=True)
    assert caught.value.errors == {"reading": "no_other_reading"}


def test_a_counted_date_walks_over_every_day_and_names_its_calendar():
    ledger = ledger_of(COUNTED, CALENDAR, started_on=SIGNED)
    assert ledger.due_on == CALENDAR.due_on(SIGNED, 10) == date(2021, 9, 7)
    assert sum(day.counted for day in ledger.days) == ledger.budget_working_days == 10
    assert {day.date for day in ledger.skipped} >= {SIGNED, date(2021, 9, 2), date(2021, 9, 3)}
    assert ledger.calendar_version == CALENDAR.version.identifier
    assert (ledger.start_event, ledger.started_on) == (CountsFrom.SIGNED, SIGNED)
    assert ledger.basis is Basis.COUNT


def test_a_count_waits_for_the_day_it_starts_from():
    ledger = ledger_of(COUNTED, CALENDAR)
    assert (ledger.due_on, ledger.basis, ledger.days) == (None, Basis.NOTHING, ())


def test_a_day_named_in_the_words_starts_the_count():
    deadline = read_deadline("Trong 10 ngày làm việc kể từ ngày 20/8/2021", year=2021)
    assert ledger_of(deadline, CALENDAR, started_on=date(2021, 1, 1)).due_on == date(2021, 9, 7)


def test_a_date_set_by_a_person_stands_above_the_reading_and_keeps_it():
    ledger = ledger_of(BEFORE, CALENDAR, set_date=SET)
    assert (ledger.due_on, ledger.basis) == (SET.due_on, Basis.PERSON)
    assert ledger.read_due_on == date(2021, 9, 29)
    assert ledger.set_date.reason == "theo kết luận họp"


def test_an_unread_phrase_has_a_date_once_a_person_sets_one():
    unread = read_deadline("Trong Quý I và trước ngày 30/4/2017", year=2017)
    assert ledger_of(unread, CALENDAR).due_on is None
    ledger = ledger_of(unread, CALENDAR, set_date=SET)
    assert (ledger.kind, ledger.due_on) == (DeadlineKind.UNKNOWN, SET.due_on)


def test_an_extension_moves_the_date_and_keeps_the_first_one():
    ledger = ledger_of(BEFORE, CALENDAR, set_date=SET, extensions=[LONGER])
    assert (ledger.first_due_on, ledger.due_on) == (SET.due_on, LONGER.due_on)
    assert ledger.basis is Basis.EXTENSION


def test_a_pause_moves_a_counted_date_and_no_named_one():
    pause = Pause(first_day=date(2021, 8, 24), last_day=date(2021, 8, 25), reason="tạm dừng")
    counted = ledger_of(COUNTED, CALENDAR, started_on=SIGNED, pauses=[pause])
    assert counted.due_on == date(2021, 9, 9)
    assert counted.pauses == (pause,)
    assert ledger_of(BEFORE, CALENDAR, pauses=[pause]).due_on == date(2021, 9, 29)


def test_a_clock_that_still_stands_still_has_no_date():
    pause = Pause(first_day=date(2021, 8, 24), last_day=None, reason="tạm dừng")
    ledger = ledger_of(COUNTED, CALENDAR, started_on=SIGNED, pauses=[pause])
    assert (ledger.due_on, ledger.basis) == (None, Basis.NOTHING)


def test_only_a_counted_date_follows_the_calendar():
    off = Override(day=date(2021, 9, 6), kind=DayKind.OFF, reason="nghỉ", act="1/QĐ")
    changed = vietnam_calendar([off])
    assert ledger_of(COUNTED, changed, started_on=SIGNED).due_on == date(2021, 9, 8)
    assert ledger_of(BEFORE, changed) == ledger_of(BEFORE, CALENDAR)


def test_a_recurring_deadline_has_no_single_date():
    ledger = ledger_of(read_deadline("Hằng tháng, trước ngày 20", year=2021), CALENDAR)
    assert (ledger.due_on, ledger.basis, ledger.budget_working_days) == (None, Basis.NOTHING, None)
