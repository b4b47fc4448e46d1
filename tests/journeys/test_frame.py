"""The frame of every page, in a real browser."""

from __future__ import annotations


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
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    assert someone.go("/directives/").locator("html").get_attribute("lang") == "en"


def test_a_slash_goes_to_the_search_field(person):
    page = person("office").go("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
