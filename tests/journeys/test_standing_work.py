"""A month of standing work: the clerk files the period from the first page, the office confirms."""

from datetime import date, timedelta

import standing
from sound import Looks

from workflow.periods.records import PeriodState

SEP = date(2021, 9, 19)
DAY = timedelta(days=1)


def test_a_period_is_filed_and_confirmed_each_from_the_first_page(world, person):
    number = standing.standing(world, expected_output="Báo cáo tháng")
    ongoing = standing.standing(world, "Thường xuyên")
    standing.go_to(world, SEP + DAY)
    clerk, looks, found = person("clerk"), Looks(), {}
    page = clerk.go("/")
    page.get_by_role("link", name=f"Báo cáo kỳ: {number}").click()
    page.fill("[name=result]", "Đã rà soát 120 hồ sơ")
    page.set_input_files(
        "[name=files]",
        {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nx\n%%EOF\n"},
    )
    found["act"] = looks.troubles_before(clerk)
    page.click("#act button[type=submit]")
    page.wait_for_url(f"**/periods/{number}/1")
    assert "Chờ xác nhận" in page.inner_text("main")

    office = person("office")
    page = office.go("/")
    page.get_by_role("link", name=f"Xác nhận báo cáo kỳ: {number}").click()
    page.click("#act button[type=submit]")
    page.wait_for_url(f"**/periods/{number}/1")
    assert standing.periods(world, number)[0].state is PeriodState.CONFIRMED
    for path in (f"/directives/{number}", f"/periods/{number}/1", f"/periods/{ongoing}/rhythm"):
        office.go(path)
        found[path] = looks.troubles_before(office)
    assert {path: troubles for path, troubles in found.items() if troubles} == {}
