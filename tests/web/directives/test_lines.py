"""Rows that are kept as drawn: anew for whatever they show, and only to who just read them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from backends import ON_ONE_DATABASE

from models.directives.listed import Listed
from web.directives import lines
from web.directives.clock import Hands
from web.directives.columns import COLUMNS
from web.directives.lines import lines_of, look_of
from workflow.calendar.vietnam import vietnam_calendar
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Action, Priority, State

TODAY = date(2021, 8, 23)
ROWS = re.compile(r"<tr.*?</tr>", re.DOTALL)
ROW = Listed(
    id=1,
    number="2021-0001-01",
    content="Rà soát <thủ tục>",
    expected_output="Báo cáo",
    state=State.ASSIGNED,
    priority=Priority.NORMAL,
    lead_id=3,
    lead_code="H32.03",
    lead_name="Sở Xây dựng",
    reference="1/UBND",
    assigned_on=date(2021, 8, 1),
    accepted_on=None,
    due_on=date(2021, 9, 10),
    first_due_on=date(2021, 9, 9),
    completed_on=None,
    deadline_text="Trước ngày 10/9",
    deadline_kind=DeadlineKind.FIXED,
    progress=None,
    decline_standing=False,
    extension_asked_to=None,
    proposed_on=None,
    suspended_since=None,
    returned_count=0,
    carried_over=False,
    updated_at=datetime(2021, 8, 1, tzinfo=UTC),
    version=1,
    handed_by_id=None,
    assigner_id=None,
    overseer_id=None,
)
CHANGES = {
    "number": "2021-0001-02",
    "content": "Khác",
    "expected_output": "Sản phẩm khác",
    "state": State.VERIFIED,
    "priority": Priority.URGENT,
    "lead_name": "Sở Y tế",
    "reference": "2/UBND",
    "assigned_on": date(2021, 8, 2),
    "accepted_on": date(2021, 8, 3),
    "due_on": date(2021, 8, 20),
    "first_due_on": date(2021, 8, 20),
    "completed_on": date(2021, 8, 21),
    "progress": 40,
    "decline_standing": True,
    "extension_asked_to": date(2021, 10, 1),
    "proposed_on": date(2021, 8, 20),
    "suspended_since": date(2021, 8, 20),
    "carried_over": True,
    "is_news": True,
}


@pytest.fixture
def page(app, monkeypatch):
    monkeypatch.setattr(lines, "_DRAWN", {})
    with app.test_request_context("/directives/"):
        yield app


CALENDAR = vietnam_calendar(())


def look(hidden=frozenset(), *, day=TODAY, chooses=False):
    return look_of(Hands(CALENDAR, day), hidden, chooses=chooses)


def drawn(row, *, beside=(), **given):
    return str(lines_of([row], look(**given), {row.id: list(beside)}))


@pytest.mark.parametrize("name", CHANGES)
def test_a_row_is_drawn_anew_when_anything_it_shows_changes(page, name):
    before = drawn(ROW)
    assert drawn(ROW._replace(**{name: CHANGES[name]})) != before
    assert drawn(ROW) == before


def test_a_row_is_drawn_anew_for_who_stands_beside_it_and_for_the_look(page):
    ways = [
        {},
        {"beside": ["Sở Y tế"]},
        {"hidden": frozenset({"lead"})},
        {"chooses": True},
        {"day": TODAY + timedelta(days=30)},
    ]
    first = [drawn(ROW, **way) for way in ways]
    assert len(set(first)) == len(ways)
    assert [drawn(ROW, **way) for way in ways] == first


def test_what_is_kept_equals_what_is_drawn_fresh(page, monkeypatch):
    rows = [ROW._replace(id=n, number=f"2021-0001-{n:02d}") for n in range(1, 40)]
    kept = [str(lines_of(rows, look(), {})) for _ in range(2)]
    monkeypatch.setattr(lines, "_DRAWN", {})
    assert kept == [str(lines_of(rows, look(), {}))] * 2
    assert len(ROWS.findall(kept[0])) == len(rows)


@ON_ONE_DATABASE
def test_kept_rows_take_bounded_room(page):
    for day in range(20):
        for start in range(0, 3_000, 50):
            rows = [ROW._replace(id=n, content=f"{n}") for n in range(start, start + 50)]
            kept = look(day=TODAY + timedelta(days=day))
            lines_of(rows if day == 0 else rows[:1], kept, {})
    assert len(lines._DRAWN) <= lines.MOST_LOOKS
    assert all(len(rows) <= lines.MOST_ROWS for rows in lines._DRAWN.values())


def test_words_a_person_wrote_stay_words(page):
    text = drawn(ROW, beside=["<b>"])
    assert "Rà soát &lt;thủ tục&gt;" in text
    assert "&lt;b&gt;" in text
    assert [key for key in COLUMNS if f'data-col="{key}"' not in text] == []


def test_nobody_is_shown_a_row_that_was_drawn_for_another(world):
    land, other = world.issue(world.clause(1), world.clause(2, lead="H32.10", coordinating=()))
    office, clerk = world.sign_in("office"), world.sign_in("clerk")
    assert other.number in office.get("/directives/").text
    assert land.number in clerk.get("/directives/").text
    assert other.number not in clerk.get("/directives/").text


def test_a_page_tells_what_was_done_since_it_was_drawn(world):
    [land] = world.issue(world.clause())
    office, clerk = world.sign_in("office"), world.sign_in("clerk")
    for client in (office, clerk):
        assert "Chờ tiếp nhận" in ROWS.findall(client.get("/directives/").text)[1]
    world.act("clerk", land.number, Action.ACCEPT)
    for client in (office, clerk):
        assert "Đang thực hiện" in ROWS.findall(client.get("/directives/").text)[1]
    assert "mới thay đổi" in ROWS.findall(office.get("/directives/").text)[1]
