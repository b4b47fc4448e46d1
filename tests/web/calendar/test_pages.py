"""The calendar's pages: the year, the table, the preview before anything changes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from forms import form_on
from world import csrf_of

OFF = {
    "day": "30/08/2021", "kind": "off", "reason": "Nghỉ chống bão", "act": "12/QĐ-UBND",
    "made_up_on": "",
}  # fmt: skip
COUNTED = "Trong 10 ngày làm việc kể từ ngày ký"


@pytest.fixture
def admin(world):
    return world.sign_in("admin")


def cell(page, iso):
    return re.search(rf'<td class="([^"]*)"[^>]*><time datetime="{iso}">', page)[1]


@pytest.mark.parametrize(
    ("iso", "mark"),
    [
        ("2021-02-10", "is-holiday"), ("2021-02-16", "is-holiday"), ("2021-02-13", "is-weekend"),
        ("2021-04-21", "is-holiday"), ("2021-09-03", "is-holiday"), ("2021-08-23", "is-working"),
        ("2024-05-04", "is-made-up"), ("2024-04-29", "is-holiday"), ("2025-04-26", "is-made-up"),
        ("2026-01-02", "is-day-off"), ("2026-01-10", "is-made-up"), ("2026-08-22", "is-made-up"),
        ("2026-08-31", "is-holiday"), ("2026-11-24", "is-pending"),
    ],
)  # fmt: skip
def test_the_year_shows_each_day_as_the_law_and_the_acts_have_it(world, iso, mark):
    page = world.sign_in("clerk").get(f"/calendar/?year={iso[:4]}").text
    assert cell(page, iso).split()[0] == mark


def test_the_pending_day_stands_with_its_reason(world):
    page = world.sign_in("clerk").get("/calendar/?year=2026").text
    assert "chờ văn bản xác nhận: Ngày Văn hóa Việt Nam" in page
    assert "24/11/2026" in page
    assert "12729/VPCP-KGVX" in page


def test_the_page_opens_at_this_year_and_keeps_within_the_calendar(world):
    client = world.sign_in("clerk")
    assert "Lịch làm việc 2021" in client.get("/calendar/").text
    assert "Lịch làm việc 2008" in client.get("/calendar/?year=1").text
    assert "Lịch làm việc 2045" in client.get("/calendar/?year=9999").text
    assert 'aria-current="page">2045' in client.get("/calendar/?year=2045").text
    assert 'datetime="2021-08-23"' in client.get("/calendar/").text


def test_a_date_is_counted_with_its_ledger(world):
    page = world.sign_in("clerk").get("/calendar/?start=31/08/2021&days=3").text
    assert "Hết hạn ngày 07/09/2021" in page
    assert "Quốc khánh" in page
    assert "ngày đầu, không tính" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("start=31/02/2021&days=3", "Không đọc được ngày này"),
        ("start=&days=3", "Cần điền mục này"),
        ("start=01/08/2021&days=", "Cần điền mục này"),
        ("start=01/08/2021&days=ba", "Hãy gõ một số"),
        ("start=01/08/2021&days=0", "ít nhất một ngày"),
        ("start=01/08/1999&days=3", "Nằm ngoài những năm"),
        ("start=01/08/2045&days=9999", "Nằm ngoài những năm"),
    ],
)
def test_what_cannot_be_counted_says_why_at_the_field(world, query, words):
    page = world.sign_in("clerk").get(f"/calendar/?{query}")
    assert page.status_code == 200
    assert words in page.text.partition('class="dd-error"')[2]
    assert "Hết hạn ngày" not in page.text


def test_a_change_is_previewed_then_confirmed_then_shown(world, admin):
    counted, named = world.issue(
        world.clause(1, deadline=COUNTED), world.clause(2, deadline="Trước ngày 30-9")
    )
    page = admin.get("/calendar/days/preview", query_string=OFF)
    assert page.status_code == 200
    assert counted.number in page.text
    assert named.number not in page.text
    assert "Thành quá hạn (0)" in page.text
    assert "Lưu và dời 1 thời hạn" in page.text
    assert world.directive(counted.number).due_on == date(2021, 9, 8)
    answer = admin.post("/calendar/days/preview", data=form_on(page.text, "/preview"))
    assert answer.status_code == 303
    page = admin.get(answer.location.partition("#")[0])
    assert "1 thời hạn được dời" in page.text
    assert cell(page.text, "2021-08-30") == "is-day-off"
    assert "12/QĐ-UBND" in page.text
    assert world.directive(counted.number).due_on == date(2021, 9, 9)
    assert world.directive(named.number).due_on == date(2021, 9, 29)


def test_the_preview_says_who_becomes_overdue(world, admin):
    [made] = world.issue(world.clause(deadline=COUNTED))
    world.clock.at = world.clock.at.replace(month=9, day=8)
    admin = world.sign_in("admin")
    worked = OFF | {"day": "28/08/2021", "kind": "working", "reason": "Làm bù"}
    page = admin.get("/calendar/days/preview", query_string=worked).text
    late = page.partition("Thành quá hạn (1)")[2].partition("</section>")[0]
    assert made.number in late


def test_a_swap_enters_both_days_by_one_act(world, admin):
    page = admin.get("/calendar/days/preview", query_string=OFF | {"made_up_on": "04/09/2021"}).text
    assert "làm bù cho ngày 30/08/2021" in page
    assert admin.post("/calendar/days/preview", data=form_on(page, "/preview")).status_code == 303
    page = admin.get("/calendar/?year=2021").text
    assert cell(page, "2021-08-30") == "is-day-off"
    assert cell(page, "2021-09-04") == "is-made-up"


def test_without_an_act_the_day_waits_and_is_worked(world, admin):
    page = admin.get("/calendar/days/preview", query_string=OFF | {"act": ""}).text
    assert "chờ văn bản" in page
    admin.post("/calendar/days/preview", data=form_on(page, "/preview"))
    page = admin.get("/calendar/?year=2021").text
    assert cell(page, "2021-08-30") == "is-pending"
    row = admin.get("/calendar/days/new?day=2021-08-30").text
    assert 'value="30/08/2021"' in row
    assert 'value="Nghỉ chống bão"' in row


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"day": "31/02/2021"}, "day", "Không đọc được ngày này"),
        ({"day": ""}, "day", "Cần điền"),
        ({"day": "01/01/1990"}, "day", "Nằm ngoài"),
        ({"reason": ""}, "reason", "Cần điền"),
        ({"reason": "x" * 501}, "reason", "quá dài"),
        ({"made_up_on": "30/08/2021"}, "made_up_on", "phải khác"),
        ({"kind": "maybe"}, "kind", ""),
    ],
)
def test_a_wrong_row_says_what_at_the_field_and_keeps_every_word(world, admin, given, field, words):
    page = admin.get("/calendar/days/preview", query_string=OFF | given)
    assert page.status_code == 422
    assert words in page.text.partition(f'id="{field}-error"')[2].partition("</p>")[0]
    assert 'value="12/QĐ-UBND"' in page.text


def test_somebody_elses_change_is_shown_before_ones_own_is_kept(world, admin):
    [made] = world.issue(world.clause(deadline=COUNTED))
    mine = form_on(admin.get("/calendar/days/preview", query_string=OFF).text, "/preview")
    other = OFF | {"day": "24/08/2021"}
    page = admin.get("/calendar/days/preview", query_string=other).text
    assert admin.post("/calendar/days/preview", data=form_on(page, "/preview")).status_code == 303
    answer = admin.post("/calendar/days/preview", data=mine)
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in answer.text
    assert world.directive(made.number).due_on == date(2021, 9, 9)
    again = form_on(answer.text, "/preview")
    assert again["reason"] == ["Nghỉ chống bão"]
    assert admin.post("/calendar/days/preview", data=again).status_code == 303
    assert world.directive(made.number).due_on == date(2021, 9, 10)


def test_a_row_is_taken_out_with_a_preview_too(world, admin):
    page = admin.get("/calendar/days/preview", query_string=OFF).text
    admin.post("/calendar/days/preview", data=form_on(page, "/preview"))
    page = admin.get("/calendar/days/2021-08-30/remove")
    assert "trở lại như luật định" in page.text
    assert admin.post(
        "/calendar/days/2021-08-30/remove", data=form_on(page.text, "/remove")
    ).status_code == 303  # fmt: skip
    assert cell(admin.get("/calendar/?year=2021").text, "2021-08-30") == "is-working"


def test_dates_are_counted_again_only_when_asked(world, admin):
    page = admin.get("/calendar/recount").text
    assert "Không thời hạn nào dời" in page
    assert 'name="seen"' not in page


def test_a_forged_confirmation_changes_nothing(world, admin):
    token = csrf_of(admin.get("/account").text)
    answer = admin.post("/calendar/days/preview", data=OFF | {"csrf_token": token, "seen": "x"})
    assert answer.status_code == 409
    answer = admin.post("/calendar/days/preview", data=OFF | {"csrf_token": token, "day": "x"})
    assert answer.status_code == 422
    with world.office.reading() as unit:
        assert unit.calendar.overrides() == ()


def test_nobody_but_the_admin_finds_a_way_to_change_it(world):
    page = world.sign_in("office").get("/calendar/?year=2026").text
    assert "/calendar/days" not in page
    assert "/calendar/recount" not in page
