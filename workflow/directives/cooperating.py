"""What goes on inside an agency and between agencies: routing, input asked and given, answers."""

from __future__ import annotations

from datetime import date

from workflow.directives.changes import Change, short_note
from workflow.directives.drafts import who_drafted
from workflow.directives.effects import with_hand
from workflow.directives.guards import Case
from workflow.directives.matters import InputRequest, Proposal
from workflow.directives.needs import Given
from workflow.directives.records import Action
from workflow.doors import Refusal
from workflow.history.records import Plain


def has_coordinators(case: Case) -> Refusal | None:
    """There is an agency beside the lead that can be asked."""
    return None if case.directive.coordinating else Refusal(code="no_coordinators")


def asked_of_us(case: Case) -> Refusal | None:
    """The lead asked this agency for something that still waits."""
    return None if inputs_of_actor(case) else Refusal(code="nothing_asked")


def input_is_asked(case: Case) -> Refusal | None:
    """The lead asked somebody for something that still waits."""
    return None if case.directive.open_inputs else Refusal(code="no_open_input")


def input_waits(case: Case, given: Given) -> dict[str, str]:
    """The request belongs to this directive and nobody answered it."""
    waiting = {one.id for one in case.directive.open_inputs}
    return {} if given.whole("asked_input") in waiting else {"asked_input": "not_an_item"}


def has_open_proposal(case: Case) -> Refusal | None:
    """There is a proposal that nobody answered."""
    return None if case.directive.open_proposals else Refusal(code="no_open_proposal")


def inputs_of_actor(case: Case) -> tuple[InputRequest, ...]:
    """Return what the acting agency still has to answer, the oldest first."""
    mine = case.actor.agency_id
    return tuple(one for one in case.directive.open_inputs if one.agency_id == mine)


def somebody_is_named(case: Case, given: Given) -> dict[str, str]:
    """Work is routed to a division, to a person, or to both."""
    del case
    named = given.division("division") or given.colleague("person")
    return {} if named else {"person": "division_or_colleague"}


def division_stands(case: Case, given: Given) -> dict[str, str]:
    """The division is one of today."""
    division = given.division("division")
    if division is None:
        return {}
    ended = division.valid_to is not None and division.valid_to < case.day
    return {"division": "not_a_division"} if ended or division.valid_from > case.day else {}


def internal_day_not_past(case: Case, given: Given) -> dict[str, str]:
    """The day set inside the agency lies neither before today nor after the date agreed."""
    day, due_on = given.day("internal_due_on"), case.directive.due_on
    if day and day < case.day:
        return {"internal_due_on": "date_past"}
    late = day is not None and due_on is not None and due_on >= case.day and day > due_on
    return {"internal_due_on": "after_due_date"} if late else {}


def only_coordinators_are_asked(case: Case, given: Given) -> dict[str, str]:
    """Only agencies that coordinate this directive are asked."""
    asked = {agency.id for agency in given.agencies("agencies")}
    return {} if asked <= case.directive.coordinating else {"agencies": "not_coordinating"}


def asked_still_stand(case: Case, given: Given) -> dict[str, str]:
    """Nobody is left in an agency that ended to answer."""
    ended = any(not agency.stands_on(case.day) for agency in given.agencies("agencies"))
    return {"agencies": "agency_ended"} if ended else {}


def needed_day_not_past(case: Case, given: Given) -> dict[str, str]:
    """An agency gets at least the rest of today."""
    day = given.day("needed_on")
    return {"needed_on": "date_past"} if day and day < case.day else {}


def request_is_ours(case: Case, given: Given) -> dict[str, str]:
    """The request that is answered was made to this agency and still waits."""
    mine = {one.id for one in inputs_of_actor(case)}
    return {} if given.whole("request") in mine else {"request": "not_an_item"}


def proposal_is_open(case: Case, given: Given) -> dict[str, str]:
    """The proposal belongs to this directive and nobody answered it."""
    waiting = {one.id for one in case.directive.open_proposals}
    return {} if given.whole("proposed") in waiting else {"proposed": "not_an_item"}


def route(case: Case, given: Given) -> Change:
    """The agency says who of its people does it; nothing of the directive changes.

    Who had it before is told where it went.
    """
    colleague, day = given.colleague("person"), given.day("internal_due_on")
    division = given.division("division")
    named = [one.name for one in (colleague, division) if one is not None]
    told: dict[str, Plain] = {"who": case.actor.name, "to": ", ".join(named)}
    if day is not None:
        told["internal_due_on"] = day.isoformat()
    if given.text("note"):
        told["note"] = short_note(given.text("note"))
    taker = colleague.id if colleague else None
    had = {
        one.account_id for one in case.directive.routings if one.agency_id == case.actor.agency_id
    }
    released = tuple(sorted(one for one in had - {taker, *case.actor.hands} if one is not None))
    return Change(to_account=taker, released=released, told=told)


def request_input(case: Case, given: Given) -> Change:
    """The lead asks agencies that coordinate for what it needs."""
    del case
    day = given.day("needed_on")
    told: dict[str, Plain] = {"needed_on": day.isoformat()} if day else {}
    agencies = tuple(agency.id for agency in given.agencies("agencies"))
    return Change(to_agencies=agencies, told=told)


def take_back_input(case: Case, given: Given) -> Change:
    """The lead needs it no more; the agency that was asked is told."""
    key = given.whole("asked_input")
    return Change(
        to_agencies=tuple(one.agency_id for one in case.directive.open_inputs if one.id == key)
    )


def give_input(case: Case, given: Given) -> Change:
    """A coordinating agency answers; who writes the answer has a hand in the work."""
    del given
    hands = with_hand(case) | who_drafted(case, Action.GIVE_INPUT)
    return Change(fields={"touched_by": hands})


def answer(case: Case, given: Given) -> Change:
    """Those above answer a proposal; the oldest of the others waits on."""
    answered = given.whole("proposed")
    waiting = [one for one in case.directive.open_proposals if one.id != answered]
    return Change(fields={"proposed_on": _oldest(waiting)}, to_agencies=_proposer(case, answered))


def _proposer(case: Case, answered: int | None) -> tuple[int, ...]:
    """The agency that proposed is told, when it is not the lead, who is told anyway."""
    of = next((one for one in case.directive.proposals if one.id == answered), None)
    beside = of is not None and of.agency_id not in (None, case.directive.lead_agency_id)
    return (of.agency_id,) if of and of.agency_id and beside else ()


def _oldest(waiting: list[Proposal]) -> date | None:
    return min((one.proposed_on for one in waiting), default=None)
