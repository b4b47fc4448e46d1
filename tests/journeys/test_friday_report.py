"""The Friday report in a real browser: by keyboard to it, one press for the files, to the rows."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from workflow.directives.records import Action


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_from_the_menu_to_the_files_and_the_rows_behind_a_figure(world, clock, person):
    leads = ("H32.03", "H32.04")
    made = world.issue(world.clause(lead=leads, coordinating=(), deadline="30/8/2021"))
    clock.at += timedelta(days=8)
    world.act("other_clerk", made[1].number, Action.UPDATE, done="Đang làm")
    page = person("leader").page
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url("**/summaries/?from=2021-08-30&to=2021-08-31")
    expect(page.get_by_role("heading", name="2 nhiệm vụ quá hạn chưa xong")).to_be_visible()
    with page.expect_download() as both:
        page.get_by_role("link", name="Tải báo cáo (DOCX và XLSX)").click()
    assert both.value.suggested_filename == "bao-cao-20210830-20210831.zip"
    page.get_by_label("Người ký").select_option("committee_deputy")
    with page.expect_download() as draft:
        page.get_by_role("button", name="DOCX", exact=True).click()
    assert draft.value.suggested_filename.endswith(".docx")
    with page.expect_navigation():
        page.get_by_role("link", name="Tháng này").click()
    page.locator("#summary").get_by_role("link", name="1", exact=True).first.click()
    expect(page.get_by_role("link", name="Giảm hồ sơ trễ hạn lĩnh vực đất đai")).to_have_count(1)
    page.go_back()
    page.get_by_role("link", name="Mỗi cơ quan một trang A4").click()
    expect(page.locator(".dd-paper")).to_have_count(2)
