"""New work that a leader's instruction gives: another clause of the document it speaks of.

A leader who reads one directive may see that something else has to be done (product.md,
section 3, row `direct`: text, new clause or date). The new clause stands in the same document,
its source is the instruction, and it becomes one directive of its own.
"""

from __future__ import annotations

from workflow.accounts.records import Role
from workflow.agencies.rules import may_lead
from workflow.directives.changes import NewClause
from workflow.directives.guards import Case
from workflow.directives.needs import Given, Kind, Need

NEW_CLAUSE = (
    Need(name="new_content", kind=Kind.TEXT, required=False),
    Need(name="new_agency", kind=Kind.AGENCY, required=False),
    Need(name="new_due_on", kind=Kind.DAY, required=False),
)
"""The words of a new clause, who leads it (else who leads this one), and until when."""


def new_clause_is_whole(case: Case, given: Given) -> dict[str, str]:
    """A new clause has words, somebody who can lead it and no day that is over.

    A part has no clause of its own: what is new is given where the clause stands.
    """
    agency, due_on = given.agency("new_agency"), given.day("new_due_on")
    wrong: dict[str, str] = {}
    if case.directive.parent_id is not None:
        return {need.name: "clause_of_a_part" for need in NEW_CLAUSE if given.has(need.name)}
    if not given.text("new_content") and (agency or due_on):
        wrong["new_content"] = "required"
    if agency and not may_lead(agency, case.day):
        wrong["new_agency"] = "cannot_lead"
    if due_on and due_on < case.day:
        wrong["new_due_on"] = "date_past"
    return wrong


def new_clause(case: Case, given: Given) -> NewClause | None:
    """Return the clause that the instruction adds, if it adds one.

    It runs from the day it was said, and whoever said it gave it: a leader who acts, else
    whoever gave the directive that the instruction is recorded on.
    """
    content, of = given.text("new_content"), case.directive
    if not content:
        return None
    agency, actor = given.agency("new_agency"), case.actor
    return NewClause(
        agency_id=agency.id if agency else of.lead_agency_id,
        agency_name=agency.name if agency else of.lead_name,
        content=content,
        due_on=given.day("new_due_on"),
        assigned_on=max(given.day("said_on") or case.day, of.assigned_on),
        assigner_id=actor.account_id if actor.role is Role.LEADER else of.assigner_id,
        reference=given.text("reference") or actor.name,
    )
