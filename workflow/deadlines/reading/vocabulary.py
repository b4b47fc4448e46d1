"""What can be worked out from the word lists alone: every known word, every known phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from workflow.deadlines.reading import words

Phrase = tuple[str, ...]
LONGEST_GLUED = 60


@cache
def phrase(text: str) -> Phrase:
    """Return the words of a phrase."""
    return tuple(text.split())


def _phrases(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from _phrases(tuple(value))
            yield from _phrases(tuple(value.values()))
        case tuple() | frozenset() | set():
            for item in value:
                yield from _phrases(item)
        case _:
            return


def _all_words(tables: Iterable[object]) -> frozenset[str]:
    every = (word for text in _phrases(tuple(tables)) for word in text.split())
    return frozenset(word for word in every if len(word) > 1 and word.isascii() and word.islower())


ROMAN_AFTER_QUARTER = frozenset(words.ROMAN)
KNOWN_WORDS = _all_words(value for name, value in vars(words).items() if name.isupper()) - {
    *words.ROMAN,
    *words.STARTS,
}


@cache
def split_glued(word: str) -> Phrase:
    """Split words run together, when there is exactly one way to; else return the word."""
    if word in KNOWN_WORDS or len(word) > LONGEST_GLUED:
        return (word,)
    ways = _ways(word, len(word))
    return ways[0] if len(ways) == 1 else (word,)


def _ways(word: str, end: int) -> list[Phrase]:
    """Return the ways to split `word[:end]`, at most two: more cannot be told apart anyway."""
    found: dict[int, list[Phrase]] = {0: [()]}
    for stop in range(1, end + 1):
        ways = [
            (*before, word[start:stop])
            for start in range(max(0, stop - 8), stop)
            for before in found.get(start, ())
            if _may_follow(word[start:stop], before)
        ]
        if ways:
            found[stop] = ways[:2]
    return found.get(end, [])


def _may_follow(piece: str, before: Phrase) -> bool:
    if before and before[-1] in words.QUARTER and piece in ROMAN_AFTER_QUARTER:
        return True
    return piece in KNOWN_WORDS or (not before and piece == "q")
