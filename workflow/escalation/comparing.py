"""What is stored beside what a replay finds: which escalations rise, fall, go and come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cache

from workflow.escalation.columns import Columns
from workflow.escalation.groups import value_in
from workflow.escalation.matching import Kept, Retracted, match
from workflow.escalation.records import Episode, Group, GroupKey
from workflow.escalation.stored import (
    Cause,
    Change,
    ChangeKind,
    RetractionReason,
    Stored,
)
from workflow.review.records import EscalationState

Lacking = Callable[[AbstractSet[str]], AbstractSet[str]]
"""Returns those of some violations, by id, that no longer count."""
UNTIMED = {"answer_by": None}
"""No clock runs until the desk starts one; who had the case keeps it, or has it again."""


def lacking_in(columns: Columns) -> Lacking:
    """Return what tells the ids that no longer count, gathered only when it is asked."""
    if not len(columns.numbers):
        return lambda ids: ids - frozenset(columns.ids)
    known = cache(lambda: frozenset(columns.numbers.tolist()))
    return lambda ids: {one for one in ids if int(one) not in known()}


def compare(
    stored: Mapping[Group, Sequence[Stored]],
    episodes: Iterable[Episode],
    lacking: Lacking,
    *,
    cause: Cause,
    at: datetime,
    grown: AbstractSet[int] = frozenset(),
) -> list[Change]:
    """Return what changes when these episodes are what stands for these groups.

    `stored` are the escalations by the group their violations count for now, `grown` the ids of
    those of which everything still counts that did. Groups whose
    violations moved from one to another are compared together, so that an escalation goes
    where its basis went.
    """
    found: list[Change] = []
    for ours, theirs in _together(stored, episodes):
        if not ours:
            found += [_new(episode, at) for episode in theirs]
            continue
        matching = match([one.standing() for one in ours], theirs)
        by_id = {one.id: one for one in ours}
        found += [_new(episode, at) for episode in matching.new]
        changes = (
            _kept(by_id[one.id], one, nothing if one.id in grown else lacking, at)
            for one in matching.kept
        )
        found += [change for change in changes if change is not None]
        keeping = {id(kept.episode): by_id[kept.id] for kept in matching.kept}
        found += [
            _retracted(by_id[one.id], one, keeping.get(id(one.heir)), lacking, cause, at)
            for one in matching.retracted
        ]
    return found


def _together(
    stored: Mapping[Group, Sequence[Stored]], episodes: Iterable[Episode]
) -> Iterable[tuple[list[Stored], list[Episode]]]:
    """Gather what shares a group or a violation, each heap in the order of age and of days."""
    heaps = _Heaps()
    of_violation: dict[str, Group] = {}
    by_group: dict[Group, list[Episode]] = {}
    for episode in episodes:
        by_group.setdefault(episode.group, []).append(episode)
        of_violation.update(dict.fromkeys(episode.raises[0].violations, episode.group))
    for group, ours in stored.items():
        for one in ours:
            for violation in one.raises[0].violations if one.raises else ():
                heaps.join(group, of_violation.get(violation, group))
    gathered: dict[Group, tuple[list[Stored], list[Episode]]] = {}
    for group in (*by_group, *stored):
        gathered.setdefault(heaps.root(group), ([], []))
    for group, theirs in by_group.items():
        gathered[heaps.root(group)][1].extend(theirs)
    for group, ours in stored.items():
        gathered[heaps.root(group)][0].extend(ours)
    return gathered.values()


class _Heaps:
    """Groups joined into heaps, each named by one of its groups."""

    def __init__(self) -> None:
        self._above: dict[Group, Group] = {}

    def root(self, group: Group) -> Group:
        if not self._above:
            return group
        while (above := self._above.get(group, group)) != group:
            group = above
        return group

    def join(self, one: Group, other: Group) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self._above[second] = first


def _new(episode: Episode, at: datetime) -> Change:
    values = _facts(episode) | {"state": EscalationState.RAISED, "raised_at": at}
    return Change(
        kind=ChangeKind.RAISE,
        rule=episode.rule,
        group=episode.group,
        episode=episode,
        values=values,
    )


def _facts(episode: Episode) -> dict[str, object]:
    """Return the fields of a row that say what its episode is."""
    last = episode.raises[-1]
    return {
        "rule_number": last.version,
        "group": episode.group,
        "opened_on": episode.opened_on,
        "closed_on": episode.closed_on,
        "level": episode.level,
        "raised_on": last.on,
    }


def _kept(one: Stored, kept: Kept, lacking: Lacking, at: datetime) -> Change | None:
    episode = kept.episode
    values = {name: value for name, value in _facts(episode).items() if getattr(one, name) != value}
    kind = _kind(kept)
    if kind is ChangeKind.REBASE and not values and one.raises == episode.raises:
        return None
    if kept.reinstated:
        values |= {
            "state": one.before_retraction,
            "before_retraction": None,
            "retracted_at": None,
            "retracted_reason": "",
            "heir": None,
            "raised_at": at,
        }
    if kept.new_raises:
        values |= {"state": EscalationState.RAISED, "raised_at": at, **UNTIMED}
    return Change(
        kind=kind,
        rule=one.rule,
        group=episode.group,
        before=one,
        episode=episode,
        values=values,
        gone=() if kept.reinstated else _gone(one, lacking),
    )


def _kind(kept: Kept) -> ChangeKind:
    if kept.reinstated:
        return ChangeKind.REINSTATE
    if kept.new_raises:
        return ChangeKind.LIFT
    return ChangeKind.LOWER if kept.lowered else ChangeKind.REBASE


def _retracted(
    one: Stored,
    retracted: Retracted,
    heir_before: Stored | None,
    lacking: Lacking,
    cause: Cause,
    at: datetime,
) -> Change:
    reason = _reason(one, retracted, cause)
    return Change(
        kind=ChangeKind.RETRACT,
        rule=one.rule,
        group=one.group,
        before=one,
        heir=retracted.heir,
        heir_before=heir_before,
        values={
            "state": EscalationState.RETRACTED,
            "before_retraction": one.state,
            "retracted_at": at,
            "retracted_reason": reason.value,
            "next_change_on": None,
            **UNTIMED,
        },
        gone=_gone(one, lacking),
        reason=reason,
    )


def _reason(one: Stored, retracted: Retracted, cause: Cause) -> RetractionReason:
    """Say why; one whose violations go on counting under another agency came to it by a merger."""
    heir = retracted.heir
    if heir is None:
        return _WITHOUT_HEIR.get(cause, RetractionReason.BASIS_FELL)
    agency = value_in(one.group, GroupKey.AGENCY)
    if cause in _MERGING and value_in(heir.group, GroupKey.AGENCY) != agency:
        return RetractionReason.MERGED
    return RetractionReason.TAKEN_OVER


_MERGING = frozenset({Cause.AGENCIES, Cause.TIME})
"""What brings a merger: its recording, or the night of its day."""
_WITHOUT_HEIR = {
    Cause.RULE: RetractionReason.RULE_CHANGED,
    Cause.AGENCIES: RetractionReason.AGENCIES_CHANGED,
}


def nothing(_: AbstractSet[str]) -> AbstractSet[str]:
    """Tell that none of some violations is lacking."""
    return frozenset()


def _gone(one: Stored, lacking: Lacking) -> tuple[str, ...]:
    basis = {violation for raised in one.raises for violation in raised.violations}
    return tuple(sorted(lacking(basis)))
