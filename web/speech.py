"""Translation with its types: what is said to a person is a `str`."""

from __future__ import annotations

from babel import Locale
from flask import g
from flask_babel import format_decimal, get_locale, get_translations
from flask_babel import gettext as _gettext


def spoken() -> Locale | None:
    """Return the locale that is spoken here: `get_locale`, which a page asks a hundred times.

    Once it was asked, the extension keeps it on the request; there it is looked up first.
    """
    kept = g.get("_flask_babel") if g else None
    here: Locale | None = getattr(kept, "babel_locale", None)
    return here or get_locale()


def language() -> str:
    """Return the code of the language that is spoken here."""
    locale = spoken()
    return locale.language if locale else ""


def gettext(text: str, **params: object) -> str:
    """Return `text` in the reader's language with its parameters filled in."""
    return str(_gettext(text, **params))


def ngettext(one: str, many: str, count: int, **params: object) -> str:
    """Return the form that fits `count`, which the text names as `%(num)s`, as readers write it."""
    words = get_translations().ungettext(one, many, count)
    return str(words % ({"num": format_decimal(count)} | params))
