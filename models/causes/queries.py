"""What a sample of overdue dossiers is drawn from, and the causes given to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, func, or_, select

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.causes.rows import DossierCauseRow
from models.dossiers.lists import Ways
from models.dossiers.rows import DossierRow
from workflow.causes.records import CauseCode


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
