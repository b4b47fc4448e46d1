"""Who coordinates changes: agencies that join beside the lead, and those that no longer do."""

from __future__ import annotations

from workflow.agencies.records import Agency, Tier
from workflow.directives.changes import Change
from workflow.directives.guards import Case
from workflow.directives.needs import Given, Kind, Need

JOINING = Need(name="coordinating", kind=Kind.AGENCIES, required=False)
LEAVING = Need(name="no_longer", kind=Kind.BESIDE, required=False)
BESIDE_THE_LEAD = (JOINING, LEAVING)
"""Both name a change and no whole list: who is named in neither stays as they were."""


def joiners_can_join(case: Case, given: Given) -> dict[str, str]:
    """Who joins exists on the day, neither leads nor coordinates, and gives no work itself.

    Vertical bodies can join: to be asked is all they may be. A part stays among the units of
    the agency that handed it down.
    """
    found = (_cannot_join(case, given, agency) for agency in given.agencies(JOINING.name))
    code = next(filter(None, found), "")
    return {JOINING.name: code} if code else {}


def _cannot_join(case: Case, given: Given, agency: Agency) -> str:
    of = case.directive
    if not agency.stands_on(case.day) or agency.tier is Tier.PROVINCE:
        return "cannot_coordinate"
    if agency.id == _lead_after(case, given):
        return "lead_coordinates"
    if agency.id in of.coordinating:
        return "coordinates_already"
    if of.parent_id is not None and not agency.is_under(of.handed_by_path):
        return "not_a_unit_below"
    return ""


def leavers_coordinate(case: Case, given: Given) -> dict[str, str]:
    """Only who coordinates can cease to."""
    named = {agency.id for agency in given.agencies(LEAVING.name)}
    return {} if named <= case.directive.coordinating else {LEAVING.name: "coordinates_not"}


JOINING_IS_WHOLE = (joiners_can_join, leavers_coordinate)


def beside_after(case: Case, given: Given, change: Change) -> Change:
    """Return the change with who coordinates after it, and who is told that they do, or not.

    A new lead that coordinated is told that it leads, and nothing of this.
    """
    before, lead = case.directive.coordinating, _lead_after(case, given)
    joined = tuple(a.id for a in given.agencies(JOINING.name))
    left = tuple(a.id for a in given.agencies(LEAVING.name) if a.id != lead)
    change.fields["coordinating"] = (before | set(joined)) - set(left) - {lead}
    return Change(fields=change.fields, joined=joined, left=left)


def _lead_after(case: Case, given: Given) -> int:
    named = given.agency("agency")
    return named.id if named else case.directive.lead_agency_id
