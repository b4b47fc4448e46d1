"""Many overdue dossiers taken together: whose step was slow, who held the time, and what if."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from workflow.causes.counterfactual import WhatIf
from workflow.causes.pareto import Bar, pareto
from workflow.causes.records import HolderKind
from workflow.causes.walking import Taken, Walked
from workflow.dossiers.timing import Promise
from workflow.errors import Refused


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


@dataclass(slots=True)
class Sums:
    """Walks of overdue dossiers while they are added up, one by one or many at once.

    `worst` counts dossiers, and days, by the step that ran over the longest and its holder;
    `broken` dossiers and days by any step that ran over, `saved` those that it alone made late.
    """

    dossiers: int = 0
    seconds: int = 0
    held: Counter[HolderKind] = field(default_factory=Counter)
    worst: Counter[tuple[str, str]] = field(default_factory=Counter)
    worst_days: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    broken_days: Counter[str] = field(default_factory=Counter)
    saved: Counter[str] = field(default_factory=Counter)

    def add(self, walked: Walked, by: Promise) -> None:
        """Add one dossier, late by one of its promised days."""
        self.dossiers += 1
        self.seconds += walked.seconds
        self.worst[walked.step, walked.fault] += 1
        self.worst_days[walked.step, walked.fault] += walked.days_over
        for kind, seconds in walked.held:
            self.held[kind] += seconds
        for one in walked.broken:
            self.broken[one.step] += 1
            self.broken_days[one.step] += one.days_over
            self.saved[one.step] += by in one.saved

    def study(self) -> Study:
        """Return what the dossiers say together."""
        worst = [(key, number, float(self.worst_days[key])) for key, number in self.worst.items()]
        return Study(
            dossiers=self.dossiers,
            by_step=pareto((step, number, days) for (step, _), number, days in worst),
            by_fault=pareto((fault, number, days) for (_, fault), number, days in worst),
            held=tuple(sorted(self.held.items(), key=lambda item: (-item[1], item[0]))),
            whole=self.seconds,
        )

    def what_if(self, *, least: int) -> tuple[WhatIf, ...]:
        """Return each step that broke its limit, what saves most first.

        Refused (`too_few_dossiers`) when there are fewer than `least` dossiers: so few prove
        nothing.
        """
        if self.dossiers < least:
            raise Refused("too_few_dossiers", found=self.dossiers, least=least)
        found = [
            WhatIf(
                step=step,
                broken=number,
                days_over=self.broken_days[step],
                overdue_before=self.dossiers,
                overdue_after=self.dossiers - self.saved[step],
            )
            for step, number in self.broken.items()
        ]
        return tuple(sorted(found, key=lambda w: (-w.saved, -w.days_over, w.step)))


def add_up(sums: Sums, taken: Iterable[Taken], by: Promise = Promise.FIRST) -> Sums:
    """Add logs to what was added before; those of dossiers that are not overdue are left out."""
    for one in taken:
        if by in one.overdue_by:
            sums.add(one.walked, by)
    return sums
