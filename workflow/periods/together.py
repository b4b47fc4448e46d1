"""Several periods judged at once: what can be done is done, each other one says why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.accounts.records import Actor
from workflow.directives.usecases import Ground
from workflow.doors import Refusal
from workflow.errors import Invalid, NotFound, Refused
from workflow.periods.ports import PeriodMemory
from workflow.periods.records import PeriodAction
from workflow.periods.usecases import act_on_period

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOutcome:
    """How an act ended for one period among several."""

    number: str
    serial: int
    refusal: Refusal | None = None


def confirm_together(
    memory: PeriodMemory, actor: Actor, chosen: Sequence[tuple[str, int]], *, ground: Ground
) -> tuple[PeriodOutcome, ...]:
    """Confirm the reports of several periods in one transaction, each with its own entry.

    `chosen` names directive and period. One that cannot be confirmed is left as it is and says
    why; the others are done. Invalid when none is chosen, or beyond two hundred.
    """
    wanted = sorted(set(chosen))
    if not wanted:
        raise Invalid({"chosen": "no_period_chosen"})
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid({"chosen": "too_many_periods"})
    return tuple(_confirmed(memory, actor, number, serial, ground) for number, serial in wanted)


def _confirmed(
    memory: PeriodMemory, actor: Actor, number: str, serial: int, ground: Ground
) -> PeriodOutcome:
    """Confirm one: whatever refuses it does so before anything is written."""
    try:
        act_on_period(memory, actor, number, serial, PeriodAction.CONFIRM, {}, ground=ground)
    except (Refused, NotFound) as error:
        refusal = Refusal(code=error.code, params=error.params)
        return PeriodOutcome(number=number, serial=serial, refusal=refusal)
    return PeriodOutcome(number=number, serial=serial)
