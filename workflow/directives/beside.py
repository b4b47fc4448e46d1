"""Rows of the table for what goes on beside the state: inside an agency, between them, pauses."""

from __future__ import annotations

from workflow.directives import checks, cooperating, guards, inside, pausing
from workflow.directives.asked import (
    DRAFTED,
    FILES,
    GOING_BACK,
    NEW_DATE,
    PREPARED_FILES,
    REASON,
    REASON_IF_ANY,
    THE_PAPER,
)
from workflow.directives.needs import Kind, Need
from workflow.directives.records import Action, State
from workflow.directives.row import Row, stays
from workflow.directives.standing import Standing

ASSIGNED, IN_PROGRESS, REPORTED = State.ASSIGNED, State.IN_PROGRESS, State.REPORTED

NOTE = Need(name="note", kind=Kind.TEXT)

BESIDE: tuple[Row, ...] = (
    Row(
        action=Action.ROUTE,
        to=stays(ASSIGNED, IN_PROGRESS, REPORTED),
        by=(Standing.LEAD_SUBMITTER, Standing.COORDINATOR_SUBMITTER),
        needs=(
            Need(name="division", kind=Kind.DIVISION, required=False),
            Need(name="person", kind=Kind.COLLEAGUE, required=False),
            Need(name="internal_due_on", kind=Kind.DAY, required=False),
            Need(name="note", kind=Kind.TEXT, required=False),
        ),
        checks=(
            cooperating.somebody_is_named,
            cooperating.division_stands,
            cooperating.internal_day_not_past,
        ),
        effect=cooperating.route,
        inside=True,
    ),
    Row(
        action=Action.PREPARE,
        to=stays(ASSIGNED, IN_PROGRESS),
        by=(Standing.LEAD_OFFICER, Standing.LEAD_SUBMITTER),
        guards=(
            guards.no_decline_standing,
            pausing.not_suspended,
            inside.officers_prepare_and_others_change,
        ),
        needs=(*DRAFTED, PREPARED_FILES),
        checks=inside.PREPARED_IS_FIT,
        effect=inside.prepare,
        inside=True,
    ),
    Row(
        action=Action.GIVE_BACK,
        to=stays(ASSIGNED, IN_PROGRESS, REPORTED),
        by=(
            Standing.LEAD_SUBMITTER,
            Standing.COORDINATOR_SUBMITTER,
            Standing.HANDING_SUBMITTER,
        ),
        guards=(inside.something_waits,),
        needs=(GOING_BACK, NOTE),
        checks=(inside.what_goes_back_waits,),
        effect=inside.give_back,
        inside=True,
    ),
    Row(
        action=Action.HAND_BACK,
        to=stays(ASSIGNED, IN_PROGRESS, REPORTED),
        by=(Standing.LEAD, Standing.COORDINATOR),
        guards=(inside.holds_routing,),
        needs=(NOTE,),
        effect=inside.hand_back,
        inside=True,
    ),
    Row(
        action=Action.REQUEST_INPUT,
        to=stays(IN_PROGRESS),
        by=(Standing.LEAD_SUBMITTER,),
        guards=(pausing.not_suspended, cooperating.has_coordinators),
        needs=(
            Need(name="agencies", kind=Kind.BESIDE),
            Need(name="what", kind=Kind.TEXT),
            Need(name="needed_on", kind=Kind.DAY),
        ),
        checks=(
            cooperating.only_coordinators_are_asked,
            cooperating.asked_still_stand,
            cooperating.needed_day_not_past,
        ),
        effect=cooperating.request_input,
    ),
    Row(
        action=Action.TAKE_BACK_INPUT,
        to=stays(ASSIGNED, IN_PROGRESS, REPORTED),
        by=(Standing.LEAD_SUBMITTER,),
        guards=(cooperating.input_is_asked,),
        needs=(Need(name="asked_input", kind=Kind.ITEM), REASON),
        checks=(cooperating.input_waits,),
        effect=cooperating.take_back_input,
    ),
    Row(
        action=Action.GIVE_INPUT,
        to=stays(ASSIGNED, IN_PROGRESS, REPORTED),
        by=(Standing.COORDINATOR,),
        guards=(cooperating.asked_of_us,),
        needs=(
            Need(name="request", kind=Kind.ITEM),
            Need(name="answer", kind=Kind.TEXT),
            FILES,
            PREPARED_FILES,
        ),
        checks=(cooperating.request_is_ours,),
        effect=cooperating.give_input,
    ),
    Row(
        action=Action.ANSWER,
        to=stays(ASSIGNED, IN_PROGRESS, REPORTED),
        by=(Standing.OVERSEER,),
        guards=(cooperating.has_open_proposal,),
        needs=(
            Need(name="proposed", kind=Kind.ITEM),
            Need(name="answer", kind=Kind.TEXT),
            Need(name="paper", kind=Kind.LINE, required=False),
        ),
        checks=(cooperating.proposal_is_open,),
        effect=cooperating.answer,
    ),
    Row(
        action=Action.SUSPEND,
        to=stays(ASSIGNED, IN_PROGRESS),
        by=(Standing.OVERSEER,),
        guards=(pausing.not_suspended,),
        needs=(*THE_PAPER, REASON_IF_ANY, FILES),
        checks=(checks.paper_date_is_possible,),
        effect=pausing.suspend,
    ),
    Row(
        action=Action.RESUME,
        to=stays(ASSIGNED, IN_PROGRESS),
        by=(Standing.OVERSEER,),
        guards=(pausing.is_suspended,),
        needs=(*THE_PAPER, NEW_DATE, REASON_IF_ANY, FILES),
        checks=(
            checks.paper_date_is_possible,
            pausing.passed_date_is_named,
            checks.due_date_not_past,
            checks.stays_inside_parent,
        ),
        effect=pausing.resume,
    ),
)
