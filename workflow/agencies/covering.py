"""Covers a cell with known names, the longest first, before anything in it is split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.agencies.cells import Cell, Span
from workflow.agencies.naming import Found, KnownNames
from workflow.agencies.phrases import LISTED_KINDS, council_size, head_size, opens_with, plural_size
from workflow.agencies.wording import Word, words_of


@dataclass(frozen=True, slots=True)
class Cover:
    """Words that known texts stand for; several texts of different targets are a tie."""

    span: Span
    found: tuple[Found, ...]
    is_head: bool = False
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class _Listing:
    """Words that open a list and go before each of its items ("Các Sở: Tài chính, Nội vụ")."""

    intro: int
    items: Span
    prefixes: tuple[str, ...]


def cover(cell: Cell, span: Span, names: KnownNames) -> list[Cover]:
    """Return known names in `span` that do not overlap, in reading order."""
    candidates = [*_named(cell, span, names), *_listed(cell, span, names)]
    candidates.sort(key=lambda one: (-len(cell.key(one.span)), one.span, one.is_listed))
    chosen: list[Cover] = []
    taken: set[int] = set()
    for one in candidates:
        places = set(range(*one.span))
        if taken.isdisjoint(places):
            taken |= places
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.span)


def _named(cell: Cell, span: Span, names: KnownNames) -> Iterator[Cover]:
    """Find whole names, alone or after "người đứng đầu"."""
    for start in range(*span):
        if cell.may_start(start, span):
            head = head_size(cell.words[start : start + 6])
            for skipped in sorted({0, head}):
                for end in _ends(cell, (start + skipped, span[1]), names):
                    inner = (start + skipped, end)
                    key = cell.key(inner)
                    words = cell.words[inner[0] : end]
                    found = names.best(cell.written(inner), words, key) if names.knows(key) else ()
                    if found:
                        yield Cover((start, end), found, is_head=bool(skipped))


def _ends(cell: Cell, span: Span, names: KnownNames) -> Iterator[int]:
    for end in range(span[0] + 1, span[1] + 1):
        if cell.offsets[end] - cell.offsets[span[0]] > names.longest:
            return
        if cell.may_end(end, span):
            yield end


def _listed(cell: Cell, span: Span, names: KnownNames) -> Iterator[Cover]:
    """Find names that share their first words with the opening of their list."""
    for listing in _listings(cell, span):
        for start in range(*listing.items):
            opens = start == listing.items[0]
            if not opens and not cell.may_start(start, span):
                continue
            for end in _ends(cell, (start, listing.items[1]), names):
                found = _best_listed(cell, (start, end), listing.prefixes, names)
                if found:
                    yield Cover((listing.intro if opens else start, end), found, is_listed=True)


def _best_listed(
    cell: Cell, span: Span, prefixes: Sequence[str], names: KnownNames
) -> tuple[Found, ...]:
    for prefix in prefixes:
        text = f"{prefix} {cell.written(span)}"
        words = words_of(text)
        key = _joined(words)
        if names.knows(key):
            return names.best(text, words, key)
    return ()


def _listings(cell: Cell, span: Span) -> Iterator[_Listing]:
    opening = _opening(cell, span, span[0])
    at = span[0]
    while at < span[1]:
        at += 1
        following = _opening(cell, span, at) if at < span[1] and cell.may_start(at, span) else None
        ends = at == span[1] or cell.parts_hard(at) or following
        if ends and opening:
            intro, first, prefixes = opening
            yield _Listing(intro, (first, at), prefixes)
        if ends:
            opening = following


def _opening(cell: Cell, span: Span, at: int) -> tuple[int, int, tuple[str, ...]] | None:
    """Read "(Giám đốc) các Sở" or "UBND các huyện" at word `at`, where a list may begin."""
    council = at + head_size(cell.words[at : at + 6])
    plural = council + (1 if council_size(cell.words[council : council + 1]) else 0)
    kind = plural + plural_size(cell.words[plural : plural + 2])
    first = kind + opens_with(cell.words[kind : kind + 3], LISTED_KINDS)
    opens = plural < kind < first < span[1]
    if not opens or any(cell.pauses(k) for k in range(at + 1, first + 1)):
        return None
    council_words = cell.written((council, plural)) if council < plural else ""
    kinds = cell.written((kind, first))
    return at, first, tuple({f"{council_words} {kinds}".strip(): 0, council_words: 0})


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.key for word in words)
