"""The year that a sheet's deadlines are read with, where their own words name none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workflow.text import fold

# Tried in turn; within one, two different years leave the question open.
_ATTACHED = re.compile(r"kem theo(?:(?!kem theo).)*?(?:nam|[/.-]) ?((?:19[4-9]|20\d)\d)\b")
_DATED = re.compile(
    r"(?:thang \d{1,2} ?(?:nam |[/.-] ?)|\b\d{1,2}[/.-]\d{1,2}[/.-])((?:19[4-9]|20\d)\d)\b"
)
_NAMED = re.compile(r"\bnam ((?:19[4-9]|20\d)\d)\b")
_STRETCH = re.compile(r"(?:\bnam|\bgiai doan|[-–,]|\bva|\bden) ?((?:19[4-9]|20\d)\d)\b")
_BARE = re.compile(r"(?<!\d)((?:19[4-9]|20\d)\d)(?!\d)")


def year_of_sheet(preamble: Iterable[str], name: str = "") -> int | None:
    """Return the year in the words above the heading, else in the sheet's or file's name.

    The line that says what the sheet is attached to comes first ("Kèm theo … tháng 8 năm
    2021"), then full dates, then "năm 2021". Several different years are no answer, nor is a
    year when a later one is named: a plan for 2022 may be signed in December 2021.
    """
    lines = [fold(line) for line in preamble]
    named = _years(lines, _NAMED)
    if named and len(stretch := _years(lines, _STRETCH)) > 1:
        named = named | stretch
    for years in (_years(lines, _ATTACHED), _years(lines, _DATED), named, _years([name], _BARE)):
        if years:
            is_clear = len(years) == 1 and max(years | named) == max(years)
            return max(years) if is_clear else None
    return None


def year_in(section: str) -> int | None:
    """Return the only year that the words over some rows name ("II. NĂM 2022"), or None."""
    years = _years([fold(section)], _NAMED)
    return years.pop() if len(years) == 1 else None


def _years(texts: Iterable[str], pattern: re.Pattern[str]) -> set[int]:
    return {int(year) for text in texts for year in pattern.findall(text)}
