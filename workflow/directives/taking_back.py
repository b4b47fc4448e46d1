"""Asking no more: a wish for another assignment, or for a later date, is taken back."""

from __future__ import annotations

from workflow.directives.asked import REASON
from workflow.directives.changes import Change, no_extension_asked, nobody_declines
from workflow.directives.guards import Case
from workflow.directives.needs import Given, Kind, Need
from workflow.directives.records import Action, State
from workflow.directives.row import Row, stays
from workflow.directives.standing import Standing
from workflow.doors import Refusal


def something_asked(case: Case) -> Refusal | None:
    """The lead asked those above for something that nobody answered."""
    asks = case.directive.decline_standing or case.directive.extension_asked_to
    return None if asks else Refusal(code="nothing_to_take_back")


def what_is_taken_back_stands(case: Case, given: Given) -> dict[str, str]:
    """What is taken back was asked for, and nobody answered it."""
    directive = case.directive
    stands = {
        "decline": directive.decline_standing,
        "extension": directive.extension_asked_to is not None,
    }
    return {} if stands.get(given.text("taken_back")) else {"taken_back": "not_an_item"}


def take_back(case: Case, given: Given) -> Change:
    """The lead asks no more for another assignment, or for a later date."""
    del case
    if given.text("taken_back") == "decline":
        return Change(fields=nobody_declines())
    return Change(fields=no_extension_asked())


TAKING_BACK = Row(
    action=Action.TAKE_BACK,
    to=stays(State.ASSIGNED, State.IN_PROGRESS),
    by=(Standing.LEAD_SUBMITTER,),
    guards=(something_asked,),
    needs=(
        Need(name="taken_back", kind=Kind.CHOICE, choices=("extension", "decline")),
        REASON,
    ),
    checks=(what_is_taken_back_stands,),
    effect=take_back,
)
