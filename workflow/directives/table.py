"""The one table of the directive's life: engine, buttons, forms, diagram, docs, tests read it.

Each row is an action of product.md, section 3. To add one: a word in `Action`, a row here
(with its guards in `guards.py`, its checks in `checks.py`, its effect in `effects.py`), a
label in `web/directives/words.py`; CONTRIBUTING.md names the rest. What goes on beside the state
(inside an agency, between agencies, pauses) has its rows in `beside.py`, what whoever verifies
does in `judging.py`, what a document changes in `changing.py`.
"""

from __future__ import annotations

from workflow.directives import checks, effects, guards
from workflow.directives.asked import (
    FILES,
    LETTER,
    NEW_DATE,
    OPINION,
    PAPER,
    PAPER_BEHIND,
    PAPER_IF_ANY,
    PERIOD,
    PREPARED_FILES,
    REASON,
    REASON_IF_ANY,
    RESULT,
    SET_ASIDE,
    SHOWN,
    SPOKEN,
)
from workflow.directives.beside import BESIDE
from workflow.directives.changing import CHANGING
from workflow.directives.dividing import UNIT_DAYS, unit_days_fit
from workflow.directives.instructing import NEW_CLAUSE, new_clause_is_whole
from workflow.directives.joining import BESIDE_THE_LEAD, JOINING_IS_WHOLE
from workflow.directives.judging import JUDGING
from workflow.directives.needs import Kind, Need, choice_of
from workflow.directives.pausing import no_date_while_suspended, not_suspended
from workflow.directives.records import Action, Ask, State
from workflow.directives.row import Row, stays
from workflow.directives.standing import Standing
from workflow.directives.taking_back import TAKING_BACK

ASSIGNED, IN_PROGRESS = State.ASSIGNED, State.IN_PROGRESS
REPORTED, VERIFIED, WITHDRAWN = State.REPORTED, State.VERIFIED, State.WITHDRAWN

TABLE: tuple[Row, ...] = (
    Row(
        action=Action.ACCEPT,
        to={ASSIGNED: IN_PROGRESS},
        by=(Standing.LEAD,),
        guards=(guards.no_decline_standing,),
        effect=effects.accept,
    ),
    Row(
        action=Action.UPDATE,
        to={ASSIGNED: IN_PROGRESS, IN_PROGRESS: IN_PROGRESS},
        by=(Standing.LEAD, Standing.COORDINATOR),
        guards=(guards.no_decline_standing, guards.only_lead_from_assigned),
        needs=(
            Need(name="done", kind=Kind.TEXT),
            Need(name="figure", kind=Kind.NUMBER, required=False),
            Need(name="difficulties", kind=Kind.TEXT, required=False),
            Need(name="proposal", kind=Kind.TEXT, required=False),
            Need(name="progress", kind=Kind.PERCENT, required=False, prefill="progress"),
            FILES,
            PREPARED_FILES,
            *PERIOD,
        ),
        checks=(checks.period_is_ordered,),
        effect=effects.update,
    ),
    Row(
        action=Action.REPORT,
        to={ASSIGNED: REPORTED, IN_PROGRESS: REPORTED},
        by=(Standing.LEAD_SUBMITTER,),
        guards=(guards.no_decline_standing, not_suspended),
        needs=(*RESULT, SET_ASIDE, PREPARED_FILES),
        checks=(*checks.REPORT_IS_WHOLE, checks.only_loose_pieces_are_set_aside),
        effect=effects.report,
    ),
    Row(
        action=Action.RECORD_REPORT,
        to={ASSIGNED: REPORTED, IN_PROGRESS: REPORTED},
        by=(Standing.OVERSEER,),
        guards=(guards.no_decline_standing, not_suspended),
        needs=(
            Need(name="result", kind=Kind.TEXT),
            Need(name="report_number", kind=Kind.LINE),
            Need(name="report_date", kind=Kind.DAY),
            Need(name="received_on", kind=Kind.DAY),
            Need(name="arrival_number", kind=Kind.LINE, required=False),
            Need(name="signer", kind=Kind.LINE),
            *SHOWN,
        ),
        checks=(*checks.REPORT_IS_WHOLE, checks.received_day_is_possible),
        effect=effects.record_report,
    ),
    Row(
        action=Action.REMIND,
        to=stays(ASSIGNED, IN_PROGRESS),
        by=(Standing.OVERSEER,),
        guards=(not_suspended,),
        needs=(
            Need(name="text", kind=Kind.TEXT),
            PAPER_IF_ANY,
        ),
        effect=effects.remind,
    ),
    Row(
        action=Action.DIRECT,
        to=stays(ASSIGNED, IN_PROGRESS, REPORTED),
        by=(Standing.DIRECTOR,),
        needs=(*OPINION, *NEW_CLAUSE),
        checks=(
            checks.recorder_says_where,
            checks.spoken_by_now,
            no_date_while_suspended,
            checks.due_date_not_past,
            checks.stays_inside_parent,
            new_clause_is_whole,
        ),
        effect=effects.direct,
    ),
    Row(
        action=Action.DECLINE,
        to=stays(ASSIGNED),
        by=(Standing.LEAD_SUBMITTER,),
        guards=(guards.no_decline_standing, guards.within_decline_time),
        needs=(
            PAPER,
            Need(name="ask", kind=Kind.CHOICE, choices=choice_of(Ask)),
            Need(name="agency", kind=Kind.AGENCY, required=False, of_each=True),
            REASON,
            LETTER,
            PREPARED_FILES,
        ),
        checks=(checks.new_lead_can_lead,),
        effect=effects.decline,
    ),
    Row(
        action=Action.HAND_DOWN,
        to=stays(IN_PROGRESS),
        by=(Standing.LEAD_SUBMITTER,),
        needs=(
            Need(name="agency", kind=Kind.UNITS_BELOW),
            Need(name="content", kind=Kind.TEXT),
            NEW_DATE,
            UNIT_DAYS,
        ),
        checks=(
            checks.units_stand_below,
            checks.due_date_not_past,
            checks.part_has_date_where_parent_has,
            checks.part_fits_inside,
            unit_days_fit,
        ),
        effect=effects.hand_down,
    ),
    Row(
        action=Action.REQUEST_EXTENSION,
        to=stays(ASSIGNED, IN_PROGRESS),
        by=(Standing.LEAD_SUBMITTER,),
        guards=(
            guards.has_due_date,
            not_suspended,
            guards.no_extension_standing,
            guards.before_due_date,
            guards.extensions_left,
        ),
        needs=(Need(name="due_on", kind=Kind.DAY), REASON, PAPER_IF_ANY, FILES, PREPARED_FILES),
        checks=(checks.asks_for_later,),
        effect=effects.request_extension,
    ),
    TAKING_BACK,
    Row(
        action=Action.RECALL,
        to={REPORTED: IN_PROGRESS},
        by=(Standing.LEAD_SUBMITTER, Standing.RECORDER),
        guards=(guards.not_yet_judged,),
        needs=(REASON,),
        effect=effects.recall,
    ),
    *JUDGING,
    Row(
        action=Action.REASSIGN,
        to={ASSIGNED: ASSIGNED, IN_PROGRESS: ASSIGNED},
        by=(Standing.OVERSEER,),
        guards=(guards.no_open_parts,),
        needs=(
            Need(name="agency", kind=Kind.AGENCY),
            *BESIDE_THE_LEAD,
            REASON,
            NEW_DATE,
            *PAPER_BEHIND,
            FILES,
        ),
        checks=(
            checks.new_lead_can_lead,
            checks.paper_date_is_possible,
            *JOINING_IS_WHOLE,
            no_date_while_suspended,
            checks.due_date_not_past,
            checks.stays_inside_parent,
        ),
        effect=effects.reassign,
    ),
    Row(
        action=Action.INSIST,
        to=stays(ASSIGNED),
        by=(Standing.OVERSEER,),
        guards=(guards.decline_stands,),
        needs=(REASON,),
        effect=effects.insist,
    ),
    Row(
        action=Action.DECIDE_EXTENSION,
        to=stays(ASSIGNED, IN_PROGRESS),
        by=(Standing.DECIDER,),
        guards=(guards.extension_stands, not_suspended),
        needs=(
            Need(name="decision", kind=Kind.CHOICE, choices=("granted", "refused")),
            Need(name="due_on", kind=Kind.DAY, required=False, prefill="extension_asked_to"),
            SPOKEN[0],
            *PAPER_BEHIND,
            REASON_IF_ANY,
            FILES,
        ),
        checks=(
            checks.decision_is_whole,
            checks.recorder_names_the_decision,
            checks.decider_speaks_for_nobody,
            checks.paper_date_is_possible,
        ),
        effect=effects.decide_extension,
    ),
    *CHANGING,
    *BESIDE,
)

BY_ACTION: dict[Action, Row] = {row.action: row for row in TABLE}
