"""Templates find a dictionary's keys, an object's attributes, and the words of a language."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale
from forms import form_on
from werkzeug.routing import BuildError

from web.templating import Application


@pytest.fixture
def bare():
    return Application("bare")


@pytest.mark.parametrize(
    ("given", "shown"),
    [({"items": "ba"}, "ba"), (SimpleNamespace(items="ba"), "ba"), ({}, "")],
)
def test_a_key_goes_before_a_method_of_the_same_name(bare, given, shown):
    with bare.app_context():
        found = render_template_string("{{ x.items if x.items is string }}", x=given)
    assert found == shown


def test_what_a_dictionary_can_do_is_still_found(bare):
    with bare.app_context():
        assert render_template_string("{{ x.keys() | list | length }}", x={"a": 1}) == "1"


def test_words_follow_the_language_even_when_it_changes_within_a_request(app):
    said = "{{ _('Việc của tôi') }}"
    with app.test_request_context():
        for language, words in (("en", "My work"), ("vi", "Việc của tôi"), ("en", "My work")):
            with force_locale(language):
                assert render_template_string(said) == words


def test_a_field_holds_a_day_that_it_reads_back_in_english_too(world):
    client = world.sign_in("office")
    client.post("/language", data=form_on(client.get("/").text, "/language") | {"language": "en"})
    page = client.get("/dossiers/?from=2021-09-01").text
    assert '<html lang="en"' in page
    assert 'value="01/09/2021"' in page


SHOWN_IN_A_FIELD = re.compile(r"""(?:value|placeholder)="\{\{[^}"]*vn_date|_text\([^)]*vn_date""")


def test_no_template_puts_a_day_into_a_field_in_the_words_of_a_language():
    templates = (Path(__file__).parents[2] / "web" / "templates").rglob("*.html")
    found = [p.name for p in templates if SHOWN_IN_A_FIELD.search(p.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("{{ _('100 %%') }}", "100 %"),
        ("{{ _('Đến %(day)s.', day='<b>') }}", "Đến &lt;b&gt;."),
        ("{{ _('Việc của tôi') }}", "Việc của tôi"),
        ("{% autoescape false %}{{ _('Đến %(day)s.', day='<b>') }}{% endautoescape %}", "Đến <b>."),
    ],
)
def test_words_are_a_pattern_and_what_is_filled_in_is_escaped(app, said, shown):
    with app.test_request_context():
        for _ in range(2):
            assert render_template_string(said) == shown


def test_an_address_without_arguments_is_the_same_each_time_and_follows_the_root(app):
    for root in ("", "/below", ""):
        with app.test_request_context("/directives/", environ_overrides={"SCRIPT_NAME": root}):
            for _ in range(2):
                assert app.url_for("documents.index") == f"{root}/documents/"
                assert app.url_for(".index") == f"{root}/directives/"
                assert app.url_for("documents.index", q="a") == f"{root}/documents/?q=a"
                asked = {"q": "a b&c=/đ+%", "at": "2021-08-01T00:00:00+00:00", "x": ""}
                plain = Flask.url_for(app, "documents.index", **asked)
                assert app.url_for("documents.index", **asked) == plain
                assert app.url_for("directives.show", number="1", q="a").endswith("/1?q=a")
                assert app.url_for("documents.index", _external=True).startswith("http://")


def test_an_unknown_page_has_no_address(app):
    with app.test_request_context(), pytest.raises(BuildError):
        app.url_for("nowhere.index")
