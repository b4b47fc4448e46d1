"""A change of the tree of agencies, and whose violations count under whom because of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.agencies.successors import Merging, Successors
from workflow.days import local_day
from workflow.escalation.evaluating import evaluate
from workflow.escalation.ports import SweepMemory
from workflow.escalation.records import Touched
from workflow.escalation.sitting import sit
from workflow.escalation.stored import Cause, Reckoning
from workflow.escalation.sweeping import rederive, touched_values
from workflow.history.records import Subject
from workflow.history.rules import entry_by


@contextmanager
def counted_anew(memory: SweepMemory, actor: Actor, *, at: datetime) -> Iterator[None]:
    """Derive anew, at the end of the block, what its change of agencies touches (product.md §6).

    A merge, an end that is taken back, another code: whatever makes violations count under
    another name. One whose day is still to come is found by the sweep of that day.
    """
    reckoning, today = memory.hold(), local_day(at)
    before = _counted_under(memory, reckoning, today)
    yield
    after = _counted_under(memory, reckoning, today)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    names = {
        name for key in changed for name in (before.get(key), after.get(key)) if name is not None
    }
    touched = _touched(memory, names, after)
    if touched:
        sitting = sit(memory, as_of=today, at=at, actor=actor, cause=Cause.AGENCIES)
        evaluate(sitting, touched)


def _counted_under(memory: SweepMemory, reckoning: Reckoning, day: date) -> dict[int, str]:
    successors = Successors(memory.passings(), day, reckoning.merging)
    return {key: successors.code(code) for key, code in memory.agency_codes().items()}


def _touched(
    memory: SweepMemory, names: set[str], counted_under: Mapping[int, str]
) -> Sequence[Touched]:
    """Return every group of these names that any of their violations could be of."""
    codes = memory.agency_codes()
    theirs = {codes[key] for key, name in counted_under.items() if name in names}
    if not theirs:
        return ()
    return [
        replace(touched_values(values), agency=name, since=None)
        for values in memory.values_of_agencies(theirs)
        for name in sorted(names)
    ]


def set_merging(memory: SweepMemory, actor: Actor, merging: Merging, *, at: datetime) -> None:
    """Say what a successor's count begins with, and derive everything anew by it.

    The admin keeps the setting (or the command line for them); it is a province's own and no
    law. Nothing when it stands so already.
    """
    require_admin(actor, local_day(at))
    reckoning = memory.hold()
    if reckoning.merging is merging:
        return
    memory.set_merging(merging)
    rederive(memory, actor, as_of=local_day(at), at=at)
    memory.append(
        entry_by(
            actor,
            at,
            Subject.RULE,
            "merging",
            "set_merging",
            before={"merging": reckoning.merging},
            after={"merging": merging},
        )
    )
