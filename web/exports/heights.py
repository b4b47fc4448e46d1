"""How high a row of a sheet stands.

Excel finds that out by itself, LibreOffice keeps the heights a file of Excel names and shows one
line where it names none; so each row that needs more lines says so.
"""

from __future__ import annotations

from collections.abc import Iterable

LINE = 15
HIGHEST_ROW = 405
"""In points: an office program bears no higher row."""
_SHARE = 0.97
"""How much of a column's width letters fill: they are broader in some fonts than in others."""


def height_of(texts: Iterable[tuple[str, int]]) -> int:
    """Return how high a row of `texts` stands, each with the width in letters of its column."""
    lines = max((_lines_in(text, max(1, int(width * _SHARE))) for text, width in texts), default=1)
    return min(max(1, lines) * LINE, HIGHEST_ROW)


def _lines_in(text: str, width: int) -> int:
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(_lines_of(paragraph, width) for paragraph in text.split("\n"))


def _lines_of(paragraph: str, width: int) -> int:
    """Return into how many lines words fall; one longer than a line is broken."""
    lines, used = 1, 0
    for word in paragraph.split():
        wanted = len(word) + (1 if used else 0)
        if used + wanted <= width:
            used += wanted
            continue
        lines += (1 if used else 0) + (len(word) - 1) // width
        used = (len(word) - 1) % width + 1
    return lines
