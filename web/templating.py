"""How templates look things up: quick paths for what a page does a thousand times."""

from __future__ import annotations

from typing import Any

from flask import Flask, g
from flask.templating import Environment
from flask_babel import get_locale, get_translations


class QuickEnvironment(Environment):
    """Looks into plain dictionaries by their keys first.

    Jinja asks for the attribute, catches the error, then asks for the key: most of the time
    of a long table.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a dictionary's value under `attribute`, or what Jinja finds."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class Application(Flask):
    """Flask with templates that look things up quickly."""

    jinja_environment = QuickEnvironment


def register(app: Flask) -> None:
    """Let templates find the words of a request's language once, not for each word."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda words: _words().ugettext(words),
        ngettext=lambda one, many, number: _words().ungettext(one, many, number),
        pgettext=lambda place, words: _words().upgettext(place, words),
        npgettext=lambda place, one, many, n: _words().unpgettext(place, one, many, n),
        newstyle=True,
    )


def _words() -> Any:
    locale = get_locale()
    known = g.get("words")
    if known is None or known[0] is not locale:
        known = g.words = (locale, get_translations())
    return known[1]
