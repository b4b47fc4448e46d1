"""A head goes on leave: a colleague stands in, is told, acts, and chosen rows go in one press."""

from __future__ import annotations


def choose(page, name, words):
    """Pick an option by its words, whether the select is searchable or plain."""
    page.evaluate(
        """([name, words]) => {
            const field = document.querySelector(`[name=${name}]`);
            const found = [...field.options].find((one) => one.textContent.includes(words));
            if (field.tomselect) field.tomselect.setValue(found.value);
            else field.value = found.value;
        }""",
        [name, words],
    )


def test_the_clerk_stands_in_for_the_head_and_accepts_the_day_s_work(world, person):
    numbers = [one.number for one in world.issue(world.clause(), world.clause(2))]
    head, clerk = person("head"), person("officer")
    page = head.go("/stand-ins/new")
    choose(page, "seat", "Võ Thủ Trưởng")
    choose(page, "stand_in_id", "Đặng Chuyên Viên")
    page.fill("[name=from_on]", "23/08/2021")
    page.fill("[name=to_on]", "03/09/2021")
    page.get_by_role("button", name="Cử làm thay").click()
    page.get_by_text("đang làm thay").wait_for()

    page = clerk.go("/directives/")
    page.locator(".dd-acting summary").click()
    page.get_by_role("button", name="thay Võ Thủ Trưởng").click()
    page.get_by_text("Đang làm thay Võ Thủ Trưởng").wait_for()
    page = clerk.go("/directives/")
    page.get_by_label("Chọn cả trang").check()
    assert page.get_by_text("2 đã chọn").is_visible()
    page.locator("#choose-action").select_option("accept")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Tiếp nhận 2 nhiệm vụ").click()
    page.get_by_text("xong 2 nhiệm vụ").wait_for()
    page = clerk.go(f"/directives/{numbers[0]}")
    assert page.get_by_text("Đặng Chuyên Viên, thay Võ Thủ Trưởng").first.is_visible()
    assert head.troubles == clerk.troubles == []
