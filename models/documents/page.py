"""What the page of one document shows, read in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow, MembershipRow
from models.agencies.rows import AgencyRow
from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.documents.scope import readable_by
from workflow.accounts.records import Actor, Role
from workflow.directives.records import State
from workflow.evidence.records import StoredFile

_Overseer = aliased(AgencyRow, name="overseer")
_Enterer = aliased(AccountRow, name="enterer")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNames:
    """Who stands behind a document, by name."""

    overseer: str
    entered_by: str
    entered_at: datetime
    issued_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDirective:
    """A directive of a clause as its document shows it.

    `state` is None for a reader who may read the clause and not what became of it.
    """

    number: str
    clause_id: int
    lead_id: int
    lead: str
    due_on: date | None
    completed_on: date | None
    state: State | None
    is_carried_over: bool


def names_behind(
    connection: Connection, actor: Actor, document_id: int, day: date
) -> DocumentNames | None:
    """Return who stands behind a document; None outside the reader's scope."""
    statement = (
        select(
            _Overseer.name.label("overseer"),
            _Enterer.name.label("entered_by"),
            DocumentRow.entered_at,
            DocumentRow.issued_at,
        )
        .select_from(DocumentRow)
        .outerjoin(_Overseer, _Overseer.id == DocumentRow.overseer_id)
        .join(_Enterer, _Enterer.id == DocumentRow.entered_by)
        .where(DocumentRow.id == document_id, readable_by(actor, day))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    return DocumentNames(
        overseer=row.overseer or "",
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        issued_at=row.issued_at,
    )


def directives_of(
    connection: Connection, actor: Actor, document_id: int, day: date
) -> tuple[HeldDirective, ...]:
    """Return the directives of a document, parts handed down left out, in order of number."""
    statement = (
        select(
            DirectiveRow.number,
            DirectiveRow.clause_id,
            DirectiveRow.lead_agency_id,
            DirectiveRow.due_on,
            DirectiveRow.completed_on,
            DirectiveRow.state,
            DirectiveRow.carried_over,
            AgencyRow.name.label("lead"),
            visible_to(actor, day).label("is_open_to_reader"),
        )
        .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
        .where(DirectiveRow.document_id == document_id, DirectiveRow.parent_id.is_(None))
        .order_by(DirectiveRow.id)
    )
    rows: Iterable[Row[Any]] = connection.execute(statement)
    return tuple(_held(row) for row in rows)


def _held(row: Row[Any]) -> HeldDirective:
    seen = bool(row.is_open_to_reader)
    return HeldDirective(
        number=row.number,
        clause_id=row.clause_id,
        lead_id=row.lead_agency_id,
        lead=row.lead,
        due_on=row.due_on,
        completed_on=row.completed_on if seen else None,
        state=State(row.state) if seen else None,
        is_carried_over=row.carried_over,
    )


def signed_file(
    connection: Connection, actor: Actor, document_id: int, day: date
) -> StoredFile | None:
    """Return the signed file of a document within the reader's scope."""
    row = connection.execute(
        select(
            DocumentRow.file_name,
            DocumentRow.file_type,
            DocumentRow.file_size,
            DocumentRow.file_sha256,
        ).where(DocumentRow.id == document_id, readable_by(actor, day))
    ).one_or_none()
    if row is None or not row.file_sha256:
        return None
    return StoredFile(
        name=row.file_name,
        media_type=row.file_type,
        size=row.file_size,
        sha256=row.file_sha256,
    )


def people_named(connection: Connection, account_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of people by account."""
    keys = {key for key in account_ids if key}
    if not keys:
        return {}
    rows = connection.execute(select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(keys)))
    return {row.id: row.name for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A person who may give a task or follow one, with the agency they do it in."""

    id: int
    name: str
    role: Role
    agency: str


def who_give_and_follow(connection: Connection, day: date) -> tuple[Seated, ...]:
    """Return the leaders and the office's people as of `day`, by name."""
    statement = (
        select(AccountRow.id, AccountRow.name, MembershipRow.role, AgencyRow.name.label("agency"))
        .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
        .join(AgencyRow, AgencyRow.id == MembershipRow.agency_id)
        .where(
            MembershipRow.role.in_((Role.LEADER, Role.OFFICE)),
            MembershipRow.valid_from <= day,
            (MembershipRow.valid_to.is_(None)) | (MembershipRow.valid_to >= day),
            AccountRow.is_active,
        )
        .order_by(AccountRow.name_folded, AccountRow.id)
    )
    return tuple(
        Seated(id=row.id, name=row.name, role=Role(row.role), agency=row.agency)
        for row in connection.execute(statement)
    )
