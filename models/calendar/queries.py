"""Reads of the calendar: who entered which day, and the table where there may be no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from models.accounts.rows import AccountRow
from models.calendar.register import CalendarRegister
from models.calendar.rows import CalendarDayRow
from models.history.register import HistoryRegister
from workflow.calendar.records import Override


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredDay:
    """Who entered a row of the table, and when."""

    day: date
    by: str
    at: datetime | None


def entered_days(connection: Connection) -> dict[date, EnteredDay]:
    """Return who entered each row of the table."""
    rows = connection.execute(
        select(CalendarDayRow.day, CalendarDayRow.entered_at, AccountRow.name).outerjoin(
            AccountRow, AccountRow.id == CalendarDayRow.entered_by
        )
    )
    return {row.day: EnteredDay(day=row.day, by=row.name or "", at=row.entered_at) for row in rows}


def overrides_if_any(engine: Engine) -> tuple[Override, ...] | None:
    """Return the table of days, or None where no database with such a table can be read.

    A SQLite file that is not there is not made by looking.
    """
    file = engine.url.database
    if engine.dialect.name == "sqlite" and (not file or not Path(file).exists()):
        return None
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(CalendarDayRow.__tablename__):
                return None
            return CalendarRegister(connection, HistoryRegister(connection)).overrides()
    except SQLAlchemyError:
        return None
