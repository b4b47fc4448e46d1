"""Reads of who looked at whose personal data; no applicant's name is among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.dossiers.rows import DossierRow
from models.looks.rows import DossierLookRow
from workflow.looks.records import Way

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One look as a list shows it."""

    id: int
    at: datetime
    who: str
    role: str
    agency: str
    way: Way
    source: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksPage:
    """One page of looks, newest first; `newer` and `older` are where the others begin."""

    rows: tuple[Looked, ...]
    newer: int | None
    older: int | None


_LOOKS = (
    select(
        DossierLookRow.id,
        DossierLookRow.at,
        DossierLookRow.role,
        DossierLookRow.way,
        AccountRow.name.label("who"),
        AgencyRow.name.label("agency"),
        DossierRow.source,
        DossierRow.code,
    )
    .join(AccountRow, AccountRow.id == DossierLookRow.account_id)
    .join(DossierRow, DossierRow.id == DossierLookRow.dossier_id)
    .outerjoin(AgencyRow, AgencyRow.id == DossierLookRow.agency_id)
)


def looks_page(
    connection: Connection,
    *,
    dossier_id: int | None = None,
    newer: int | None = None,
    older: int | None = None,
) -> LooksPage:
    """Return the page of looks before `older` or after `newer`; of one dossier, or of all."""
    statement = _LOOKS.limit(PAGE + 1)
    if dossier_id is not None:
        statement = statement.where(DossierLookRow.dossier_id == dossier_id)
    if newer is not None:
        statement = statement.where(DossierLookRow.id > newer).order_by(DossierLookRow.id)
    else:
        statement = statement.order_by(DossierLookRow.id.desc())
        if older is not None:
            statement = statement.where(DossierLookRow.id < older)
    found = list(connection.execute(statement))
    more, found = len(found) > PAGE, found[:PAGE]
    if newer is not None:
        found.reverse()
    rows = tuple(_looked(row) for row in found)
    ahead = more if newer is None else bool(rows)
    behind = (older is not None and bool(rows)) if newer is None else more
    return LooksPage(
        rows=rows,
        newer=rows[0].id if behind else None,
        older=rows[-1].id if ahead else None,
    )


def _looked(row: Row[*tuple[Any, ...]]) -> Looked:
    return Looked(
        id=row.id,
        at=row.at,
        who=row.who,
        role=row.role,
        agency=row.agency or "",
        way=Way(row.way),
        source=row.source,
        code=row.code,
    )
