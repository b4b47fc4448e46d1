"""Templates find a dictionary's keys, an object's attributes, and the words of a language."""

from types import SimpleNamespace

import pytest
from flask import render_template_string
from flask_babel import force_locale

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
