"""The province's own table of days above the holiday library, and the dates counted on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from models.agencies.rows import AgencyRow
from models.calendar.rows import CalendarDayRow
from models.directives.queries import OPEN
from models.directives.rows import DirectiveRow
from models.history.register import HistoryRegister
from models.history.rows import HistoryRow
from workflow.calendar.ports import CountedDirective
from workflow.calendar.records import DayKind, Override
from workflow.errors import Stale
from workflow.history.records import Entry, Subject

_OVERRIDES = select(CalendarDayRow.__table__).order_by(CalendarDayRow.day)
COUNTING = frozenset({"assign", "move_due"})
"""The acts that set a date by counting; any other act agreed or named one."""


class CalendarRegister:
    """The table of days within one transaction."""

    def __init__(self, connection: Connection, history: HistoryRegister) -> None:
        self._connection = connection
        self._history = history

    def overrides(self) -> tuple[Override, ...]:
        """Return every day that differs from the library, oldest first."""
        rows = self._connection.execute(_OVERRIDES)
        return tuple(
            Override(
                day=row.day,
                kind=DayKind(row.kind),
                reason=row.reason,
                act=row.act or None,
                confirmed=row.confirmed,
            )
            for row in rows
        )

    def put(self, override: Override, entered_by: int | None, at: datetime | None) -> None:
        """Enter a day, over whatever stood there."""
        self.remove(override.day)
        self._connection.execute(
            insert(CalendarDayRow),
            {
                "day": override.day,
                "kind": override.kind.value,
                "reason": override.reason,
                "act": override.act or "",
                "confirmed": override.confirmed,
                "entered_by": entered_by,
                "entered_at": at,
            },
        )

    def remove(self, day: date) -> None:
        """Take a day out of the table; the library speaks again."""
        self._connection.execute(delete(CalendarDayRow).where(CalendarDayRow.day == day))

    def counted_directives(self) -> Sequence[CountedDirective]:
        """Return the open directives whose date is still the counted one, in two queries."""
        rows = self._connection.execute(
            select(
                DirectiveRow.number,
                DirectiveRow.version,
                DirectiveRow.due_on,
                DirectiveRow.starts_on,
                DirectiveRow.assigned_on,
                DirectiveRow.working_days,
                DirectiveRow.completed_on,
                AgencyRow.code,
                AgencyRow.name,
            )
            .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
            .where(*_CANDIDATES)
            .order_by(DirectiveRow.number)
        ).all()
        agreed = self._agreed_since() if rows else frozenset()
        return tuple(
            CountedDirective(
                number=row.number,
                version=row.version,
                due_on=row.due_on,
                started_on=row.starts_on or row.assigned_on,
                working_days=row.working_days,
                lead_code=row.code,
                lead_name=row.name,
                reported_on=row.completed_on,
            )
            for row in rows
            if row.number not in agreed
        )

    def _agreed_since(self) -> frozenset[str]:
        """Return the candidates whose date somebody named after it was counted."""
        numbers = select(DirectiveRow.number).where(*_CANDIDATES)
        rows = self._connection.execute(
            select(HistoryRow.subject_key, HistoryRow.action, HistoryRow.after)
            .where(
                HistoryRow.subject == Subject.DIRECTIVE.value, HistoryRow.subject_key.in_(numbers)
            )
            .order_by(HistoryRow.serial)
        )
        set_by = {row.subject_key: row.action for row in rows if "due_on" in row.after}
        return frozenset(number for number, act in set_by.items() if act not in COUNTING)

    def move_due(
        self, item: CountedDirective, due_on: date, calendar_version: str, at: datetime
    ) -> None:
        """Put a counted date elsewhere; Stale if somebody saved the directive meanwhile."""
        saved = self._connection.execute(
            update(DirectiveRow)
            .where(
                DirectiveRow.number == bindparam("this_number"),
                DirectiveRow.version == bindparam("seen_version"),
            )
            .values(
                due_on=due_on,
                calendar_version=calendar_version,
                version=item.version + 1,
                updated_at=at,
            ),
            {"this_number": item.number, "seen_version": item.version},
        )
        if saved.rowcount != 1:
            raise Stale("stale", number=item.number, version=None, seen=item.version)

    def append(self, entry: Entry) -> None:
        """Add an entry to the history."""
        self._history.append(entry)


_CANDIDATES = (
    DirectiveRow.state.in_(OPEN),
    DirectiveRow.working_days.is_not(None),
    DirectiveRow.calendar_version != "",
    DirectiveRow.due_on.is_not(None),
)
