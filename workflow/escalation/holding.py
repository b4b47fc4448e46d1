"""What an import touches is held back and judged at its end: by the file, never by its chunks.

The violations of one group may lie in several chunks. Judged chunk by chunk, a case would be
raised, lifted and retracted by how the file was cut. What waits is durable: an import that was
killed judges it when it goes on, else the night does, an hour after the last chunk. Whoever
evaluates one of these groups meanwhile looks at what is held of it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import chain

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.escalation.evaluating import Gathering, evaluate
from workflow.escalation.groups import shape_of
from workflow.escalation.ports import HoldingMemory
from workflow.escalation.records import Touched
from workflow.escalation.sitting import sit
from workflow.escalation.stored import Cause

HELD_FOR = timedelta(hours=1)
"""So long the night leaves alone what an import holds back: it may still be running."""
PART = 30_000
"""How many violations one transaction judges, as many as a chunk of dossiers: it is I4's bar."""


def hold_back(memory: HoldingMemory, touched: Gathering, *, source: str, at: datetime) -> None:
    """Keep what was touched, by those keys alone that a rule gathers by, until it is judged."""
    shapes = (shape_of(one.as_version()) for one in memory.judging_versions())
    memory.hold_back(source, tuple(touched(frozenset(chain.from_iterable(shapes)))), at)


def judge_held(
    memory: HoldingMemory, actor: Actor, source: str, *, as_of: date, at: datetime
) -> bool:
    """Judge a part of what a source holds back; return whether anything is held still.

    A part is of whole agencies, and where violations moved from one group to another all of
    them: an escalation goes where its basis went.
    """
    require_admin(actor, local_day(at))
    held = memory.held_of(source)
    if not held:
        return False
    sitting = sit(memory, as_of=as_of, at=at, actor=actor, cause=Cause.VIOLATIONS, source=source)
    part = part_of(held, PART)
    evaluate(sitting, [one for one in held if one.agency in part])
    memory.release(source, part)
    return any(one.agency not in part for one in held)


def part_of(held: Sequence[Touched], most: int) -> Collection[str]:
    """Return the agencies to judge at once: of what moved, and others where there is room."""
    counts = Counter[str]()
    for one in held:
        counts[one.agency] += one.many
    part = {one.agency for one in held if one.moved}
    for agency in sorted(counts.keys() - part):
        if part and sum(counts[one] for one in part) + counts[agency] > most:
            break
        part.add(agency)
    return part


def left_behind(memory: HoldingMemory, at: datetime) -> Iterable[Touched]:
    """Return what sources hold back that nobody has added to for long, and let go of it."""
    found: list[Touched] = []
    for source in memory.sources_held(at - HELD_FOR):
        held = memory.held_of(source)
        memory.release(source, {one.agency for one in held})
        found += held
    return found
