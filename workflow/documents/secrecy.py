"""State secrets never enter: what counts as a marking of Mật or above in a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workflow.errors import Refused
from workflow.text import clean, clean_lines, fold

_MARKS = frozenset({"mật", "tối mật", "tuyệt mật"})
_SPACED_OUT = frozenset(mark.replace(" ", "") for mark in _MARKS)
_PLAIN_MARKS = frozenset({"MAT", "TOI MAT", "TUYET MAT"})
_EDGES = " .,:;*-–_()[]{}<>\"'“”/|"
_LABELLED = re.compile(r"\bmật\s*[:\-–(]\s*(?:tuyệt\s+|tối\s+)?mật\b")
_BRACKETED = re.compile(r"\(\s*(?:tuyệt\s+|tối\s+)?mật\s*\)")
# One look tells most cells apart from all that could be a marking, composed or not.
_MAYBE = re.compile(r"m\W{0,4}[aâạậ]\W{0,6}t", re.IGNORECASE)
_LONGEST_MARKED = 2000
_STAMPS = frozenset({"a", "b", "c"})
_NOT_SECRET = ("khong", "thuong", "binh thuong", "giai mat", "da giai mat")


def is_marked_secret(text: str) -> bool:
    """Tell whether a cell or a line of it is a marking ("MẬT", "Độ mật: Tối mật", "(Mật)")."""
    if len(text) > _LONGEST_MARKED or not _MAYBE.search(text):
        return False
    return any(map(_is_marking, clean_lines(text).split("\n")))


def _is_marking(line: str) -> bool:
    bare = clean(line).strip(_EDGES)
    words = clean(line).casefold()
    spaced_out = "".join(bare.casefold().split())
    return (
        spaced_out in _SPACED_OUT
        or bare in _PLAIN_MARKS
        or bool(_LABELLED.search(words) or _BRACKETED.search(words))
    )


def is_secret_level(text: str) -> bool:
    """Tell whether a value in a column for secrecy is Mật or above (also stamps A, B, C)."""
    words = fold(text).strip(_EDGES)
    if words.startswith(_NOT_SECRET):
        return False
    return words in _STAMPS or "mat" in words.split()


def refuse_secret(texts: Iterable[str]) -> None:
    """Refuse with `secret_document` if any text is a marking; nothing of it is then kept."""
    if any(map(is_marked_secret, texts)):
        raise Refused("secret_document")
