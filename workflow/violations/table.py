"""The one table of a violation's life in people's hands: engine, buttons, docs, tests read it.

What detection does (found, moved, mended, found again) stands in `detection.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflow.violations import guards
from workflow.violations.guards import Guard
from workflow.violations.records import ViolationAction, ViolationState
from workflow.violations.standing import ViolationStanding

RECORDED, CONFIRMED = ViolationState.RECORDED, ViolationState.CONFIRMED
CONTESTED, UPHELD = ViolationState.CONTESTED, ViolationState.UPHELD
OVERTURNED = ViolationState.OVERTURNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One act: from where to where, by whom, behind which guards, and whether it needs a reason."""

    action: ViolationAction
    to: dict[ViolationState, ViolationState]
    by: ViolationStanding
    guards: tuple[Guard, ...] = ()
    needs_reason: bool = True


JUDGED = (
    guards.no_conflict,
    guards.another_than_the_recorder,
    guards.another_than_the_contester,
)

TABLE: tuple[Row, ...] = (
    Row(
        action=ViolationAction.CONTEST,
        to={RECORDED: CONTESTED, CONFIRMED: CONTESTED},
        by=ViolationStanding.ANSWERABLE,
    ),
    Row(
        action=ViolationAction.CONFIRM,
        to={RECORDED: CONFIRMED},
        by=ViolationStanding.ASSESSOR,
        guards=JUDGED,
        needs_reason=False,
    ),
    Row(
        action=ViolationAction.UPHOLD,
        to={CONTESTED: UPHELD},
        by=ViolationStanding.ASSESSOR,
        guards=JUDGED,
    ),
    Row(
        action=ViolationAction.OVERTURN,
        to=dict.fromkeys((RECORDED, CONFIRMED, CONTESTED, UPHELD), OVERTURNED),
        by=ViolationStanding.ASSESSOR,
        guards=JUDGED,
    ),
    Row(
        action=ViolationAction.REINSTATE,
        to={OVERTURNED: UPHELD},
        by=ViolationStanding.ASSESSOR,
        guards=(guards.judged_and_not_mended, *JUDGED),
    ),
)
BY_ACTION: dict[ViolationAction, Row] = {row.action: row for row in TABLE}
