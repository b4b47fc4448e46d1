"""The case on the inspectors' desk: one escalation after it fired (product.md, section 6)."""

from __future__ import annotations

from enum import StrEnum


class EscalationState(StrEnum):
    """Where a case stands; its level, its clock and its holder are facts beside the state."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    EXPLANATION_REQUESTED = "explanation_requested"
    EXPLAINED = "explained"
    PROPOSED = "proposed"
    DECIDED = "decided"
    CLOSED = "closed"
    RETRACTED = "retracted"


class Measure(StrEnum):
    """What can follow, from the lightest rung up (product.md, section 6)."""

    ADMONITION = "admonition"
    CRITICISM = "criticism"
    SELF_REVIEW = "self_review"
    SURPRISE_INSPECTION = "surprise_inspection"
    RESPONSIBILITY = "responsibility"


class ReviewAction(StrEnum):
    """What people do to a case; what the engine does to it is no action of theirs."""

    ACKNOWLEDGE = "acknowledge"
    REQUEST_EXPLANATION = "request_explanation"
    EXPLAIN = "explain"
    NOTE_NO_EXPLANATION = "note_no_explanation"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    DECIDE = "decide"
    RECORD_DECISION = "record_decision"
    ISSUE_DIRECTIVE = "issue_directive"
    CLOSE = "close"
    HAND_ON = "hand_on"
