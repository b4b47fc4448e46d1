"""Reading ends: chậm nhất ngày …, trước …, trong …, từ … đến …, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workflow.deadlines.reading import words
from workflow.deadlines.reading.days import day_only, named_day
from workflow.deadlines.reading.items import Fixed, Item, Since, Unclear
from workflow.deadlines.reading.moments import (
    Moment,
    NamedDay,
    Period,
    Trouble,
    Unit,
    bounds_in,
    range_bounds,
)
from workflow.deadlines.reading.parsing import after, chain, mark_at, maybe, skip
from workflow.deadlines.reading.periods import carried, open_year, period
from workflow.deadlines.reading.tokens import Tokens
from workflow.deadlines.records import Unread

ONE_DAY = timedelta(days=1)
OPEN_YEAR_LEADS = frozenset({"trong", "het"})
"""After these "năm" alone is the year at hand; elsewhere its number was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the reader is told: the document's year, and how "trước ngày" is taken."""

    year: int | None
    before_is_strict: bool = True


@dataclass(frozen=True, slots=True)
class End:
    """A last day as written: what it names, and whether "trước" stands before it."""

    moment: Moment
    before: bool


def fixed(tokens: Tokens, at: int, settings: Settings) -> Iterator[tuple[Item, int]]:
    """Yield what one last day, or a range, may say at `at`."""
    for end, stop in last_day(tokens, at):
        yield _single(end, settings), stop
    for start, end, stop in _ranges(tokens, at):
        yield _range(start, end, settings), stop


def since(tokens: Tokens, at: int, settings: Settings) -> Iterator[tuple[Item, int]]:
    """Yield a first day without a last one: "từ tháng 3 năm 2017 [trở đi]"."""
    for begin in after(tokens, at, words.FROM):
        for stop in after(tokens, begin, words.NOW):
            yield from _onwards(tokens, Since(None), stop)
        for moment, stop in _moment(tokens, begin):
            yield from _onwards(tokens, _since(moment, settings), stop)


def last_day(tokens: Tokens, at: int) -> Iterator[tuple[End, int]]:
    """Yield a last day with the words that lead to it."""
    for begin in chain(tokens, at, words.LEADS):
        led = begin > at and tokens[begin - 1].text in OPEN_YEAR_LEADS
        for moment, end in _moment(tokens, begin):
            yield End(moment, before=False), end
        if led:
            yield from ((End(m, before=False), end) for m, end in open_year(tokens, begin))
        for strict in after(tokens, begin, words.BEFORE):
            for moment, end in _moment(tokens, skip(tokens, strict)):
                yield End(moment, before=True), end


def last_bound(end: End, last: tuple[date, date], settings: Settings) -> tuple[date, date | None]:
    """Return the due day and its other reading for an end that is `last` when included.

    "Trước ngày X" is X - 1, or X where the province reads it so; the other reading is the
    other. "Trước" a month, quarter or year ends the day before it begins; an hour named
    beside the day leaves one reading, for the day and not the minute decides.
    """
    moment = end.moment
    first_day, last_day_of_it = last
    if isinstance(moment, NamedDay) and moment.timed:
        return (first_day - ONE_DAY if moment.midnight else first_day), None
    if not end.before:
        return last_day_of_it, None
    if isinstance(moment, Period):
        return first_day - ONE_DAY, None
    if settings.before_is_strict:
        return first_day - ONE_DAY, first_day
    return first_day, first_day - ONE_DAY


def _moment(tokens: Tokens, at: int) -> Iterator[tuple[Moment, int]]:
    yield from named_day(tokens, at)
    yield from period(tokens, at)


def _single(end: End, settings: Settings) -> Item:
    try:
        bounds = bounds_in(end.moment, settings.year)
    except Trouble as trouble:
        return Unclear(trouble.reason)
    due_on, other = last_bound(end, bounds, settings)
    whole_year = isinstance(end.moment, Period) and end.moment.unit is Unit.YEAR
    frames = whole_year and not end.before and end.moment.first_year() is not None
    return Fixed(due_on, other=other, frames=frames)


def _range(start: Moment | None, end: End, settings: Settings) -> Item:
    try:
        if start is None:
            starts_on, last = None, bounds_in(end.moment, settings.year)
        else:
            (starts_on, _), last = range_bounds(start, end.moment, settings.year)
    except Trouble as trouble:
        return Unclear(trouble.reason)
    due_on, other = last_bound(end, last, settings)
    if starts_on is not None and due_on < starts_on:
        return Unclear(Unread.REVERSED_RANGE)
    frames = start is not None and (start.first_year() or end.moment.first_year()) is not None
    return Fixed(due_on, starts_on=starts_on, other=other, frames=frames)


def _since(moment: Moment, settings: Settings) -> Item:
    try:
        starts_on = bounds_in(moment, settings.year)[0]
    except Trouble as trouble:
        return Unclear(trouble.reason)
    return Since(starts_on, frames=moment.first_year() is not None)


def _onwards(tokens: Tokens, item: Item, at: int) -> Iterator[tuple[Item, int]]:
    yield item, at
    for end in after(tokens, skip(tokens, at), words.ONWARDS):
        yield (replace(item, onwards=True) if isinstance(item, Since) else item), end


def _ranges(tokens: Tokens, at: int) -> Iterator[tuple[Moment | None, End, int]]:
    for begin in maybe(tokens, at, words.FRAMES):
        for opened in maybe(tokens, skip(tokens, begin), words.FROM):
            for start, middle in _first_day(tokens, opened):
                yield from _second_end(tokens, start, middle)
            if opened > begin:
                yield from _from_now(tokens, opened)


def _first_day(tokens: Tokens, at: int) -> Iterator[tuple[Moment, int]]:
    yield from _moment(tokens, at)
    yield from day_only(tokens, at)


def _from_now(tokens: Tokens, at: int) -> Iterator[tuple[Moment | None, End, int]]:
    """Yield "từ nay đến 30/9": the first day is the document's own and stays open."""
    for middle in after(tokens, at, words.NOW):
        for begin in after(tokens, skip(tokens, middle), words.UNTIL):
            for end, stop in last_day(tokens, skip(tokens, begin)):
                yield None, end, stop


def _second_end(tokens: Tokens, start: Moment, at: int) -> Iterator[tuple[Moment | None, End, int]]:
    at = skip(tokens, at)
    for begin in after(tokens, at, words.UNTIL):
        for end, stop in _last_in_range(tokens, start, skip(tokens, begin)):
            if _fit(start, end.moment, dashed=False):
                yield start, end, stop
    if mark_at(tokens, at) == "-":
        begin = at + 2 if mark_at(tokens, at + 1) == "-" else at + 1
        for end, stop in _last_in_range(tokens, start, skip(tokens, begin)):
            if _fit(start, end.moment, dashed=True):
                yield start, end, stop


def _last_in_range(tokens: Tokens, start: Moment, at: int) -> Iterator[tuple[End, int]]:
    yield from last_day(tokens, at)
    if isinstance(start, Period) and start.worded and start.unit is not Unit.HALF:
        for begin in maybe(tokens, at, ("het",)):
            for moment, stop in carried(tokens, begin, start.unit):
                yield End(moment, before=False), stop


def _fit(start: Moment, end: Moment, *, dashed: bool) -> bool:
    """Whether two ends can stand in one range without another way to read them.

    A lone first number is a day only beside a full day ("1-15/9"; "5-10-9" is no range). A
    year after a dash belongs to what stands before it, unless that has one: a plain year to
    any month ("3-2018"), "năm 2018" to a day joined by dashes ("30-9 - năm 2018"). One before
    a day belongs to the day ("2021-01-02").
    """
    if isinstance(start, NamedDay) and start.month is None:
        return isinstance(end, NamedDay) and not (dashed and end.dashed)
    if isinstance(end, NamedDay):
        return not (dashed and end.dashed and _is_plain_year(start))
    if not (dashed and end.unit is Unit.YEAR):
        return True
    own_dash = isinstance(start, NamedDay) and start.dashed
    return start.first_year() is not None or (end.worded and not own_dash)


def _is_plain_year(moment: Moment) -> bool:
    return isinstance(moment, Period) and moment.unit is Unit.YEAR and not moment.worded
