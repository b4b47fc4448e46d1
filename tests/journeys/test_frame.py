"""The frame of every page, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect


def test_a_stranger_is_sent_to_sign_in_and_comes_back_where_they_wanted_to_go(person):
    someone = person()
    page = someone.go("/directives/")
    assert "/sign-in" in page.url
    someone.page.fill("[name=login]", "clerk")
    someone.page.fill("[name=password]", "đúng là mật khẩu 9")
    someone.page.press("[name=password]", "Enter")
    page.wait_for_url("**/directives/")
    assert page.locator("h1").count() == 1


def test_the_language_can_be_changed_and_stays(person):
    someone = person("office")
    page = someone.go("/")
    assert page.locator("html").get_attribute("lang") == "vi"
    page.click("button[name=language][value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert someone.go("/directives/").locator("html").get_attribute("lang") == "en"


def test_a_slash_goes_to_the_search_field(person):
    page = person("office").go("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def _draft(page):
    """Type the beginning of a document with two clauses, and try to go on."""
    page.fill("[name=subject]", "Khắc phục hạn chế Chỉ số cải cách hành chính")
    page.locator("[data-grow-add]").first.click()
    page.fill("[name=clauses-1-content]", "Rà soát thủ tục đất đai")


def _sign_in_again(page, login):
    page.fill("[name=login]", login)
    page.fill("[name=password]", "đúng là mật khẩu 9")
    page.press("[name=password]", "Enter")


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in_again(person):
    page = person("office").go("/documents/new")
    _draft(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.wait_for_url("**/sign-in?**")
    _sign_in_again(page, "office")
    page.wait_for_url("**/documents/new")
    expect(page.locator("#kept-form-said")).to_be_visible()
    assert page.input_value("[name=subject]") == "Khắc phục hạn chế Chỉ số cải cách hành chính"
    assert page.input_value("[name=clauses-1-content]") == "Rà soát thủ tục đất đai"
    page.reload()
    assert page.input_value("[name=subject]") == ""


def test_a_form_that_came_back_is_no_trap_for_loading_again_and_going_back(person):
    someone = person("office")
    page = someone.go("/documents/new")
    _draft(page)
    page.fill("[name=issued_on]", "32/13/2021")
    for _time in range(2):
        page.get_by_role("button", name="Lưu dự thảo").click()
        expect(page.locator("main [data-focus]")).to_be_focused()
        page.reload()
        expect(page.locator("main [data-focus]")).to_have_count(0)
        assert page.input_value("[name=subject]") == "Khắc phục hạn chế Chỉ số cải cách hành chính"
        assert page.input_value("[name=clauses-1-content]") == "Rà soát thủ tục đất đai"
        expect(page.locator("#kept-form-said")).to_be_hidden()
    page.get_by_role("button", name="Lưu dự thảo").click()
    expect(page.locator("main [data-focus]")).to_be_focused()
    someone.go("/directives/")
    page.go_back()
    assert page.url.endswith("/documents/new")
    assert page.locator("h1").count() == 1


def test_somebody_else_at_the_same_browser_does_not_find_what_was_typed(person):
    page = person("office").go("/documents/new")
    _draft(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.wait_for_url("**/sign-in?**")
    _sign_in_again(page, "office2")
    page.wait_for_url("**/documents/new")
    assert page.input_value("[name=subject]") == ""
    assert page.evaluate("sessionStorage.getItem('kept-form')") is None


def test_a_page_older_than_the_session_is_opened_again_with_what_was_typed(person):
    page = person("office").go("/documents/new")
    _draft(page)
    page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach(f => f.value = 'old')")
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_role("link", name="Mở lại trang").click()
    expect(page.locator("[name=clauses-1-content]")).to_have_value("Rà soát thủ tục đất đai")
