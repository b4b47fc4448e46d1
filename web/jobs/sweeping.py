"""Sweeping a night: its steps in order, each once, resumed where a killed one stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from web.jobs.held import beating
from web.jobs.steps import Step
from web.jobs.sweeper import NIGHT, Sweeper, Swept
from web.wiring import Office

__all__ = ["NIGHT", "StepFailed", "Swept", "sweep"]

BEATS_PER_LEASE = 3


class StepFailed(Exception):
    """Some steps of a night failed; the others were done. `steps` names them."""

    def __init__(self, steps: Sequence[str]) -> None:
        self.steps = tuple(steps)
        super().__init__(", ".join(steps))


def sweep(office: Office, day: date, steps: Sequence[Step]) -> Swept:
    """Sweep the night of `day`; StepFailed after the others when a step failed.

    Two at once: the second waits and then tells what the first did. A night cut short
    goes on after its last kept step; one that had ended is swept again, which finds
    nothing that the steps have not done already. Most nights are one transaction.
    """
    sweeper = Sweeper(office, day, steps)
    if not sweeper.go():
        lease = office.settings.background.jobs.lease.total_seconds()
        with beating(sweeper.renew, lease / BEATS_PER_LEASE):
            while not sweeper.go():
                pass
    if sweeper.swept.failed:
        raise StepFailed(sweeper.swept.failed)
    return sweeper.swept
