"""One directive as a list shows it, and those that a process has read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from weakref import WeakSet

from sqlalchemy import Connection

from models.directives.rows import DirectiveRow
from models.directives.walking import rows_among
from models.prepared import Prepared, Turn, turn_into
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Priority, State


class _Columns(NamedTuple):
    """The fields of a row: the statement's columns, in order."""

    id: int
    number: str
    content: str
    expected_output: str
    state: State
    priority: Priority
    lead_id: int
    lead_code: str
    lead_name: str
    reference: str
    assigned_on: date
    accepted_on: date | None
    due_on: date | None
    first_due_on: date | None
    completed_on: date | None
    deadline_text: str
    deadline_kind: DeadlineKind
    progress: int | None
    decline_standing: bool
    extension_asked_to: date | None
    proposed_on: date | None
    suspended_since: date | None
    returned_count: int
    carried_over: bool
    updated_at: datetime
    version: int
    handed_by_id: int | None
    assigner_id: int | None
    overseer_id: int | None
    is_news: bool = False
    """Whether others acted on it since the reader's last look; told where it was asked."""


class Listed(_Columns):
    """One directive as a list shows it; what it is found by is worked out once."""

    @cached_property
    def _place(self) -> int:
        return super().__hash__()

    def __hash__(self) -> int:
        return self._place


_OF_IDS = Prepared(rows_among("listed"))


class KnownRows:
    """Rows that a process read before, by what tells them apart (walking.TELLING).

    A row follows from that and from nothing else, and whoever is given it was sent that by
    their own query. What nobody read since it changed is read, in one statement for a page.
    """

    def __init__(self, most: int = 2_000) -> None:
        self.most = most
        self._known: dict[tuple[Any, ...], Listed] = {}
        self._met: WeakSet[object] = WeakSet()

    def __len__(self) -> int:
        return len(self._known)

    def meets(self, walk: object) -> bool:
        """Whether a walk is met for the first time: its rows are best read whole, and learned."""
        is_new = walk not in self._met
        self._met.add(walk)
        return is_new

    def rows(self, connection: Connection, told: Sequence[tuple[Any, ...]]) -> list[Listed]:
        """Return the rows of which this was sent; the same row is the same object."""
        known = self._known
        missing = {one[0]: one for one in told if one not in known}
        if missing:
            known = self._room_for(len(missing), {one: known[one] for one in told if one in known})
            for row in _OF_IDS.rows(connection, {"listed": list(missing)}):
                one = missing[row.id]
                known[one] = Listed._make((*row, bool(one[-1])))
        return [known[one] for one in told]

    def learn(self, connection: Connection, rows: Sequence[Listed]) -> None:
        """Keep rows that were just read whole."""
        known = self._room_for(len(rows), {})
        sent_as = turn_into(DirectiveRow.updated_at.type, connection.dialect)
        known.update({_telling_of(row, sent_as): row for row in rows})

    def _room_for(
        self, count: int, needed: dict[tuple[Any, ...], Listed]
    ) -> dict[tuple[Any, ...], Listed]:
        """Return where so many more go; all but those needed are put away when there are many."""
        if len(self._known) + count > self.most:
            self._known = needed
        return self._known

    def forget(self) -> None:
        """Begin anew, as a process does that has just started."""
        self._known, self._met = {}, WeakSet()


def _telling_of(row: Listed, sent_as: Turn) -> tuple[Any, ...]:
    """Return what a row's own query would have been sent of it."""
    at = sent_as(row.updated_at)
    shown = (row.lead_code, row.lead_name, row.reference, row.overseer_id)
    return (row.id, row.version, at, *shown, row.is_news)
