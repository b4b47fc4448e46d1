"""Groups that an import touched and that wait for its end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from models.base import table_of
from models.escalation.rows import HeldTouchRow
from models.prepared import Prepared
from workflow.escalation.records import Touched

_HELD = table_of(HeldTouchRow)
_H = _HELD.c
_KEYS = (_H.type, _H.agency, _H.field, _H.procedure, _H.officer, _H.grew, _H.moved)
_TOUCHED = select(*_KEYS, func.min(_H.since).label("since"), func.sum(_H.many).label("many"))
_GATHERED = _TOUCHED.group_by(*_KEYS).order_by(*_KEYS)
_ALL = Prepared(_GATHERED)
_OF_SOURCE = Prepared(_GATHERED.where(_H.source == bindparam("of_source")))


def hold_back(
    connection: Connection, source: str, touched: Sequence[Touched], at: datetime
) -> None:
    """Keep what was touched beside what is held already."""
    names = (*(column.name for column in _KEYS), "since", "many")
    rows = [{name: getattr(one, name) for name in names} for one in touched]
    if rows:
        connection.execute(insert(_HELD), [row | {"source": source, "at": at} for row in rows])


def held(connection: Connection, source: str | None = None) -> list[Touched]:
    """Return what a source holds back (None: any), what lies in several chunks added up."""
    asked = _ALL if source is None else _OF_SOURCE
    values = {} if source is None else {"of_source": source}
    return [
        Touched(
            type=row.type,
            agency=row.agency,
            field=row.field,
            procedure=row.procedure,
            officer=row.officer,
            since=row.since,
            grew=bool(row.grew),
            moved=bool(row.moved),
            many=row.many,
        )
        for row in asked.rows(connection, values)
    ]


def release(connection: Connection, source: str, agencies: Collection[str]) -> None:
    """Let go of what a source holds back of some agencies."""
    connection.execute(delete(_HELD).where(_H.source == source, _H.agency.in_(sorted(agencies))))


def sources_held(connection: Connection, until: datetime) -> Sequence[str]:
    """Return the sources that hold anything back and added nothing to it after an instant."""
    latest = select(_H.source).group_by(_H.source).having(func.max(_H.at) <= until)
    return connection.execute(latest.order_by(_H.source)).scalars().all()
