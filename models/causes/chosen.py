"""The dossiers that somebody chose to give causes to, with what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from models.agencies.rows import AgencyRow
from models.causes.courses import DOSSIER, ZoneOf, course_from, steps_of
from models.causes.register import given_causes
from models.dossiers.rows import DossierRow
from models.dossiers.scope import visible_to
from models.looks.register import handled
from workflow.accounts.records import Actor
from workflow.causes.ports import GivenCause
from workflow.causes.records import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One dossier with its course and the causes that stand on it."""

    id: int
    source: str
    code: str
    field: str
    agency: str
    is_handled: bool
    course: Course | None
    causes: tuple[GivenCause, ...]


def chosen_dossiers(
    connection: Connection,
    actor: Actor,
    ids: Sequence[int],
    day: date,
    zone_of: ZoneOf,
    fields: frozenset[str] = frozenset(),
) -> tuple[Chosen, ...]:
    """Return those of `ids` that the actor reads on `day`, by id, in three statements."""
    rows = connection.execute(
        select(*DOSSIER, AgencyRow.name.label("agency_name"), handled(actor).label("is_handled"))
        .outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
        .where(DossierRow.id.in_(ids), visible_to(actor, day, fields))
        .order_by(DossierRow.id)
    ).all()
    keys = [row.id for row in rows]
    steps, causes = steps_of(connection, keys), given_causes(connection, keys)
    return tuple(
        Chosen(
            id=row.id,
            source=row.source,
            code=row.code,
            field=row.field_text,
            agency=row.agency_name or row.agency_text,
            is_handled=bool(row.is_handled),
            course=course_from(row, steps.get(row.id, ()), zone_of(row.source)),
            causes=tuple(causes.get(row.id, ())),
        )
        for row in rows
    )
