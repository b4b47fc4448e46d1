"""Standing work on one paper: its line files the period that is owed, and the work goes on."""

import re
from datetime import date

import pytest
from forms import filled, form_on
from standing import file, go_to, standing

from workflow.directives.records import State
from workflow.periods.records import PeriodState


@pytest.fixture
def number(world):
    number = standing(world)
    go_to(world, date(2021, 9, 10))
    return number


def send(client, number, action, **typed):
    address = f"/papers/{number[:9]}/{action}"
    data = filled(form_on(client.get(address).text, f"/{action}"), **typed)
    data |= {f"{number}-include": "y"}
    return client.post(address, data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("who", ["clerk", "office"])
def test_a_line_of_standing_work_files_its_period(world, number, who):
    client = world.sign_in(who)
    action = {"clerk": "report", "office": "record_report"}[who]
    page = client.get(f"/papers/{number[:9]}/{action}").text
    assert "báo cáo kỳ tháng 9/2021, hạn 19/09/2021; nhiệm vụ vẫn tiếp tục" in page
    answer = send(
        client, number, action, result="Đã làm trong tháng", report_number="9/BC",
        report_date="08/09/2021", signer="Thủ trưởng", received_on="09/09/2021",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    told = client.get(answer.location).text
    assert "kỳ: đã ghi nhận 1 kỳ, nhiệm vụ vẫn tiếp tục." in told
    assert "Báo cáo kết quả: xong" not in told
    assert world.directive(number).state is State.IN_PROGRESS
    with world.unit() as unit:
        periods = unit.periods.periods(world.directive(number))
    assert [one.state for one in periods[:2]] == [PeriodState.REPORTED, PeriodState.OPEN]


def test_with_its_period_filed_nothing_is_pressed_on_the_page(world, number):
    file(world, number, 1)
    client = world.sign_in("clerk")
    page = client.get(f"/directives/{number}").text
    assert "Kỳ tháng 9/2021 đã nộp, chờ xác nhận" in page
    assert not re.search(r'class="btn btn-primary"[^>]*data-action="report"', page)
    assert f'href="/directives/{number}/do/report"' in page or "/report" in page
    paper = client.get(f"/papers/{number[:9]}/report").text
    assert "Kỳ tháng 9/2021 đã nộp, chờ xác nhận." in paper
    assert f"{number}-include" not in paper
