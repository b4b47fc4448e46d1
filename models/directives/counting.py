"""Whether a due date is still the one that was counted in working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from models.history.rows import HistoryRow
from workflow.history.records import Entry, Subject

COUNTED = ("working_days", "calendar_version")
"""Columns that a counted date fills."""
COUNTING = frozenset({"assign", "move_due", "resume"})
"""Acts after which a date is still the counted one: a pause moves it, and nobody names it."""


def was_counted(row: Row[Any]) -> bool:
    """Whether the date of a row was counted when it was issued."""
    return row.working_days is not None and row.calendar_version != ""


def agreed_since(connection: Connection, numbers: Iterable[str] | Select[str]) -> frozenset[str]:
    """Return which of these directives have a date that somebody named after it was counted."""
    wanted = numbers if isinstance(numbers, Select) else list(numbers)
    rows = connection.execute(
        select(HistoryRow.subject_key, HistoryRow.action, HistoryRow.given, HistoryRow.after)
        .where(HistoryRow.subject == Subject.DIRECTIVE.value, HistoryRow.subject_key.in_(wanted))
        .order_by(HistoryRow.serial)
    )
    named = {
        row.subject_key: names_a_day(row.action, row.given) for row in rows if "due_on" in row.after
    }
    return frozenset(number for number, by_name in named.items() if by_name)


def still_counts(entries: Iterable[Entry]) -> bool:
    """Whether the last act on the date, as the history of one directive tells it, only counted."""
    acts = [entry for entry in entries if "due_on" in entry.after]
    return bool(acts) and not names_a_day(acts[-1].action, acts[-1].given)


def names_a_day(action: str, given: Mapping[str, object]) -> bool:
    """Whether an act that moved the date named the day, and did not only count."""
    return action not in COUNTING or (action == "resume" and "due_on" in given)
