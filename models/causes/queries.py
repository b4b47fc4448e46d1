"""Overdue dossiers counted: by field, by agency, by the cause that was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, func, literal, or_, select

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.causes.rows import DossierCauseRow
from models.dossiers.lists import Ways
from models.dossiers.rows import DossierRow, DossierStepRow
from workflow.causes.records import CauseCode


class Counted(NamedTuple):
    """How many overdue dossiers a key has; `code` is an agency's, where the key is one."""

    key: str
    code: str
    number: int


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How often a cause was given as the primary one, and as another; days lost with it."""

    code: CauseCode
    primary: int
    secondary: int
    days: int


@dataclass(frozen=True, slots=True)
class Overall:
    """How many dossiers a view has, how many of them with a log, how many with a cause."""

    dossiers: int
    logged: int
    caused: int


def overall(connection: Connection, ways: Ways) -> Overall:
    """Count a view, in one statement."""
    log = select(DossierStepRow.dossier_id).where(DossierStepRow.dossier_id == DossierRow.id)
    given = select(DossierCauseRow.dossier_id).where(DossierCauseRow.dossier_id == DossierRow.id)
    row = connection.execute(
        select(
            func.count(),
            func.count().filter(log.exists()),
            func.count().filter(given.exists()),
        )
        .select_from(DossierRow)
        .where(or_(*ways))
    ).one()
    return Overall(*row)


def by_field(connection: Connection, ways: Ways) -> Sequence[Counted]:
    """Count a view by field; a field that the file left empty is an empty key."""
    return _grouped(connection, ways, DossierRow.field_text.expression, with_agency=False)


def by_agency(connection: Connection, ways: Ways) -> Sequence[Counted]:
    """Count a view by the agency that resolves, known by its name or the file's words."""
    name: ColumnElement[str] = func.coalesce(AgencyRow.name, DossierRow.agency_text)
    return _grouped(connection, ways, name, with_agency=True)


def by_cause(connection: Connection, ways: Ways) -> Sequence[CauseCount]:
    """Count the causes given to the dossiers of a view."""
    is_primary = DossierCauseRow.is_primary
    rows = connection.execute(
        select(
            DossierCauseRow.code,
            func.count().filter(is_primary),
            func.count().filter(~is_primary),
            func.coalesce(func.sum(DossierCauseRow.days_lost).filter(is_primary), 0),
        )
        .join(DossierRow, DossierRow.id == DossierCauseRow.dossier_id)
        .where(or_(*ways))
        .group_by(DossierCauseRow.code)
        .order_by(DossierCauseRow.code)
    )
    return tuple(CauseCount(CauseCode(row[0]), row[1], row[2], int(row[3] or 0)) for row in rows)


def _grouped(
    connection: Connection, ways: Ways, key: ColumnElement[str], *, with_agency: bool
) -> Sequence[Counted]:
    code: ColumnElement[Any] = func.coalesce(AgencyRow.code, "") if with_agency else literal("")
    statement = select(key, code, func.count()).select_from(DossierRow).where(or_(*ways))
    if with_agency:
        statement = statement.outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
        statement = statement.group_by(key, code)
    else:
        statement = statement.group_by(key)
    return tuple(Counted(row[0], row[1], row[2]) for row in connection.execute(statement))


def keys_and_agencies(connection: Connection, ways: Ways) -> Sequence[tuple[int, str]]:
    """Return every dossier of a view with its agency: what a sample is drawn from."""
    name = func.coalesce(AgencyRow.name, DossierRow.agency_text)
    rows = connection.execute(
        select(DossierRow.id, name)
        .outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
        .where(or_(*ways))
    )
    return tuple((row[0], row[1]) for row in rows)


class Primary(NamedTuple):
    """The primary cause of a dossier, and who gave it."""

    dossier_id: int
    code: CauseCode
    agency: str
    step: str
    days_lost: int | None
    entered_by: str


def primaries(connection: Connection, ids: Sequence[int]) -> dict[int, Primary]:
    """Return the primary causes of these dossiers."""
    rows = connection.execute(
        select(
            DossierCauseRow.dossier_id,
            DossierCauseRow.code,
            func.coalesce(AgencyRow.name, ""),
            DossierCauseRow.step,
            DossierCauseRow.days_lost,
            AccountRow.name,
        )
        .join(AccountRow, AccountRow.id == DossierCauseRow.entered_by)
        .outerjoin(AgencyRow, AgencyRow.id == DossierCauseRow.agency_id)
        .where(and_(DossierCauseRow.dossier_id.in_(ids), DossierCauseRow.is_primary))
    )
    return {row[0]: Primary(row[0], CauseCode(row[1]), *_tail(row)) for row in rows}


def _tail(row: Row[*tuple[Any, ...]]) -> tuple[str, str, int | None, str]:
    return row[2], row[3], row[4], row[5]
