"""Changing the table of days on both databases: the preview, and the dates that move with it."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.calendar.records import DayKind, Override
from workflow.calendar.usecases import DayChange, change_days, preview_days
from workflow.directives.records import Action
from workflow.errors import Forbidden, Invalid, Refused, Stale
from workflow.history.rules import fold

COUNTED = "Trong 10 ngày làm việc kể từ ngày ký"
NAMED = "Trước ngày 30-9"
OFF = Override(day=date(2021, 8, 30), kind=DayKind.OFF, reason="nghỉ chống bão", act="12/QĐ-UBND")
PENDING = Override(
    day=date(2021, 8, 30), kind=DayKind.OFF, reason="nghỉ", act=None, confirmed=False
)
WORKED = Override(day=date(2021, 8, 28), kind=DayKind.WORKING, reason="làm bù", act="12/QĐ-UBND")


def issued(world, *deadlines):
    clauses = [world.clause(n, deadline=words) for n, words in enumerate(deadlines, 1)]
    return [made.number for made in world.issue(*clauses)]


def preview(world, *rows, remove=()):
    with world.office.reading() as unit:
        return preview_days(
            unit.calendar, DayChange(put=rows, remove=remove), today=world.office.today()
        )


def change(world, *rows, remove=(), who="admin", seen=None):
    if seen is None:
        seen = preview(world, *rows, remove=remove).seen
    with world.unit() as unit:
        return change_days(
            unit.calendar, world.actor(who), DayChange(put=rows, remove=remove), seen=seen,
            at=world.clock(),
        )  # fmt: skip


def due(world, number):
    return world.directive(number).due_on


def entries_about(world, number):
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        return [s.entry for s in unit.history.walk() if s.entry.subject_key == number]


def on(world, day):
    world.clock.at = world.clock.at.replace(year=day.year, month=day.month, day=day.day)


def test_a_day_off_moves_what_was_counted_and_nothing_that_was_named(world):
    counted, named = issued(world, COUNTED, NAMED)
    assert (due(world, counted), due(world, named)) == (date(2021, 9, 8), date(2021, 9, 29))
    found = preview(world, OFF)
    assert [(m.of.number, m.of.due_on, m.after) for m in found.moved] == [
        (counted, date(2021, 9, 8), date(2021, 9, 9))
    ]
    assert found.moved[0].because_of == (OFF.day,)
    assert found.moved[0].of.lead_name == "Sở Tài nguyên và Môi trường"
    assert (due(world, counted), found.counted) == (date(2021, 9, 8), 1)
    change(world, OFF)
    assert (due(world, counted), due(world, named)) == (date(2021, 9, 9), date(2021, 9, 29))


def test_the_move_is_told_with_its_cause_and_the_first_date_stays(world):
    [number] = issued(world, COUNTED)
    before = world.directive(number)
    change(world, OFF)
    after = world.directive(number)
    assert (after.first_due_on, after.version) == (date(2021, 9, 8), before.version + 1)
    entry = entries_about(world, number)[-1]
    assert (entry.action, entry.reason) == ("move_due", "nghỉ chống bão")
    assert (entry.before, entry.after) == ({"due_on": "2021-09-08"}, {"due_on": "2021-09-09"})
    assert entry.given["days"] == ["2021-08-30"]
    assert entry.given["acts"] == ["12/QĐ-UBND"]
    assert fold(entries_about(world, number))["due_on"] == "2021-09-09"
    [day] = entries_about(world, "2021-08-30")
    assert (day.action, day.after["act"], day.after["confirmed"]) == ("put_day", "12/QĐ-UBND", True)


@pytest.mark.parametrize(
    ("today", "rows", "becomes", "ceases"),
    [
        (date(2021, 9, 8), (OFF,), 0, 0),
        (date(2021, 9, 9), (OFF,), 0, 1),
        (date(2021, 9, 10), (OFF,), 0, 0),
        (date(2021, 9, 8), (WORKED,), 1, 0),
        (date(2021, 9, 7), (WORKED,), 0, 0),
        (date(2021, 9, 9), (WORKED,), 0, 0),
        (date(2021, 9, 9), (OFF, WORKED), 0, 0),
    ],
)
def test_the_preview_names_who_becomes_late_and_who_no_longer_is(
    world, today, rows, becomes, ceases
):
    issued(world, COUNTED, NAMED)
    on(world, today)
    found = preview(world, *rows)
    assert (len(found.becomes_late), len(found.ceases_late)) == (becomes, ceases)


def test_a_report_that_waits_is_judged_by_the_day_it_came(world):
    [number] = issued(world, COUNTED)
    on(world, date(2021, 9, 8))
    world.report(number)
    on(world, date(2021, 9, 20))
    found = preview(world, WORKED)
    assert [m.of.number for m in found.becomes_late] == [number]
    assert preview(world, OFF).ceases_late == ()


def test_a_pending_day_moves_nothing_until_its_act_is_entered(world):
    [number] = issued(world, COUNTED)
    assert preview(world, PENDING).moved == ()
    change(world, PENDING)
    assert due(world, number) == date(2021, 9, 8)
    with world.office.reading() as unit:
        assert [row.day for row in world.office.calendar(unit).pending if row.day.year == 2021] == [
            PENDING.day
        ]
    change(world, OFF)
    assert due(world, number) == date(2021, 9, 9)


def test_taking_a_day_out_moves_the_dates_back(world):
    [number] = issued(world, COUNTED)
    change(world, OFF)
    change(world, remove=(OFF.day,))
    assert due(world, number) == date(2021, 9, 8)
    assert [e.action for e in entries_about(world, "2021-08-30")] == ["put_day", "remove_day"]
    assert [e.action for e in entries_about(world, number)] == ["assign", "move_due", "move_due"]


@pytest.mark.parametrize("agreed", ["extension", "amend", "reassign"])
def test_a_date_agreed_since_is_named_and_moves_no_more(world, agreed):
    [number] = issued(world, COUNTED)
    if agreed == "extension":
        world.act("clerk", number, Action.ACCEPT)
        world.act(
            "clerk", number, Action.REQUEST_EXTENSION, reason="dịch bệnh", due_on=date(2021, 9, 20)
        )
        world.act(
            "office", number, Action.DECIDE_EXTENSION, decision="granted",
            due_on=date(2021, 9, 20), paper="1/VP",
        )  # fmt: skip
    elif agreed == "amend":
        world.act(
            "office", number, Action.AMEND, reason="theo kết luận", paper="1/VP",
            due_on=date(2021, 9, 20),
        )  # fmt: skip
    else:
        world.act(
            "office", number, Action.REASSIGN, reason="đúng chức năng", due_on=date(2021, 9, 20),
            agency=world.agencies["H32.04"].id,
        )  # fmt: skip
    assert due(world, number) == date(2021, 9, 20)
    found = preview(world, OFF)
    assert (found.moved, found.counted) == ((), 0)


def test_finished_work_keeps_its_date(world):
    [number] = issued(world, COUNTED)
    world.report(number)
    world.act("office", number, Action.VERIFY, verdict="met")
    assert preview(world, OFF).moved == ()


def test_an_entered_row_stands_above_the_shipped_one(world):
    new_year = date(2026, 1, 2)
    with world.office.reading() as unit:
        assert not world.office.calendar(unit).is_working(new_year)
    row = Override(day=new_year, kind=DayKind.WORKING, reason="bãi bỏ", act="1/VPCP")
    change(world, row)
    with world.office.reading() as unit:
        assert world.office.calendar(unit).is_working(new_year)
    change(world, remove=(new_year,))
    with world.office.reading() as unit:
        assert not world.office.calendar(unit).is_working(new_year)


def test_entering_the_act_of_the_pending_holiday_confirms_it(world):
    day = date(2026, 11, 24)
    with world.office.reading() as unit:
        assert world.office.calendar(unit).is_working(day)
    row = Override(day=day, kind=DayKind.OFF, reason="Ngày Văn hóa Việt Nam", act="1/2026/QH16")
    change(world, row)
    with world.office.reading() as unit:
        calendar = world.office.calendar(unit)
        assert not calendar.is_working(day)
        assert day not in {row.day for row in calendar.pending}


def test_a_preview_of_yesterdays_calendar_is_stale(world):
    [number] = issued(world, COUNTED)
    seen = preview(world, OFF).seen
    change(world, WORKED)
    standing = due(world, number)
    with pytest.raises(Stale):
        change(world, OFF, seen=seen)
    assert due(world, number) == standing


def test_dates_counted_on_an_older_calendar_can_be_counted_again(world):
    [number] = issued(world, COUNTED)
    with world.unit() as unit:
        unit.calendar.put(OFF, None, world.clock())
    found = preview(world)
    assert [(m.of.number, m.after) for m in found.moved] == [(number, date(2021, 9, 9))]
    change(world)
    assert due(world, number) == date(2021, 9, 9)
    assert preview(world).moved == ()


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        (Override(day=OFF.day, kind=DayKind.OFF, reason=" ", act="1"), {"reason": "required"}),
        (Override(day=date(1990, 1, 1), kind=DayKind.OFF, reason="x", act="1"),
         {"day": "outside_calendar"}),
        (Override(day=OFF.day, kind=DayKind.OFF, reason="x" * 501, act="1"), {"reason": "too_long"}),
    ],
)  # fmt: skip
def test_a_row_that_cannot_stand_is_refused(world, row, errors):
    with pytest.raises(Invalid) as refusal:
        preview(world, row)
    assert refusal.value.errors == errors


def test_the_same_again_is_no_change(world):
    change(world, OFF)
    with pytest.raises(Invalid) as refusal:
        preview(world, OFF)
    assert refusal.value.errors == {"day": "no_change"}


def test_only_an_entered_day_can_be_taken_out(world):
    with pytest.raises(Refused) as refusal:
        preview(world, remove=(date(2026, 1, 2),))
    assert refusal.value.code == "day_not_entered"


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "head", "clerk", "officer"])
def test_only_the_admin_changes_the_calendar(world, who):
    [number] = issued(world, COUNTED)
    with pytest.raises(Forbidden):
        change(world, OFF, who=who)
    assert due(world, number) == date(2021, 9, 8)


def test_somebody_who_saves_meanwhile_is_not_overwritten(world):
    [number] = issued(world, COUNTED)
    with world.office.reading() as unit:
        [item] = unit.calendar.counted_directives()
    world.act("clerk", number, Action.ACCEPT)
    with world.unit() as unit, pytest.raises(Stale):
        unit.calendar.move_due(item, date(2021, 9, 9), "v", world.clock())
    assert due(world, number) == date(2021, 9, 8)
