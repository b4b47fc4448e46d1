"""The year that a sheet's deadlines are read with, where their own words name none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workflow.text import fold

# Tried in turn; within one, two different years leave the question open.
_ATTACHED = re.compile(r"kem theo.*?(?:nam|[/.-]) ?((?:19|20)\d{2})\b")
_DATED = re.compile(
    r"(?:thang \d{1,2} ?(?:nam |[/.-] ?)|\b\d{1,2}[/.-]\d{1,2}[/.-])((?:19|20)\d{2})\b"
)
_NAMED = re.compile(r"\bnam ((?:19|20)\d{2})\b")
_BARE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def year_of_sheet(preamble: Iterable[str], name: str = "") -> int | None:
    """Return the year in the words above the heading, else in the sheet's or file's name.

    The line that says what the sheet is attached to comes first ("Kèm theo … tháng 8 năm
    2021"), then full dates, then "năm 2021". Several different years are no answer.
    """
    lines = [fold(line) for line in preamble]
    tries = [(lines, _ATTACHED), (lines, _DATED), (lines, _NAMED), ([fold(name)], _BARE)]
    for texts, pattern in tries:
        years = {int(year) for text in texts for year in pattern.findall(text)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None
