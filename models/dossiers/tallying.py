"""Ended dossiers counted month by month, for the rates: kept, forgotten, counted again (ADR 0028).

How an ended dossier stands no longer changes with the day asked. What changes one forgets its
month; whoever changed it, or the night, counts the month again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Row,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    text,
)

from models.base import table_of
from models.dossiers.loading import Loader
from models.dossiers.months import days_of, months_of
from models.dossiers.rates import UNKNOWN, judged_rows
from models.dossiers.rows import DossierLateRow, DossierMonthRow, DossierRow, DossierTallyRow
from models.jobs.looking import Asked
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.timing import Verdict

_MONTHS, _TALLIES = table_of(DossierMonthRow), table_of(DossierTallyRow)
_LATES = table_of(DossierLateRow)
_COLUMNS = [column.name for column in _TALLIES.columns]
_CODE, _NAME = DossierRow.procedure_code.expression, DossierRow.procedure_text.expression
_APART = case((_CODE == "", _NAME), else_="")
_FIELD = DossierRow.field_text.expression
_NOTHING = literal("")
_IS_LATE = list(Verdict).index(Verdict.LATE)


STALE = ""
"""The calendar's version of a month that is to be counted again."""

_FORGET = text(
    "INSERT INTO dossier_months (month, calendar_version) VALUES (:month, '') "
    "ON CONFLICT (month) DO UPDATE SET calendar_version = ''"
)


def forget_months(connection: Connection, received: Iterable[object]) -> None:
    """Let the months of these days of receipt, in ISO form, be counted from their rows again."""
    months = [{"month": month} for month in sorted(months_of(received))]
    if months:
        connection.execute(_FORGET, months)


def stale_months(connection: Connection, calendar: WorkingCalendar) -> Sequence[str]:
    """Return the months of receipt that do not stand counted, on this calendar."""
    counted = _MONTHS.c.calendar_version == calendar.version.identifier
    return connection.scalars(
        select(_MONTHS.c.month).where(~counted).order_by(_MONTHS.c.month)
    ).all()


def uncounted_on(version: str) -> Asked:
    """Whether a month does not stand counted on the calendar `version`."""
    return Asked(_uncounted(), {"look_counted": version})


@cache
def _uncounted() -> ColumnElement[bool]:
    now = bindparam("look_counted", type_=_MONTHS.c.calendar_version.type)
    return select(_MONTHS.c.month).where(_MONTHS.c.calendar_version != now).exists()


def tally_month(connection: Connection, month: str, calendar: WorkingCalendar) -> None:
    """Count the ended dossiers that were received in a month, and note which ran late."""
    first, last = days_of(month)
    ended = (DossierRow.received_on.between(first, last), DossierRow.ended_on.is_not(None))
    latest = select(func.max(DossierRow.received_on), func.max(DossierRow.ended_on)).where(*ended)
    settled_on = max(filter(None, connection.execute(latest).one()), default=None)
    for table in (_TALLIES, _LATES, _MONTHS):
        connection.execute(delete(table).where(table.c.month == month))
    if settled_on is not None:
        counted = enumerate(_counted(connection, ended, settled_on, calendar))
        rows = [(month, serial, *row) for serial, row in counted]
        Loader(connection).insert(_TALLIES.name, _COLUMNS, rows)
        connection.execute(_late(month, ended, settled_on, calendar))
    version = calendar.version.identifier
    stands = {"month": month, "calendar_version": version, "settled_on": settled_on}
    connection.execute(insert(_MONTHS), stands)


def _counted(
    connection: Connection, ended: tuple[Any, ...], as_of: date, calendar: WorkingCalendar
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Count by agency and field, then by procedure and field, each in an order of its own."""
    place = (and_(*ended),)
    agencies = {"agency": DossierRow.agency_id.expression, "unknown": UNKNOWN, "field": _FIELD}
    c = judged_rows(place, as_of, calendar, agencies).c
    keys = (c.agency, c.unknown, c.field, c.first, c.last)
    told = (literal(False), c.agency, c.unknown, c.field, _NOTHING, _NOTHING, c.first, c.last)
    yield from connection.execute(select(*told, func.count()).group_by(*keys).order_by(*keys))
    procedures = {"field": _FIELD, "code": _CODE, "name": _NAME, "apart": _APART}
    c = judged_rows(place, as_of, calendar, procedures).c
    keys = (c.field, c.code, c.apart, c.first, c.last)
    name = func.max(c.name)
    named = (literal(True), null(), _NOTHING, c.field, c.code, name, c.first, c.last)
    yield from connection.execute(select(*named, func.count()).group_by(*keys).order_by(*keys))


def _late(month: str, ended: tuple[Any, ...], as_of: date, calendar: WorkingCalendar) -> Insert:
    """Return the statement that notes the ended dossiers that were late by either day."""
    c = judged_rows((and_(*ended),), as_of, calendar, {"id": DossierRow.id.expression}).c
    by = (c.first == _IS_LATE, c.last == _IS_LATE)
    found = select(c.id, literal(month), *by).where(or_(*by))
    return insert(_LATES).from_select(["dossier_id", "month", "by_first", "by_last"], found)
