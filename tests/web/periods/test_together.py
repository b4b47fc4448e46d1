"""Reports of many agencies judged from one list: a result for each, nothing by halves."""

import re
from datetime import date, timedelta

import pytest
import standing
from forms import filled, form_on
from standing import file, go_to, states

from workflow.periods.records import PeriodAction

SEP = date(2021, 9, 19)
LEADS = {"H32.03": "clerk", "H32.04": "other_clerk", "H32.11": "foreign"}
WAITING, CONFIRM = "/periods/?count=waiting", "/periods/confirm"


@pytest.fixture
def numbers(world):
    """One clause for three agencies, each of which reported its first period."""
    made = world.issue(world.clause(lead=tuple(LEADS), coordinating=(), deadline=standing.MONTHLY))
    go_to(world, SEP)
    for directive, who in zip(made, LEADS.values(), strict=True):
        file(world, directive.number, 1, who)
    return [directive.number for directive in made]


def confirm(client, *picked):
    data = filled(form_on(client.get(WAITING).text, CONFIRM), chosen=list(picked))
    return client.post(CONFIRM, data=data)


def test_all_that_is_ticked_is_confirmed_in_one_press(world, numbers):
    client = world.sign_in("office")
    answer = confirm(client, *(f"{number}/1" for number in numbers))
    assert (answer.status_code, answer.location) == (303, WAITING)
    assert "Đã xác nhận báo cáo của 3 kỳ." in client.get(answer.location).text
    assert [states(world, number)[0] for number in numbers] == ["confirmed"] * 3


def test_what_cannot_be_confirmed_says_why_and_holds_up_no_other(world, numbers):
    text = confirm(world.sign_in("office"), f"{numbers[0]}/1", f"{numbers[1]}/2", "x/1").text
    assert "1 kỳ đã xong, 2 chưa làm được." in text
    assert "Không làm được khi kỳ ở trạng thái “Chưa báo cáo”." in text
    assert states(world, numbers[0])[0] == "confirmed"
    assert states(world, numbers[1])[:2] == ["reported", "open"]


@pytest.mark.parametrize(
    "picked", [(), ("x",), ("/",), ("2021-0001-01.01/99999",), ("2021-0001-01.01/1/yesterday",)]
)
def test_nothing_chosen_is_said_and_nothing_done(world, numbers, picked):
    answer = confirm(world.sign_in("office"), *picked)
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một kỳ." in answer.text
    assert states(world, numbers[0])[0] == "reported"


def test_who_may_not_judge_has_no_boxes_and_confirms_nothing(world, numbers):
    client = world.sign_in("clerk")
    assert 'name="chosen"' not in client.get(WAITING).text
    page = client.get("/").text
    token = form_on(page, "/language")["csrf_token"]
    text = client.post(CONFIRM, data={"csrf_token": token, "chosen": f"{numbers[0]}/1"}).text
    assert "0 kỳ đã xong, 1 chưa làm được." in text
    assert states(world, numbers[0])[0] == "reported"


def filed_anew(world, number):
    """Let the agency take its report back and file another one a minute later."""
    standing.act(world, "clerk", number, 1, PeriodAction.RECALL, reason="Nhầm")
    world.clock.at += timedelta(minutes=1)
    file(world, number, 1, "clerk", result="Số khác")


def test_what_a_box_tells_that_is_no_instant_is_passed_over(world, numbers):
    at = "2021-13-99T02:00:00.000"
    assert confirm(world.sign_in("office"), f"{numbers[0]}/1/{at}").status_code == 303
    assert states(world, numbers[0])[0] == "confirmed"


@pytest.mark.parametrize("act", ["confirm", "return"])
def test_a_report_filed_anew_is_not_judged_by_who_saw_the_one_before(world, numbers, act):
    client = world.sign_in("office")
    boxes = boxes_of(client.get(WAITING).text)
    filed_anew(world, numbers[0])
    form = filled(form_on(client.get(WAITING).text, CONFIRM), chosen=boxes)
    page = client.post(f"/periods/{act}", data=form | {"reason": ["Thiếu"]}).text
    assert "2 kỳ đã xong, 1 chưa làm được." in page
    assert "Cơ quan đã báo cáo lại kỳ này" in page
    assert states(world, numbers[0])[0] == "reported"


def boxes_of(page):
    return re.findall(r'name="chosen" value="([^"]+)"', page)


BACK = "/periods/return"


def ticked(client, *picked):
    """Press the list's button for what is ticked; the page asks for a reason."""
    data = filled(form_on(client.get(WAITING).text, CONFIRM), chosen=list(picked))
    return client.post(BACK, data=data)


def test_one_reason_returns_all_that_is_ticked(world, numbers):
    client = world.sign_in("office")
    page = ticked(client, *(f"{number}/1" for number in numbers)).text
    assert "3 trên 3 kỳ đã chọn làm được." in page
    assert page.count("Đã làm") == 3
    answer = client.post(BACK, data=filled(form_on(page, BACK), reason="Thiếu số liệu"))
    assert (answer.status_code, answer.location) == (303, WAITING)
    assert "Đã yêu cầu bổ sung báo cáo của 3 kỳ." in client.get(answer.location).text
    assert [states(world, number)[0] for number in numbers] == ["open"] * 3
    assert "Thiếu số liệu" in client.get(f"/periods/{numbers[1]}/1").text


def test_what_cannot_be_returned_says_so_before_and_holds_up_no_other(world, numbers):
    client = world.sign_in("office")
    page = ticked(client, f"{numbers[0]}/1", f"{numbers[1]}/2").text
    assert "1 trên 2 kỳ đã chọn làm được." in page
    assert "Không làm được khi kỳ ở trạng thái “Chưa báo cáo”." in page
    standing.confirm(world, numbers[0], 1)
    text = client.post(BACK, data=filled(form_on(page, BACK), reason="Muộn")).text
    assert "0 kỳ đã xong, 1 chưa làm được." in text
    assert "Kỳ tháng 9/2021" in text
    assert states(world, numbers[0])[0] == "confirmed"


def test_without_a_reason_the_form_comes_back_and_nothing_is_done(world, numbers):
    client = world.sign_in("office")
    form = form_on(ticked(client, f"{numbers[0]}/1", f"{numbers[1]}/1").text, BACK)
    answer = client.post(BACK, data=filled(form, reason=" "))
    assert answer.status_code == 422
    told = [one.split("/")[:2] for one in form_on(answer.text, BACK)["chosen"]]
    assert told == [[numbers[0], "1"], [numbers[1], "1"]]
    assert [states(world, number)[0] for number in numbers] == ["reported"] * 3


def test_nothing_ticked_is_said_on_the_list_and_an_agency_has_no_such_page(world, numbers):
    client = world.sign_in("office")
    assert "Hãy chọn ít nhất một kỳ." in ticked(client).text
    assert client.get(BACK).location == WAITING
    assert world.sign_in("clerk").get(f"{BACK}?chosen={numbers[0]}/1").status_code == 403
