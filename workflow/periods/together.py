"""Several periods judged at once: what can be done is done, each other one says why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def judge_together(
    memory: PeriodMemory,
    actor: Actor,
    action: PeriodAction,
    chosen: Sequence[tuple[str, int]],
    given: Mapping[str, object],
    *,
    ground: Ground,
) -> tuple[PeriodOutcome, ...]:
    """Confirm or return the reports of several periods in one transaction, each with its entry.

    `chosen` names directive and period, `given` is said once for all. One that cannot be judged
    is left as it is and says why; the others are done. Invalid when none is chosen, beyond two
    hundred, or where the act needs what was not given: then nothing is done.
    """
    wanted = sorted(set(chosen))
    if not wanted:
        raise Invalid({"chosen": "no_period_chosen"})
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid({"chosen": "too_many_periods"})
    return tuple(
        _judged(memory, actor, action, number, serial, given, ground) for number, serial in wanted
    )


def _judged(
    memory: PeriodMemory,
    actor: Actor,
    action: PeriodAction,
    number: str,
    serial: int,
    given: Mapping[str, object],
    ground: Ground,
) -> PeriodOutcome:
    """Judge one: whatever refuses it does so before anything is written."""
    try:
        act_on_period(memory, actor, number, serial, action, given, ground=ground)
    except (Refused, NotFound) as error:
        refusal = Refusal(code=error.code, params=error.params)
        return PeriodOutcome(number=number, serial=serial, refusal=refusal)
    return PeriodOutcome(number=number, serial=serial)
