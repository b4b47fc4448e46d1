"""Reading a deadline phrase: every way to read it is tried, and only a single one is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflow.deadlines.reading import words
from workflow.deadlines.reading.ends import Settings, fixed, since
from workflow.deadlines.reading.items import Endless, Item, Standing
from workflow.deadlines.reading.joining import Facts, join, more_than_one_end
from workflow.deadlines.reading.moments import YEARS_READ
from workflow.deadlines.reading.parsing import after, mark_at, skip
from workflow.deadlines.reading.recurring import recurring
from workflow.deadlines.reading.relative import relative
from workflow.deadlines.reading.tidy import tokenise
from workflow.deadlines.reading.tokens import TokenKind, Tokens
from workflow.deadlines.records import Deadline, DeadlineKind, Unread
from workflow.text import clean

LONGEST_TEXT = 300
MOST_TOKENS = 48
MOST_ITEMS = 3
MOST_WAYS = 4000

REASONS = (
    Unread.IMPOSSIBLE_DATE,
    Unread.WEEKDAY_DIFFERS,
    Unread.REVERSED_RANGE,
    Unread.NO_YEAR,
    Unread.NO_END,
    Unread.NOT_WORKING_DAYS,
    Unread.TWO_ENDS,
)
"""What to tell first, when a phrase fails in more than one way."""


def read_deadline(text: str | None, *, year: int | None, before_is_strict: bool = True) -> Deadline:
    """Read what `text` says about a deadline (product.md §4); never raises on any text.

    `year` is the document's, for phrases that name none. `before_is_strict` is the
    province's reading of "trước ngày X": X - 1, or X. A phrase that can't be read, or can
    be read in two ways, is `unknown` with its reason; nothing is guessed.
    """
    original = text or ""
    if not clean(original):
        return Deadline(text=original, kind=DeadlineKind.NONE)
    if len(original) > LONGEST_TEXT:
        return _unknown(original, Unread.TOO_LONG)
    tokens = tokenise(original)
    if len(tokens) > MOST_TOKENS:
        return _unknown(original, Unread.TOO_LONG)
    known_year = year if year in YEARS_READ else None
    settings = Settings(year=known_year, before_is_strict=before_is_strict)
    return _judge(original, tokens, _ways(tokens, settings))


def _judge(text: str, tokens: Tokens, ways: Iterable[tuple[Item, ...]]) -> Deadline:
    readings: set[Facts] = set()
    reasons: set[Unread] = set()
    for count, items in enumerate(ways):
        joined = join(items)
        if isinstance(joined, Facts):
            readings.add(joined)
        elif joined is not None:
            reasons.add(joined)
        elif more_than_one_end(items):
            reasons.add(Unread.TWO_ENDS)
        if count > MOST_WAYS:
            return _unknown(text, Unread.TOO_LONG)
    if len(readings) == 1:
        return readings.pop().as_deadline(text)
    if readings:
        return _unknown(text, Unread.SEVERAL_READINGS)
    told = next((reason for reason in REASONS if reason in reasons), None)
    return _unknown(text, told or _why_nothing_fits(tokens))


def _ways(
    tokens: Tokens, settings: Settings, at: int = 0, before: tuple[Item, ...] = ()
) -> Iterator[tuple[Item, ...]]:
    """Yield each way to read all tokens from `at` as up to three items, joined."""
    for item, end in _items(tokens, at, settings):
        items = (*before, item)
        if end == len(tokens):
            yield items
        elif len(items) < MOST_ITEMS:
            for begin in _joints(tokens, end, item):
                yield from _ways(tokens, settings, begin, items)


def _items(tokens: Tokens, at: int, settings: Settings) -> Iterator[tuple[Item, int]]:
    yield from ((Standing(), end) for end in after(tokens, at, words.STANDING))
    yield from ((Endless(), end) for end in after(tokens, at, words.NO_DEADLINE))
    yield from relative(tokens, at, settings)
    yield from recurring(tokens, at, settings)
    yield from since(tokens, at, settings)
    yield from fixed(tokens, at, settings)


def _joints(tokens: Tokens, at: int, item: Item) -> set[int]:
    """Return where the next item may begin: at once, after a comma, "và", or a dash."""
    comma = skip(tokens, at)
    places = {at, comma}
    for place in (at, comma):
        places |= {skip(tokens, end) for end in after(tokens, place, words.JOINTS)}
    if mark_at(tokens, at) == "-":
        next_stands = any(after(tokens, at + 1, words.STANDING))
        if next_stands or isinstance(item, Standing):
            places.add(at + 1)
    return places


def _unknown(text: str, reason: Unread) -> Deadline:
    return Deadline(text=text, kind=DeadlineKind.UNKNOWN, reason=reason)


def _why_nothing_fits(tokens: Tokens) -> Unread:
    """Tell a person the likeliest reason why no way of reading fits all words."""
    if any(token.kind is TokenKind.BLANK for token in tokens):
        return Unread.BLANK_LEFT
    if any(token.text in words.VAGUE for token in tokens):
        return Unread.VAGUE
    return Unread.NOT_UNDERSTOOD
