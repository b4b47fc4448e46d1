"""What the steps of many overdue dossiers say together: where the time went, who ran over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflow.causes.breaking import Break, worst_break
from workflow.causes.clock import WorkingClock
from workflow.causes.pareto import Bar, pareto
from workflow.causes.records import Course, HolderKind
from workflow.causes.splitting import split_time

NO_BREAK = ""
"""The key of dossiers in which no step broke a limit: the log does not say who is at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Many courses taken together.

    `by_step` and `by_fault` count each dossier once, by the step that ran over the longest
    and by its holder; `held` are working seconds by sort of body, and add up to `whole`.
    """

    dossiers: int
    by_step: tuple[Bar, ...]
    by_fault: tuple[Bar, ...]
    held: tuple[tuple[HolderKind, int], ...]
    whole: int


def study(courses: Iterable[Course], clock: WorkingClock, as_of: datetime) -> Study:
    """Take the courses of overdue dossiers together, as of an instant."""
    steps: list[tuple[str, int, float]] = []
    faults: list[tuple[str, int, float]] = []
    held: dict[HolderKind, int] = {}
    number = whole = 0
    for course in courses:
        number += 1
        worst = worst_break(course, clock, as_of)
        days = float(worst.days_over) if worst else 0.0
        steps.append((worst.name if worst else NO_BREAK, 1, days))
        faults.append((fault_of(worst), 1, days))
        split = split_time(course, clock, as_of)
        whole += split.whole
        for part in split.parts:
            held[part.holder.kind] = held.get(part.holder.kind, 0) + part.seconds
    return Study(
        dossiers=number,
        by_step=pareto(steps),
        by_fault=pareto(faults),
        held=tuple(sorted(held.items(), key=lambda item: (-item[1], item[0]))),
        whole=whole,
    )


def fault_of(worst: Break | None) -> str:
    """Return whose step ran over the longest, in the file's words; "" where none did."""
    return worst.holder.text if worst else NO_BREAK
