"""The one table of a case's life: engine, buttons, forms, diagram, docs, tests read it.

Each row is something people do to an escalation (product.md, section 6). What the engine
does (a raise puts a case back to `raised`, a fallen basis retracts it from every state) is
in `workflow/escalation`. To add an act: a word in `ReviewAction`, a row here, a label in
`web/review/words.py`. Nothing else names the acts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workflow.directives.needs import Given, Kind, Need, choice_of
from workflow.review import checks, effects, guards
from workflow.review.checks import Check
from workflow.review.guards import Case, Guard
from workflow.review.records import Change, EscalationState, Measure, ReviewAction
from workflow.review.standing import Relation

RAISED, ACKNOWLEDGED = EscalationState.RAISED, EscalationState.ACKNOWLEDGED
REQUESTED, EXPLAINED = EscalationState.EXPLANATION_REQUESTED, EscalationState.EXPLAINED
PROPOSED, DECIDED = EscalationState.PROPOSED, EscalationState.DECIDED
CLOSED = EscalationState.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One act: from where to where, by whom, behind which guards, with what.

    `to` maps each state it can start from to the state it leads to (the same: it stays).
    `for_several`: one paper can serve several open cases of the same agency.
    """

    action: ReviewAction
    to: dict[EscalationState, EscalationState]
    by: tuple[Relation, ...]
    effect: Callable[[Case, Given], Change]
    guards: tuple[Guard, ...] = ()
    needs: tuple[Need, ...] = ()
    checks: tuple[Check, ...] = ()
    for_several: bool = False


REASON = Need(name="reason", kind=Kind.TEXT)
NOTE = Need(name="text", kind=Kind.TEXT, required=False)
FILES = Need(name="files", kind=Kind.FILES, required=False)
PAPER = (Need(name="paper", kind=Kind.LINE), Need(name="paper_on", kind=Kind.DAY))
PAPER_IF_ANY = (
    Need(name="paper", kind=Kind.LINE, required=False),
    Need(name="paper_on", kind=Kind.DAY, required=False),
)
SIGNER = Need(name="signer", kind=Kind.LINE)
MEASURE = Need(name="measure", kind=Kind.CHOICE, choices=choice_of(Measure))
CHOSEN = Need(
    name="measure", kind=Kind.CHOICE, choices=choice_of(Measure), prefill="proposed_measure"
)
IMPARTIAL = (guards.no_conflict, guards.for_home_affairs)
DESK = (Relation.INSPECTOR, Relation.LEADER)
DECIDERS = (Relation.LEADER, Relation.OFFICE, Relation.HOME_INSPECTOR)
UNTIL_CLOSED = (RAISED, ACKNOWLEDGED, REQUESTED, EXPLAINED, PROPOSED, DECIDED)

TABLE: tuple[Row, ...] = (
    Row(
        action=ReviewAction.ACKNOWLEDGE,
        to={RAISED: ACKNOWLEDGED},
        by=DESK,
        guards=(*IMPARTIAL, guards.held_or_free),
        effect=effects.acknowledge,
    ),
    Row(
        action=ReviewAction.REQUEST_EXPLANATION,
        to={ACKNOWLEDGED: REQUESTED, EXPLAINED: REQUESTED},
        by=DESK,
        guards=(*IMPARTIAL, guards.holds_it),
        needs=(
            *PAPER,
            Need(name="text", kind=Kind.TEXT),
            Need(name="working_days", kind=Kind.COUNT),
            FILES,
        ),
        checks=(checks.paper_not_from_future, checks.answer_day_can_be_counted),
        effect=effects.request_explanation,
        for_several=True,
    ),
    Row(
        action=ReviewAction.EXPLAIN,
        to={REQUESTED: EXPLAINED},
        by=(Relation.AGENCY,),
        needs=(Need(name="text", kind=Kind.TEXT), *PAPER_IF_ANY, FILES),
        checks=(checks.paper_not_from_future,),
        effect=effects.explain,
        for_several=True,
    ),
    Row(
        action=ReviewAction.RECORD_EXPLANATION,
        to={REQUESTED: EXPLAINED},
        by=(Relation.INSPECTOR, Relation.OFFICE),
        guards=IMPARTIAL,
        needs=(Need(name="text", kind=Kind.TEXT), *PAPER, FILES),
        checks=(checks.paper_not_from_future,),
        effect=effects.explain,
        for_several=True,
    ),
    Row(
        action=ReviewAction.NOTE_NO_EXPLANATION,
        to={REQUESTED: EXPLAINED},
        by=DESK,
        guards=(*IMPARTIAL, guards.holds_it, guards.explanation_day_passed),
        needs=(NOTE,),
        effect=effects.note_no_explanation,
    ),
    Row(
        action=ReviewAction.PROPOSE,
        to={ACKNOWLEDGED: PROPOSED, EXPLAINED: PROPOSED},
        by=DESK,
        guards=(*IMPARTIAL, guards.holds_it),
        needs=(MEASURE, REASON, FILES),
        checks=(checks.basis_allows, checks.agency_was_heard),
        effect=effects.propose,
    ),
    Row(
        action=ReviewAction.SEND_BACK,
        to={PROPOSED: ACKNOWLEDGED},
        by=DECIDERS,
        guards=(*IMPARTIAL, guards.four_eyes, guards.within_authority),
        needs=(REASON,),
        effect=effects.send_back,
    ),
    Row(
        action=ReviewAction.DECIDE,
        to={PROPOSED: DECIDED},
        by=DECIDERS,
        guards=(*IMPARTIAL, guards.four_eyes, guards.within_authority),
        needs=(CHOSEN, REASON),
        checks=(checks.basis_allows, checks.agency_was_heard, checks.measure_within_authority),
        effect=effects.decide,
    ),
    Row(
        action=ReviewAction.RECORD_DECISION,
        to={PROPOSED: DECIDED},
        by=(Relation.OFFICE,),
        guards=(*IMPARTIAL, guards.four_eyes),
        needs=(
            CHOSEN,
            *PAPER,
            SIGNER,
            NOTE,
            Need(name="files", kind=Kind.FILES),
        ),
        checks=(
            checks.basis_allows,
            checks.agency_was_heard,
            checks.paper_not_from_future,
        ),
        effect=effects.decide,
    ),
    Row(
        action=ReviewAction.ISSUE_DIRECTIVE,
        to={DECIDED: DECIDED},
        by=(Relation.OFFICE,),
        guards=IMPARTIAL,
        needs=(
            *PAPER,
            SIGNER,
            Need(name="issuer", kind=Kind.LINE),
            Need(name="subject", kind=Kind.LINE),
            Need(name="agency", kind=Kind.AGENCY, prefill="agency_id"),
            Need(name="content", kind=Kind.TEXT),
            Need(name="expected_output", kind=Kind.LINE, required=False),
            Need(name="deadline_text", kind=Kind.LINE),
            FILES,
        ),
        checks=(checks.paper_not_from_future,),
        effect=effects.issue_directive,
    ),
    Row(
        action=ReviewAction.CLOSE,
        to={DECIDED: CLOSED},
        by=(*DESK, Relation.OFFICE),
        guards=(*IMPARTIAL, guards.inspector_holds_it),
        needs=(
            Need(name="result", kind=Kind.TEXT),
            *PAPER_IF_ANY,
            Need(name="signer", kind=Kind.LINE, required=False),
            FILES,
        ),
        checks=(checks.discipline_is_whole, checks.paper_not_from_future),
        effect=effects.close,
    ),
    Row(
        action=ReviewAction.HAND_ON,
        to={state: state for state in UNTIL_CLOSED},
        by=DESK,
        guards=(guards.inspector_holds_it, guards.somebody_else),
        needs=(Need(name="colleague", kind=Kind.PERSON), REASON),
        checks=(checks.goes_to_an_able_inspector,),
        effect=effects.hand_on,
    ),
)

BY_ACTION: dict[ReviewAction, Row] = {row.action: row for row in TABLE}
