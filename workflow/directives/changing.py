"""Rows of the table for what changes or ends work by a document, and for errors of entry."""

from __future__ import annotations

from workflow.directives import checks, effects, guards
from workflow.directives.asked import (
    FILES,
    OF_THE_TARGET,
    PAPER_BEHIND,
    REASON,
    REASON_IF_ANY,
    REWRITE,
    THE_PAPER,
)
from workflow.directives.joining import BESIDE_THE_LEAD, JOINING_IS_WHOLE
from workflow.directives.pausing import no_date_while_suspended
from workflow.directives.records import Action, State
from workflow.directives.rescoping import target_is_shared
from workflow.directives.row import Row, stays
from workflow.directives.standing import Standing

ASSIGNED, IN_PROGRESS = State.ASSIGNED, State.IN_PROGRESS
REPORTED, WITHDRAWN = State.REPORTED, State.WITHDRAWN

REWRITE_IS_WHOLE = (
    checks.something_changes,
    target_is_shared,
    checks.paper_date_is_possible,
    *JOINING_IS_WHOLE,
    no_date_while_suspended,
    checks.stays_inside_parent,
)
"""What must hold of new words or dates, whether an error is corrected or a document amends."""

CHANGING: tuple[Row, ...] = (
    Row(
        action=Action.CORRECT,
        to=stays(ASSIGNED, IN_PROGRESS),
        by=(Standing.OVERSEER,),
        guards=(guards.never_reported,),
        needs=(*REWRITE, *OF_THE_TARGET, *BESIDE_THE_LEAD, REASON, *PAPER_BEHIND, FILES),
        checks=REWRITE_IS_WHOLE,
        effect=effects.correct,
    ),
    Row(
        action=Action.AMEND,
        to={ASSIGNED: ASSIGNED, IN_PROGRESS: IN_PROGRESS, REPORTED: IN_PROGRESS},
        by=(Standing.OVERSEER,),
        needs=(*THE_PAPER, *REWRITE, *OF_THE_TARGET, *BESIDE_THE_LEAD, REASON_IF_ANY, FILES),
        checks=REWRITE_IS_WHOLE,
        effect=effects.amend,
    ),
    Row(
        action=Action.WITHDRAW,
        to={ASSIGNED: WITHDRAWN, IN_PROGRESS: WITHDRAWN, REPORTED: WITHDRAWN},
        by=(Standing.OVERSEER,),
        needs=(*THE_PAPER, REASON, FILES),
        checks=(checks.paper_date_is_possible,),
        effect=effects.withdraw,
    ),
)
