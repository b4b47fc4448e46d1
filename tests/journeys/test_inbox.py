"""Notices in a real browser: the bell, by keyboard to the thing itself, work that goes on."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from web.jobs.running import run_due
from workflow.messages.records import Notice


@pytest.fixture
def told(world):
    [directive] = world.issue()
    with world.app.app_context():
        run_due(world.office)
    with world.unit() as unit:
        unit.inbox.mark_all_read(world.accounts["clerk"], 10**6, world.clock())
        for number in (1, 2):
            unit.messages.post(
                Notice(
                    key=f"n{number}",
                    kind="job.dead",
                    params={"name": f"việc {number}"},
                    to_account=world.accounts["clerk"],
                    subject="directive",
                    subject_key=directive.number,
                    at=world.clock(),
                )
            )
    with world.app.app_context():
        run_due(world.office)
    return directive


def test_by_keyboard_from_the_bell_to_the_directive(told, person):
    page = person("clerk").page
    expect(page.locator(".dd-bell .dd-count")).to_contain_text("2")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/inbox/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("button", name="việc 1")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/directives/{told.number}")
    expect(page.locator(".dd-bell .dd-count")).to_contain_text("1")


def test_work_that_is_left_goes_on_and_its_page_tells_the_end(world, person):
    with world.unit() as unit:
        unit.jobs.add("x", "x:1", account_id=world.accounts["clerk"])
        job = unit.jobs.claim(world.clock(), timedelta(minutes=5))
        unit.jobs.progress(job, 1, 4)
    page = person("clerk").go(f"/jobs/{job.id}")
    expect(page.get_by_text("1 / 4 dòng, 25 %")).to_be_visible()
    with world.unit() as unit:
        unit.jobs.progress(job, 3, 4)
    expect(page.get_by_text("3 / 4 dòng, 75 %")).to_be_visible()
    with world.unit() as unit:
        unit.jobs.finish(job, world.clock())
    expect(page.get_by_text("Đã xong lúc")).to_be_visible()
