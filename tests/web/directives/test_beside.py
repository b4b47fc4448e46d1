"""Routing, requests, proposals and pauses through the pages."""

from __future__ import annotations

import re
from datetime import timedelta

import desking
import pytest
from deskwork import Desk, sheet
from world import SINCE

from web.jobs.running import run_due
from workflow.accounts.records import Membership, Role
from workflow.directives.records import Action

ONE = timedelta(days=1)


@pytest.fixture
def number(world):
    [made] = world.issue(world.clause(coordinating=("H32.04", "H32.02")))
    world.act("clerk", made.number, Action.ACCEPT)
    return made.number


def test_the_clerk_routes_to_an_officer_who_finds_it_at_home_and_in_the_inbox(world, number):
    desk = Desk(world, "clerk", number)
    form = desk.form("route").text
    assert "Đặng Chuyên Viên" in form
    assert "Bùi Xây Dựng" not in form
    answer = desk.post(
        "route", person=str(world.accounts["officer"]), note="Xong trước thứ Sáu",
        internal_due_on="10/09/2021",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    officer = Desk(world, "officer", number)
    routing = sheet(officer.page(), "routing")
    assert "Đặng Chuyên Viên" in routing
    assert "Xong trước thứ Sáu" in routing
    assert number in sheet(officer.client.get("/").text, "work")
    assert number not in sheet(desk.client.get("/").text, "work")


def test_who_had_the_work_is_told_to_whom_it_went(world, number):
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"])
    world.clock.at += timedelta(minutes=5)
    world.act("clerk", number, Action.ROUTE, person=world.accounts["head"], note="Riêng tư")
    with world.app.app_context():
        run_due(world.office, world.clock())
    inbox = world.sign_in("officer").get("/inbox/").text
    head = world.directive(number).routings[0]
    assert head.account_id == world.accounts["head"]
    assert f"Nhiệm vụ {number} được chuyển cho " in inbox
    assert "bạn thôi xử lý" in inbox
    assert "Riêng tư" not in inbox, "what is said to the other is not theirs"
    assert "bạn thôi xử lý" not in world.sign_in("head").get("/inbox/").text


@pytest.mark.parametrize("who", ["office", "leader", "other_clerk", "inspector"])
def test_nobody_outside_the_agency_reads_of_its_routing(world, number, who):
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"], note="Riêng tư")
    page = Desk(world, who, number).page()
    assert "Riêng tư" not in page
    assert "Đặng Chuyên Viên" not in page


def test_the_admins_history_does_not_show_what_was_routed(world, number):
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"], note="Riêng tư")
    assert "Riêng tư" not in world.sign_in("admin").get("/history/").text


def test_without_a_person_or_a_division_the_form_says_so_and_keeps_the_note(world, number):
    answer = Desk(world, "clerk", number).post("route", note="Giữ lại chữ này")
    assert answer.status_code == 422
    assert "Cần chọn phòng hoặc người xử lý." in answer.text
    assert "Giữ lại chữ này" in answer.text


def test_the_lead_asks_several_at_once_and_one_answers_with_a_file(world, number):
    desk = Desk(world, "clerk", number)
    form = desk.form("request_input").text
    assert form.count('name="agencies"') == 2
    beside = [str(world.agencies[code].id) for code in ("H32.04", "H32.02")]
    answer = desk.post("request_input", agencies=beside, what="Số liệu", needed_on="10/09/2021")
    assert answer.status_code == 303, answer.text[-2000:]
    other = Desk(world, "other_clerk", number)
    assert number in sheet(other.client.get("/").text, "asked")
    page = other.page()
    [link] = re.findall(r'href="([^"]*give_input\?request=\d+)"', sheet(page, "inputs"))
    assert "selected" in other.client.get(link).text
    key = link.partition("request=")[2]
    answer = other.post("give_input", request=key, answer="Đã gửi số liệu quy hoạch")
    assert answer.status_code == 303, answer.text[-2000:]
    inputs = sheet(desk.page(), "inputs")
    assert "Đã gửi số liệu quy hoạch" in inputs
    assert inputs.count("Chờ trả lời") == 1


def test_who_is_late_shows_on_both_pages_and_both_homes(world, number):
    beside = (world.agencies["H32.04"].id,)
    needed = world.office.today() + ONE
    world.act("clerk", number, Action.REQUEST_INPUT, agencies=beside, what="x", needed_on=needed)
    world.clock.at += 4 * ONE
    for who, words in (
        ("clerk", "cơ quan phối hợp trả lời chậm"),
        ("other_clerk", "đề nghị phối hợp trả lời chậm"),
    ):
        desk = Desk(world, who, number)
        assert "quá 3 ngày" in sheet(desk.page(), "inputs")
        assert words in desk.client.get("/").text


@pytest.mark.parametrize(
    ("code", "words", "query"),
    [
        ("H32.04", "1 nhiệm vụ trả lời chậm", "asked=H32.04&amp;input=late"),
        ("H32.03", "1 nhiệm vụ có cơ quan phối hợp trả lời chậm", "input=late"),
    ],
)
def test_who_is_late_shows_on_the_pages_of_both_agencies(world, number, code, words, query):
    beside = (world.agencies["H32.04"].id,)
    needed = world.office.today() + ONE
    world.act("clerk", number, Action.REQUEST_INPUT, agencies=beside, what="x", needed_on=needed)
    world.clock.at += 4 * ONE
    client = world.sign_in("office")
    page = client.get(f"/agencies/{code}").text
    [link] = re.findall(rf'href="([^"]*{re.escape(query)}[^"]*)">{words}<', page)
    assert number in client.get(link.replace("&amp;", "&")).text


def test_a_proposal_is_answered_by_the_office_where_it_stands(world, number):
    world.act("officer", number, Action.UPDATE, done="x", proposal="Bổ sung hai người")
    office = Desk(world, "office", number)
    home = office.client.get("/").text
    assert "kiến nghị chờ trả lời" in home
    assert number in sheet(home, "work")
    assert "answer?proposed=" in sheet(office.page(), "proposals")
    [one] = world.directive(number).proposals
    answer = office.post("answer", proposed=str(one.id), answer="Đồng ý, theo Công văn 12")
    assert answer.status_code == 303, answer.text[-2000:]
    assert "Đồng ý, theo Công văn 12" in sheet(Desk(world, "clerk", number).page(), "proposals")


def test_days_the_office_holds_are_its_own_and_not_the_leads(world, number):
    world.act("clerk", number, Action.UPDATE, done="x", proposal="Bổ sung người")
    world.clock.at += 45 * ONE
    page = Desk(world, "clerk", number).page()
    assert "Trả lời kiến nghị" in sheet(page, "owed")
    assert "không tính cho cơ quan chủ trì" in page
    assert "Quá hạn 8 ngày, trong đó 0 ngày tính cho cơ quan chủ trì" in sheet(page, "due")
    assert "báo cáo, đề nghị quá hạn trả lời" in world.sign_in("office").get("/").text


def test_paused_work_says_so_everywhere_and_is_late_nowhere(world, number):
    office = Desk(world, "office", number)
    assert office.post("suspend", paper="99/UBND").status_code == 303
    world.clock.at += 60 * ONE
    office = Desk(world, "office", number)
    page = office.page()
    assert "Tạm dừng từ 23/08/2021" in page
    assert "Quá hạn" not in sheet(page, "due")
    listed = office.client.get("/directives/?suspended=yes").text
    assert number in listed
    assert "tạm dừng từ" in listed
    assert number not in office.client.get("/directives/?time=overdue").text
    answer = office.post("resume", paper="100/UBND")
    assert "cần ghi thời hạn mới" in answer.text
    assert office.post("resume", paper="100/UBND", due_on="30/11/2021").status_code == 303
    assert "99/UBND" in sheet(office.page(), "due")


def test_a_counted_date_shows_its_pause_in_the_ledger(world):
    [made] = world.issue(world.clause(deadline="Trong 10 ngày làm việc kể từ ngày ký"))
    office = Desk(world, "office", made.number)
    office.post("suspend", paper="99/UBND", reason="Bão số 5")
    world.clock.at += 7 * ONE
    office = Desk(world, "office", made.number)
    office.post("resume", paper="100/UBND")
    due = sheet(office.page(), "due")
    assert "15/09/2021" in due
    assert "5 ngày làm việc" in due
    assert "Bão số 5" in due


def test_the_form_of_a_part_plans_its_date_backward(world):
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    form = Desk(world, "district", made.number).form("hand_down").text
    assert re.search(r'name="due_on"[^>]*value="22/09/2021"', form)


@pytest.fixture
def family(world):
    """A count of the district, with a part of each of two communes that report 3 and 4."""
    [made] = world.issue(
        world.clause(lead="H32.10", coordinating=(), target_indicator="Hồ sơ", target_unit="hồ sơ")
    )
    world.act("district", made.number, Action.ACCEPT)
    for code in ("H32.10.1", "H32.10.2"):
        world.act(
            "district", made.number, Action.HAND_DOWN,
            agency=world.agencies[code].id, content="Rà soát", due_on=world.office.today() + 9 * ONE,
        )  # fmt: skip
    return made.number


def test_a_report_over_parts_begins_with_the_rate_that_their_numbers_make(world):
    [made] = world.issue(
        world.clause(lead="H32.10", coordinating=(), target_indicator="Giải ngân", target_unit="%")
    )
    world.act("district", made.number, Action.ACCEPT)
    world.act("district", made.number, Action.HAND_DOWN, agency=world.agencies["H32.10.1"].id,
              content="Giải ngân", due_on=world.office.today() + 9 * ONE)  # fmt: skip
    part = world.directive(made.number).parts[0].number
    told = {"figure": "66.7", "numerator": "2", "denominator": "3"}
    world.act("commune", part, Action.REPORT, result="x", **told)
    desk = Desk(world, "district", made.number)
    form = desk.form("report").text
    assert re.search(r'name="figure"[^>]*value="66,67"', form)
    given = {"result": "Tổng hợp", "open_parts_reason": "Chưa xác nhận", "numerator": "2",
             "report_number": "9/BC", "report_date": "20/08/2021", "signer": "A", "denominator": "3"}  # fmt: skip
    assert desk.post("report", figure="", **given).status_code == 422
    assert desk.post("report", figure="66,67", **given).status_code == 303


def test_the_parent_names_who_has_not_told_anything_today(world, family):
    parts = [part.number for part in world.directive(family).parts]
    world.act("commune", parts[0], Action.UPDATE, done="x")
    page = sheet(Desk(world, "district", family).page(), "parts")
    today = page.partition("Hôm nay chưa báo:")[2].partition("</p>")[0]
    assert "UBND xã Suối Cát" in today
    assert "UBND xã Cam Tân" not in today


def test_a_report_quotes_the_figures_of_the_parts_and_another_sum_is_refused(world, family):
    part = world.directive(family).parts[0].number
    world.act("commune", part, Action.REPORT, result="x", figure="3")
    desk = Desk(world, "district", family)
    form = desk.form("report").text
    assert "Các phần việc cộng lại 3 (UBND xã Cam Tân 3)" in form
    assert re.search(r'name="figure"[^>]*value="3"', form)
    given = {"result": "Tổng hợp", "open_parts_reason": "Xã còn lại báo sau",
             "report_number": "9/BC", "report_date": "20/08/2021", "signer": "Võ Thủ Trưởng"}  # fmt: skip
    answer = desk.post("report", figure="4", **given)
    assert answer.status_code == 422
    assert "Không bằng tổng số liệu các phần việc đã báo cáo." in answer.text
    assert desk.post("report", figure="4", own_figure="1", **given).status_code == 303
    assert "trong đó tự làm 1" in sheet(desk.page(), "reports")


def test_an_officer_of_the_agency_that_is_asked_answers_without_a_detour(world, number):
    desking.add_person(world, "other_officer", "Cao Xây Dựng", Role.AGENCY_OFFICER, "H32.04")
    beside = (world.agencies["H32.04"].id,)
    needed = world.office.today() + ONE
    world.act("clerk", number, Action.REQUEST_INPUT, agencies=beside, what="x", needed_on=needed)
    desk = Desk(world, "other_officer", number)
    assert "Trả lời đề nghị phối hợp" in sheet(desk.client.get("/").text, "asked")
    page = desk.page()
    assert "Chỉ có một việc" not in page
    [link] = re.findall(r'href="([^"]*give_input\?request=\d+)"', sheet(page, "inputs"))
    assert re.search(r'class="btn btn-primary"[^>]*>\s*Trả lời đề nghị phối hợp', page)
    assert desk.client.get(link).status_code == 200
    key = link.partition("request=")[2]
    answer = desk.post("give_input", request=key, answer="12 ha lúa, 3 ha xoài")
    assert answer.status_code == 303, answer.text[-2000:]
    assert "12 ha lúa" in sheet(Desk(world, "clerk", number).page(), "inputs")


def test_a_division_where_nobody_sits_says_so_before_work_is_routed_there(world, number):
    agency = world.agencies["H32.03"].id
    with world.office.writing() as unit:
        for name in ("Phòng Đất đai", "Phòng Môi trường"):
            unit.agencies.add_division(agency, name, world.office.today())
        key = unit.agencies.divisions(agency)[0].id
        place = Membership(
            role=Role.AGENCY_OFFICER, agency_id=agency, division_id=key, valid_from=SINCE
        )
        unit.accounts.add_membership(world.accounts["head"], place)
        beside = Membership(role=Role.AGENCY_CLERK, agency_id=agency, valid_from=SINCE)
        unit.accounts.add_membership(world.accounts["head"], beside)
    form = Desk(world, "clerk", number).form("route").text
    options = re.findall(r"<option[^>]*>(Phòng [^<]*)</option>", form)
    assert options == ["Phòng Đất đai", "Phòng Môi trường (chưa có ai; chọn thêm người xử lý)"]


def test_work_that_is_due_soon_is_prepared_from_the_first_page(world, number):
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"])
    officer = world.sign_in("officer")
    assert f"/directives/{number}/update" in sheet(officer.get("/").text, "work")
    world.clock.at = world.clock.at.replace(month=9, day=27)
    work = sheet(world.sign_in("officer").get("/").text, "work")
    assert f"/directives/{number}/prepare" in work
    assert f"/directives/{number}/update" not in work
