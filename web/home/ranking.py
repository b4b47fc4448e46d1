"""Which of what was found bears the words as they were typed: the phrase before scattered words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from workflow.text import clean, fold

Found = TypeVar("Found")
AS_TYPED, PHRASE, SCATTERED = 0, 1, 2
"""The words side by side with the diacritics typed; without regard to them; apart, or in parts."""
_WORD = re.compile(r"\w+")


def rank_of(typed: str, text: str) -> int:
    """Return how a text bears what was typed: `AS_TYPED`, `PHRASE` or `SCATTERED`.

    Whole words only: "số hóa" is not in "hồ sơ hoạt động". What is typed without any
    diacritics asks for none, so there the phrase is as typed.
    """
    asked, plain = _words(typed), _words(fold(typed))
    if asked != plain and asked in _words(text):
        return AS_TYPED
    if plain in _words(fold(text)):
        return AS_TYPED if asked == plain else PHRASE
    return SCATTERED


def ranked(
    typed: str, found: Iterable[Found], text_of: Callable[[Found], str], *, is_name: bool = False
) -> tuple[list[Found], bool]:
    """Return what was found, what bears the phrase first, and whether any bears it as typed.

    Within a rank the order in which things were found stays; of names that bear the phrase
    the shorter comes first, for there is less in it beside.
    """
    judged = []
    for one in found:
        text = text_of(one)
        rank = rank_of(typed, text)
        judged.append((rank, len(text) if is_name and rank < SCATTERED else 0, one))
    judged.sort(key=lambda weighed: weighed[:2])
    return [one for _rank, _length, one in judged], any(one[0] == AS_TYPED for one in judged)


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(clean(text).lower()))} "
