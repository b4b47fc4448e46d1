"""The steps of the night, in their order; each owner adds its own here.

A later step may rely on what the ones before it did. How a step must behave: `Step`.
"""

from __future__ import annotations

from datetime import date

from web.causes.walking import WALK
from web.directives.nightly import SUCCEED
from web.dossiers.counting import COUNT
from web.dossiers.nightly import RECOUNT
from web.escalation.nightly import EVALUATE
from web.history.nightly import ANCHOR
from web.imports.keeping import forget_old_files
from web.jobs.held import Figures, Held
from web.jobs.steps import Step
from web.jobs.sweeping import Swept, sweep
from web.jobs.tidying import TIDY
from web.messages.nightly import DUE, STRANDED
from web.periods.nightly import CLOSE
from web.periods.nightly import DUE as PERIODS
from web.review.nightly import CLIMB
from web.violations.nightly import DIRECTIVES, DOSSIERS
from web.wiring import Office

STEPS: tuple[Step, ...] = (
    SUCCEED,
    RECOUNT,
    COUNT,
    WALK,
    DOSSIERS,
    DIRECTIVES,
    EVALUATE,
    CLIMB,
    DUE,
    PERIODS,
    CLOSE,
    STRANDED,
    TIDY,
    ANCHOR,
    Step("dossiers.forget", within=forget_old_files, waits=False),
)


def sweep_night(office: Office, day: date) -> Swept:
    """Sweep the night of `day` with every step of the product."""
    return sweep(office, day, STEPS)


def run_night(held: Held) -> Figures:
    """Sweep the night that a job names."""
    swept = sweep_night(held.office, date.fromisoformat(str(held.job.payload["day"])))
    return {"day": swept.day.isoformat(), "steps": len(swept.steps)}
