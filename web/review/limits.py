"""Until when whom: an agency reads its own answer day, everybody else that of who holds the case.

And what of the file lies beside the form of an act, so that nobody types again what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.review.facts import CaseFile
from web.review.saying import DeskClock
from web.speech import gettext as _
from workflow.accounts.records import AGENCY_ROLES
from workflow.review.guards import Case
from workflow.review.records import EscalationState, Paper, PaperKind, ReviewAction

HEARD = (PaperKind.EXPLANATION, PaperKind.SILENCE)
BESIDE: dict[ReviewAction, tuple[tuple[PaperKind, ...], ...]] = {
    ReviewAction.EXPLAIN: ((PaperKind.LETTER,),),
    ReviewAction.RECORD_EXPLANATION: ((PaperKind.LETTER,),),
    ReviewAction.NOTE_NO_EXPLANATION: ((PaperKind.LETTER,),),
    ReviewAction.REQUEST_EXPLANATION: (HEARD,),
    ReviewAction.PROPOSE: (HEARD, (PaperKind.SENT_BACK,), (PaperKind.LETTER,)),
    ReviewAction.SEND_BACK: ((PaperKind.PROPOSAL,), HEARD),
    ReviewAction.DECIDE: ((PaperKind.PROPOSAL,), HEARD),
    ReviewAction.RECORD_DECISION: ((PaperKind.PROPOSAL,), HEARD),
    ReviewAction.ISSUE_DIRECTIVE: ((PaperKind.DECISION,), HEARD),
    ReviewAction.CLOSE: ((PaperKind.DECISION,), HEARD),
}
"""What whoever acts has to have read: of each line the latest paper of the present raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A last day, what it is called, and how long is left of it."""

    label: str
    day: date | None
    clock: dict[str, int | None]


def limit_shown(case: Case, clock: DeskClock) -> Limit:
    """Return the answer day that the case's actor goes by."""
    one = case.escalation
    if case.actor.role not in AGENCY_ROLES:
        day, words = one.answer_by, _("Phải trả lời đến")
    else:
        asked = one.state is EscalationState.EXPLANATION_REQUESTED
        day, words = one.letter_due_on if asked else None, _("Cơ quan giải trình đến")
    return Limit(label=words, day=day, clock=clock.of(day))


def papers_beside(action: ReviewAction, file: CaseFile) -> list[Paper]:
    """Return the papers that lie beside the form of an act, in the order they are read."""
    serial = file.escalation.raise_serial
    papers = [paper for paper in file.papers if paper.raise_serial == serial]
    latest = (
        next((p for p in papers if p.kind in kinds), None) for kinds in BESIDE.get(action, ())
    )
    return [paper for paper in latest if paper is not None]


def proposal_of(file: CaseFile) -> Paper | None:
    """Return the proposal that waits for a decision."""
    return next((paper for paper in file.papers if paper.kind is PaperKind.PROPOSAL), None)
