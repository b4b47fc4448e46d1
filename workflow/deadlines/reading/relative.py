"""Reading a budget: trong 10 ngày làm việc kể từ ngày ký."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.deadlines.reading import words
from workflow.deadlines.reading.days import named_day
from workflow.deadlines.reading.ends import Settings
from workflow.deadlines.reading.items import Item, Relative, Unclear
from workflow.deadlines.reading.moments import Trouble, bounds_in
from workflow.deadlines.reading.numbers import budget
from workflow.deadlines.reading.parsing import after, chain, skip, token_at
from workflow.deadlines.reading.periods import period
from workflow.deadlines.reading.tokens import TokenKind, Tokens
from workflow.deadlines.records import CountsFrom, Unread
from workflow.text import fold

MOST_LEADS = 2


def relative(tokens: Tokens, at: int, settings: Settings) -> Iterator[tuple[Item, int]]:
    """Yield a budget of days, with the event it counts from where the words name one.

    Only working days can be counted here: another unit is understood and left to a person.
    """
    for item, end in _length(tokens, at):
        yield item, end
        for begin in after(tokens, skip(tokens, end), words.COUNTED_FROM):
            yield from _from_named_day(tokens, item, begin, settings)
            yield from _from_event(tokens, item, begin)
    yield from _event_first(tokens, at)


def _length(tokens: Tokens, at: int) -> Iterator[tuple[Item, int]]:
    """Yield "trong 10 ngày làm việc", or that the length is not in working days."""
    for begin in chain(tokens, at, words.BUDGET_LEADS, MOST_LEADS):
        for value, end in budget(tokens, begin):
            for last in after(tokens, end, words.WORKING_DAYS):
                yield (Relative(value) if value else Unclear(Unread.IMPOSSIBLE_DATE)), last
            for last in after(tokens, end, words.OTHER_LENGTHS):
                yield Unclear(Unread.NOT_WORKING_DAYS), last


def _from_named_day(
    tokens: Tokens, length: Item, at: int, settings: Settings
) -> Iterator[tuple[Item, int]]:
    for moment, end in named_day(tokens, at):
        try:
            day = bounds_in(moment, settings.year)[0]
        except Trouble as trouble:
            yield Unclear(trouble.reason), end
            continue
        if isinstance(length, Relative):
            yield Relative(length.working_days, CountsFrom.NAMED_DAY, day), end
        else:
            yield length, end


def _from_event(tokens: Tokens, length: Item, at: int) -> Iterator[tuple[Item, int]]:
    """Yield the budget with the rest of the phrase as its event, if that is all it can be."""
    rest = tokens[at:]
    if rest and not _may_hold_another_end(rest) and not any(named_day(tokens, at)):
        source = _known_event(rest) or _other_event(rest)
        if source is not None:
            yield _counted_from(length, source), len(tokens)


def _event_first(tokens: Tokens, at: int) -> Iterator[tuple[Item, int]]:
    """Yield "kể từ ngày ký, trong 10 ngày làm việc": a known event stands before the budget."""
    for begin in after(tokens, at, words.COUNTED_FROM):
        for stop in range(begin + 1, len(tokens)):
            event = tokens[begin:stop]
            if _may_hold_another_end(event):
                break
            source = _known_event(event)
            for length, end in _length(tokens, skip(tokens, stop)) if source else ():
                if end == len(tokens) and source:
                    yield _counted_from(length, source), end


def _counted_from(length: Item, source: CountsFrom) -> Item:
    if not isinstance(length, Relative):
        return length
    return Relative(length.working_days, source)


def _known_event(event: Tokens) -> CountsFrom | None:
    """Return the event that the words begin with, the longest match first."""
    folded = (fold(token.said).split() for token in event if token.text != ",")
    said = " ".join(words.SPELLINGS.get(word, word) for part in folded for word in part)
    matches = [
        (len(text), name)
        for name, texts in words.STARTS.items()
        for text in texts
        if said == text or said.startswith(f"{text} ")
    ]
    return CountsFrom(max(matches)[1]) if matches else None


def _other_event(event: Tokens) -> CountsFrom | None:
    """Return that the words name some other event: "ngày …", "khi …", in words alone."""
    worded = all(token.kind is TokenKind.WORD for token in event)
    return CountsFrom.OTHER if worded and event[0].text in {"ngay", "khi"} and event[1:] else None


def _may_hold_another_end(event: Tokens) -> bool:
    """Whether the words after "kể từ" may set a second deadline, or are no event at all.

    A date right after a document's number is the document's: "… Công văn số 12/UBND-NC ngày
    5/8/2021".
    """
    if event[0].kind is not TokenKind.WORD or event[0].text in words.PERIOD_STARTS:
        return True
    numbered = False
    for at, token in enumerate(event):
        if token.kind in {TokenKind.BLANK, TokenKind.JUNK} or token.text in words.SECOND_END:
            return True
        numbered = token.kind is not TokenKind.COMMA and (numbered or _is_numbered(event, at))
        if not numbered and (token.kind is TokenKind.NUMBER or any(period(event, at))):
            return True
    return False


def _is_numbered(event: Tokens, at: int) -> bool:
    after_it = token_at(event, at + 1)
    return (
        event[at].text in words.DOCUMENTS
        and after_it is not None
        and after_it.kind is TokenKind.NUMBER
    )
