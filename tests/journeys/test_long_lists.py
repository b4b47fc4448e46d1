"""Long lists in a real browser: short on a phone, sideways with their name fixed on a wide screen."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

EVERY = (
    "show=number,lead,due,state,document,coordinating,output,priority,progress,assigned,accepted"
)
TALL = """[...document.querySelectorAll("#directives tbody tr")].map(row => row.offsetHeight)"""
CONTENT = "Rà soát từng tiêu chí của Chỉ số CCHC bị mất điểm; khắc phục theo thẩm quyền, " * 3


@pytest.fixture
def many(world):
    return world.issue(
        *(
            world.clause(
                n, content=CONTENT, coordinating=("H32.04", "H32.05", "H32.02"),
                expected_output="Báo cáo kết quả khắc phục kèm danh mục hồ sơ đã xử lý xong " * 2,
            )
            for n in range(1, 21)
        )
    )  # fmt: skip


def test_a_row_of_a_list_is_short_on_a_phone(person, many):
    page = person("office", width=390).go("/directives/")
    heights = page.evaluate(TALL)
    assert len(heights) == len(many)
    assert max(heights) <= 160
    first = page.locator("#directives tbody tr").first
    for said in ("Sở Tài nguyên và Môi trường", "29/09/2021", "Chờ tiếp nhận"):
        assert first.get_by_text(said).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_many_columns_scroll_sideways_under_the_name_of_their_row(person, many):
    page = person("office").go(f"/directives/?{EVERY}")
    assert max(page.evaluate(TALL)) <= 80
    frame = page.locator(".dd-list:has(#directives)")
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    frame.evaluate("one => { one.scrollLeft = 600 }")
    name = page.locator("#directives tbody td.is-lead").first
    assert abs(name.bounding_box()["x"] - frame.bounding_box()["x"]) <= 2


def test_a_view_names_the_columns_that_stand_in_it(person, many):
    page = person("office").go("/directives/?hide=lead")
    page.click(".dd-columns-menu > summary")
    page.locator(".dd-columns-menu input[value=due]").uncheck()
    page.wait_for_url("**/directives/?*show=*")
    asked = parse_qs(urlsplit(page.url).query)
    assert "hide" not in asked
    [shown] = asked["show"]
    assert {"number", "state"} <= {*shown.split(",")}
    assert {"lead", "due"}.isdisjoint(shown.split(","))
    page.reload()
    assert page.locator("#directives [data-col=due]").count() == 0
    assert page.locator("#directives [data-col=state]").first.is_visible()
