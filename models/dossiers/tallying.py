"""Ended dossiers counted month by month, for the rates: kept, forgotten, counted again (ADR 0027).

How an ended dossier stands no longer changes with the day asked. What changes one forgets its
month; whoever changed it, or the night, counts the month again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    select,
)

from models.base import table_of
from models.dossiers.loading import Loader
from models.dossiers.months import Stretch, between, days_of, months_of
from models.dossiers.rates import UNKNOWN, judged_rows
from models.dossiers.rows import DossierMonthRow, DossierRow, DossierTallyRow
from workflow.calendar.working import WorkingCalendar

_MONTHS, _TALLIES = table_of(DossierMonthRow), table_of(DossierTallyRow)
_COLUMNS = [column.name for column in _TALLIES.columns]
_CODE, _NAME = DossierRow.procedure_code.expression, DossierRow.procedure_text.expression
_APART = case((_CODE == "", _NAME), else_="")
_FIELD = DossierRow.field_text.expression
_NOTHING = literal("")


def forget_months(connection: Connection, received: Iterable[object]) -> None:
    """Let the months of these days of receipt, in ISO form, be counted from their rows again."""
    months = months_of(received)
    if months:
        connection.execute(delete(_MONTHS).where(_MONTHS.c.month.in_(sorted(months))))


def stale_months(connection: Connection, calendar: WorkingCalendar) -> Sequence[str]:
    """Return the months in which dossiers were received and that do not stand counted.

    It looks once into each stretch between those that do, and once for each month it returns.
    """
    version = calendar.version.identifier
    counted = connection.scalars(
        select(_MONTHS.c.month).where(_MONTHS.c.calendar_version == version)
    )
    return [month for stretch in between(counted) for month in _received(connection, stretch)]


def _received(connection: Connection, stretch: Stretch) -> Iterator[str]:
    since, until = stretch
    earliest = select(func.min(DossierRow.received_on))
    while True:
        found = connection.scalar(earliest.where(DossierRow.received_on.between(since, until)))
        if found is None:
            return
        month = f"{found:%Y-%m}"
        yield month
        last = days_of(month)[1]
        if last >= until:
            return
        since = between([month])[-1][0]


def tally_month(connection: Connection, month: str, calendar: WorkingCalendar) -> None:
    """Count the ended dossiers that were received in a month, by agency and by procedure."""
    first, last = days_of(month)
    ended = (DossierRow.received_on.between(first, last), DossierRow.ended_on.is_not(None))
    latest = select(func.max(DossierRow.received_on), func.max(DossierRow.ended_on)).where(*ended)
    settled_on = max(filter(None, connection.execute(latest).one()), default=None)
    for table in (_TALLIES, _MONTHS):
        connection.execute(delete(table).where(table.c.month == month))
    if settled_on is not None:
        counted = enumerate(_counted(connection, ended, settled_on, calendar))
        rows = [(month, serial, *row) for serial, row in counted]
        Loader(connection).insert(_TALLIES.name, _COLUMNS, rows)
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
