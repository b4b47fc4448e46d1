"""Agencies chosen by typing: Enter takes the nearest name, a click never loses what is typed."""

LEADS = "select[name='clauses-0-leads'] + .ts-wrapper"


def test_the_nearest_name_is_taken_and_a_second_click_keeps_the_box_open(world, person):
    del world
    page = person("office").go("/documents/new")
    box = page.locator(f"{LEADS} input")
    for typed in ("cam", "ubnd cam lam", "noi vu"):
        box.click()
        page.keyboard.type(typed)
        page.locator(f"{LEADS} .option", has_text="").first.wait_for()
        page.keyboard.press("Enter")
    chosen = [item.strip("×\n ") for item in page.locator(f"{LEADS} .item").all_inner_texts()]
    assert chosen == ["UBND xã Cam Tân", "UBND huyện Cam Lâm", "Sở Nội vụ"]
