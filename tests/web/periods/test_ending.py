"""Ending standing work before its periods are settled: what is asked, kept and shown."""

from datetime import date, timedelta

import pytest
import standing
from forms import filled, form_on
from standing import confirm, file, go_to, states
from world import World

from workflow.directives.records import Action, State
from workflow.errors import Invalid

SEP, OCT = date(2021, 9, 19), date(2021, 10, 19)
DAY = timedelta(days=1)
REPORT = {
    "result": "Đã làm cả năm", "report_number": "12/BC", "report_date": OCT + DAY,
    "signer": "Võ Thủ Trưởng",
}  # fmt: skip
WHY = "Kế hoạch mới thay nhiệm vụ này"


@pytest.fixture
def number(world: World):
    """September missed, October waiting to be confirmed, and a report on the whole."""
    number = standing.standing(world)
    go_to(world, OCT)
    file(world, number, 2)
    go_to(world, OCT + DAY)
    world.act("clerk", number, Action.REPORT, **REPORT)
    return number


def test_it_is_refused_without_a_reason_and_the_reason_is_kept(world: World, number):
    with pytest.raises(Invalid) as error:
        world.act("office", number, Action.VERIFY, verdict="met")
    assert error.value.errors == {"periods_reason": "owed_periods"}
    assert world.directive(number).state is State.REPORTED
    world.act("office", number, Action.VERIFY, verdict="met", periods_reason=WHY)
    assert world.directive(number).state is State.VERIFIED
    with world.office.reading() as unit:
        last = list(unit.history.walk())[-1].entry
        assert unit.history.verify().ok
    assert (last.action, last.given["periods_reason"]) == ("verify", WHY)
    assert states(world, number) == ["open", "reported", "ended", "ended"]


def test_settled_periods_ask_for_nothing(world: World):
    number = standing.standing(world)
    go_to(world, SEP)
    file(world, number, 1)
    confirm(world, number, 1)
    world.act("clerk", number, Action.REPORT, **REPORT | {"report_date": SEP})
    world.act("office", number, Action.VERIFY, verdict="met")
    assert states(world, number) == ["confirmed", "ended", "ended", "ended"]


def test_the_form_names_the_periods_and_the_history_the_reason(world: World, number):
    client, address = world.sign_in("office"), f"/directives/{number}/verify"
    page = client.get(address).text
    for said in ("kỳ hạn 19/09/2021: chưa báo cáo, quá 31 ngày", "19/10/2021: báo cáo chờ xác nhận",
                 "kỳ hạn 19/11/2021: chưa báo cáo, chưa đến hạn"):  # fmt: skip
        assert said in page, said
    data = filled(form_on(page, address), verdict="met")
    refused = client.post(address, data=data)
    assert refused.status_code == 422
    assert "hãy ghi lý do kết thúc" in refused.text
    assert client.post(address, data=data | {"periods_reason": WHY}).status_code == 303
    assert WHY in client.get(f"/directives/{number}").text


def test_the_page_of_a_whole_document_asks_it_of_the_line(world: World, number):
    client = world.sign_in("office")
    address = f"/papers/{number[:9]}/judge"
    page = client.get(address)
    assert "kỳ hạn 19/09/2021: chưa báo cáo" in page.text
    data = filled(form_on(page.text, page.request.path), decision="met")
    refused = client.post(page.request.path, data=data)
    assert refused.status_code == 422
    told = client.post(page.request.path, data=data | {f"{number}-remark": WHY})
    assert told.status_code in {200, 303}
    assert world.directive(number).state is State.VERIFIED


def test_several_chosen_in_the_list_share_one_reason(world: World, number):
    client, address = world.sign_in("office"), "/directives/together"
    page = client.get(address, query_string={"action": "verify", "chosen": number}).text
    assert "kỳ hạn 19/09/2021: chưa báo cáo" in page
    data = filled(form_on(page, address), verdict="met")
    assert client.post(address, data=data).status_code == 422
    assert client.post(address, data=data | {"periods_reason": WHY}).status_code in {200, 303}
    assert world.directive(number).state is State.VERIFIED
