"""Numbers as offices write them: in figures, in Roman figures, in words."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.deadlines.reading.parsing import figure, token_at, word_at
from workflow.deadlines.reading.tokens import Token, TokenKind, Tokens
from workflow.deadlines.reading.words import NUMBER_WORDS, ROMAN, TENS_WORDS, UNIT_WORDS
from workflow.text import fold

FEW_DIGITS = range(1, 3)
BUDGET_DIGITS = range(1, 4)
YEAR_DIGITS = range(4, 5)
TEN = 10
AMBIGUOUS_BARE = frozenset({"sau", "tu"})
"""Without diacritics these are also after and from: only their own tone makes a number."""


def small_number(tokens: Tokens, at: int) -> Iterator[tuple[int, int]]:
    """Yield a number of one or two figures, or in words, with its end."""
    value = figure(tokens, at, FEW_DIGITS)
    if value is not None:
        yield value, at + 1
    yield from spelt_number(tokens, at)


def quarter_number(tokens: Tokens, at: int) -> Iterator[tuple[int, int]]:
    """Yield the number of a quarter, Roman or not, with its end."""
    roman = ROMAN.get(word_at(tokens, at))
    if roman is not None:
        yield roman, at + 1
    yield from small_number(tokens, at)


def budget(tokens: Tokens, at: int) -> Iterator[tuple[int, int]]:
    """Yield a number of days of up to three figures, or in words, with its end."""
    value = figure(tokens, at, BUDGET_DIGITS)
    if value is not None:
        yield value, at + 1
    yield from spelt_number(tokens, at)


def spelt_number(tokens: Tokens, at: int) -> Iterator[tuple[int, int]]:
    """Yield the numbers in words from one to ninety-nine that may stand at `at`."""
    first = _word_value(token_at(tokens, at))
    if first is None:
        return
    yield first, at + 1
    tens = first
    end = at + 1
    if first < TEN and _is_ten(token_at(tokens, end)):
        tens, end = first * TEN, end + 1
        yield tens, end
    if tens >= TEN:
        unit = _unit_value(token_at(tokens, end))
        if unit is not None:
            yield tens + unit, end + 1


def _word_value(token: Token | None) -> int | None:
    return None if token is None else _said(token, NUMBER_WORDS)


def _unit_value(token: Token | None) -> int | None:
    if token is None:
        return None
    unit = _said(token, UNIT_WORDS | NUMBER_WORDS)
    return unit if unit is not None and unit < TEN else None


def _is_ten(token: Token | None) -> bool:
    return token is not None and _said(token, dict.fromkeys(TENS_WORDS, TEN)) is not None


def _said(token: Token, table: dict[str, int]) -> int | None:
    """Look a word up with its diacritics; without them only in a phrase that has none."""
    if token.kind is not TokenKind.WORD:
        return None
    if token.said in table:
        return table[token.said]
    if token.bare and token.text not in AMBIGUOUS_BARE:
        return next((value for word, value in table.items() if fold(word) == token.text), None)
    return None
