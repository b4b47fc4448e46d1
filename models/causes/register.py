"""Dossiers and their causes for the use case that gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, literal, select

from models.agencies.register import AgencyRegister
from models.causes.courses import ZoneOf, courses_at_keys
from models.causes.rows import DossierCauseRow
from models.causes.walks import (
    NewWalk,
    keep_walks,
    keys_unwalked,
    mark_walked,
    months_unwalked,
)
from models.dossiers.rows import DossierRow
from models.dossiers.scope import visible_to
from models.history.register import HistoryRegister
from models.looks.register import handled
from workflow.accounts.records import Actor
from workflow.agencies.records import Agency
from workflow.causes.ports import Caused, GivenCause
from workflow.causes.records import CauseCode, CauseSource, Course
from workflow.history.records import Entry


class CauseRegister:
    """Causes within one transaction."""

    def __init__(
        self, connection: Connection, agencies: AgencyRegister, history: HistoryRegister
    ) -> None:
        self._connection = connection
        self._agencies = agencies
        self._history = history

    def caused(
        self, actor: Actor, ids: Sequence[int], day: date, fields: frozenset[str]
    ) -> Sequence[Caused]:
        """Return those of `ids` within the actor's scope, held for writing, by id."""
        studied = DossierRow.field_text.in_(sorted(fields)) if fields else literal(0)
        rows = self._connection.execute(
            select(
                DossierRow.id,
                DossierRow.source,
                DossierRow.code,
                handled(actor).label("is_handled"),
                studied.label("is_studied"),
            )
            .where(DossierRow.id.in_(ids), visible_to(actor, day, fields))
            .order_by(DossierRow.id)
            .with_for_update(of=DossierRow)
        ).all()
        causes = given_causes(self._connection, [row.id for row in rows])
        return tuple(
            Caused(
                dossier_id=row.id,
                source=row.source,
                code=row.code,
                is_handled=bool(row.is_handled),
                is_studied=bool(row.is_studied),
                causes=tuple(causes.get(row.id, ())),
            )
            for row in rows
        )

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""
        return self._agencies.agency(agency_id)

    def months_unwalked(self, calendar_version: str, version: str) -> Sequence[str]:
        """Return the months that stand counted and whose late dossiers were not all walked."""
        return months_unwalked(self._connection, calendar_version, version)

    def courses_unwalked(
        self, month: str, version: str, zone_of: ZoneOf, *, after: int, most: int
    ) -> tuple[Sequence[int], Sequence[tuple[Any, Course]]]:
        """Return late dossiers of a month that are still to be walked: their ids, their courses."""
        keys = keys_unwalked(self._connection, month, version, after, most=most)
        return keys, courses_at_keys(self._connection, keys, zone_of)

    def keep_walks(self, walks: Sequence[NewWalk], version: str) -> None:
        """Put these walks where others stood."""
        keep_walks(self._connection, walks, version)

    def mark_walked(self, month: str, version: str) -> None:
        """Note that all late dossiers of a month were walked."""
        mark_walked(self._connection, month, version)

    def set_causes(
        self, dossier_id: int, causes: Sequence[GivenCause], entered_by: int, at: datetime
    ) -> None:
        """Put these causes where others stood."""
        self._connection.execute(
            delete(DossierCauseRow).where(DossierCauseRow.dossier_id == dossier_id)
        )
        self._connection.execute(
            insert(DossierCauseRow),
            [_row(dossier_id, cause, entered_by, at) for cause in causes],
        )

    def append(self, entry: Entry) -> object:
        """Add an entry to the history."""
        return self._history.append(entry)


def given_causes(connection: Connection, ids: Sequence[int]) -> dict[int, list[GivenCause]]:
    """Return the causes of dossiers, the primary one first, by dossier."""
    found: dict[int, list[GivenCause]] = {}
    rows = connection.execute(
        select(DossierCauseRow.__table__)
        .where(DossierCauseRow.dossier_id.in_(ids))
        .order_by(DossierCauseRow.is_primary.desc(), DossierCauseRow.code)
    )
    for row in rows:
        found.setdefault(row.dossier_id, []).append(
            GivenCause(
                code=CauseCode(row.code),
                is_primary=row.is_primary,
                source=CauseSource(row.source),
                agency_id=row.agency_id,
                step=row.step,
                days_lost=row.days_lost,
            )
        )
    return found


def _row(dossier_id: int, cause: GivenCause, entered_by: int, at: datetime) -> dict[str, object]:
    return {
        "dossier_id": dossier_id,
        "code": cause.code,
        "is_primary": cause.is_primary,
        "agency_id": cause.agency_id,
        "step": cause.step,
        "days_lost": cause.days_lost,
        "source": cause.source,
        "entered_by": entered_by,
        "at": at,
    }
