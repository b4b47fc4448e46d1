"""Reading a period: tháng 3, 6, 9 · Quý III/2021 · 6 tháng đầu năm · năm 2017 · 10/2018."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.deadlines.reading import words
from workflow.deadlines.reading.days import JOINTS, may_be_a_blank, year_in_words, year_tail
from workflow.deadlines.reading.moments import Part, Period, Unit
from workflow.deadlines.reading.numbers import (
    FEW_DIGITS,
    YEAR_DIGITS,
    quarter_number,
    small_number,
)
from workflow.deadlines.reading.parsing import (
    after,
    figure,
    joined,
    listed,
    mark_at,
    maybe,
    skip,
    token_at,
    word_at,
)
from workflow.deadlines.reading.tokens import TokenKind, Tokens

MONTHS_IN_A_YEAR = 12
ABBREVIATIONS = frozenset("tq")


def period(tokens: Tokens, at: int) -> Iterator[tuple[Period, int]]:
    """Yield every period, single or a list, that may stand at `at`."""
    for unit, plural, single in (
        (Unit.MONTH, words.MONTHS, words.MONTH),
        (Unit.QUARTER, words.QUARTERS, words.QUARTER),
        (Unit.YEAR, words.YEARS, words.YEAR),
    ):
        for begin in after(tokens, at, (*plural, *single)):
            short = word_at(tokens, at) in ABBREVIATIONS
            for parts, end in _list(tokens, skip(tokens, begin), unit, single):
                yield Period(unit=unit, parts=parts, abbreviated=short and unit is Unit.MONTH), end
    yield from _half(tokens, at)
    yield from _plain_month(tokens, at)
    yield from plain_year(tokens, at)
    yield from _this_year(tokens, at)


def carried(tokens: Tokens, at: int, unit: Unit) -> Iterator[tuple[Period, int]]:
    """Yield the second end of a range whose unit stands only at the first: "tháng 3 - 11"."""
    for part, end in _part(tokens, at, unit):
        yield Period(unit=unit, parts=(part,), worded=False), end


def plain_year(tokens: Tokens, at: int) -> Iterator[tuple[Period, int]]:
    """Yield a year in figures alone: "2021"."""
    year = figure(tokens, at, YEAR_DIGITS)
    if year is not None:
        yield _year_period(year, worded=False), at + 1


def open_year(tokens: Tokens, at: int) -> Iterator[tuple[Period, int]]:
    """Yield "năm" without a number, as in "trong năm", "đến hết năm": the year at hand."""
    for end in after(tokens, at, (*words.YEAR, "ca nam")):
        token = token_at(tokens, end)
        if token is None or token.kind in {TokenKind.COMMA, TokenKind.WORD}:
            yield _year_period(None), end


def _this_year(tokens: Tokens, at: int) -> Iterator[tuple[Period, int]]:
    for end in after(tokens, at, words.THIS_YEAR):
        yield _year_period(None), end


def _year_period(year: int | None, *, worded: bool = True) -> Period:
    return Period(unit=Unit.YEAR, parts=(Part(1, MONTHS_IN_A_YEAR, year),), worded=worded)


def _list(
    tokens: Tokens, at: int, unit: Unit, again: tuple[str, ...]
) -> Iterator[tuple[tuple[Part, ...], int]]:
    """Yield one part or a list; later ones may repeat the word: "tháng 3, tháng 6"."""

    def read(begin: int) -> Iterator[tuple[Part, int]]:
        for place in maybe(tokens, begin, again if begin > at else ()):
            yield from _part(tokens, place, unit)

    return listed(tokens, at, read)


def _part(tokens: Tokens, at: int, unit: Unit) -> Iterator[tuple[Part, int]]:
    if unit is Unit.YEAR:
        year = figure(tokens, at, YEAR_DIGITS)
        if year is not None:
            yield Part(1, MONTHS_IN_A_YEAR, year), at + 1
        return
    number = small_number if unit is Unit.MONTH else quarter_number
    for value, end in number(tokens, at):
        if may_be_a_blank(tokens, at, end):
            continue
        for year, last in year_tail(tokens, end):
            yield _months(value, unit, year), last


def _months(value: int, unit: Unit, year: int | None) -> Part:
    return Part(value, value, year) if unit is Unit.MONTH else Part(value * 3 - 2, value * 3, year)


def _plain_month(tokens: Tokens, at: int) -> Iterator[tuple[Period, int]]:
    """10/2018, 10-2018, and lists of them."""
    parts: tuple[Part, ...] = ()
    while (month := figure(tokens, at, FEW_DIGITS)) is not None:
        year = figure(tokens, at + 2, YEAR_DIGITS)
        if year is None or mark_at(tokens, at + 1) not in JOINTS:
            return
        parts = (*parts, Part(month, month, year))
        yield Period(unit=Unit.MONTH, parts=parts, worded=False), at + 3
        at = max(joined(tokens, at + 3), default=len(tokens))


def _half(tokens: Tokens, at: int) -> Iterator[tuple[Period, int]]:
    """6 tháng đầu năm 2021, 9 tháng đầu năm, nửa cuối năm 2021."""
    for count, begin in _how_many_months(tokens, at):
        for side, months in (
            (words.FIRST_PART, (1, count)),
            (words.LAST_PART, (MONTHS_IN_A_YEAR + 1 - count, MONTHS_IN_A_YEAR)),
        ):
            for end in after(tokens, begin, side):
                for year, last in _of_year(tokens, end):
                    yield Period(unit=Unit.HALF, parts=(Part(*months, year),)), last


def _how_many_months(tokens: Tokens, at: int) -> Iterator[tuple[int, int]]:
    for end in after(tokens, at, words.HALF):
        yield MONTHS_IN_A_YEAR // 2, end
    for count, begin in small_number(tokens, at):
        if 1 < count < MONTHS_IN_A_YEAR:
            yield from ((count, end) for end in after(tokens, begin, words.MONTH[:1]))


def _of_year(tokens: Tokens, at: int) -> Iterator[tuple[int | None, int]]:
    for begin in (at, *after(tokens, at, words.OF)):
        yield from year_in_words(tokens, begin)
        yield from ((None, end) for end in after(tokens, begin, words.THIS_YEAR))
        for found, end in open_year(tokens, begin):
            yield found.first_year(), end
