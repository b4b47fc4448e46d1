"""A document's number as it is typed, and the ways in which the same number is written."""

from __future__ import annotations

import re

from workflow.text import clean, squeeze

_DASHES = re.compile(r" ?[-‐‑‒–—−] ?")
_SLASHES = re.compile(r" ?[/∕⁄／] ?")
_NUMBER_WORD = re.compile(r"^số\s*:?\s*(?=\d)", re.IGNORECASE)
MOST_FIGURES = 6


def tidy_reference(text: str) -> str:
    """Return a number and symbol as documents bear it, out of what was typed or pasted.

    "Số: 05 / CT – UBND" is 05/CT-UBND. Nothing else is mended: what is no number stays.
    """
    plain = _SLASHES.sub("/", _DASHES.sub("-", clean(text)))
    return _NUMBER_WORD.sub("", plain)


def spellings(reference: str) -> frozenset[str]:
    """Return the keys under which the same number may stand: 5/CT-UBND is 05/CT-UBND.

    Spaces, case and diacritics make no other number, nor do zeros before it.
    """
    key = squeeze(reference)
    bare = key.lstrip("0")
    figures = len(squeeze(reference.partition("/")[0]).lstrip("0"))
    padded = {"0" * zeros + bare for zeros in range(MOST_FIGURES - figures + 1)} if bare else set()
    return frozenset({key} | padded)
