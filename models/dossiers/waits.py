"""Dossiers whose waits were counted on a calendar that no longer stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, select, union_all, update

from models.base import table_of
from models.dossiers.rows import DossierRow
from workflow.dossiers.records import Wait
from workflow.dossiers.recounting import Counted, Waited

_D = table_of(DossierRow)
_COLUMNS = (
    "id", "source", "waits", "waits_included", "promised_on", "promised_last_on", "ended_on",
    "waited_days", "due_on", "due_last_on",
)  # fmt: skip


def counted_elsewhere(connection: Connection, version: str, limit: int) -> Sequence[Waited]:
    """Return dossiers counted on another calendar; the index of waits finds them at once."""
    c = _D.c.calendar_version
    ways = [
        select(*(_D.c[name] for name in _COLUMNS)).where(c != "", beside).limit(limit).subquery()
        for beside in (c < version, c > version)
    ]
    rows = connection.execute(union_all(*(select(way) for way in ways)).limit(limit))
    return [
        Waited(**row | {"waits": tuple(_wait(*pair) for pair in row["waits"])})
        for row in map(dict, rows.mappings())
    ]


def _wait(asked: str, answered: str | None) -> Wait:
    return Wait(date.fromisoformat(asked), date.fromisoformat(answered) if answered else None)


def keep_counted(connection: Connection, counted: Sequence[Counted], version: str) -> None:
    """Keep what the calendar `version` counts."""
    if not counted:
        return
    changing = update(_D).where(_D.c.id == bindparam("dossier"))
    connection.execute(
        changing.values(
            waited_days=bindparam("waited"),
            due_on=bindparam("due"),
            due_last_on=bindparam("last"),
            calendar_version=version,
        ),
        [
            {
                "dossier": one.id,
                "waited": one.waited_days,
                "due": one.due_on,
                "last": one.due_last_on,
            }
            for one in counted
        ],
    )
