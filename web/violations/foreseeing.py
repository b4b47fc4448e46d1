"""Which cases would fall with some violations: said before anyone presses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.escalation.foreseeing import if_fallen
from web.identity import current_actor
from web.wiring import office, reading_unit
from workflow.escalation.stored import ChangeKind
from workflow.violations.records import Violation

NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """How many cases stand no more, and how many a level lower; the first of them by number."""

    retracted: int
    lowered: int
    numbers: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.retracted + self.lowered - len(self.numbers)


def foreseen(falling: Sequence[Violation]) -> Foreseen:
    """Return what the evaluation after the act would do to cases, if it came now."""
    found = if_fallen(
        reading_unit().connection,
        current_actor(),
        falling,
        day=office().today(),
        at=office().clock(),
    )
    ordered = sorted(
        (change.kind is ChangeKind.LOWER, number)
        for number, change in found.changes
        if change.kind in {ChangeKind.RETRACT, ChangeKind.LOWER}
    )
    numbers = tuple(number for _, number in ordered[:NAMED])
    return Foreseen(retracted=found.retracted, lowered=found.lowered, numbers=numbers)
