"""Reading the day inside a cycle: ngày 20, thứ Sáu, ngày 15 tháng cuối quý, 15/12."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflow.deadlines.reading import words
from workflow.deadlines.reading.days import hour, named_day, weekday
from workflow.deadlines.reading.moments import NamedDay, Period, Unit
from workflow.deadlines.reading.numbers import FEW_DIGITS
from workflow.deadlines.reading.parsing import after, chain, figure, listed, maybe, skip
from workflow.deadlines.reading.periods import period
from workflow.deadlines.reading.rrules import LAST_DAY, Frequency, Occasion
from workflow.deadlines.reading.tokens import Tokens

EVERY_QUARTER_END = (3, 6, 9, 12)


def occasions(tokens: Tokens, at: int) -> Iterator[tuple[Occasion, int]]:
    """Yield every occasion that may stand at `at`, with the words that lead to it."""
    for begin in chain(tokens, at, words.LEADS):
        yield from _named(tokens, begin)
        for strict in after(tokens, begin, words.BEFORE):
            for occasion, end in _named(tokens, skip(tokens, strict)):
                yield replace(occasion, before=True), end


def _named(tokens: Tokens, at: int) -> Iterator[tuple[Occasion, int]]:
    yield from _timed(tokens, at)
    for midnight, end in hour(tokens, at):
        if not midnight:
            for occasion, last in _timed(tokens, skip(tokens, end)):
                yield replace(occasion, timed=True), last
    yield from _in_the_year(tokens, at)


def _timed(tokens: Tokens, at: int) -> Iterator[tuple[Occasion, int]]:
    yield from _in_the_week(tokens, at)
    yield from _in_the_month(tokens, at)
    yield from _in_the_quarter(tokens, at)


def _in_the_week(tokens: Tokens, at: int) -> Iterator[tuple[Occasion, int]]:
    for found, end in listed(tokens, at, lambda begin: weekday(tokens, begin)):
        yield Occasion(frequency=Frequency.WEEKLY, weekdays=found), end


def _in_the_month(tokens: Tokens, at: int) -> Iterator[tuple[Occasion, int]]:
    for begin in after(tokens, at, words.DAY):
        for days, end in listed(tokens, begin, lambda place: _day_number(tokens, place)):
            occasion = Occasion(frequency=Frequency.MONTHLY, days=days)
            yield from ((occasion, last) for last in maybe(tokens, end, words.OF_THE_MONTH))
    for end in after(tokens, at, words.LAST_DAY):
        occasion = Occasion(frequency=Frequency.MONTHLY, days=(LAST_DAY,))
        yield occasion, end
        for last in after(tokens, end, ("thang", "cua thang")):
            yield occasion, last


def _in_the_quarter(tokens: Tokens, at: int) -> Iterator[tuple[Occasion, int]]:
    for begin in after(tokens, at, words.DAY):
        for day, end in _day_number(tokens, begin):
            for months, last in _month_of_quarter(tokens, skip(tokens, end)):
                yield Occasion(frequency=Frequency.QUARTERLY, months=months, days=(day,)), last
    for end in after(tokens, at, words.LAST_DAY):
        occasion = Occasion(
            frequency=Frequency.QUARTERLY, months=EVERY_QUARTER_END, days=(LAST_DAY,)
        )
        yield occasion, end
        yield from ((occasion, last) for last in after(tokens, end, ("quy", "cua quy")))


def _month_of_quarter(tokens: Tokens, at: int) -> Iterator[tuple[tuple[int, ...], int]]:
    for begin in maybe(tokens, at, words.OF):
        for text, months in words.MONTHS_OF_QUARTER.items():
            for end in after(tokens, begin, (text,)):
                yield months, end
                for last in after(tokens, end, ("quy", "cua quy", "trong quy")):
                    yield from ((months, stop) for stop in maybe(tokens, last, words.NEXT))


def _in_the_year(tokens: Tokens, at: int) -> Iterator[tuple[Occasion, int]]:
    for days, end in listed(tokens, at, lambda begin: named_day(tokens, begin)):
        same = {day.day for day in days}
        if len(same) == 1 and not any(day.year or day.weekday is not None for day in days):
            yield _of_days(days), end
    for found, end in period(tokens, at):
        if found.unit is not Unit.YEAR and found.first_year() is None and not found.abbreviated:
            yield _of_period(found), end


def _of_days(days: tuple[NamedDay, ...]) -> Occasion:
    return Occasion(
        frequency=Frequency.YEARLY,
        months=tuple(day.month or 0 for day in days),
        days=(days[0].day,),
        timed=any(day.timed and not day.midnight for day in days),
    )


def _of_period(found: Period) -> Occasion:
    return Occasion(
        frequency=Frequency.YEARLY,
        months=tuple(part.last_month for part in found.parts),
        days=(LAST_DAY,),
        first_months=tuple(part.first_month for part in found.parts),
    )


def _day_number(tokens: Tokens, at: int) -> Iterator[tuple[int, int]]:
    for begin in maybe(tokens, at, words.DAY):
        value = figure(tokens, begin, FEW_DIGITS)
        if value is not None:
            yield value, begin + 1
