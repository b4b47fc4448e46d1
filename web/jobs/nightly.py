"""The steps of the night, in their order; each owner adds its own here.

A later step may rely on what the ones before it did. How a step must behave: `Step`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from web.directives.nightly import move_work_by_night
from web.dossiers.nightly import recount_by_night
from web.escalation.nightly import evaluate_by_night
from web.imports.keeping import forget_old_files
from web.jobs.held import Figures, Held
from web.jobs.sweeping import Step, Swept, sweep
from web.jobs.tidying import tidy
from web.messages.nightly import tell_what_falls_due, try_stranded_again
from web.periods.nightly import close_years, tell_periods_due
from web.review.nightly import climb_by_night
from web.violations.nightly import find_late_directives, find_overdue_dossiers

if TYPE_CHECKING:
    from web.wiring import Office

STEPS: tuple[Step, ...] = (
    Step("directives.succeed", move_work_by_night),
    Step("dossiers.recount", recount_by_night),
    Step("violations.dossiers", find_overdue_dossiers),
    Step("violations.directives", find_late_directives),
    Step("escalation.evaluate", evaluate_by_night),
    Step("review.climb", climb_by_night),
    Step("messages.due", tell_what_falls_due),
    Step("periods.due", tell_periods_due),
    Step("periods.close", close_years),
    Step("messages.stranded", try_stranded_again),
    Step("jobs.tidy", tidy),
    Step("dossiers.forget", forget_old_files),
)


def sweep_night(office: Office, day: date) -> Swept:
    """Sweep the night of `day` with every step of the product."""
    return sweep(office, day, STEPS)


def run_night(held: Held) -> Figures:
    """Sweep the night that a job names."""
    swept = sweep_night(held.office, date.fromisoformat(str(held.job.payload["day"])))
    return {"day": swept.day.isoformat(), "steps": len(swept.steps)}
