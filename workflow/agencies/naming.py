"""The names agencies and groups are known by, indexed so that a cell can be covered by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from itertools import pairwise, product

from workflow.agencies.wording import Word, letter_pairs, marks_agree, words_of
from workflow.text import clean, fold


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency as it can be named: its name, its code, its names of other periods and aliases.

    One that ended has its last day in `ended_on`, and in `heirs` who does its work now: its
    name is known and never settles anything.
    """

    id: int
    name: str
    code: str = ""
    aliases: tuple[str, ...] = ()
    ended_on: date | None = None
    heirs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A standing group, the phrases that name it and, where known, the agencies in it."""

    code: str
    phrases: tuple[str, ...]
    members: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """The agency or the group that a name stands for."""

    agency_id: int | None = None
    group_code: str | None = None


class Label(StrEnum):
    """What a known text is to its agency or group."""

    NAME = "name"
    ALIAS = "alias"
    CODE = "code"
    PHRASE = "phrase"


class Closeness(IntEnum):
    """How near the words written are to the words known; a smaller one wins."""

    EXACT = 0
    FOLDED = 1
    SQUEEZED = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One known text of one target, ready to be compared."""

    target: Target
    label: Label
    text: str
    words: tuple[Word, ...]

    @property
    def key(self) -> str:
        """The words run together: equal keys are worth comparing."""
        return "".join(word.key for word in self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """A known text that the words written stand for, and how closely."""

    entry: Entry
    closeness: Closeness


# A reader takes "sở, ban, ngành" and "các sở, ban, ngành" for the same group.
_PLURAL = "cac"
_PAUSES = frozenset(",;")
# "P." is a division or a ward: it settles what is meant only where one of both is known.
_SHORT_KINDS = {"phong": ("p",), "phuong": ("p",)}


class KnownNames:
    """All texts by which agencies and groups can be named; build it once for a sheet."""

    def __init__(self, agencies: Iterable[KnownAgency], groups: Iterable[KnownGroup] = ()) -> None:
        self.agencies = {agency.id: agency for agency in agencies}
        self.groups = {group.code: group for group in groups}
        self.entries = tuple(self._entries())
        self._by_key: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for key in _keys_of(entry):
                self._by_key[key].append(entry)
        self.pairs = tuple(letter_pairs(entry.words) for entry in self.entries)
        self.longest = max(map(len, self._by_key), default=0)

    def _entries(self) -> Iterable[Entry]:
        for agency in self.agencies.values():
            target = Target(agency_id=agency.id)
            yield from _labelled(target, Label.NAME, (agency.name,))
            yield from _labelled(target, Label.ALIAS, agency.aliases)
            yield from _labelled(target, Label.CODE, (agency.code,))
        for group in self.groups.values():
            yield from _labelled(Target(group_code=group.code), Label.PHRASE, group.phrases)

    def knows(self, key: str) -> bool:
        """Tell quickly whether any known text runs together into `key`."""
        return key in self._by_key

    def best(self, written: str, words: Sequence[Word], key: str) -> tuple[Found, ...]:
        """Return the closest known texts for `key`, one for each target; several are a tie.

        An official name written exactly comes first, then names without diacritics, aliases,
        codes and group phrases alike, then spellings that differ in spaces and signs.
        """
        found: dict[Target, Found] = {}
        for entry in self._by_key.get(key, ()):
            closeness = _closeness(written, words, entry)
            known = found.get(entry.target)
            if closeness is not None and (known is None or closeness < known.closeness):
                found[entry.target] = Found(entry, closeness)
        nearest = min((one.closeness for one in found.values()), default=None)
        return self._whose([one for one in found.values() if one.closeness is nearest])

    def ended(self, target: Target) -> KnownAgency | None:
        """Return the agency of a target where it no longer stands."""
        agency = self.agencies.get(target.agency_id or 0)
        return agency if agency and agency.ended_on else None

    def _whose(self, found: list[Found]) -> tuple[Found, ...]:
        """Part who stands from who ended: a name is whose it is, and any other word who stands's.

        So no alias of a successor hides the name of the agency that it followed.
        """
        ended = [one for one in found if self.ended(one.entry.target)]
        if not ended:
            return tuple(found)
        standing = [one for one in found if one not in ended]
        is_ended = not _any_name(standing) and (_any_name(ended) or not standing)
        return tuple(ended if is_ended else standing)

    def name_of(self, target: Target) -> str:
        """Return the words a person knows the target by."""
        if target.agency_id is not None:
            return self.agencies[target.agency_id].name
        group = self.groups[target.group_code or ""]
        return group.phrases[0] if group.phrases else group.code


def _any_name(found: Iterable[Found]) -> bool:
    return any(one.entry.label is Label.NAME for one in found)


def _labelled(target: Target, label: Label, texts: Iterable[str]) -> Iterable[Entry]:
    for text in map(clean, texts):
        words = words_of(text)
        if words:
            yield Entry(target, label, text, words)


def _keys_of(entry: Entry) -> set[str]:
    key = entry.key
    if entry.label is Label.CODE:
        return {key}
    if entry.label is not Label.PHRASE:
        return set(_spelt(entry.words))
    bare = key.removeprefix(_PLURAL) if entry.words[0].key == _PLURAL else key
    return {key, bare, _PLURAL + bare}


def _spelt(words: Sequence[Word]) -> Iterator[str]:
    """Yield a name's key, and those it has where "P." stands for a word of it."""
    ways = [(word.key, *_SHORT_KINDS.get(word.key, ())) for word in words]
    yield from map("".join, product(*ways))


def _closeness(written: str, words: Sequence[Word], entry: Entry) -> Closeness | None:
    known = entry.text[entry.words[0].start : entry.words[-1].end]
    if clean(written).casefold() == known.casefold():
        return Closeness.EXACT if entry.label is Label.NAME else Closeness.FOLDED
    if not _words_agree(written, words, entry):
        return None
    if fold(written) == fold(known) or entry.label is Label.PHRASE:
        return Closeness.FOLDED
    return None if entry.label is Label.CODE else Closeness.SQUEEZED


def _words_agree(written: str, words: Sequence[Word], entry: Entry) -> bool:
    """A comma inside the words is part of the name only where the name has a sign too."""
    ours: Sequence[Word] = words
    theirs: Sequence[Word] = entry.words
    if entry.label is Label.PHRASE:
        ours, theirs = _without_plural(ours), _without_plural(theirs)
    pauses = _signs(written, ours, words[0].start, _PAUSES)
    return marks_agree(ours, theirs) and pauses <= _signs(entry.text, theirs, 0, None)


def _without_plural(words: Sequence[Word]) -> Sequence[Word]:
    return words[1:] if len(words) > 1 and words[0].key == _PLURAL else words


def _signs(text: str, words: Sequence[Word], start: int, wanted: frozenset[str] | None) -> set[int]:
    """Return after how many letters a sign stands between two words of `text`."""
    places: set[int] = set()
    letters = 0
    for word, following in pairwise(words):
        letters += len(word.key)
        gap = text[word.end - start : following.start - start].strip()
        if gap and (wanted is None or wanted & set(gap)):
            places.add(letters)
    return places
