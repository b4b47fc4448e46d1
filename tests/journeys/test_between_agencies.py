"""One task through four hands: routed inside, input asked and given, a proposal answered."""

from playwright.sync_api import expect

from workflow.directives.records import Action


def test_a_task_is_routed_asked_about_and_answered(world, person):
    [made] = world.issue(world.clause())
    world.act("clerk", made.number, Action.ACCEPT)
    task = f"/directives/{made.number}"

    clerk = person("clerk")
    page = clerk.go(f"{task}/route")
    page.get_by_role("combobox", name="Người xử lý").fill("dang chuyen")
    page.keyboard.press("Enter")
    page.get_by_label("Ghi chú").fill("Xong trước thứ Sáu")
    page.get_by_role("button", name="Chuyển xử lý").click()
    expect(page.locator("#routing")).to_contain_text("Đặng Chuyên Viên")

    page.locator("#doors").get_by_role("link", name="Đề nghị phối hợp").click()
    expect(page.get_by_label("Sở Xây dựng")).to_be_checked()
    page.get_by_label("Nội dung cần phối hợp").fill("Số liệu quy hoạch")
    page.get_by_label("Cần trả lời đến hết ngày").fill("30/08/2021")
    page.get_by_role("button", name="Đề nghị phối hợp").click()
    expect(page.locator("#inputs")).to_contain_text("Chờ trả lời")

    page = person("other_clerk").go("/")
    page.locator("#asked").get_by_role("link").first.click()
    page.locator("#inputs").get_by_role("link", name="Trả lời đề nghị phối hợp").click()
    page.get_by_label("Nội dung trả lời").fill("Đã gửi")
    page.get_by_role("button", name="Trả lời đề nghị phối hợp").click()
    expect(page.locator("#inputs")).to_contain_text("Đã trả lời")

    page = person("officer").go("/")
    page.locator("#work").get_by_role("link", name="Cập nhật").first.click()
    page.get_by_label("Việc đã làm").fill("Đã rà soát")
    page.get_by_label("Kiến nghị, đề xuất").fill("Bổ sung người")
    page.get_by_role("button", name="Cập nhật").click()
    expect(page.locator("#proposals")).to_contain_text("Bổ sung người")

    page = person("office").go("/")
    page.locator("#work").get_by_role("link", name="Trả lời kiến nghị").first.click()
    page.get_by_label("Nội dung trả lời").fill("Đồng ý")
    page.get_by_role("button", name="Trả lời kiến nghị").click()
    expect(page.locator("#proposals")).to_contain_text("Đồng ý")
    expect(clerk.go(task).locator("#proposals")).to_contain_text("Đồng ý")
