"""Which reporting periods of standing work a report tells of, and as what.

As everything in a report they are judged as of the end of its last day. A report tells of what fell
due in its days, however it ended, and of what is still owed, whenever it fell due. In SQL:
`periods_due` of `models/periods/queries.py`, asked `with_owed`.
"""

from __future__ import annotations

from workflow.periods.records import Outcome, Period
from workflow.periods.timing import outcome_of
from workflow.summaries.records import Span


def outcome_in(period: Period, span: Span) -> Outcome | None:
    """Return as what a period counts among those of the report's days; None if it does not.

    One whose day is the last, and which nobody reported on yet, has the rest of it.
    """
    outcome = outcome_of(period, span.last) if span.first <= period.due_on <= span.last else None
    return None if outcome is Outcome.AHEAD else outcome


def is_owed_after(period: Period, span: Span) -> bool:
    """Whether its day passed, in the report's days or before, and no report came by the last."""
    return outcome_of(period, span.last) is Outcome.MISSING
