"""Whose a target is, and what its figures tell, said anew after issue: for all of a clause."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from workflow.directives.guards import Case
from workflow.directives.needs import Given
from workflow.directives.records import Directive
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.history.records import Entry

OF_CLAUSE = frozenset({"target_scope", "target_basis"})
"""Tracked fields that the clause holds: a change is one of every directive it became."""


class OfClause(NamedTuple):
    """Another directive of a clause: its number, its lead, and whether it ended."""

    number: str
    lead_agency_id: int
    is_part: bool
    has_ended: bool


def may_say_whose(of: Directive) -> bool:
    """Whether its clause has several leads, and a target that is one's own or all's."""
    return of.is_of_several and of.target_value is not None


def target_is_shared(case: Case, given: Given) -> dict[str, str]:
    """Whose a target is is said only where several lead the clause; never in a part of one."""
    says = given.has("target_scope") and given.text("target_scope") != case.directive.target_scope
    return {"target_scope": "not_shared"} if says and not may_say_whose(case.directive) else {}


def said_anew(case: Case, given: Given) -> dict[str, object]:
    """Return what of these is another than before."""
    fields: dict[str, object] = {}
    if given.has("target_scope"):
        fields["target_scope"] = TargetScope(given.text("target_scope"))
    if given.has("target_basis"):
        fields["target_basis"] = TargetBasis(given.text("target_basis"))
    of = case.directive
    return {name: value for name, value in fields.items() if value != getattr(of, name)}


def told_beside(entry: Entry, number: str) -> Entry:
    """Return the entry by which another directive of the clause tells what was said of all."""
    before, after = (
        {name: value for name, value in side.items() if name in OF_CLAUSE}
        for side in (entry.before, entry.after)
    )
    paper = {name: entry.given[name] for name in ("paper", "paper_date") if name in entry.given}
    return replace(entry, subject_key=number, before=before, after=after, given=paper, evidence=())
