"""What rewrote a document's directives, or moved their dates, after it was issued."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, and_

from models.directives.rows import DirectiveRow
from models.history.register import entry_from
from models.history.rows import HistoryRow
from workflow.directives.records import Action
from workflow.history.records import Entry, Subject

CHANGING = (
    Action.CORRECT, Action.AMEND, Action.DECIDE_EXTENSION, Action.DIRECT, Action.RETURN,
    Action.REASSIGN, Action.RESUME,
)  # fmt: skip
"""Acts that can write other words or another date over what the document said."""
ENTRY = (
    HistoryRow.at, HistoryRow.actor_id, HistoryRow.actor_name, HistoryRow.role,
    HistoryRow.agency_id, HistoryRow.agency_name, HistoryRow.subject, HistoryRow.subject_key,
    HistoryRow.action, HistoryRow.before, HistoryRow.after, HistoryRow.given, HistoryRow.reason,
    HistoryRow.evidence,
)  # fmt: skip
"""The columns of an entry, beside those of its directive."""
IS_CHANGE = and_(
    HistoryRow.subject == Subject.DIRECTIVE.value,
    HistoryRow.subject_key == DirectiveRow.number,
    HistoryRow.action.in_([action.value for action in CHANGING]),
)
"""What ties a directive to the acts that may have changed it, in an outer join."""
TOLD = frozenset({"due_on", "content", "expected_output"})


def changes_in(rows: Iterable[Row[Any]]) -> tuple[Entry, ...]:
    """Return what changed a directive, from its rows of such a join, in their order."""
    entries = (entry_from(row) for row in rows if row.subject is not None)
    return tuple(entry for entry in entries if TOLD & set(entry.after))
