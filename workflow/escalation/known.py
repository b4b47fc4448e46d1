"""What was known on an earlier day beside what is known of that day now (product.md §6).

A violation of June that was recorded in September, one that was overturned since, a rule that
looked back: what the engine would have said on 30 June is another answer than what it says of
30 June today. Neither is wrong, and nobody may take the one for the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from workflow.escalation.records import Episode, Group
from workflow.escalation.versions import StoredVersion

Ends = Mapping[str, date]
"""The last day of a version as it was known at an instant, by the version's name."""
ONE_DAY = timedelta(days=1)


class Turn(StrEnum):
    """How what is known now differs from what was known, the gravest difference first."""

    GONE = "gone"
    LATER_KNOWN = "later_known"
    LOWER = "lower"
    HIGHER = "higher"
    OTHER_BASIS = "other_basis"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One episode as it was known (`then`) and as it is known now, as of the same day.

    One of both is None where it was, or is, not known at all.
    """

    then: Episode | None
    now: Episode | None

    @property
    def either(self) -> Episode:
        """The episode as it was known; as it is known now where it was not."""
        found = self.then or self.now
        assert found is not None  # noqa: S101 - a pair has at least one of both
        return found

    @property
    def turn(self) -> Turn:
        """How the two differ."""
        if self.then is None:
            return Turn.LATER_KNOWN
        if self.now is None:
            return Turn.GONE
        if self.now.level != self.then.level:
            return Turn.LOWER if self.now.level < self.then.level else Turn.HIGHER
        return Turn.SAME if self.now == self.then else Turn.OTHER_BASIS


def versions_known(
    versions: Iterable[StoredVersion], ends: Ends, at: datetime
) -> list[StoredVersion]:
    """Return the versions that had been approved by an instant, each with its end of then.

    One that ended since by a later act had no end yet; where another had been approved by then
    it ends on that one's eve, as its approval says.
    """
    approved = (one for one in versions if one.approved_at is not None and one.approved_at <= at)
    known = (replace(one, to_on=ends.get(one.name)) for one in approved)
    judging = sorted((one for one in known if one.judges), key=_begins)
    return [_until(one, judging) for one in judging]


def _begins(version: StoredVersion) -> tuple[str, date]:
    return version.code, version.from_on or date.min


def _until(version: StoredVersion, others: Sequence[StoredVersion]) -> StoredVersion:
    begun = version.from_on or date.min
    eves = [
        one.from_on - ONE_DAY
        for one in others
        if one.code == version.code and one.from_on is not None and one.from_on > begun
    ]
    ends = [day for day in (version.to_on, *eves) if day is not None]
    return replace(version, to_on=min(ends, default=None))


def paired(then: Iterable[Episode], now: Iterable[Episode]) -> list[Pair]:
    """Lay two answers about one day beside each other, the gravest differences first.

    Episodes of one rule and group belong together when they share a violation, else a day.
    """
    left: dict[tuple[str, Group], list[Episode]] = {}
    for one in now:
        left.setdefault((one.rule, one.group), []).append(one)
    pairs = []
    for one in then:
        candidates = left.get((one.rule, one.group), [])
        found = _same(one, candidates)
        if found is not None:
            candidates.remove(found)
        pairs.append(Pair(then=one, now=found))
    pairs += [Pair(then=None, now=one) for rest in left.values() for one in rest]
    return sorted(pairs, key=_place)


def _same(one: Episode, candidates: Sequence[Episode]) -> Episode | None:
    basis = frozenset(one.raises[0].violations)
    for other in candidates:
        if basis.intersection(other.raises[0].violations):
            return other
    return next((other for other in candidates if _meet(one, other)), None)


def _meet(one: Episode, other: Episode) -> bool:
    first = one.closed_on is None or other.opened_on < one.closed_on
    return first and (other.closed_on is None or one.opened_on < other.closed_on)


def _place(pair: Pair) -> tuple[object, ...]:
    one = pair.either
    order = list(Turn).index(pair.turn)
    return order, -one.level, one.opened_on.toordinal() * -1, one.rule, one.group
