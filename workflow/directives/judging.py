"""What whoever verifies does: their rows of the table, and what each of them changes."""

from __future__ import annotations

from workflow.directives import checks, guards
from workflow.directives.asked import FILES, NEW_DATE, PAPER_BEHIND, PIECE, REASON
from workflow.directives.changes import Change, no_extension_asked, short_note
from workflow.directives.effects import back_to_work
from workflow.directives.ending import PERIODS_REASON, owed_periods_are_named
from workflow.directives.guards import Case
from workflow.directives.needs import Given, Kind, Need, choice_of
from workflow.directives.records import Action, Grade, State, Verdict
from workflow.directives.row import Row, stays
from workflow.directives.standing import Standing
from workflow.evidence.records import EvidenceState

IN_PROGRESS, REPORTED, VERIFIED = State.IN_PROGRESS, State.REPORTED, State.VERIFIED


def verify(case: Case, given: Given) -> Change:
    """Somebody independent confirms the result."""
    grade = given.text("grade")
    return Change(
        fields={
            "verified_on": case.day,
            "verdict": Verdict(given.text("verdict")),
            "grade": Grade(grade) if grade else None,
            "judged": True,
            "proposed_on": None,
        }
        | no_extension_asked()
    )


def return_(case: Case, given: Given) -> Change:
    """The verifier asks for more; a returned report never stopped the clock."""
    fields = back_to_work(case, given.day("due_on"))
    fields["returned_count"] = case.directive.returned_count + 1
    if given.day("due_on"):
        fields |= {"due_on": given.day("due_on")}
        fields |= {"first_due_on": case.directive.first_due_on or given.day("due_on")}
    return Change(fields=fields, told={"note": short_note(given.text("reason"))})


def reopen(case: Case, given: Given) -> Change:
    """A verified directive goes on."""
    del given
    cleared = {"verified_on": None, "verdict": None, "grade": None}
    return Change(fields=back_to_work(case) | cleared)


def _judged_piece(case: Case, given: Given, state: EvidenceState) -> Change:
    begun = {"judged": True} if case.directive.state is State.REPORTED else {}
    return Change(fields=dict(begun), evidence_id=given.whole("evidence"), evidence_state=state)


def accept_evidence(case: Case, given: Given) -> Change:
    """A piece proves what it should."""
    return _judged_piece(case, given, EvidenceState.ACCEPTED)


def reject_evidence(case: Case, given: Given) -> Change:
    """A piece does not prove it; the reason is kept with it."""
    return _judged_piece(case, given, EvidenceState.REJECTED)


JUDGING: tuple[Row, ...] = (
    Row(
        action=Action.VERIFY,
        to={REPORTED: VERIFIED},
        by=(Standing.JUDGE,),
        guards=(guards.independent, guards.evidence_not_all_rejected),
        needs=(
            Need(name="verdict", kind=Kind.CHOICE, choices=choice_of(Verdict)),
            Need(name="grade", kind=Kind.CHOICE, choices=choice_of(Grade), required=False),
            Need(name="comment", kind=Kind.TEXT, required=False),
            PERIODS_REASON,
        ),
        checks=(owed_periods_are_named,),
        effect=verify,
    ),
    Row(
        action=Action.RETURN,
        to={REPORTED: IN_PROGRESS},
        by=(Standing.JUDGE,),
        guards=(guards.independent,),
        needs=(REASON, NEW_DATE),
        checks=(checks.due_date_not_past, checks.stays_inside_parent),
        effect=return_,
    ),
    Row(
        action=Action.ACCEPT_EVIDENCE,
        to=stays(IN_PROGRESS, REPORTED),
        by=(Standing.JUDGE,),
        guards=(guards.has_pending_evidence, guards.independent),
        needs=(PIECE,),
        checks=(checks.piece_is_pending, checks.judge_of_piece_is_not_its_uploader),
        effect=accept_evidence,
    ),
    Row(
        action=Action.REJECT_EVIDENCE,
        to=stays(IN_PROGRESS, REPORTED),
        by=(Standing.JUDGE,),
        guards=(guards.has_pending_evidence, guards.independent),
        needs=(PIECE, REASON),
        checks=(checks.piece_is_pending, checks.judge_of_piece_is_not_its_uploader),
        effect=reject_evidence,
    ),
    Row(
        action=Action.REOPEN,
        to={VERIFIED: IN_PROGRESS},
        by=(Standing.JUDGE,),
        guards=(guards.independent, guards.parent_goes_on, guards.within_reopening_time),
        needs=(
            REASON,
            *PAPER_BEHIND,
            FILES,
        ),
        checks=(checks.paper_date_is_possible,),
        effect=reopen,
    ),
)
