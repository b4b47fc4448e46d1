"""What one evaluation stands on, and which violations and escalations it has to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import chain

from workflow.accounts.records import Actor
from workflow.agencies.successors import Successors
from workflow.escalation.columns import Columns
from workflow.escalation.groups import Shape, of_agency, value_in
from workflow.escalation.judging import judgings_of
from workflow.escalation.planning import Judging, Plan, Want, plan_of
from workflow.escalation.ports import EvaluationMemory
from workflow.escalation.records import Group, GroupKey
from workflow.escalation.stored import Cause, Known, Reckoning, Stored

Wanted = dict[Group, list[Want]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What one evaluation stands on: the rules, who took over whom, and the day it judges by.

    `source` names the import or the night whose notices are told together, "" for one act's.
    """

    memory: EvaluationMemory
    reckoning: Reckoning
    judgings: Sequence[Judging]
    successors: Successors
    day: date
    at: datetime
    actor: Actor
    cause: Cause
    source: str = ""


def sit(
    memory: EvaluationMemory,
    *,
    as_of: date,
    at: datetime,
    actor: Actor,
    cause: Cause,
    source: str = "",
) -> Sitting:
    """Wait for other evaluations and read the rules; the day is never before one judged by."""
    reckoning = memory.hold()
    day = max(as_of, reckoning.evaluated_to or as_of)
    return Sitting(
        memory=memory,
        reckoning=reckoning,
        judgings=judgings_of(memory.judging_versions(), reckoning.swept_on, day),
        successors=Successors(memory.passings(), day, reckoning.merging),
        day=day,
        at=at,
        actor=actor,
        cause=cause,
        source=source,
    )


def known_of(
    sitting: Sitting, wanted: Mapping[Shape, Wanted]
) -> dict[tuple[str, Group], list[Known]]:
    """Return the escalations of groups by rule and present group, whatever name they bear."""
    successors, groups = sitting.successors, {group for wants in wanted.values() for group in wants}
    found: dict[tuple[str, Group], list[Known]] = {}
    if successors.are_none:
        for one in sitting.memory.known(groups, _earliest(sitting, wanted)):
            found.setdefault((one.rule, one.group), []).append(one)
        return found
    for one in sitting.memory.known(set(under_every_name(sitting, groups)), None):
        agency = successors.code(value_in(one.group, GroupKey.AGENCY))
        found.setdefault((one.rule, of_agency(one.group, agency)), []).append(one)
    return found


def under_every_name(sitting: Sitting, groups: Iterable[Group]) -> Iterable[Group]:
    """Return groups, each also under the names of those that went over into its agency."""
    successors = sitting.successors
    if successors.are_none:
        return groups
    return (
        of_agency(group, agency)
        for group in groups
        for agency in successors.counted_under(value_in(group, GroupKey.AGENCY))
    )


def _earliest(sitting: Sitting, wanted: Mapping[Shape, Wanted]) -> date | None:
    """Return a day no later than the first that any plan looks at; None where one looks at all."""
    marks = (*(judging.due for judging in sitting.judgings), sitting.reckoning.later_from)
    days = [sitting.day, *(day for day in marks if day is not None)]
    for wants in chain.from_iterable(groups.values() for groups in wanted.values()):
        for want in wants:
            if want.since is None:
                return None
            days.append(want.since)
    return min(days)


def plans_of(
    sitting: Sitting,
    judging: Judging,
    wanted: Wanted,
    known: Mapping[tuple[str, Group], list[Known]],
) -> dict[Group, Plan]:
    """Return what of each group one rule derives anew."""
    found = {}
    counts = cache(lambda kind, rule: judging.counts(Want(kind, None, False, rule)))
    for group, wants in wanted.items():
        counted = [want for want in wants if counts(want.type, want.rule)]
        if not counted:
            continue
        ours = known.get((judging.code, group), ())
        plan = plan_of(judging, group, _before_later(sitting, counted), ours, sitting.day)
        if plan is not None:
            found[group] = plan
    return found


def compared(sitting: Sitting, plans: Mapping[int, Mapping[Group, Plan]]) -> Mapping[int, Stored]:
    """Read the escalations that are compared, and no others, with their raises."""
    ids = {one.id for found in plans.values() for plan in found.values() for one in plan.open}
    return sitting.memory.stored(ids) if ids else {}


def _before_later(sitting: Sitting, wants: list[Want]) -> list[Want]:
    """Look back to violations that lay ahead when they were recorded, and have come since."""
    later = sitting.reckoning.later_from
    if later is None or later > sitting.day:
        return wants
    return [*wants, Want(type="", since=later, grew=False)]


def loaded_for(
    sitting: Sitting, plans: Mapping[int, Mapping[Group, Plan]]
) -> Mapping[Shape, Columns]:
    """Read each shape's violations once, as far back as any rule needs each group."""
    since: dict[Shape, dict[Group, date | None]] = {}
    for number, judging in enumerate(sitting.judgings):
        days = since.setdefault(judging.shape, {})
        for group, plan in plans[number].items():
            before = days.get(group, plan.load_from)
            both = plan.load_from is not None and before is not None
            days[group] = min(plan.load_from, before) if both else None  # type: ignore[type-var]
    return sitting.memory.columns(since, sitting.successors)


def reckoned(sitting: Sitting, days: Iterable[date | None], loaded: Iterable[Columns]) -> Reckoning:
    """Return how far evaluation has come, and what still lies ahead of it.

    `days` are the first ones of what was touched, `loaded` the violations that were read.
    """
    today = sitting.day.toordinal()
    ahead = [day for day in days if day is not None and day > sitting.day]
    for columns in loaded:
        beyond = columns.days[columns.days > today]
        if len(beyond):
            ahead.append(date.fromordinal(int(beyond.min())))
    if sitting.reckoning.later_from is not None:
        ahead.append(sitting.reckoning.later_from)
    return replace(sitting.reckoning, evaluated_to=sitting.day, later_from=min(ahead, default=None))
