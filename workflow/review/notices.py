"""Who is told what happened to a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from workflow.accounts.records import Role
from workflow.history.records import Plain
from workflow.messages.bundling import recipient_of
from workflow.messages.records import Notice, Urgency
from workflow.review.climbing import Climb
from workflow.review.conflict import is_offices_own
from workflow.review.guards import Case
from workflow.review.records import Measure, ReviewAction
from workflow.review.rules import Step

SUBJECT = "escalation"
SUMMARY_KIND = "review_given"
"""The kind of the one notice that tells which cases came to a person at once."""


def notices_of(action: ReviewAction, case: Case, step: Step) -> Iterator[Notice]:
    """Yield what an act tells to whom; whoever acts is not told of their own act."""
    after, kind = step.escalation, f"review_{action}"
    if action in _TO_AGENCY and after.agency_id is not None:
        yield _notice(kind, case, step, "agency", to_agency=after.agency_id)
    if action in _TO_HOLDER and after.holder_id not in (None, case.actor.account_id):
        yield _notice(kind, case, step, "holder", to_account=after.holder_id)
    if action is ReviewAction.PROPOSE and step.change.measure is not Measure.ADMONITION:
        yield _notice(kind, case, step, "leader", to_role=Role.LEADER)
    elif action in {ReviewAction.PROPOSE, ReviewAction.DECIDE}:
        yield _notice(kind, case, step, "office", to_role=Role.OFFICE, to_agency=_office_for(case))


def one_for_each(notices: Iterable[Notice]) -> Iterator[Notice]:
    """Yield what one paper over several cases tells: one notice for each who is told.

    It counts the cases and names the gravest; one case is told as it is.
    """
    by_reader: dict[str, list[Notice]] = {}
    for notice in notices:
        by_reader.setdefault(f"{notice.kind} {recipient_of(notice)}", []).append(notice)
    for group in by_reader.values():
        first = max(group, key=lambda one: int(str(one.params["level"])))
        if len(group) == 1:
            yield first
            continue
        counted: dict[str, Plain] = {**first.params, "count": len(group)}
        yield replace(first, subject=f"{SUBJECT}s", subject_key="", params=counted)


def _office_for(case: Case) -> int | None:
    """Whose office gets it: that of Sở Nội vụ where the case is about the office's own unit."""
    organisation = case.organisation
    if is_offices_own(organisation, case.escalation.concerned):
        return organisation.home_affairs
    return organisation.office


_TO_AGENCY = frozenset(
    {
        ReviewAction.REQUEST_EXPLANATION,
        ReviewAction.RECORD_EXPLANATION,
        ReviewAction.DECIDE,
        ReviewAction.RECORD_DECISION,
    }
)
_TO_HOLDER = frozenset(
    {
        ReviewAction.EXPLAIN,
        ReviewAction.RECORD_EXPLANATION,
        ReviewAction.SEND_BACK,
        ReviewAction.DECIDE,
        ReviewAction.RECORD_DECISION,
        ReviewAction.HAND_ON,
    }
)


def climb_notice(climb: Climb, at: datetime) -> Notice | None:
    """Return what the next holder of a case is told; the office, of a new one without any."""
    if climb.holder_id is None:
        return _unheld(climb, at) if climb.is_first else None
    kind = "review_climbed"
    if climb.is_first:
        kind = "review_back" if climb.holder_id == climb.of.holder_id else "review_placed"
    return Notice(
        key=f"{kind}:{climb.of.number}:{climb.of.version + 1}",
        kind=kind,
        subject=SUBJECT,
        subject_key=climb.of.number,
        at=at,
        to_account=climb.holder_id,
        params={"level": climb.of.level, "answer_by": climb.answer_by.isoformat()},
        urgency=Urgency.URGENT,
    )


def _unheld(climb: Climb, at: datetime) -> Notice:
    return Notice(
        key=f"review_unheld:{climb.of.number}:{climb.of.version + 1}",
        kind="review_unheld",
        subject=SUBJECT,
        subject_key=climb.of.number,
        at=at,
        to_role=Role.OFFICE,
        params={"level": climb.of.level},
        urgency=Urgency.URGENT,
    )


def _notice(
    kind: str,
    case: Case,
    step: Step,
    who: str,
    *,
    to_account: int | None = None,
    to_agency: int | None = None,
    to_role: Role | None = None,
) -> Notice:
    after = step.escalation
    return Notice(
        key=f"{kind}:{after.number}:{after.version}:{who}",
        kind=kind,
        subject=SUBJECT,
        subject_key=after.number,
        at=case.at,
        to_account=to_account,
        to_agency=to_agency,
        to_role=to_role,
        params=_told(step),
        urgency=Urgency.URGENT,
    )


def _told(step: Step) -> dict[str, Plain]:
    """The plain facts that the words of a notice are filled with."""
    change = step.change
    told: dict[str, Plain] = {
        "number": step.escalation.number,
        "level": step.escalation.level,
    }
    if change.measure is not None:
        told["measure"] = change.measure.value
    if change.answer_on is not None:
        told["answer_on"] = change.answer_on.isoformat()
    return told
