"""Which agencies and groups the words of a cell name, and which words wait for a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workflow.agencies.cells import Cell, Exclusion, Span
from workflow.agencies.covering import Cover, cover
from workflow.agencies.naming import Closeness, KnownAgency, KnownGroup, KnownNames, Label, Target
from workflow.agencies.phrases import COMPOUNDS, is_general, is_vague, opens_with
from workflow.agencies.suggesting import (
    MOST,
    Suggestion,
    abbreviated,
    heirs_of,
    suggest,
    suggestion_of,
)
from workflow.agencies.wording import marks_agree, words_of
from workflow.text import clean_lines

__all__ = ["How", "KnownAgency", "KnownGroup", "KnownNames", "Match", "Suggestion", "match_cell"]

LONGEST_CELL = 3000
_LONGEST_COMPOUND = 8


class How(StrEnum):
    """By what the words were recognised; `vague` and `none` wait for a person."""

    EXACT = "exact"
    ALIAS = "alias"
    CODE = "code"
    FOLDED = "folded"
    SQUEEZED = "squeezed"
    GROUP = "group"
    HEAD_OF = "head_of"
    LISTED = "listed"
    SHORT = "short"
    VAGUE = "vague"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Words of a cell and what they stand for.

    `reason` is empty when the words are settled; else it is the code of what a person has to
    decide: `unknown_agency`, `ambiguous_agency`, `ended_agency`, `vague_agency`,
    `unclear_exclusion`, `cell_too_long`. `excluded` are the members that a group goes
    without; `ended_on` is the last day of an agency that no longer stands.
    """

    words: str
    how: How
    agency_id: int | None = None
    group_code: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    excluded: tuple[Match, ...] = ()
    reason: str = ""
    ended_on: date | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the words name an agency or a group beyond doubt."""
        return not self.reason


_LEVELS = {
    Closeness.EXACT: How.EXACT,
    Closeness.FOLDED: How.FOLDED,
    Closeness.SQUEEZED: How.SQUEEZED,
}
_Piece = tuple[Span, Match]


def match_cell(text: str, names: KnownNames, *, suggesting: bool = True) -> tuple[Match, ...]:
    """Read the words of a cell as agencies and groups, in their order, none of them lost.

    Known names are found first, the longest before the shorter, so that a name with a comma
    or "và" of its own stays whole; only what is left is split. Nothing is guessed: a name
    that is merely like another is a suggestion. With `suggesting` off there are none.
    """
    if len(text) > LONGEST_CELL:
        return (Match(words=clean_lines(text), how=How.NONE, reason="cell_too_long"),)
    return tuple(match for _, match in _read(Cell(text), names, suggesting=suggesting))


def _read(cell: Cell, names: KnownNames, *, suggesting: bool) -> list[_Piece]:
    pieces: list[_Piece] = []
    start = 0
    for exclusion in _exclusions(cell, names):
        pieces += _pieces(cell, (start, exclusion.span[0]), names, suggesting=suggesting)
        _exclude(cell, pieces, exclusion, names)
        start = exclusion.span[1]
    return pieces + _pieces(cell, (start, len(cell.words)), names, suggesting=suggesting)


def _exclusions(cell: Cell, names: KnownNames) -> list[Exclusion]:
    """Leave out a "trừ" that belongs to a known name ("Chi cục Phòng trừ dịch bệnh")."""
    found = list(cell.exclusions())
    whole = [known.span for known in cover(cell, (0, len(cell.words)), names)] if found else []
    return [one for one in found if not any(a < one.span[0] < b for a, b in whole)]


def _pieces(cell: Cell, span: Span, names: KnownNames, *, suggesting: bool) -> list[_Piece]:
    pieces: list[_Piece] = []
    start = span[0]
    for known in cover(cell, span, names):
        pieces += _unknown(cell, (start, known.span[0]), names, suggesting=suggesting)
        pieces.append((known.span, _known(cell, known, names)))
        start = known.span[1]
    pieces += _unknown(cell, (start, span[1]), names, suggesting=suggesting)
    return list(_with_general_ends(cell, pieces, names))


def _known(cell: Cell, known: Cover, names: KnownNames) -> Match:
    words = cell.shown(known.span)
    if len(known.found) > 1:
        both = tuple(s for one in known.found[:MOST] for s in heirs_of(one.entry.target, names))
        return Match(words=words, how=How.NONE, suggestions=both, reason="ambiguous_agency")
    target = known.found[0].entry.target
    if names.ended(target):
        return _ended(words, target, names)
    how = _how(known)
    return Match(words=words, how=how, agency_id=target.agency_id, group_code=target.group_code)


def _ended(words: str, target: Target, names: KnownNames) -> Match:
    """Leave the name of an agency that ended to a person, with all who follow it."""
    ended = names.ended(target)
    return Match(
        words=words,
        how=How.NONE,
        suggestions=heirs_of(target, names),
        reason="ended_agency",
        ended_on=ended.ended_on if ended else None,
    )


def _how(known: Cover) -> How:
    found = known.found[0]
    if known.is_head:
        return How.HEAD_OF
    if known.is_listed:
        return How.LISTED
    if found.entry.label is Label.PHRASE:
        return How.GROUP
    if found.entry.label is Label.CODE:
        return How.CODE
    if found.entry.label is Label.ALIAS and found.closeness is not Closeness.SQUEEZED:
        return How.ALIAS
    return _LEVELS[found.closeness]


def _unknown(cell: Cell, span: Span, names: KnownNames, *, suggesting: bool) -> Iterator[_Piece]:
    for piece in _joined(cell, cell.segments(span)):
        words = cell.shown(piece)
        if is_vague(cell.words[piece[0] : piece[1]]):
            yield piece, Match(words=words, how=How.VAGUE, reason="vague_agency")
        else:
            yield piece, _unknown_name(words, names, suggesting=suggesting)


def _unknown_name(words: str, names: KnownNames, *, suggesting: bool) -> Match:
    if not suggesting:
        return Match(words=words, how=How.NONE, reason="unknown_agency")
    meant = Target(agency_id=abbreviated(words, names))
    if names.ended(meant):
        return _ended(words, meant, names)
    near = suggest(words, names)
    return Match(words=words, how=How.NONE, suggestions=near, reason="unknown_agency")


def _joined(cell: Cell, segments: Iterator[Span]) -> Iterator[Span]:
    """Put together again what a comma parted within one official name or one general list."""
    held: Span | None = None
    for segment in segments:
        if held and not cell.parts_hard(segment[0]) and _belongs(cell, held, segment):
            held = (held[0], segment[1])
            continue
        if held:
            yield held
        held = segment
    if held:
        yield held


def _belongs(cell: Cell, held: Span, segment: Span) -> bool:
    for at in range(max(held[0], segment[0] - _LONGEST_COMPOUND), segment[0]):
        if at + opens_with(cell.words[at : segment[1]], COMPOUNDS) > segment[0]:
            return True
    return is_vague(cell.words[held[0] : held[1]]) and is_general(
        cell.words[segment[0] : segment[1]]
    )


def _with_general_ends(cell: Cell, pieces: list[_Piece], names: KnownNames) -> Iterator[_Piece]:
    """Make a group vague that a general list goes on from ("Các sở, ngành, đơn vị liên quan")."""
    at = 0
    while at < len(pieces):
        span, match = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if following and match.group_code and _goes_on(cell, following):
            group = suggestion_of(Target(group_code=match.group_code), names)
            span = (span[0], following[0][1])
            match = Match(
                words=cell.shown(span),
                how=How.VAGUE,
                suggestions=(group,),
                reason="vague_agency",
            )
            at += 1
        yield span, match
        at += 1


def _goes_on(cell: Cell, piece: _Piece) -> bool:
    (start, end), match = piece
    return (
        match.how in {How.VAGUE, How.NONE}
        and not cell.parts_hard(start)
        and is_general(cell.words[start:end])
    )


def _exclude(cell: Cell, pieces: list[_Piece], exclusion: Exclusion, names: KnownNames) -> None:
    """Give the words after "trừ" to the piece before them."""
    excluded = _excluded(cell, exclusion, pieces, names)
    if not pieces:
        words = cell.shown(exclusion.span)
        unclear = Match(words=words, how=How.NONE, excluded=excluded, reason="unclear_exclusion")
        pieces.append((exclusion.span, unclear))
        return
    span, match = pieces.pop()
    whole = (span[0], exclusion.span[1])
    clear = match.group_code and excluded and all(one.is_settled for one in excluded)
    reason = match.reason or ("" if clear else "unclear_exclusion")
    pieces.append(
        (whole, replace(match, words=cell.shown(whole), excluded=excluded, reason=reason))
    )


def _excluded(
    cell: Cell, exclusion: Exclusion, pieces: list[_Piece], names: KnownNames
) -> tuple[Match, ...]:
    group = names.groups.get((pieces[-1][1].group_code or "") if pieces else "")
    members = group.members if group else frozenset()
    inside = Cell(cell.written(exclusion.names))
    read = _pieces(inside, (0, len(inside.words)), names, suggesting=True)
    commas = any(inside.pauses(span[0]) for span, _ in read[1:])
    matches = tuple(_by_short_name(match, members, names) for _, match in read)
    if commas and not exclusion.bracketed:
        return tuple(replace(match, reason="unclear_exclusion") for match in matches)
    return matches


def _by_short_name(match: Match, members: frozenset[int], names: KnownNames) -> Match:
    """Find the one member whose name ends with the words ("Trường Sa")."""
    if match.reason != "unknown_agency":
        return match
    words = words_of(match.words)
    ending = tuple(word.key for word in words)
    targets = {
        entry.target.agency_id
        for entry in names.entries
        if entry.label in {Label.NAME, Label.ALIAS}
        and tuple(word.key for word in entry.words[-len(words) :]) == ending
        and marks_agree(words, entry.words[-len(words) :])
        and (not members or entry.target.agency_id in members)
        and not names.ended(entry.target)
    }
    if len(targets) != 1:
        return match
    return replace(match, how=How.SHORT, agency_id=targets.pop(), suggestions=(), reason="")
