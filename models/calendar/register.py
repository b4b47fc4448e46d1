"""The province's own table of days above the holiday library, and the dates counted on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from models.agencies.rows import AgencyRow
from models.calendar.rows import CalendarDayRow
from models.directives.beside import pause_from
from models.directives.counting import agreed_since
from models.directives.matter_rows import SuspensionRow
from models.directives.queries import OPEN
from models.directives.rows import DirectiveRow
from models.history.register import HistoryRegister
from workflow.calendar.ports import CountedDirective
from workflow.calendar.records import DayKind, Override, Pause
from workflow.errors import Stale
from workflow.history.records import Entry

_OVERRIDES = select(CalendarDayRow.__table__).order_by(CalendarDayRow.day)


class CalendarRegister:
    """The table of days within one transaction."""

    def __init__(self, connection: Connection, history: HistoryRegister) -> None:
        self._connection = connection
        self._history = history
        self._overrides: tuple[Override, ...] | None = None

    def overrides(self) -> tuple[Override, ...]:
        """Return every day that differs from the library, oldest first; read once."""
        if self._overrides is None:
            self._overrides = self._read()
        return self._overrides

    def _read(self) -> tuple[Override, ...]:
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
        self.remove(override.day)  # forgets what was read, too
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
        self._overrides = None
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
                DirectiveRow.suspended_since,
                AgencyRow.code,
                AgencyRow.name,
            )
            .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
            .where(*_CANDIDATES)
            .order_by(DirectiveRow.number)
        ).all()
        numbers = select(DirectiveRow.number).where(*_CANDIDATES)
        agreed = agreed_since(self._connection, numbers) if rows else frozenset()
        pauses = self._pauses() if rows else {}
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
                pauses=tuple(pauses.get(row.number, ())),
                is_suspended=row.suspended_since is not None,
            )
            for row in rows
            if row.number not in agreed
        )

    def _pauses(self) -> dict[str, list[Pause]]:
        """Return the pauses of the candidates, by number; those that held no day left out."""
        found: dict[str, list[Pause]] = {}
        rows = self._connection.execute(
            select(DirectiveRow.number, SuspensionRow.__table__)
            .join(SuspensionRow, SuspensionRow.directive_id == DirectiveRow.id)
            .where(*_CANDIDATES)
            .order_by(SuspensionRow.id)
        )
        for row in rows:
            if row.to_on is None or row.from_on <= row.to_on:
                found.setdefault(row.number, []).append(pause_from(row))
        return found

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
