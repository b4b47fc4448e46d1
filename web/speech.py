"""Translation with its types: what is said to a person is a `str`."""

from __future__ import annotations

from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext


def gettext(text: str, **params: object) -> str:
    """Return `text` in the reader's language with its parameters filled in."""
    return str(_gettext(text, **params))


def ngettext(one: str, many: str, count: int, **params: object) -> str:
    """Return the form that fits `count`, which the text names as `%(num)s`."""
    return str(_ngettext(one, many, count, **params))
