"""Work begun, paused or finished elsewhere: when it was given, what it starts with here."""

from __future__ import annotations

from datetime import date

from workflow.directives.records import State, Verdict
from workflow.documents.records import CarriedState, Clause, Problem

AHEAD = Problem(field="carried_on", text="", reason="carried_ahead")


def is_ahead(clause: Clause, today: date) -> bool:
    """Whether work is said to be finished or paused on a day that has not come."""
    return clause.carried_on is not None and clause.carried_on > today


def reached_before(clause: Clause, issued_on: date | None) -> date | None:
    """Return the day the work was given, where it is said to have ended or stopped before it."""
    given = given_on(clause, issued_on) if issued_on else clause.source_date
    early = given and clause.carried_on and clause.carried_on < given
    return given if early else None


def given_on(clause: Clause, issued_on: date) -> date:
    """Return the day a clause's work was given.

    Work carried over from elsewhere was given by the document its row names, if that one is
    not the later of the two; all other work by the document it stands in.
    """
    if clause.carried_state is None or clause.source_date is None:
        return issued_on
    return min(clause.source_date, issued_on)


def values_elsewhere(clause: Clause, issued_on: date, entered_on: date) -> dict[str, object]:
    """Running, paused and finished work recorded elsewhere is carried over, marked so.

    Paused work is paused from the day its sheet names; where it names none, from the day it
    was entered: what is known is that it stood still then.
    """
    if clause.carried_state is None:
        return {"state": State.ASSIGNED}
    if clause.carried_state is not CarriedState.DONE:
        runs = {"state": State.IN_PROGRESS, "accepted_on": issued_on, "carried_over": True}
        is_paused = clause.carried_state is CarriedState.PAUSED
        return runs | ({"suspended_since": clause.carried_on or entered_on} if is_paused else {})
    return {
        "state": State.VERIFIED,
        "carried_over": True,
        "completed_on": clause.carried_on,
        "verified_on": clause.carried_on,
        "verdict": Verdict.MET,
        "ever_reported": True,
    }
