"""What is drawn once for many readers: it follows from its facts, and each has their own token."""

from __future__ import annotations

import re

import pytest
from flask import render_template_string
from flask_babel import force_locale
from world import PEOPLE

from web.keeping import TOKEN_HERE, Keeper

PAGES = ("/", "/directives/", "/documents/", "/inbox/", "/account/password")
TOKEN = re.compile(r'"csrf[-_]token"[^>]* (?:content|value)="([^"]+)"')


@pytest.fixture
def page(app):
    with app.test_request_context("/directives/"):
        yield app


def drawn_counting(keeper, *facts):
    calls = []

    def caller():
        calls.append(1)
        return f"<b>{len(calls)}</b>"

    return [str(keeper("part", *fact, caller=caller)) for fact in facts], len(calls)


def test_a_part_is_drawn_once_for_the_same_facts_and_anew_for_others(page):
    shown, drawn = drawn_counting(Keeper(), ("a", 1), ("a", 1), ("b", 1), ("a", 1))
    assert shown == ["<b>1</b>", "<b>1</b>", "<b>2</b>", "<b>1</b>"]
    assert drawn == 2


def test_a_part_is_drawn_anew_in_another_language_and_under_another_root(app):
    keeper, said = Keeper(), []
    for root in ("", "/below"):
        for language in ("vi", "en"):
            with (
                app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}),
                force_locale(language),
            ):
                said.append(drawn_counting(keeper, ("a",))[1])
    assert said == [1, 1, 1, 1]
    assert len(keeper) == 4


def test_parts_take_bounded_room(page):
    keeper = Keeper(most=10)
    drawn_counting(keeper, *((n,) for n in range(95)))
    assert len(keeper) <= 10


def test_while_developing_nothing_is_kept(page, monkeypatch):
    monkeypatch.setattr(page, "debug", True)
    assert drawn_counting(Keeper(), ("a",), ("a",))[1] == 2


def test_what_the_template_escaped_stays_escaped(page):
    said = "{% call once('x', name) %}<i>{{ name }}</i>{% endcall %}"
    for _ in range(2):
        assert render_template_string(said, name="<&>") == "<i>&lt;&amp;&gt;</i>"


@pytest.mark.parametrize("path", PAGES)
def test_everybody_sees_after_others_what_they_see_first(world, path, monkeypatch):
    """Who comes after all the others is shown what they would be shown with nothing kept."""
    monkeypatch.setitem(world.app.jinja_env.globals, "once", Keeper())
    clients = {login: world.sign_in(login) for login, *_ in PEOPLE}
    after = {login: plain(client.get(path).text) for login, client in clients.items()}
    for login, client in clients.items():
        monkeypatch.setitem(world.app.jinja_env.globals, "once", Keeper())
        assert plain(client.get(path).text) == after[login], login
    assert len(set(after.values())) > 1


def plain(text):
    return TOKEN.sub("", text)


def test_each_reader_has_their_own_token_in_every_form(world):
    first, second = world.sign_in("office"), world.sign_in("inspector")
    tokens = [set(TOKEN.findall(client.get("/directives/").text)) for client in (first, second)]
    assert [len(found) for found in tokens] == [1, 1]
    assert tokens[0].isdisjoint(tokens[1])
    assert TOKEN_HERE not in first.get("/directives/").text
