"""Which open cases of an agency one paper serves, and which it cannot, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from models.review.desk import OnDesk, open_cases_of
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.review.guards import Case
from workflow.review.records import EscalationState, ReviewAction
from workflow.review.table import Row

OF_THE_AGENCY = frozenset({ReviewAction.EXPLAIN, ReviewAction.RECORD_EXPLANATION})
"""What an agency says answers whatever it was asked, whoever holds the cases."""
NOT_YET = (EscalationState.RAISED, EscalationState.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The agency's other open cases: those the paper can serve, those it cannot and why."""

    served: tuple[OnDesk, ...] = ()
    left: tuple[tuple[OnDesk, str], ...] = ()


def cases_beside(row: Row, case: Case) -> Beside:
    """Return the agency's other open cases that an act's paper could serve, and those it leaves.

    An explanation serves whatever was asked; a letter the cases of who writes it, once they are
    taken in.
    """
    one = case.escalation
    if not row.for_several or one.agency_id is None:
        return Beside()
    asks = row.action is ReviewAction.REQUEST_EXPLANATION
    states = {*row.to, *NOT_YET} if asks else set(row.to)
    found = open_cases_of(
        reading_unit().connection, case.actor, one.agency_id, tuple(sorted(states)), case.day
    )
    served, left = [], []
    for other in found:
        if other.number == one.number:
            continue
        mine = row.action in OF_THE_AGENCY or other.holder in {"", one.holder_name}
        if mine and other.state in row.to:
            served.append(other)
        elif asks and other.state in NOT_YET:
            left.append((other, _why(other, mine=mine)))
    return Beside(served=tuple(served), left=tuple(left))


def _why(other: OnDesk, *, mine: bool) -> str:
    if not mine:
        return _("%(who)s đang xử lý", who=other.holder)
    return _("chưa nhận xử lý")
