"""On time or late: product.md §5, sentence by sentence. In September 2021 the 2nd and 3rd were
days off, the weekends 4–5, 11–12, 18–19."""

from datetime import date

import pytest

from workflow.calendar.vietnam import vietnam_calendar
from workflow.dossiers.records import Dossier, Wait
from workflow.dossiers.timing import Promise, due_on, judged, rate, waited_days
from workflow.errors import Invalid

CALENDAR = vietnam_calendar(())


def day(number, month=9):
    return date(2021, month, number)


def dossier(received=1, promised=10, **more):
    promise = promised and day(promised)
    facts = {"received_on": received and day(received), "promised_on": promise}
    return Dossier(source="x", code="x", **facts | {"promised_last_on": promise} | more)


TABLE = [
    # what the dossier is, the day asked, the verdict
    ("ended on the promised day", {"ended_on": day(10)}, 30, "on_time"),
    ("ended before it", {"ended_on": day(9)}, 30, "on_time"),
    ("ended the day after", {"ended_on": day(11)}, 30, "late"),
    ("ended after the day asked, asked before the promise", {"ended_on": day(20)}, 9, "open_in_time"),
    ("ended after the day asked, asked on the promise", {"ended_on": day(20)}, 10, "open_in_time"),
    ("ended after the day asked, asked after the promise", {"ended_on": day(20)}, 11, "open_late"),
    ("ended on the day asked", {"ended_on": day(11)}, 11, "late"),
    ("open, asked on the promised day", {}, 10, "open_in_time"),
    ("open, asked the day after", {}, 11, "open_late"),
    # asked on the 6th, answered on the 8th: two working days, so until the 14th
    ("waited two days, ended within them", {"ended_on": day(14), "waits": (Wait(day(6), day(8)),)},
     30, "on_time"),
    ("waited two days, ended after them", {"ended_on": day(15), "waits": (Wait(day(6), day(8)),)},
     30, "late"),
    ("the weekend in a wait counts nothing",
     {"ended_on": day(14), "waits": (Wait(day(10), day(13)),)}, 30, "late"),
    ("the weekend in a wait, one day later",
     {"ended_on": day(13), "waits": (Wait(day(10), day(13)),)}, 30, "on_time"),
    ("two waits on the same days count once",
     {"ended_on": day(15), "waits": (Wait(day(6), day(8)), Wait(day(7), day(8)))}, 30, "late"),
    ("still waiting on the day asked", {"waits": (Wait(day(6)),)}, 24, "open_in_time"),
    ("asked when already late", {"waits": (Wait(day(14)),)}, 24, "open_late"),
    ("the answer after the day asked does not count yet",
     {"waits": (Wait(day(6), day(20)),)}, 13, "open_in_time"),
    ("the wait after the day asked does not count",
     {"waits": (Wait(day(14), day(20)),)}, 13, "open_late"),
    ("ended while waiting", {"ended_on": day(14), "waits": (Wait(day(6)),)}, 30, "on_time"),
    ("the promise holds the waits already",
     {"ended_on": day(13), "waits": (Wait(day(6), day(8)),), "waits_included": True}, 30, "late"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "more", "asked", "verdict"), TABLE)
def test_a_dossier_is_judged_by_the_day(told, more, asked, verdict):
    assert judged(dossier(**more), day(asked), CALENDAR) == verdict, told


def test_what_was_not_received_yet_does_not_count():
    assert judged(dossier(received=20), day(19), CALENDAR) is None
    assert judged(dossier(received=20, promised=30), day(20), CALENDAR) == "open_in_time"
    assert judged(dossier(received=None), day(20), CALENDAR) is None


def test_without_a_promise_it_is_counted_apart():
    assert judged(dossier(promised=None), day(20), CALENDAR) == "unpromised"


def test_a_new_date_stands_beside_the_first():
    moved = dossier(ended_on=day(14), promised_last_on=day(15))
    assert judged(moved, day(30), CALENDAR) == "late"
    assert judged(moved, day(30), CALENDAR, Promise.LAST) == "on_time"


def test_a_promised_day_that_was_not_waited_past_stays_on_its_sunday():
    sunday = dossier(promised=12, ended_on=day(12))
    assert due_on(sunday, day(30), CALENDAR) == day(12)


@pytest.mark.parametrize(
    ("waits", "until", "days"),
    [
        ((), 30, 0),
        ((Wait(day(6), day(6)),), 30, 0),
        ((Wait(day(6), day(7)),), 30, 1),
        ((Wait(day(1), day(6)),), 30, 1),
        ((Wait(day(6), day(8)), Wait(day(8), day(9))), 30, 3),
        ((Wait(day(8), day(9)), Wait(day(6), day(8))), 30, 3),
        ((Wait(day(6)), Wait(day(7), day(8))), 9, 3),
        ((Wait(day(6), day(20)),), 8, 2),
        ((Wait(day(6), day(20)),), 5, 0),
    ],
)
def test_waiting_counts_after_the_request_up_to_and_with_the_answer(waits, until, days):
    assert waited_days(waits, day(until), CALENDAR) == days


def test_a_wait_beyond_the_calendar_is_refused():
    with pytest.raises(Invalid):
        waited_days((Wait(date(2001, 1, 1)),), day(1), CALENDAR)


@pytest.mark.parametrize(
    ("counts", "share"), [((0, 0, 0), None), ((3, 1, 0), 0.75), ((0, 0, 2), 0.0), ((1, 0, 0), 1.0)]
)
def test_the_rate_is_of_those_that_can_be_judged(counts, share):
    assert rate(*counts) == share
