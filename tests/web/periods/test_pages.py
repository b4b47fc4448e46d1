"""Standing work on its pages: what a period, its directive and its history say."""

import re
from datetime import date

import pytest
import standing
from forms import form_on
from period_pages import DAY, NOV, OCT, SEP, sheet, words
from standing import act, confirm, file, go_to, periods
from violating import kept

from web.jobs.running import run_due
from workflow.directives.records import Action
from workflow.periods.records import PeriodAction, Rhythm


def test_the_directive_shows_its_year_in_words_with_a_link_to_each_period(world, number):
    text = world.sign_in("clerk").get(f"/directives/{number}").text
    told = sheet(text, "periods")
    for said in ("Kỳ tháng 9/2021", "xong quá 2 ngày", "Kỳ tháng 10/2021", "Chờ xác nhận", "sớm 5 ngày",
                 "Kỳ tháng 11/2021",
                 "quá 1 ngày", "Kỳ tháng 12/2021", "Chưa báo cáo", "hằng tháng, ngày 19"):  # fmt: skip
        assert said in told, said
    assert all(f'href="/periods/{number}/{serial}"' in text for serial in (1, 2, 3, 4))
    for count in ("on_time", "late", "missing", "ahead"):
        assert f"/periods/?number={number}&amp;count={count}" in text


def test_work_that_stays_after_its_year_says_why(world, number):
    go_to(world, date(2022, 1, 3))
    told = sheet(world.sign_in("clerk").get(f"/directives/{number}").text, "periods")
    assert "Đã hết năm mà còn 2 kỳ chưa báo cáo" in told


def test_a_year_of_weeks_shows_what_is_owed_next_and_links_to_all(world):
    number = standing.standing(world, "Hằng tuần")
    told = sheet(world.sign_in("clerk").get(f"/directives/{number}").text, "periods")
    assert "Xem cả 19 kỳ" in told
    assert told.count("Hạn ") == 16


def test_other_directives_have_no_such_sheet(world):
    [made] = world.issue()
    assert sheet(world.sign_in("clerk").get(f"/directives/{made.number}").text, "periods") == ""


@pytest.mark.parametrize(
    ("who", "status"),
    [("office", 200), ("leader", 200), ("officer", 200), ("other_clerk", 404), ("admin", 404)],
)
def test_a_period_is_read_by_who_reads_its_directive(world, number, who, status):
    assert world.sign_in(who).get(f"/periods/{number}/1").status_code == status


def test_who_holds_another_clause_of_the_document_reads_no_report(world):
    made = world.issue(
        world.clause(deadline=standing.MONTHLY, coordinating=()),
        world.clause(2, lead="H32.04", coordinating=()),
    )
    client = world.sign_in("other_clerk")
    assert client.get(f"/directives/{made[0].number}").status_code == 200
    assert client.get(f"/periods/{made[0].number}/1").status_code == 404
    assert sheet(client.get(f"/directives/{made[0].number}").text, "periods") == ""


@pytest.mark.parametrize("serial", [0, 5, 9999])
def test_a_period_that_is_none_is_not_there(world, number, serial):
    assert world.sign_in("office").get(f"/periods/{number}/{serial}").status_code == 404


def test_work_issued_before_there_were_periods_gets_its_document_s_own(world):
    from models.periods.keeping import forget_plan

    number = standing.standing(world)
    with world.unit() as unit:
        forget_plan(unit.connection, world.directive(number).id)
    client, address = world.sign_in("office"), f"/periods/{number}/rhythm"
    page = client.get(address).text
    assert "hằng tháng, ngày 19" in page
    assert client.post(address, data=form_on(page, address)).status_code == 303
    assert [period.due_on for period in periods(world, number)][:2] == [SEP, OCT]


@pytest.mark.parametrize(
    ("who", "step"),
    [("clerk", "3/report_period"), ("office", "2/confirm_period"), ("leader", None)],
)
def test_the_main_act_on_standing_work_is_its_next_period(world, number, who, step):
    text = world.sign_in(who).get(f"/directives/{number}").text
    main = re.search(r'<div class="dd-main-action"><a [^>]*href="([^"]+)"', text)
    assert (main and main.group(1)) == (f"/periods/{number}/{step}" if step else None)


def test_notices_of_periods_are_read_in_words(world, number):
    act(world, "office", number, 2, PeriodAction.RETURN, reason="Thiếu số liệu")
    with world.app.app_context():
        run_due(world.office)
    text = words(world.sign_in("clerk").get("/inbox/").text)
    assert f"Nhiệm vụ {number}: báo cáo kỳ đến hạn 19/10/2021 cần bổ sung: “Thiếu số liệu”" in text


def test_the_history_names_a_period_by_its_month(world, number):
    act(world, "office", number, 2, PeriodAction.RETURN, reason="Thiếu số liệu")
    history = words(world.sign_in("clerk").get(f"/directives/{number}").text)
    assert "Kỳ: tháng 10/2021" in history


def test_the_english_page_is_english(world, number):
    client = world.sign_in("clerk")
    client.post("/language", data=form_on(client.get("/").text, "/language") | {"language": "en"})
    text = words(client.get(f"/periods/{number}/3").text)
    assert "Reporting period" in text
    assert "Kỳ" not in text


def test_the_violation_of_a_missed_period_names_it(world, number):
    standing.look_for_late(world, NOV + DAY)
    [missed] = [one for one in kept(world) if one.occurred_on == NOV + DAY]
    text = world.sign_in("office").get(f"/violations/{missed.id}").text
    assert f'href="/periods/{number}/3"' in text
    assert "hạn 19/11/2021" in words(text)


def test_paused_work_says_so_on_its_periods(world, number):
    world.act("office", number, Action.SUSPEND, paper="1/UBND", reason="Chờ")
    told = words(world.sign_in("clerk").get(f"/periods/{number}/4").text)
    assert "đang tạm dừng nên kỳ này chưa phải báo cáo" in told


def test_a_period_that_a_pause_took_away_waits_for_no_report(world, number):
    world.act("office", number, Action.SUSPEND, paper="1/UBND", reason="Chờ")
    standing.go_to(world, date(2021, 12, 22))
    world.act("office", number, Action.RESUME, paper="2/UBND", reason="Xong")
    told = words(world.sign_in("clerk").get(f"/periods/{number}/4").text)
    assert "đến hạn khi nhiệm vụ tạm dừng hoặc đã kết thúc nên không phải báo cáo" in told
    assert "sẽ nằm ở đây" not in told


def test_rhythms_stay_known_to_the_words(world):
    from web.periods.words import RHYTHMS

    assert set(RHYTHMS) == {rhythm.value for rhythm in Rhythm}


def test_a_year_that_ended_by_itself_shows_no_verdict_of_anybody(world):
    number = standing.standing(world)
    for serial, day in enumerate((SEP, OCT, NOV, date(2021, 12, 19)), start=1):
        go_to(world, day)
        file(world, number, serial)
        confirm(world, number, serial)
    go_to(world, date(2022, 1, 3))
    assert standing.close(world, number)
    told = words(world.sign_in("office").get(f"/directives/{number}").text)
    assert "không ai kết luận ở đây" in told
    assert "Đạt yêu cầu" not in told
