"""Small readers over tokens: each yields every place it may end at, so no choice is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from workflow.deadlines.reading import words
from workflow.deadlines.reading.tokens import Token, TokenKind, Tokens
from workflow.deadlines.reading.vocabulary import phrase

T = TypeVar("T")
MOST_IN_A_LIST = 12


def word_at(tokens: Tokens, at: int) -> str:
    """Return the folded word at `at`, empty when there is none."""
    token = token_at(tokens, at)
    return token.text if token and token.kind is TokenKind.WORD else ""


def mark_at(tokens: Tokens, at: int) -> str:
    """Return the mark at `at`, empty when there is none."""
    token = token_at(tokens, at)
    return token.text if token and token.kind is TokenKind.MARK else ""


def token_at(tokens: Tokens, at: int) -> Token | None:
    """Return the token at `at`, None past the end."""
    return tokens[at] if at < len(tokens) else None


def skip(tokens: Tokens, at: int) -> int:
    """Step over one comma, if it stands there."""
    token = token_at(tokens, at)
    return at + 1 if token and token.kind is TokenKind.COMMA else at


def after(tokens: Tokens, at: int, phrases: Iterable[str]) -> Iterator[int]:
    """Yield the end of each of the phrases that stands at `at`."""
    if at >= len(tokens):
        return
    first = tokens[at].text
    for text in phrases:
        wanted = phrase(text)
        if wanted[0] == first:
            end = at + len(wanted)
            if tuple(token.text for token in tokens[at:end]) == wanted:
                yield end


def maybe(tokens: Tokens, at: int, phrases: Iterable[str]) -> Iterator[int]:
    """Yield `at` itself, and the end of each of the phrases that stands there."""
    yield at
    yield from after(tokens, at, phrases)


def chain(tokens: Tokens, at: int, phrases: Iterable[str], most: int = 4) -> Iterator[int]:
    """Yield every end of up to `most` of the phrases in a row, `at` first."""
    yield at
    if most:
        for end in after(tokens, at, phrases):
            yield from chain(tokens, skip(tokens, end), phrases, most - 1)


def figure(tokens: Tokens, at: int, digits: range) -> int | None:
    """Return the number in figures at `at` if it has that many digits."""
    token = token_at(tokens, at)
    if token is None or token.kind is not TokenKind.NUMBER or len(token.text) not in digits:
        return None
    return int(token.text)


def joined(tokens: Tokens, at: int) -> set[int]:
    """Return the places after a comma, "và", or both; empty without one."""
    comma = skip(tokens, at)
    places = {comma, *after(tokens, at, words.AND), *after(tokens, comma, words.AND)}
    return places - {at}


def listed(
    tokens: Tokens,
    at: int,
    read: Callable[[int], Iterator[tuple[T, int]]],
    so_far: tuple[T, ...] = (),
) -> Iterator[tuple[tuple[T, ...], int]]:
    """Yield what `read` finds at `at`, and each longer list that commas or "và" join to it."""
    if len(so_far) == MOST_IN_A_LIST:
        return
    for item, end in read(at):
        items = (*so_far, item)
        yield items, end
        for begin in joined(tokens, end):
            yield from listed(tokens, begin, read, items)
