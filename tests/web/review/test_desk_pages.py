"""The desk of repeated violations and the page of a case."""

import io
import re
from datetime import date, timedelta

import pytest
from desk_pages import numbers_on, statements
from desking import (
    act,
    add_case,
    add_violations,
    bring_to,
    case_of,
    climb_now,
    furnish_desk,
    order,
    put,
    raise_again,
)
from openpyxl import load_workbook

from models.review.facts import Behind
from web.review.raises import days_late
from workflow.review.records import EscalationState, ReviewAction
from workflow.violations.records import ViolationState

BUDGET = 9
DESK_BUDGET = 8


@pytest.fixture(autouse=True)
def _desk(world):
    furnish_desk(world)


def tags_off(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_desk_shows_the_oldest_clock_first_and_the_graver_level_before_the_lighter(world):
    today = world.office.today()
    late = add_case(world, holder="inspector", answer_by=today - timedelta(days=3))
    light = add_case(world, holder="inspector", answer_by=today + timedelta(days=2), level=1)
    grave = add_case(world, holder="inspector", answer_by=today + timedelta(days=2), level=3)
    later = add_case(world, holder="inspector", answer_by=today + timedelta(days=9), level=3)
    page = world.sign_in("inspector").get("/review/").text
    assert numbers_on(page) == [late, grave, light, later]
    assert "quá 3 ngày" in page
    assert "3 điểm trong 30 ngày, đủ ngưỡng của mức 1" in tags_off(page)


@pytest.mark.parametrize(
    ("who", "tab", "wanted"),
    [
        ("inspector", "mine", {"own"}),
        ("inspector", "team", {"own", "nobody"}),
        ("inspector", "all", {"own", "other", "nobody", "proposed", "grave", "decided"}),
        ("inspector2", "mine", {"other"}),
        ("inspector2", "team", {"other", "nobody"}),
        ("leader", "mine", {"grave"}),
        ("office", "mine", {"proposed", "decided"}),
        ("unit_head", "mine", set()),
        ("unit_head", "all", {"own", "other", "nobody", "proposed", "grave", "decided"}),
        ("other_clerk", "all", set()),
    ],
)
def test_each_tab_shows_what_is_whose(world, who, tab, wanted):
    made = {
        "own": add_case(world, holder="inspector"),
        "other": add_case(world, holder="inspector2"),
        "nobody": add_case(world),
        "proposed": bring_to(world, EscalationState.PROPOSED),
        "grave": bring_to(world, EscalationState.PROPOSED, level=2),
        "decided": bring_to(world, EscalationState.DECIDED),
        "closed": bring_to(world, EscalationState.CLOSED),
    }
    for name in ("proposed", "grave", "decided"):
        put(world, made[name], holder_id=world.accounts["inspector3"])
    if who == "inspector":
        put(world, made["closed"], holder_id=world.accounts["inspector3"])
    page = world.sign_in(who).get(f"/review/?tab={tab}").text
    names = {number: name for name, number in made.items()}
    found = {names[number] for number in numbers_on(page)}
    if who == "inspector2" and tab == "team":
        found -= {"proposed", "grave", "decided"}
    assert found == wanted


def test_the_view_narrows_by_state_level_and_agency_and_says_so(world):
    grave = add_case(world, level=3)
    add_case(world, level=1)
    other = add_case(world, agency="H32.04", level=3)
    closed = bring_to(world, EscalationState.CLOSED)
    client = world.sign_in("office")
    page = client.get("/review/?tab=all&level=3&agency=H32.03.1").text
    assert numbers_on(page) == [grave]
    assert "từ mức 3" in page
    assert numbers_on(client.get("/review/?tab=all&agency=H32.04").text) == [other]
    assert numbers_on(client.get("/review/?tab=all&state=closed").text) == [closed]
    assert closed in numbers_on(client.get("/review/?tab=all&state=all").text)
    assert closed not in numbers_on(client.get("/review/?tab=all").text)


@pytest.mark.parametrize(
    "address", ["?tab=x&state=y&level=9&after=z", "?after=1.2", "?after=2021-13-01.1.1", "?level="]
)
def test_a_spoiled_address_shows_the_desk_all_the_same(world, address):
    number = add_case(world, holder="inspector")
    assert number in world.sign_in("inspector").get(f"/review/{address}").text


def test_the_desk_turns_its_pages_without_losing_or_repeating_a_case(world):
    basis = add_violations(world, 3)
    day = world.office.today()
    made = {
        add_case(
            world,
            violations=basis,
            holder="inspector",
            level=1 + n % 3,
            answer_by=day + timedelta(days=n % 4) if n % 5 else None,
        )
        for n in range(120)
    }
    client, address, seen = world.sign_in("inspector"), "/review/", []
    while address:
        page = client.get(address).text
        seen += numbers_on(page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found.group(1).replace("&amp;", "&") if found else None
    assert len(seen) == len(set(seen)) == 120
    assert set(seen) == made


def test_an_empty_desk_says_what_will_stand_there(world):
    page = world.sign_in("inspector").get("/review/").text
    assert "Không có vụ việc nào chờ bạn" in page
    page = world.sign_in("head").get("/review/").text
    assert "Chưa có vụ vi phạm nhiều lần nào" in page


def test_pages_cost_the_same_however_much_they_show(world, app):
    few = add_case(world, holder="inspector")
    client = world.sign_in("inspector")
    address = "/review/?tab=all"
    little = statements(app, client, address), statements(app, client, f"/review/{few}")
    many = bring_to(world, EscalationState.DECIDED, violations=add_violations(world, 40))
    for _ in range(2):
        act(world, "office", many, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    for _ in range(30):
        add_case(world, holder="inspector2", violations=[])
    much = statements(app, client, address), statements(app, client, f"/review/{many}")
    assert len(little[0]) == len(much[0]) <= DESK_BUDGET, much[0]
    assert len(much[1]) <= len(little[1]) <= BUDGET, little[1]


def test_a_case_explains_itself(world):
    number = bring_to(world, EscalationState.DECIDED, level=2)
    page = world.sign_in("inspector").get(f"/review/{number}").text
    words = tags_off(page)
    assert "Hồ sơ trễ hạn lặp lại: Chi nhánh VPĐKĐĐ Cam Lâm · Đất đai" in words
    raised = "3 điểm trong 30 ngày; mức 2 vì lặp lại trong 180 ngày"
    assert f"Mức 2 ngày 23/08/2021: {raised} Kỳ tính từ 25/07/2021 đến hết 23/08/2021." in words
    assert "MC-01, phiên bản 1" in words
    assert "01/QĐ-UBND" in words
    assert "VP-1" in words
    assert "Phê bình" in words
    assert 'aria-current="step">Đã quyết định' in page


@pytest.mark.parametrize(
    ("kind", "dossier", "ended_on", "late"),
    [
        ("V16", "H32-1", date(2021, 8, 6), 5),
        ("V17", "H32-1", None, 22),
        ("V16", "H32-1", date(2021, 8, 1), None),
        ("V16", "H32-1", date(2021, 7, 30), None),
        ("V16", "", None, None),
        ("V01", "H32-1", None, None),
    ],
)
def test_a_late_dossier_says_for_how_many_days(kind, dossier, ended_on, late):
    one = Behind(
        id=1,
        type=kind,
        state=ViolationState.CONFIRMED,
        occurred_on=date(2021, 8, 2),
        agency="",
        officer="",
        dossier=dossier,
        directive="",
        ended_on=ended_on,
    )
    assert days_late(one, date(2021, 8, 23)) == late


def test_violations_beyond_the_first_are_counted_not_hidden(world):
    number = add_case(world, violations=add_violations(world, 47))
    page = world.sign_in("inspector").get(f"/review/{number}").text
    assert "và 27 vi phạm nữa" in page


def test_what_passed_between_inspectors_and_deciders_is_not_the_agencys_to_read(world):
    number = bring_to(world, EscalationState.PROPOSED)
    act(world, "leader", number, ReviewAction.SEND_BACK, reason="Xem lại cho kỹ")
    inspector = world.sign_in("inspector").get(f"/review/{number}").text
    agency = world.sign_in("unit_head").get(f"/review/{number}").text
    for words in ("Lặp lại", "Xem lại cho kỹ"):
        assert words in inspector
        assert words not in agency
    assert "Thiếu người" in agency
    assert 'id="history"' not in agency


def test_a_retracted_case_says_why_and_that_its_directive_stands(world):
    heir = add_case(world)
    number = bring_to(world, EscalationState.DECIDED)
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    put(
        world,
        number,
        state=EscalationState.RETRACTED,
        state_before_retraction=EscalationState.DECIDED,
        retracted_at=world.clock(),
        retracted_reason="basis_fell",
        heir_id=case_of(world, heir).id,
    )
    words = tags_off(world.sign_in("unit_head").get(f"/review/{number}").text)
    assert "Vụ việc không còn tính từ 23/08/2021 09:00" in words
    assert "vi phạm làm căn cứ không còn được tính" in words
    assert heir in words
    assert "Nhiệm vụ đã giao vẫn phải thực hiện cho đến khi có văn bản dừng" in words


def test_a_directive_and_its_case_name_each_other(world):
    number = bring_to(world, EscalationState.DECIDED)
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    (made,) = case_of(world, number).directives
    client = world.sign_in("office")
    assert f'href="/directives/{made}"' in client.get(f"/review/{number}").text
    assert f'href="/review/{number}"' in client.get(f"/directives/{made}").text
    clerk = world.sign_in("clerk")
    assert f'href="/review/{number}"' in clerk.get(f"/directives/{made}").text


def test_an_agency_is_told_of_anothers_directive_by_its_number_only(world):
    """What it may not open has no link, and its words stay with who leads it."""
    number = bring_to(world, EscalationState.DECIDED)
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    (made,) = case_of(world, number).directives
    content = world.directive(made).content
    unit = world.sign_in("unit_head")
    assert unit.get(f"/directives/{made}").status_code == 404
    page = unit.get(f"/review/{number}").text
    shown = page[page.index('id="directives-title"') :]
    assert made in shown
    assert "dd-due" not in shown[: shown.index("</section>")]
    assert f'href="/directives/{made}"' not in page
    assert content not in page
    assert content in world.sign_in("clerk").get(f"/review/{number}").text


def test_the_history_of_everything_tells_how_a_case_stood_in_words(world):
    number = add_case(world, holder="inspector")
    act(world, "inspector", number, ReviewAction.ACKNOWLEDGE)
    told = tags_off(world.sign_in("admin").get(f"/history/?q={number}").text)
    assert "sau: acknowledged" not in " ".join(told.split())
    assert "Đã nhận xử lý" in told


def test_an_unsettled_basis_is_said_before_anyone_proposes(world):
    basis = [*add_violations(world, 2), *add_violations(world, 1, state=ViolationState.CONTESTED)]
    number = bring_to(world, EscalationState.ACKNOWLEDGED, violations=basis)
    client = world.sign_in("inspector")
    assert "1 đang giải trình: hiện chỉ nhắc nhở được" in client.get(f"/review/{number}").text
    form = client.get(f"/review/{number}/propose").text
    assert "Hiện chỉ nhắc nhở được: 1 vi phạm chưa xác nhận hoặc đang giải trình" in form


def test_a_case_without_anybody_is_seen_and_has_an_owner(world):
    number = add_case(world)
    page = world.sign_in("leader").get(f"/review/{number}").text
    assert "Chưa có người xử lý" in page
    assert "lãnh đạo UBND tỉnh chịu trách nhiệm phân công" in page
    home = world.sign_in("leader").get("/").text
    assert "vụ việc chưa có người xử lý" in home
    climb_now(world)
    assert "Chưa có người xử lý" not in world.sign_in("leader").get(f"/review/{number}").text


@pytest.mark.parametrize(
    ("who", "words", "state"),
    [
        ("inspector", "vụ vi phạm nhiều lần chờ tôi xử lý", EscalationState.ACKNOWLEDGED),
        ("office", "chờ nhắc nhở hoặc giao nhiệm vụ", EscalationState.PROPOSED),
        ("unit_head", "vụ vi phạm nhiều lần chờ giải trình", EscalationState.EXPLANATION_REQUESTED),
    ],
)
def test_home_counts_what_waits_and_leads_to_it(world, who, words, state):
    number = bring_to(world, state)
    client = world.sign_in(who)
    page = client.get("/").text
    found = re.search(r'href="(/review/\?tab=mine)"[^>]*>\s*<b>1</b> ([^<]*)', page)
    assert found is not None
    assert words in found.group(2)
    assert numbers_on(client.get(found.group(1)).text) == [number]


def test_a_new_raise_stands_above_the_old_one_and_keeps_it(world):
    number = bring_to(world, EscalationState.DECIDED)
    raise_again(world, number, 2, add_violations(world, 5))
    words = tags_off(world.sign_in("inspector").get(f"/review/{number}").text)
    assert words.index("Mức 2 ngày") < words.index("Mức 1 ngày")
    assert "Mới phát sinh" in words
    assert "Nhắc nhở" in words


def test_english_pages_speak_english(world):
    number = bring_to(world, EscalationState.PROPOSED)
    client = world.sign_in("inspector")
    page = client.get(f"/review/{number}").text
    token = re.search(r'name="csrf-token" content="([^"]+)"', page).group(1)
    client.post("/language", data={"language": "en", "csrf_token": token})
    for address in ("/review/", f"/review/{number}", f"/review/{number}/hand_on"):
        text = tags_off(client.get(address).text)
        assert "Repeated violations" in text, address
        assert "Bước xử lý" not in text, address


def test_what_is_shown_goes_out_as_a_file_that_carries_no_formula(world):
    grave = add_case(world, level=3, agency="H32.04")
    add_case(world, level=1)
    put(world, grave, group_json={"field": "=2+5"}, agency_id=None)
    client = world.sign_in("office")
    page = client.get("/review/?tab=all&level=3").text
    address = re.search(r'href="(/review/export\.csv[^"]*)"', page).group(1)
    text = client.get(address.replace("&amp;", "&")).text
    lines = text.strip().splitlines()
    assert len(lines) == 2
    assert grave in lines[1]
    assert ",=2+5" not in lines[1]
    assert "=2+5" in lines[1]
    book = client.get("/review/export.xlsx?tab=all&level=2&state=proposed").data
    above = [row[0].value for row in load_workbook(io.BytesIO(book)).active.iter_rows(max_row=4)]
    assert "Điều kiện: Tất cả · Chờ quyết định · từ mức 2" in above
    assert grave not in world.sign_in("clerk").get("/review/export.csv?tab=all").text


def test_a_number_in_the_search_box_leads_to_its_case(world):
    number = add_case(world, agency="H32.04")
    answer = world.sign_in("office").get(f"/search?q={number.lower()}")
    assert answer.headers["Location"] == f"/review/{number}"
    assert world.sign_in("district").get(f"/search?q={number}").status_code == 200


def test_the_task_that_came_of_a_case_names_its_document_and_not_the_case_as_one(world):
    number = bring_to(world, EscalationState.DECIDED)
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    [made] = case_of(world, number).directives
    page = world.sign_in("clerk").get(f"/directives/{made}").text
    task = page.partition('id="task"')[2].partition("</section>")[0]
    assert "UBND-NC" in task
    assert "Căn cứ" not in task
