"""A press is felt although an answer comes while the button is held down."""

from workflow.directives.records import Action


def test_a_reading_that_comes_during_a_press_does_not_move_the_button_away(world, person):
    [made] = world.issue(world.clause())
    world.act("clerk", made.number, Action.ACCEPT)
    page = person("clerk").go(f"/directives/{made.number}/request_extension")
    page.fill("[name=reason]", "Chờ số liệu của ba huyện")
    button = page.get_by_role("button", name="Đề nghị gia hạn", exact=True)
    button.scroll_into_view_if_needed()
    before = page.locator("#due_on-reading").inner_text()
    box = button.bounding_box()
    with page.expect_navigation():
        with page.expect_response(lambda answer: "15%2F10" in answer.url):
            page.fill("[name=due_on]", "15/10/2021")
            page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)
            page.mouse.down()
        page.wait_for_timeout(200)
        assert page.locator("#due_on-reading").inner_text() == before
        page.mouse.up()
    assert page.url.endswith(made.number)
    assert "15/10/2021" in page.locator("main").inner_text()
