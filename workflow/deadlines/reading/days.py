"""Reading a day: 30-9, ngày 30 tháng 9 năm 2021, 17 giờ ngày 30/9, 2021-09-30."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflow.deadlines.reading import words
from workflow.deadlines.reading.moments import NamedDay
from workflow.deadlines.reading.numbers import FEW_DIGITS, YEAR_DIGITS, small_number
from workflow.deadlines.reading.parsing import after, figure, mark_at, maybe, skip
from workflow.deadlines.reading.tokens import Tokens

JOINTS = frozenset("/-.")
LAST_HOUR = 24
SIXTY = 60
CENTURY = 2000


def named_day(tokens: Tokens, at: int) -> Iterator[tuple[NamedDay, int]]:
    """Yield a full day, with what stands around it: weekday, hour."""
    for midnight, start in _maybe_hour(tokens, at):
        timed = midnight is not None
        for number, begin in _maybe_weekday(tokens, start):
            for day, end in _day(tokens, begin):
                found = replace(day, weekday=number, timed=timed, midnight=bool(midnight))
                yield from _with_tail(tokens, found, end)


def day_only(tokens: Tokens, at: int) -> Iterator[tuple[NamedDay, int]]:
    """Yield a day whose month stands at the other end: "từ ngày 1 đến 15/9"."""
    for begin in maybe(tokens, at, words.DAY):
        value = figure(tokens, begin, FEW_DIGITS)
        if value is not None:
            yield NamedDay(day=value, worded=begin > at), begin + 1


def year_tail(
    tokens: Tokens, at: int, *, dash_before_word: bool = False
) -> Iterator[tuple[int | None, int]]:
    """Yield the year that may follow a day or period, or None where none is read.

    "tháng 3 - năm 2018" is a range: a dash before the word "năm" joins a year only to a day
    whose parts are joined by dashes too (`dash_before_word`).
    """
    yield None, at
    mark = mark_at(tokens, at)
    begins = {at, skip(tokens, at), *after(tokens, skip(tokens, at), words.OF)}
    if mark in JOINTS:
        begins.add(at + 1)
    for begin in begins:
        year = figure(tokens, begin, YEAR_DIGITS)
        if year is not None:
            yield year, begin + 1
        if mark != "-" or begin == at or dash_before_word:
            yield from year_in_words(tokens, begin)
            yield from ((None, end) for end in after(tokens, begin, words.THIS_YEAR))


def year_in_words(tokens: Tokens, at: int) -> Iterator[tuple[int, int]]:
    """Yield "năm 2021"."""
    for begin in after(tokens, at, words.YEAR):
        year = figure(tokens, skip(tokens, begin), YEAR_DIGITS)
        if year is not None:
            yield year, skip(tokens, begin) + 1


def hour(tokens: Tokens, at: int) -> Iterator[tuple[bool, int]]:
    """Yield an hour of the day: 17 giờ, 17h00, 16 giờ 30 phút, 16:30; True for midnight."""
    value = figure(tokens, at, FEW_DIGITS)
    if value is None or value > LAST_HOUR:
        return
    for end in after(tokens, at + 1, (*words.HOURS, ":")):
        spelt = mark_at(tokens, at + 1) != ":"
        minute = figure(tokens, end, FEW_DIGITS)
        if spelt:
            yield value == 0, end
        if minute is not None and minute < SIXTY:
            for last in maybe(tokens, end + 1, words.MINUTES):
                yield value == 0 and minute == 0, last


def weekday(tokens: Tokens, at: int) -> Iterator[tuple[int, int]]:
    """Yield a day of the week, Monday 0."""
    for end in after(tokens, at, words.WEEKDAYS):
        yield words.WEEKDAYS[" ".join(token.text for token in tokens[at:end])], end


def _maybe_hour(tokens: Tokens, at: int) -> Iterator[tuple[bool | None, int]]:
    yield None, at
    for midnight, end in hour(tokens, at):
        for last in maybe(tokens, skip(tokens, end), words.OF):
            yield midnight, last


def _maybe_weekday(tokens: Tokens, at: int) -> Iterator[tuple[int | None, int]]:
    yield None, at
    for number, end in weekday(tokens, at):
        yield number, skip(tokens, end)


def _with_tail(tokens: Tokens, day: NamedDay, end: int) -> Iterator[tuple[NamedDay, int]]:
    """Yield the day, also with the weekday, the hour or an empty clock time after it."""
    yield day, end
    if day.weekday is None:
        for number, last in weekday(tokens, skip(tokens, end)):
            yield replace(day, weekday=number), last
    yield from ((day, last) for last in _clock(tokens, end))
    if not day.timed:
        yield from ((replace(day, timed=True), last) for last in _hour_after(tokens, end))


def _hour_after(tokens: Tokens, at: int) -> Iterator[int]:
    """Yield the end of an hour written after its day: 30/9/2021 17:00, 2021-09-30T17:00:00.

    Midnight after a day is left out: it may be that day's first moment or its last.
    """
    for begin in maybe(tokens, skip(tokens, at), ("t", "luc", "vao luc")):
        value = figure(tokens, begin, FEW_DIGITS)
        for _midnight, end in hour(tokens, begin) if value else ():
            yield end
            seconds = figure(tokens, end + 1, FEW_DIGITS)
            if mark_at(tokens, end) == ":" and seconds is not None and seconds < SIXTY:
                yield end + 2


def _clock(tokens: Tokens, at: int) -> Iterator[int]:
    """Yield the end of the empty clock time that spreadsheets append: 00:00:00."""
    for begin in maybe(tokens, at, ("t",)):
        texts = [token.text for token in tokens[begin : begin + 5]]
        if texts[:3] == ["00", ":", "00"]:
            yield begin + (5 if texts[3:] == [":", "00"] else 3)


def _day(tokens: Tokens, at: int) -> Iterator[tuple[NamedDay, int]]:
    begins = {at, *(skip(tokens, end) for end in after(tokens, at, words.DAY))}
    for begin in begins:
        worded = begin > at
        for day, end in _day_forms(tokens, begin, worded=worded):
            yield replace(day, worded=worded or day.worded), end


def _day_forms(tokens: Tokens, at: int, *, worded: bool) -> Iterator[tuple[NamedDay, int]]:
    yield from _iso(tokens, at)
    yield from _in_figures(tokens, at, worded=worded)
    yield from _with_month_word(tokens, at, worded=worded)


def _iso(tokens: Tokens, at: int) -> Iterator[tuple[NamedDay, int]]:
    """2021-09-30: the year first leaves no doubt about the rest."""
    year = figure(tokens, at, YEAR_DIGITS)
    month, day = figure(tokens, at + 2, FEW_DIGITS), figure(tokens, at + 4, FEW_DIGITS)
    mark = mark_at(tokens, at + 1)
    if None in {year, month, day} or mark not in JOINTS or mark != mark_at(tokens, at + 3):
        return
    yield NamedDay(day=day or 0, month=month, year=year), at + 5


def _in_figures(tokens: Tokens, at: int, *, worded: bool) -> Iterator[tuple[NamedDay, int]]:
    day, month = figure(tokens, at, FEW_DIGITS), figure(tokens, at + 2, FEW_DIGITS)
    joint = mark_at(tokens, at + 1)
    if day is None or month is None or joint not in JOINTS:
        return
    found = NamedDay(day=day, month=month, dashed=joint == "-")
    mixed = joint == "-" and mark_at(tokens, at + 3) in JOINTS - {"-"}
    if not mixed or worded:
        dash = joint == "-"
        for year, end in year_tail(tokens, at + 3, dash_before_word=dash):
            yield replace(found, year=year), end
    short = figure(tokens, at + 4, range(2, 3))
    if short is not None and joint == mark_at(tokens, at + 3) != "-":
        yield replace(found, year=CENTURY + short, short=True), at + 5


def _with_month_word(tokens: Tokens, at: int, *, worded: bool) -> Iterator[tuple[NamedDay, int]]:
    in_words = worded or figure(tokens, at, FEW_DIGITS) is not None
    for day, end in small_number(tokens, at) if in_words else ():
        joint = mark_at(tokens, end)
        begin = end + 1 if joint in JOINTS else skip(tokens, end)
        found = NamedDay(day=day, worded=True, dashed=joint == "-")
        for month, last in month_in_words(tokens, {begin, *after(tokens, begin, words.OF)}):
            for year, stop in year_tail(tokens, last, dash_before_word=found.dashed):
                yield replace(found, month=month, year=year), stop


def month_in_words(tokens: Tokens, begins: set[int]) -> Iterator[tuple[int, int]]:
    """Yield "tháng 9" or "tháng chín" at any of the places.

    "tháng năm 2021" is more likely a month left blank than May: unless "năm" comes again
    it is not read.
    """
    for begin in begins:
        for end in after(tokens, begin, words.MONTH[:1]):
            for month, last in small_number(tokens, skip(tokens, end)):
                if not may_be_a_blank(tokens, skip(tokens, end), last):
                    yield month, last


def may_be_a_blank(tokens: Tokens, at: int, end: int) -> bool:
    """Whether the number in words at `at` may be the word "năm" after an empty space."""
    if tokens[at].text not in words.YEAR or end != at + 1:
        return False
    return not (mark_at(tokens, end) == "/" or any(after(tokens, end, words.YEAR)))
