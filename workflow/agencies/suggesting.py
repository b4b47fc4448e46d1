"""Names that unknown words may have meant: offered to a person, never taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest

from workflow.agencies.naming import Entry, KnownNames, Target
from workflow.agencies.wording import Word, letter_pairs, words_of

MOST = 3
_LEAST_LIKENESS = 0.7
_WITHIN = 0.9
_SHORTEST_WITHIN = 5
_SHORTEST_SHORT = 3
_SHORTLIST = 24
_HEADS_ALIKE = 0.6
_PLACE_OF = 2
_LONGEST_TEXT = 200
_LINK = "va"
_ONSET = re.compile(r"ngh|[cgknpt]h|ng|gi|qu|tr|.")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A known agency or group whose name looks like the words, for a person to choose."""

    name: str
    agency_id: int | None = None
    group_code: str | None = None


def suggestion_of(target: Target, names: KnownNames) -> Suggestion:
    """Name a target for a person."""
    return Suggestion(names.name_of(target), target.agency_id, target.group_code)


def heirs_of(target: Target, names: KnownNames) -> tuple[Suggestion, ...]:
    """Return whom to choose for a target: itself, or all who follow an agency that ended."""
    ended = names.ended(target)
    if ended is None:
        return (suggestion_of(target, names),)
    heirs = (Target(agency_id=key) for key in ended.heirs if key in names.agencies)
    return tuple(suggestion_of(heir, names) for heir in heirs)


def suggest(text: str, names: KnownNames) -> tuple[Suggestion, ...]:
    """Return at most three known targets, the likeliest first.

    A name that the words abbreviate comes first ("Vụ HTQT" for "Vụ Hợp tác quốc tế"), then
    names within the words ("Phòng Một cửa Sở Nội vụ"), then those most like them.
    """
    words = words_of(text[:_LONGEST_TEXT])
    likeness: dict[Target, float] = {}
    for entry in _shortlist(words, names):
        if _shares_only_a_place(words, entry, names):
            continue
        score = _likeness(words, entry)
        if score >= _LEAST_LIKENESS:
            likeness[entry.target] = max(score, likeness.get(entry.target, 0.0))
    ranked = sorted(likeness, key=lambda target: (-likeness[target], names.name_of(target)))
    meant = (one for target in ranked for one in heirs_of(target, names))
    return tuple(dict.fromkeys(meant))[:MOST]


def abbreviated(text: str, names: KnownNames) -> int | None:
    """Return the one agency that the words abbreviate ("Sở GTVT"); None where two do, or none.

    For lists that a person looks over; work is assigned by what a person chose.
    """
    written = "".join(word.key for word in words_of(text[:_LONGEST_TEXT]))
    if len(written) < _SHORTEST_SHORT:
        return None
    found = {
        entry.target.agency_id for entry in names.entries if _abbreviates(written, entry.words)
    }
    return found.pop() if len(found) == 1 else None


def _shortlist(words: Sequence[Word], names: KnownNames) -> list[Entry]:
    """Choose the entries with most pairs of letters in common, so that few are compared."""
    pairs = letter_pairs(words)
    shared = [
        (len(pairs & known) / len(pairs | known), place)
        for place, known in enumerate(names.pairs)
        if not pairs.isdisjoint(known)
    ]
    return [names.entries[place] for _, place in nlargest(_SHORTLIST, shared)]


def _shares_only_a_place(words: Sequence[Word], entry: Entry, names: KnownNames) -> bool:
    """Whether words and name end alike and begin quite otherwise: "Báo X" is no "Kho bạc X".

    A name that is the ending itself is a place where the names of others end with it too.
    """
    mine, theirs = [word.key for word in words], [word.key for word in entry.words]
    alike = 0
    while alike < min(len(mine), len(theirs)) and mine[-1 - alike] == theirs[-1 - alike]:
        alike += 1
    if alike == 0 or len(mine) == alike:
        return False
    if len(theirs) == alike:
        others = {
            e.target for e in names.entries if len(e.words) > alike and e.key.endswith(entry.key)
        }
        return len(others - {entry.target}) >= _PLACE_OF
    heads = "".join(mine[:-alike]), "".join(theirs[:-alike])
    if _abbreviates(heads[0], entry.words[:-alike]):
        return False
    return SequenceMatcher(None, *heads, autojunk=False).ratio() < _HEADS_ALIKE


def _likeness(words: Sequence[Word], entry: Entry) -> float:
    written = "".join(word.key for word in words)
    if _abbreviates(written, entry.words):
        return 1.0
    shorter = min(written, entry.key, key=len)
    if len(shorter) >= _SHORTEST_WITHIN and (entry.key in written or entry.key.endswith(written)):
        return _WITHIN
    return SequenceMatcher(None, written, entry.key, autojunk=False).ratio()


def _abbreviates(written: str, words: Sequence[Word]) -> bool:
    """Tell whether `written` is the words, each whole or by its first letters, "và" left out."""
    reached = {0}
    for word in words:
        forms = _short_forms(word.key)
        reached = {
            at + len(form) for at in reached for form in forms if written.startswith(form, at)
        }
    return len(written) in reached


def _short_forms(key: str) -> set[str]:
    onset = _ONSET.match(key)
    return {key, key[:1], onset[0] if onset else key} | ({""} if key == _LINK else set())
