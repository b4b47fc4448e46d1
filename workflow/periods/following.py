"""What becomes of the periods when their directive changes hands, ends, or runs again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.directives.records import Directive
from workflow.periods.guards import HAVE_ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What follows for the periods that are not answered and fall due on `day` or later.

    Those that fell due before stay as they are: missing, and charged to who held the work.
    `to_agency` charges the others to a new lead; `ends` lets nobody owe them any more;
    `runs_again` lets them be owed as before. `paused_from`: the work was paused from that day
    until `day`, and what fell due meanwhile is owed by nobody.
    """

    day: date
    paused_from: date | None = None
    to_agency: int | None = None
    ends: bool = False
    runs_again: bool = False


def following(before: Directive, after: Directive, day: date) -> Following | None:
    """Return what follows for the periods of a directive; None where nothing does."""
    if not before.has_periods:
        return None
    had_ended, has_ended = before.state in HAVE_ENDED, after.state in HAVE_ENDED
    moved = before.lead_agency_id != after.lead_agency_id
    goes_on = before.is_suspended and not after.is_suspended
    found = Following(
        day=day,
        paused_from=before.suspended_since if goes_on else None,
        to_agency=after.lead_agency_id if moved else None,
        ends=has_ended and not had_ended,
        runs_again=had_ended and not has_ended,
    )
    return None if found == Following(day=day) else found
