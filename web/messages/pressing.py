"""Which notices are marked as urgent: what is overdue, urgent documents, clocks in their last day.

How soon a letter leaves is another matter (`Urgency`): what one can answer only tomorrow may be
told at once and still not be urgent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

CLOCKS = {
    "directive.route": ("internal_due_on", "due_on"),
    "directive.prepare": ("due_on",),
    "directive.give_back": ("due_on",),
    "directive.hand_back": ("due_on",),
    "directive.request_input": ("needed_on",),
    "directive.return": ("due_on",),
    "directive.reopen": ("due_on",),
    "directive.reassign": ("due_on",),
    "directive.insist": ("due_on",),
    "directive.amend": ("due_on",),
    "directive.direct": ("due_on",),
    "directive.resume": ("due_on",),
    "directive.remind": ("due_on",),
    "directive.request_extension": ("due_on",),
    "period.return_period": ("due_on",),
    "review_given": ("answer_by",),
    "review_placed": ("answer_by",),
    "review_back": ("answer_by",),
    "review_climbed": ("answer_by",),
    "review_request_explanation": ("answer_on",),
}
"""Kinds that ask somebody for something, and the day by which; the first day named counts."""
OVERDUE = frozenset({"directives.unanswered", "periods.unanswered", "letter.reminded"})
"""Kinds that tell only of what is late."""
LAST_DAY = timedelta(days=1)


def is_pressing(kind: str, params: Mapping[str, Any], day: date) -> bool:
    """Whether a notice is marked as urgent to who reads it on `day`."""
    if kind in OVERDUE:
        return True
    if kind in {"directives.due", "periods.due"}:
        return bool(params.get("counts", {}).get("overdue"))
    if kind == "document.issued":
        return bool(params.get("urgent"))
    named = (params.get(name) for name in CLOCKS.get(kind, ()))
    clock = next((value for value in named if isinstance(value, str)), None)
    return clock is not None and date.fromisoformat(clock) <= day + LAST_DAY
