"""A cell that names agencies, and the places where one name may end and the next begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.agencies.phrases import exception_size, is_link, opens_another
from workflow.agencies.wording import Word, words_of
from workflow.text import clean_lines

_BULLET = re.compile(r"(?m)^[^\S\n]*(?:[-+*•–·]+\s*|(?:\d{1,2}|[a-zđ])\s*[.)]\s+)+")
_MAY_PART = frozenset(",;:/&+|•\n")
_SPLITS = frozenset(",;|•\n")
_HARD = frozenset(";|•\n")
_DASH = re.compile(r"\s[-–]\s")
_CLOSERS = re.compile(r"[)\]”\"»’]*")
_OPENERS = '([“"«'

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """The words of a cell that say which members a group goes without."""

    span: Span
    names: Span
    bracketed: bool


class Cell:
    """The text of a cell as words, with the signs between them; signs in brackets part nothing."""

    def __init__(self, text: str) -> None:
        self.text = _BULLET.sub("", clean_lines(text))
        self.words: tuple[Word, ...] = words_of(self.text)
        self.stream = "".join(word.key for word in self.words)
        self.offsets = [0]
        for word in self.words:
            self.offsets.append(self.offsets[-1] + len(word.key))
        self._open = _open_gaps(self.text)

    def gap(self, at: int) -> str:
        """Return the signs outside brackets between word `at` and the one before it."""
        start = self.words[at - 1].end if at else 0
        end = self.words[at].start if at < len(self.words) else len(self.text)
        return "".join(self._open[start:end])

    def key(self, span: Span) -> str:
        """Return the words of `span` run together."""
        return self.stream[self.offsets[span[0]] : self.offsets[span[1]]]

    def written(self, span: Span) -> str:
        """Return the words of `span` as they stand in the cell."""
        return self.text[self.words[span[0]].start : self.words[span[1] - 1].end]

    def shown(self, span: Span) -> str:
        """Return the words of `span` with the brackets and quotes that hold them."""
        start, end = self.words[span[0]].start, self.words[span[1] - 1].end
        closed = _CLOSERS.match(self.text, end)
        opened = len(self.text[:start].rstrip(_OPENERS))
        shown = self.text[opened : closed.end() if closed else end]
        return shown if "(" in shown else shown.rstrip(")")

    def may_start(self, at: int, span: Span) -> bool:
        """Tell whether a name may begin at word `at` of `span`."""
        return at == span[0] or self._parts(at) or is_link(self.words[at - 1])

    def may_end(self, at: int, span: Span) -> bool:
        """Tell whether a name may end before word `at` of `span`."""
        return at == span[1] or self._parts(at) or is_link(self.words[at])

    def _parts(self, at: int) -> bool:
        gap = self.gap(at)
        return not _MAY_PART.isdisjoint(gap) or bool(_DASH.search(gap))

    def parts_hard(self, at: int) -> bool:
        """Tell whether a semicolon or a new line stands before word `at`."""
        return not _HARD.isdisjoint(self.gap(at))

    def pauses(self, at: int) -> bool:
        """Tell whether a comma, a semicolon or a new line stands before word `at`."""
        return not _SPLITS.isdisjoint(self.gap(at))

    def segments(self, span: Span) -> Iterator[Span]:
        """Split words that nobody knows: at signs, and at "và" before another agency."""
        start = span[0]
        for at in range(span[0] + 1, span[1]):
            joined = is_link(self.words[at - 1]) and opens_another(self.words[at : at + 4])
            if joined or self.pauses(at):
                yield from self._trimmed((start, at))
                start = at
        yield from self._trimmed((start, span[1]))

    def _trimmed(self, span: Span) -> Iterator[Span]:
        start, end = span
        while start < end and is_link(self.words[start]):
            start += 1
        while start < end and is_link(self.words[end - 1]):
            end -= 1
        if start < end:
            yield start, end

    def exclusions(self) -> Iterator[Exclusion]:
        """Find what stands after "trừ", up to its bracket, a semicolon or the end."""
        at = 0
        while at < len(self.words):
            size = exception_size(self.words[at : at + 4])
            if not size or at + size == len(self.words):
                at += 1
                continue
            end, bracketed = self._exclusion_end(at)
            yield Exclusion((at, end), (at + size, end), bracketed)
            at = end

    def _exclusion_end(self, start: int) -> tuple[int, bool]:
        bracketed = self._open[self.words[start].start] == ""
        for at in range(start + 1, len(self.words)):
            outside = self._open[self.words[at].start] != ""
            closed = ")" in self.text[self.words[at - 1].end : self.words[at].start]
            if (outside or closed) if bracketed else self.parts_hard(at):
                return at, bracketed
        return len(self.words), bracketed


def _open_gaps(text: str) -> list[str]:
    """Return the characters of `text`, those in balanced brackets emptied."""
    signs, opened = list(text), []
    for at, sign in enumerate(text):
        if sign in "([":
            opened.append(at)
        elif sign in ")]" and opened:
            start = opened.pop()
            signs[start : at + 1] = [""] * (at + 1 - start)
    return signs
