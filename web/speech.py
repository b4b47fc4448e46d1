"""Translation with its types: what is said to a person is a `str`."""

from __future__ import annotations

from flask_babel import format_decimal, get_translations
from flask_babel import gettext as _gettext


def gettext(text: str, **params: object) -> str:
    """Return `text` in the reader's language with its parameters filled in."""
    return str(_gettext(text, **params))


def ngettext(one: str, many: str, count: int, **params: object) -> str:
    """Return the form that fits `count`, which the text names as `%(num)s`, as readers write it."""
    words = get_translations().ungettext(one, many, count)
    return str(words % ({"num": format_decimal(count)} | params))
