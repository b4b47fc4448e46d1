"""Courses of dossiers: what their time is split by, read in bulk or off one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, exists, or_, select

from models.agencies.rows import AgencyRow
from models.dossiers.lists import Ways, waits_of
from models.dossiers.rows import DossierRow, DossierStepRow
from models.listing import among
from workflow.causes.holders import holder_named
from workflow.causes.records import Course, CourseStep
from workflow.days import PROVINCE_ZONE

ZoneOf = Callable[[str], ZoneInfo]

DOSSIER = (
    DossierRow.id,
    DossierRow.source,
    DossierRow.code,
    DossierRow.agency_id,
    DossierRow.agency_text,
    DossierRow.field_text,
    DossierRow.status,
    DossierRow.submitted_at,
    DossierRow.received_at,
    DossierRow.received_on,
    DossierRow.processed_at,
    DossierRow.returned_at,
    DossierRow.stopped_at,
    DossierRow.ended_on,
    DossierRow.promised_on,
    DossierRow.promised_last_on,
    DossierRow.waits_included,
    DossierRow.waits,
    DossierRow.supplement_requests,
    DossierRow.last_import_id,
)
STEP = (
    DossierStepRow.dossier_id,
    DossierStepRow.serial,
    DossierStepRow.name,
    DossierStepRow.holder_text,
    DossierStepRow.holder_id,
    DossierStepRow.started_at,
    DossierStepRow.ended_at,
    DossierStepRow.limit_at,
)


def course_from(row: Any, steps: Iterable[Any], zone: ZoneInfo = PROVINCE_ZONE) -> Course | None:
    """Return the course of a dossier from its row and the rows of its steps.

    `row.agency_name` is used where the row has it. A step without a start begins where the
    one before it ended, the first one at receipt. None where nothing dates its beginning.
    """
    began = _began(row, zone)
    if began is None:
        return None
    return Course(
        dossier_id=row.id,
        received_at=began,
        ended_at=row.processed_at or row.returned_at or row.stopped_at,
        received_on=row.received_on,
        ended_on=row.ended_on,
        promised_on=row.promised_on,
        promised_last_on=row.promised_last_on,
        waits_included=row.waits_included,
        waits=waits_of(row.waits),
        agency_id=row.agency_id,
        agency=getattr(row, "agency_name", None) or row.agency_text,
        steps=_steps(steps, began),
        status=row.status,
        supplement_requests=row.supplement_requests,
        zone=zone,
    )


def _began(row: Any, zone: ZoneInfo) -> datetime | None:
    known: datetime | None = row.received_at or row.submitted_at
    if known is not None:
        return known
    return datetime.combine(row.received_on, time(), zone) if row.received_on else None


def _steps(rows: Iterable[Any], began: datetime) -> tuple[CourseStep, ...]:
    found, before = [], began
    for row in rows:
        started = row.started_at or min(before, row.ended_at or before)
        found.append(
            CourseStep(
                serial=row.serial,
                name=row.name,
                holder=holder_named(row.holder_text, row.holder_id),
                started_at=started,
                ended_at=row.ended_at,
                limit_at=row.limit_at,
            )
        )
        before = row.ended_at or before
    return tuple(found)


def courses_of(
    connection: Connection, ways: Ways, zone_of: ZoneOf, *, most: int
) -> Sequence[tuple[Any, Course]]:
    """Return the dossiers of a view that have a log, each with its course, at most `most`.

    `zone_of` tells the time zone of a source's files. One statement reads the dossiers, one
    their steps.
    """
    logged = exists(select(DossierStepRow.serial).where(DossierStepRow.dossier_id == DossierRow.id))
    statement = _rows().where(or_(*ways), logged).limit(most)
    return _courses(connection, connection.execute(statement).all(), zone_of)


def courses_at_keys(
    connection: Connection, keys: Sequence[int], zone_of: ZoneOf
) -> Sequence[tuple[Any, Course]]:
    """Return dossiers by their ids, each with its course, in two statements."""
    statement = _rows().where(among(DossierRow.id, "keys"))
    rows = connection.execute(statement, {"keys": list(keys)}).all()
    return _courses(connection, rows, zone_of)


@cache
def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(*DOSSIER, AgencyRow.name.label("agency_name"), AgencyRow.code.label("agency_code"))
        .outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
        .order_by(DossierRow.id)
    )


def _courses(
    connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]], zone_of: ZoneOf
) -> Sequence[tuple[Any, Course]]:
    steps = steps_of(connection, [row.id for row in rows])
    each = ((row, course_from(row, steps.get(row.id, ()), zone_of(row.source))) for row in rows)
    return [(row, course) for row, course in each if course is not None]


def steps_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    """Return the steps of dossiers in their order, by dossier."""
    statement = (
        select(*STEP)
        .where(among(DossierStepRow.dossier_id, "ids"))
        .order_by(DossierStepRow.dossier_id, DossierStepRow.serial)
    )
    found: dict[int, list[Any]] = {}
    for row in connection.execute(statement, {"ids": list(ids)}):
        found.setdefault(row.dossier_id, []).append(row)
    return found
