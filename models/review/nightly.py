"""What a night asks of the desk before it does anything: whether a clock ran out."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, or_, select

from models.escalation.rows import EscalationRow
from models.jobs.looking import DAY, Asked, asked_of
from workflow.review.records import CLOCKED


def clocks_over(day: date) -> Asked:
    """Whether the clock of a case ended before `day` or never began."""
    return asked_of(_over(), day)


@cache
def _over() -> ColumnElement[bool]:
    row = EscalationRow
    waits = or_(row.answer_by.is_(None), row.answer_by < DAY)
    runs = or_(*(row.state == state for state in sorted(CLOCKED)))
    return select(row.id).where(runs, waits).exists()
