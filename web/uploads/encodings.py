"""Which encoding a file of text is written in, told by its first bytes; a person may overrule."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from web.uploads.tables import MARKS

LOOKED_AT = 256 * 1024
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    "(?:ngh?|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?[aeiouyăâêôơư]{1,3}"
    "(?:ng|nh|ch|[cmnpt])?"
)
_OLD = ("windows-1258", "tcvn3", "windows-1252")
"""One byte a letter; at a tie the first."""


def encoding_of(path: Path) -> str | None:
    """Return the encoding of a file of text; None where its mark tells it, or all is ASCII.

    Without a mark: UTF-16 by its zero bytes, UTF-8 by its form, else the one that makes most
    Vietnamese words of it and fewest others.
    """
    with path.open("rb") as stream:
        head = stream.read(LOOKED_AT)
    if any(head.startswith(mark) for mark in MARKS) or (head.isascii() and b"\0" not in head):
        return None
    if b"\0" in head:
        return "utf-16"
    if _is_utf8(head):
        return "utf-8"
    return max(_OLD, key=lambda name: (_score(head, name), -_OLD.index(name)))


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == LOOKED_AT and error.start >= LOOKED_AT - 3
    return True


def _score(head: bytes, name: str) -> int:
    """Return how many more words than not, of those with a mark, are syllables of Vietnamese."""
    codec = name.replace("windows-", "cp")
    text = unicodedata.normalize("NFC", head.decode(codec, errors="replace"))
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(1 if _is_syllable(word) else -1 for word in words) - 2 * text.count("\ufffd")


def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.casefold())
    bare = unicodedata.normalize("NFC", "".join(one for one in parts if one not in _TONES))
    return sum(one in _TONES for one in parts) <= 1 and bool(_SYLLABLE.fullmatch(bare))
