"""Evaluation: what is stored is made equal to a full replay, touching only what was touched.

Every change of a violation (found, entered, overturned, reinstated, moved to another agency or
field) ends with `evaluate_touched` for the groups it touches, in the same transaction. Whatever
the order and the batches, the stored episodes are those of a full replay (product.md §6).

Call it before the caller's own history entries are appended: evaluations wait for each other at
one row, and the history's head is taken last (ADR 0011).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain

from workflow.accounts.records import Actor
from workflow.collecting import collector_at_rest
from workflow.escalation.columns import Columns
from workflow.escalation.comparing import compare, lacking_in
from workflow.escalation.deriving import derive
from workflow.escalation.groups import Shape, value_in
from workflow.escalation.planning import Judging, Plan
from workflow.escalation.ports import EvaluationMemory
from workflow.escalation.records import Group, GroupKey, NearMiss, Touched
from workflow.escalation.sitting import (
    Sitting,
    compared,
    known_of,
    loaded_for,
    plans_of,
    reckoned,
    sit,
    under_every_name,
)
from workflow.escalation.stored import Cause, Change, ChangeKind, Reckoning, Stored
from workflow.escalation.telling import SUMMARY_KIND, comes_to_desk, entries_of, notices_of
from workflow.escalation.touching import wanted_beside

__all__ = ["Evaluated", "Touched", "evaluate", "evaluate_touched"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What an evaluation did, in counts; `as_of` is the day it judged by.

    An evaluation never goes back: `as_of` may be later than the day asked. `changes` tell what
    became of which escalation, by its number.
    """

    as_of: date
    rules: int = 0
    groups: int = 0
    raised: int = 0
    lifted: int = 0
    lowered: int = 0
    retracted: int = 0
    reinstated: int = 0
    changes: tuple[tuple[str, Change], ...] = field(default=(), repr=False)

    def figures(self) -> dict[str, int]:
        """Return the counts as the ledger of runs keeps them."""
        names = ("rules", "groups", "raised", "lifted", "lowered", "retracted", "reinstated")
        return {name: getattr(self, name) for name in names}


Gathering = Callable[[frozenset[GroupKey]], Iterable[Touched]]
"""Tells what was touched once the rules are known; what none of them gathers by may be ""."""


def evaluate_touched(
    memory: EvaluationMemory,
    touched: Iterable[Touched] | Gathering,
    *,
    as_of: date,
    at: datetime,
    actor: Actor,
    source: str = "",
) -> Evaluated:
    """Re-derive the groups that were touched under every rule, as of the evening of a day.

    Saves only what differs, each difference with its history entry and its notices; leaves a
    line in the ledger of runs. Nothing touched: nothing done; what is gathered later is never
    nothing. `source` names the import or the night, all of whose notices to one person are told
    together.
    """
    known = () if callable(touched) else tuple(touched)
    if not known and not callable(touched):
        return Evaluated(as_of=as_of)
    sitting = sit(memory, as_of=as_of, at=at, actor=actor, cause=Cause.VIOLATIONS, source=source)
    if callable(touched):
        known = tuple(touched(frozenset(chain.from_iterable(_shapes(sitting)))))
    return evaluate(sitting, known)


def evaluate(
    sitting: Sitting,
    touched: Sequence[Touched],
    *,
    reckoning: Reckoning | None = None,
    looked_at: Mapping[str, int] | None = None,
) -> Evaluated:
    """Carry out an evaluation that has begun; a sweep says itself how far it has come.

    `looked_at` tells how many groups of each rule were looked at, where more were than touched.
    """
    with collector_at_rest():
        return _evaluated(sitting, touched, reckoning, looked_at)


def _evaluated(
    sitting: Sitting,
    touched: Sequence[Touched],
    reckoning: Reckoning | None,
    looked_at: Mapping[str, int] | None,
) -> Evaluated:
    memory = sitting.memory
    held = memory.held()
    wanted = {shape: wanted_beside(sitting, shape, touched, held) for shape in _shapes(sitting)}
    known = known_of(sitting, wanted)
    plans = {
        number: plans_of(sitting, judging, wanted[judging.shape], known)
        for number, judging in enumerate(sitting.judgings)
    }
    stored = compared(sitting, plans)
    loaded = loaded_for(sitting, plans)
    found = [
        _derived(sitting, judging, plans[number], stored, loaded[judging.shape])
        for number, judging in enumerate(sitting.judgings)
        if plans[number]
    ]
    memory.keep_near(
        _near_asked(sitting, plans),
        [near for one in found for near in one.near],
    )
    changes = _completed(memory, found)
    numbers = memory.save(
        changes, {key: day for one in found for key, day in one.later.items()}, sitting.at
    )
    done = [(numbers[place], change) for place, change in enumerate(changes)]
    _tell(sitting, done)
    days = [one.since for one in touched]
    memory.reckon(reckoning or reckoned(sitting, days, loaded.values()))
    result = _counted(sitting, plans, done)
    if looked_at is not None:
        result = replace(result, rules=len(looked_at), groups=sum(looked_at.values()))
    memory.note_run(sitting.day, sitting.at, result.figures())
    return result


def _near_asked(
    sitting: Sitting, plans: Mapping[int, Mapping[Group, Plan]]
) -> list[tuple[str, tuple[Group, ...]]]:
    """Return the groups that each rule looked at, also under the names of predecessors."""
    return [
        (judging.code, tuple(under_every_name(sitting, plans[number])))
        for number, judging in enumerate(sitting.judgings)
        if plans[number]
    ]


def _shapes(sitting: Sitting) -> tuple[Shape, ...]:
    return tuple(dict.fromkeys(judging.shape for judging in sitting.judgings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What one rule's groups came to: changes, the next days of what stays, near misses."""

    changes: list[Change]
    next_changes: Mapping[Group, date]
    later: Mapping[int, date]
    near: tuple[NearMiss, ...]


def _derived(
    sitting: Sitting,
    judging: Judging,
    plans: Mapping[Group, Plan],
    stored: Mapping[int, Stored],
    columns: Columns,
) -> _Found:
    derived = derive(judging, plans, stored, columns, sitting.day)
    changes = compare(
        {g: [stored[one.id] for one in plan.open] for g, plan in plans.items() if plan.open},
        derived.episodes,
        lacking_in(columns),
        grown={plan.carried.id for plan in plans.values() if plan.carried is not None},
        cause=sitting.cause,
        at=sitting.at,
    )
    changed = {change.before.id for change in changes if change.before is not None}
    later = {
        one.id: derived.next_changes[group]
        for group, plan in plans.items()
        for one in plan.open
        if one.id not in changed and not one.retracted and one.closed_on is None
        if _is_passed(one.next_change_on, derived.next_changes[group], sitting.day)
    }
    return _Found(
        changes=changes, next_changes=derived.next_changes, later=later, near=derived.near
    )


def _is_passed(kept: date | None, found: date, day: date) -> bool:
    """Whether the day kept for a case's next look will not do any more.

    Each violation puts off the day on which a case may end. One that comes too early only looks
    once more, which is rarer than violations are; one that is past, or too late, is kept anew.
    """
    return kept is None or kept <= day or found < kept


def _completed(memory: EvaluationMemory, found: Sequence[_Found]) -> list[Change]:
    """Add the day on which time alone may change each, and the agency of what is new."""
    new = [c for one in found for c in one.changes if "group" in c.values]
    codes = {value_in(change.group, GroupKey.AGENCY) for change in new}
    known = memory.agency_ids(codes - {""}) if codes else {}
    return [
        replace(change, values={**change.values, **_more(change, one.next_changes, known)})
        if change.episode is not None
        else change
        for one in found
        for change in one.changes
    ]


def _more(
    change: Change, next_changes: Mapping[Group, date], agencies: Mapping[str, int]
) -> dict[str, object]:
    episode = change.episode
    running = episode is not None and episode.closed_on is None
    more: dict[str, object] = {"next_change_on": None}
    if episode is not None and running:
        more["next_change_on"] = next_changes.get(episode.group)
    if "group" in change.values:
        more["agency_id"] = agencies.get(value_in(change.group, GroupKey.AGENCY))
    return more


def _tell(sitting: Sitting, done: Sequence[tuple[str, Change]]) -> None:
    """Leave notices, then the entries: the history's head is the last thing to wait for."""
    sitting.memory.post_bundled(
        (notice for number, change in done for notice in notices_of(number, change, sitting.at)),
        source=sitting.source,
        kind=SUMMARY_KIND,
    )
    if any(comes_to_desk(change) for _, change in done):
        number, change = done[-1]
        version = change.before.version + 1 if change.before else 1
        sitting.memory.call_desk(f"{sitting.at:%Y%m%dT%H%M%S%f}:{number}:{version}")
    sitting.memory.append_all(
        entries_of(sitting.actor, done, sitting.cause, sitting.at, sitting.source)
    )


def _counted(
    sitting: Sitting,
    plans: Mapping[int, Mapping[Group, Plan]],
    done: Sequence[tuple[str, Change]],
) -> Evaluated:
    kinds = [change.kind for _, change in done]
    return Evaluated(
        as_of=sitting.day,
        rules=len({sitting.judgings[number].code for number, found in plans.items() if found}),
        groups=sum(len(found) for found in plans.values()),
        raised=kinds.count(ChangeKind.RAISE),
        lifted=kinds.count(ChangeKind.LIFT),
        lowered=kinds.count(ChangeKind.LOWER),
        retracted=kinds.count(ChangeKind.RETRACT),
        reinstated=kinds.count(ChangeKind.REINSTATE),
        changes=tuple(done),
    )
