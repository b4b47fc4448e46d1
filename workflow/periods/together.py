"""Several periods judged at once: what can be done is done, each other one says why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from workflow.accounts.records import Actor
from workflow.directives.usecases import Ground
from workflow.doors import Refusal
from workflow.errors import Invalid, NotFound, Refused
from workflow.periods.ports import PeriodMemory
from workflow.periods.records import PeriodAction
from workflow.periods.usecases import act_on_period

MOST_AT_ONCE = 200


class Ticked(NamedTuple):
    """A period that somebody ticked, and when the report they saw was filed, where they told it.

    A report taken back and filed anew meanwhile is not the one they judge.
    """

    number: str
    serial: int
    reported_at: datetime | None = None


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
    chosen: Sequence[Ticked],
    given: Mapping[str, object],
    *,
    ground: Ground,
) -> tuple[PeriodOutcome, ...]:
    """Confirm or return the reports of several periods in one transaction, each with its entry.

    `given` is said once for all. One that cannot be judged is left as it is and says why; the
    others are done. Invalid when none is chosen, beyond two
    hundred, or where the act needs what was not given: then nothing is done.
    """
    wanted = sorted({one[:2]: one for one in chosen}.values(), key=lambda one: one[:2])
    if not wanted:
        raise Invalid({"chosen": "no_period_chosen"})
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid({"chosen": "too_many_periods"})
    return tuple(_judged(memory, actor, action, one, given, ground) for one in wanted)


def _judged(
    memory: PeriodMemory,
    actor: Actor,
    action: PeriodAction,
    one: Ticked,
    given: Mapping[str, object],
    ground: Ground,
) -> PeriodOutcome:
    """Judge one: whatever refuses it does so before anything is written."""
    number, serial, seen = one
    try:
        act_on_period(memory, actor, number, serial, action, given, ground=ground, report_at=seen)
    except (Refused, NotFound) as error:
        refusal = Refusal(code=error.code, params=error.params)
        return PeriodOutcome(number=number, serial=serial, refusal=refusal)
    return PeriodOutcome(number=number, serial=serial)
