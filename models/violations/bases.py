"""Legal bases that the province entered above the shipped ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select

from models.accounts.rows import AccountRow
from models.base import table_of
from models.history.register import HistoryRegister
from models.violations.rows import LegalBasisRow
from workflow.history.records import Entry
from workflow.violations.bases import EnteredBasis

_B = table_of(LegalBasisRow).c
_ALL: Select[*tuple[Any, ...]] = (
    select(_B.id, _B.type, _B.basis, _B.valid_from, _B.valid_to, AccountRow.name.label("by"))
    .join(AccountRow, AccountRow.id == _B.entered_by)
    .order_by(_B.type, _B.valid_from)
)


def basis_from(row: Row[*tuple[Any, ...]]) -> EnteredBasis:
    """Return the basis a row holds."""
    return EnteredBasis(
        id=row.id,
        type=row.type,
        text=row.basis,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        entered_by=row.by,
    )


def entered_for(connection: Connection, violation_type: str) -> tuple[EnteredBasis, ...]:
    """Return the rows entered for one type, the earliest first."""
    rows = connection.execute(_ALL.where(_B.type == violation_type))
    return tuple(basis_from(row) for row in rows)


def all_entered(connection: Connection) -> tuple[EnteredBasis, ...]:
    """Return every row entered, by type and day."""
    return tuple(basis_from(row) for row in connection.execute(_ALL))


class BasisRegister:
    """The rows of legal bases within one transaction."""

    def __init__(self, connection: Connection, history: HistoryRegister) -> None:
        self._connection = connection
        self._history = history

    def entered(self, violation_type: str) -> tuple[EnteredBasis, ...]:
        """Return the rows entered for one type, the earliest first."""
        return entered_for(self._connection, violation_type)

    def add(
        self,
        violation_type: str,
        text: str,
        valid_from: date,
        valid_to: date | None,
        by: int,
        at: datetime,
    ) -> None:
        """Add a row."""
        self._connection.execute(
            insert(LegalBasisRow),
            {
                "type": violation_type,
                "basis": text,
                "valid_from": valid_from,
                "valid_to": valid_to,
                "entered_by": by,
                "entered_at": at,
            },
        )

    def remove(self, basis_id: int) -> None:
        """Take a row out."""
        self._connection.execute(delete(LegalBasisRow).where(LegalBasisRow.id == basis_id))

    def append(self, entry: Entry) -> object:
        """Add an entry to the history, sealed to the one before."""
        return self._history.append(entry)
