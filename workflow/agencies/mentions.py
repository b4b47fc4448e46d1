"""Which agency some prose speaks of, where one of a few is expected."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workflow.text import fold


def only_mentioned(words: str, names: Iterable[tuple[str, str]]) -> str:
    """Return the key of the only one of `names` (key, name) that stands whole in some words.

    Case and diacritics do not count. A name within a longer one that stands there too is not
    spoken of for itself. Where none stands there, or several do, nothing is guessed: "".
    """
    text = fold(words)
    standing = {fold(name): key for key, name in names if _stands_in(fold(name), text)}
    whole = [n for n in standing if not any(n != other and n in other for other in standing)]
    return standing[whole[0]] if len(whole) == 1 else ""


def _stands_in(name: str, text: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
