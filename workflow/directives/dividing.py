"""Parts handed down at once to several units: one day for all, or a unit's own."""

from __future__ import annotations

from datetime import date

from workflow.directives.checks import latest_day_for_part
from workflow.directives.guards import Case
from workflow.directives.needs import Given, Kind, Need

UNIT_DAYS = Need(name="unit_days", kind=Kind.UNIT_DAYS, required=False)


def day_for(given: Given, agency_id: int) -> date | None:
    """Return the day of one unit's part: its own, else the one for all."""
    return given.unit_days(UNIT_DAYS.name).get(agency_id) or given.day("due_on")


def unit_days_fit(case: Case, given: Given) -> dict[str, str]:
    """A unit's own day is not past, fits inside the parent's time, and goes with a part."""
    days = given.unit_days(UNIT_DAYS.name)
    chosen = {unit.id for unit in given.agencies("agency")}
    latest = latest_day_for_part(case)
    if not days.keys() <= chosen:
        return {UNIT_DAYS.name: "unit_not_chosen"}
    if any(day < case.day for day in days.values()):
        return {UNIT_DAYS.name: "date_past"}
    if latest and any(day > latest for day in days.values()):
        return {UNIT_DAYS.name: "outside_parent"}
    return {}
