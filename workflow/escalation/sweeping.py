"""What nobody touched and is due all the same: days that pass, rules that begin, agencies merged.

A sweep looks only at what is due: running episodes on the day they may end, violations that lay
ahead when they were recorded, versions and successions whose day has come, what a killed import
held back. Its cost grows with these and not with what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.collecting import collector_at_rest
from workflow.escalation.checking import Checked, check
from workflow.escalation.evaluating import Evaluated, evaluate
from workflow.escalation.groups import shape_of, value_in
from workflow.escalation.holding import left_behind
from workflow.escalation.judging import turns_of
from workflow.escalation.planning import Judging
from workflow.escalation.ports import SweepMemory, Values
from workflow.escalation.records import Group, GroupKey, Touched
from workflow.escalation.sitting import Sitting, sit
from workflow.escalation.stored import Cause
from workflow.escalation.telling import night_of


def sweep(memory: SweepMemory, actor: Actor, *, as_of: date, at: datetime) -> Evaluated:
    """Bring every group to the evening of a day, in one transaction; a second one finds nothing.

    Leaves a line in the ledger of runs also when nothing was due.
    """
    sitting = sit(memory, as_of=as_of, at=at, actor=actor, cause=Cause.TIME, source=night_of(as_of))
    touched = (
        *_running(memory, sitting),
        *_come(memory, sitting),
        *_turned(memory, sitting),
        *_passed_on(memory, sitting),
        *left_behind(memory, at),
    )
    reckoning = replace(
        sitting.reckoning,
        swept_on=sitting.day,
        evaluated_to=sitting.day,
        later_from=_still_ahead(memory, sitting),
    )
    return evaluate(sitting, touched, reckoning=reckoning)


def rederive(memory: SweepMemory, actor: Actor, *, as_of: date, at: datetime) -> Evaluated:
    """Derive every group of every rule anew, from the beginning: a full replay of the store.

    It finds nothing to change unless a setting changed or the database was written to by hand.
    What is stored is laid beside the replay in columns; only groups that differ are touched.
    """
    sitting = sit(memory, as_of=as_of, at=at, actor=actor, cause=Cause.AGENCIES)
    touched: list[Touched] = []
    looked_at: dict[str, int] = {}
    for judging, checked in _checked(memory, sitting):
        code = judging.code
        looked_at[code] = looked_at.get(code, 0) + checked.looked_at
        touched += [touched_group(group, rule=code) for group in checked.groups]
        memory.keep_near([(code, checked.near_of)], checked.near)
        memory.save([], checked.later, at)
    reckoning = replace(
        sitting.reckoning,
        swept_on=sitting.day,
        evaluated_to=sitting.day,
        later_from=memory.first_after(sitting.day),
    )
    return evaluate(sitting, touched, reckoning=reckoning, looked_at=looked_at)


def _checked(memory: SweepMemory, sitting: Sitting) -> Iterator[tuple[Judging, Checked]]:
    """Lay all that is stored beside a replay; the violations of one shape are read once."""
    for shape in dict.fromkeys(judging.shape for judging in sitting.judgings):
        with collector_at_rest():
            columns = memory.everything(shape, sitting.successors)
        for judging in sitting.judgings:
            if judging.shape == shape:
                stored = memory.shelf(judging.code, shape)
                near = memory.near_of_rule(judging.code, shape)
                yield judging, check(judging, columns, stored, near, sitting.day)


def reenact(
    memory: SweepMemory, actor: Actor, code: str, *, from_on: date, as_of: date, at: datetime
) -> Evaluated:
    """Derive anew what a rule judges from a day on, now that another version judges it.

    Nothing while that day is still to come: the sweep of that day finds it.
    """
    sitting = sit(memory, as_of=as_of, at=at, actor=actor, cause=Cause.RULE)
    touched = [
        touched_group(group, since=from_on, rule=code)
        for judging in sitting.judgings
        if judging.code == code and from_on <= sitting.day
        for group in memory.groups_since(judging.shape, judging.window_start(from_on), code)
    ]
    return evaluate(sitting, touched) if touched else Evaluated(as_of=sitting.day)


def _running(memory: SweepMemory, sitting: Sitting) -> Iterator[Touched]:
    for group, day in memory.changing(sitting.day):
        yield touched_group(group, since=day)


def _come(memory: SweepMemory, sitting: Sitting) -> Iterable[Touched]:
    """Violations that were recorded before their day."""
    first = sitting.reckoning.later_from
    if first is None or first > sitting.day:
        return ()
    return [touched_values(one) for one in memory.occurring(first, sitting.day)]


def _still_ahead(memory: SweepMemory, sitting: Sitting) -> date | None:
    first = sitting.reckoning.later_from
    if first is None or first > sitting.day:
        return first
    return memory.first_after(sitting.day)


def _turned(memory: SweepMemory, sitting: Sitting) -> Iterator[Touched]:
    """Groups of rules of which a version began or ended since the last sweep."""
    for version in memory.judging_versions():
        shape = shape_of(version.as_version())
        for turn in turns_of(version, sitting.reckoning.swept_on, sitting.day):
            judging = next(
                one for one in sitting.judgings if one.code == version.code and one.shape == shape
            )
            first = judging.window_start(turn)
            for group in memory.groups_since(shape, first, version.code):
                yield touched_group(group, since=turn, rule=version.code)


def _passed_on(memory: SweepMemory, sitting: Sitting) -> Iterable[Touched]:
    """Groups of agencies that went over into others since the last sweep."""
    swept = sitting.reckoning.swept_on
    agencies = {
        code
        for one in memory.passings()
        if one.on <= sitting.day and (swept is None or one.on > swept)
        for code in (one.predecessor, one.successor)
    }
    if not agencies:
        return ()
    return [replace(touched_values(one), since=None) for one in memory.values_of_agencies(agencies)]


def touched_values(values: Values) -> Touched:
    """Return the touch of violations with these values."""
    return Touched(
        type=values.type,
        agency=values.agency,
        field=values.field,
        procedure=values.procedure,
        officer=values.officer,
        since=values.first,
    )


def touched_group(group: Group, *, since: date | None = None, rule: str = "") -> Touched:
    """Return the touch of a whole group."""
    return Touched(
        type=value_in(group, GroupKey.TYPE),
        agency=value_in(group, GroupKey.AGENCY),
        field=value_in(group, GroupKey.FIELD),
        procedure=value_in(group, GroupKey.PROCEDURE),
        officer=value_in(group, GroupKey.OFFICER),
        since=since,
        rule=rule,
    )
