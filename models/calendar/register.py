"""The province's own table of days above the holiday library."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from models.calendar.rows import CalendarDayRow
from models.history.register import HistoryRegister
from workflow.calendar.records import DayKind, Override
from workflow.history.records import Entry

_OVERRIDES = select(CalendarDayRow.__table__).order_by(CalendarDayRow.day)


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
                act=row.act,
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
                "act": override.act,
                "confirmed": override.confirmed,
                "entered_by": entered_by,
                "entered_at": at,
            },
        )

    def remove(self, day: date) -> None:
        """Take a day out of the table; the library speaks again."""
        self._connection.execute(delete(CalendarDayRow).where(CalendarDayRow.day == day))

    def append(self, entry: Entry) -> None:
        """Add an entry to the history."""
        self._history.append(entry)
