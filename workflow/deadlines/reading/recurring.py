"""Reading what comes again: hằng tháng, trước ngày 20 · thứ Sáu hằng tuần · 15/12 hằng năm."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.deadlines.reading import words
from workflow.deadlines.reading.ends import Settings
from workflow.deadlines.reading.items import Item, Recurring, Unclear
from workflow.deadlines.reading.moments import Trouble
from workflow.deadlines.reading.numbers import small_number
from workflow.deadlines.reading.occasions import occasions
from workflow.deadlines.reading.parsing import after, mark_at, maybe, skip
from workflow.deadlines.reading.rrules import Cycle, Frequency, Occasion, bare_rule, rules_of
from workflow.deadlines.reading.tokens import Tokens

BARE_UNITS = ("tuan", "thang", "quy")
"""Units that "định kỳ" may stand before alone; "định kỳ năm 2021" says something else."""
TURNS = range(1, 13)
BEFORE_CYCLE = ("cua", "trong", "vao")


def recurring(tokens: Tokens, at: int, settings: Settings) -> Iterator[tuple[Item, int]]:
    """Yield a cycle, alone or with the day inside it named before or after."""
    for cycle, end in _cycle(tokens, at):
        yield Recurring(bare_rule(cycle), yearly=_is_yearly(cycle)), end
        for occasion, last in occasions(tokens, skip(tokens, end)):
            yield from _together(cycle, occasion, last, settings)
    for occasion, end in occasions(tokens, at):
        for begin in maybe(tokens, skip(tokens, end), BEFORE_CYCLE):
            for cycle, last in _cycle(tokens, begin):
                yield from _together(cycle, occasion, last, settings)


def _together(
    cycle: Cycle, occasion: Occasion, end: int, settings: Settings
) -> Iterator[tuple[Item, int]]:
    if cycle.frequency is not occasion.frequency:
        return
    try:
        rule, other = rules_of(cycle, occasion, strict=settings.before_is_strict)
    except Trouble as trouble:
        yield Unclear(trouble.reason), end
    else:
        yield Recurring(rule, other, yearly=_is_yearly(cycle)), end


def _is_yearly(cycle: Cycle) -> bool:
    return cycle.frequency is Frequency.YEARLY


def _cycle(tokens: Tokens, at: int) -> Iterator[tuple[Cycle, int]]:
    for begin in maybe(tokens, at, words.REGULARLY):
        yield from _every(tokens, begin)
        yield from _once_in(tokens, begin)
        if begin > at:
            yield from _maybe_once(tokens, _unit(tokens, begin, BARE_UNITS))
            yield from _maybe_once(tokens, _several(tokens, begin))


def _every(tokens: Tokens, at: int) -> Iterator[tuple[Cycle, int]]:
    """Yield "hằng tháng", "mỗi quý", "mỗi 6 tháng"; "mới" with its tone is another word."""
    for begin in after(tokens, at, words.EVERY):
        if tokens[at].bare or tokens[at].said in words.EVERY_SAID:
            yield from _maybe_once(tokens, _unit(tokens, begin, tuple(words.UNITS)))
            yield from _maybe_once(tokens, _several(tokens, begin))


def _once_in(tokens: Tokens, at: int) -> Iterator[tuple[Cycle, int]]:
    """Yield "6 tháng một lần", "01 tháng/lần", "một lần mỗi tháng", "1 lần/quý"."""
    for cycle, end in _several(tokens, at):
        yield from ((cycle, last) for last in after(tokens, end, words.ONCE))
        if mark_at(tokens, end) == "/":
            once = (*words.ONCE, *words.TIMES)
            yield from ((cycle, last) for last in after(tokens, end + 1, once))
    for end in after(tokens, at, words.ONCE):
        if mark_at(tokens, end) == "/":
            yield from _unit(tokens, end + 1, tuple(words.UNITS))
            yield from _several(tokens, end + 1)
        yield from _every(tokens, end)


def _unit(tokens: Tokens, at: int, units: tuple[str, ...]) -> Iterator[tuple[Cycle, int]]:
    for end in after(tokens, at, units):
        yield Cycle(Frequency(words.UNITS[tokens[at].text])), end


def _several(tokens: Tokens, at: int) -> Iterator[tuple[Cycle, int]]:
    for count, begin in small_number(tokens, at):
        if count in TURNS:
            for cycle, end in _unit(tokens, begin, tuple(words.UNITS)):
                yield Cycle(cycle.frequency, count), end


def _maybe_once(tokens: Tokens, cycles: Iterator[tuple[Cycle, int]]) -> Iterator[tuple[Cycle, int]]:
    for cycle, end in cycles:
        yield from ((cycle, last) for last in maybe(tokens, end, words.ONCE))
