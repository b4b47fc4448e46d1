"""The file of one dossier: its facts, steps, changes, causes and violations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.causes.rows import DossierCauseRow
from models.dossiers.lists import waits_of
from models.dossiers.rows import (
    DossierChangeRow,
    DossierImportRow,
    DossierRow,
    DossierStepRow,
)
from models.dossiers.scope import visible_to
from models.looks.register import handled
from models.violations.rows import ViolationRow
from workflow.accounts.records import Actor
from workflow.causes.records import CauseCode, CauseSource
from workflow.dossiers.records import Channel, Wait
from workflow.dossiers.timing import has_new_date
from workflow.errors import NotFound
from workflow.violations.records import ViolationState

MOST_CHANGES = 500
Facts = Row[*tuple[Any, ...]]
"""A dossier as it is stored, with the names and codes of its agencies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An agency as a dossier names it: matched (id, code, name) or only in the file's words."""

    text: str
    id: int | None = None
    code: str = ""
    name: str = ""

    @property
    def words(self) -> str:
        """The agency's name, else the file's words for it."""
        return self.name or self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStep:
    """One step of the log, as it was imported."""

    serial: int
    name: str
    holder: Body
    officer: str
    started_at: datetime | None
    ended_at: datetime | None
    limit_at: datetime | None

    @property
    def holder_text(self) -> str:
        """The holder in the file's words."""
        return self.holder.text

    @property
    def holder_id(self) -> int | None:
        """The agency that the holder was matched to."""
        return self.holder.id


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """What an import changed in one field."""

    import_id: int
    file_name: str
    field: str
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCause:
    """A cause given to the dossier, by whom and when."""

    code: CauseCode
    is_primary: bool
    agency: Body
    step: str
    days_lost: int | None
    source: CauseSource
    entered_by: str
    at: datetime


class FileViolation(NamedTuple):
    """A violation on the dossier."""

    id: int
    type: str
    state: ViolationState
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFile:
    """Everything the page of one dossier shows; the on-time rule reads it as it is (`Timed`)."""

    row: Facts
    agency: Body
    receiving: Body
    channel: Channel
    waits: tuple[Wait, ...]
    is_handled: bool
    steps: tuple[FileStep, ...]
    changes: tuple[FileChange, ...]
    causes: tuple[FileCause, ...]
    violations: tuple[FileViolation, ...]

    @property
    def received_on(self) -> date | None:
        """The day of receipt."""
        day: date | None = self.row.received_on
        return day

    @property
    def promised_on(self) -> date | None:
        """The first day promised."""
        day: date | None = self.row.promised_on
        return day

    @property
    def promised_last_on(self) -> date | None:
        """The last day promised."""
        day: date | None = self.row.promised_last_on
        return day

    @property
    def has_new_date(self) -> bool:
        """Whether another day was promised after the first one."""
        return has_new_date(self.promised_on, self.promised_last_on)

    @property
    def waits_included(self) -> bool:
        """Whether the promised days already hold the waits."""
        return bool(self.row.waits_included)

    @property
    def ended_on(self) -> date | None:
        """The day it ended."""
        day: date | None = self.row.ended_on
        return day


_RECEIVING = aliased(AgencyRow, name="receiving")
_STATEMENT = (
    select(
        DossierRow.__table__,
        AgencyRow.code.label("agency_code"),
        AgencyRow.name.label("agency_name"),
        _RECEIVING.code.label("receiving_code"),
        _RECEIVING.name.label("receiving_name"),
    )
    .outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
    .outerjoin(_RECEIVING, _RECEIVING.id == DossierRow.receiving_id)
)


def open_file(
    connection: Connection,
    actor: Actor,
    source: str,
    code: str,
    day: date,
    fields: frozenset[str] = frozenset(),
) -> DossierFile:
    """Return a dossier's file as `actor` may read it on `day`, in five statements.

    NotFound outside the actor's scope.
    """
    row = connection.execute(
        _STATEMENT.add_columns(handled(actor).label("is_handled")).where(
            DossierRow.source == source, DossierRow.code == code, visible_to(actor, day, fields)
        )
    ).one_or_none()
    if row is None:
        raise NotFound("dossier")
    return DossierFile(
        row=row,
        agency=_body(row, "agency"),
        receiving=_body(row, "receiving"),
        channel=Channel(row.channel),
        waits=waits_of(row.waits),
        is_handled=bool(row.is_handled),
        steps=_steps(connection, row.id),
        changes=_changes(connection, row.id),
        causes=_causes(connection, row.id),
        violations=_violations(connection, row.id),
    )


def _body(row: Facts, what: str) -> Body:
    """Return the agency that a row names: its words, and what they were matched to."""
    named = ("text", "id", "code", "name")
    text, key, code, name = (getattr(row, f"{what}_{part}") for part in named)
    return Body(text=text, id=key, code=code or "", name=name or "")


def _steps(connection: Connection, key: int) -> tuple[FileStep, ...]:
    rows = connection.execute(
        select(
            DossierStepRow.__table__,
            AgencyRow.code.label("holder_code"),
            AgencyRow.name.label("holder_name"),
        )
        .outerjoin(AgencyRow, AgencyRow.id == DossierStepRow.holder_id)
        .where(DossierStepRow.dossier_id == key)
        .order_by(DossierStepRow.serial)
    )
    return tuple(
        FileStep(
            serial=row.serial,
            name=row.name,
            holder=_body(row, "holder"),
            officer=row.officer,
            started_at=row.started_at,
            ended_at=row.ended_at,
            limit_at=row.limit_at,
        )
        for row in rows
    )  # fmt: skip


def _changes(connection: Connection, key: int) -> tuple[FileChange, ...]:
    rows = connection.execute(
        select(DossierChangeRow.__table__, DossierImportRow.file_name)
        .join(DossierImportRow, DossierImportRow.id == DossierChangeRow.import_id)
        .where(DossierChangeRow.dossier_id == key, DossierChangeRow.field != APPLICANT)
        .order_by(DossierChangeRow.import_id.desc(), DossierChangeRow.field)
        .limit(MOST_CHANGES)
    )
    return tuple(
        FileChange(
            import_id=row.import_id,
            file_name=row.file_name,
            field=row.field,
            before=row.before,
            after=row.after,
            at=row.at,
        )
        for row in rows
    )


APPLICANT = "applicant"
"""A change of the applicant is personal data: it is not shown among the changes."""


def _causes(connection: Connection, key: int) -> tuple[FileCause, ...]:
    rows = connection.execute(
        select(
            DossierCauseRow.__table__,
            AgencyRow.code.label("agency_code"),
            AgencyRow.name.label("agency_name"),
            AccountRow.name.label("entered_name"),
        )
        .outerjoin(AgencyRow, AgencyRow.id == DossierCauseRow.agency_id)
        .join(AccountRow, AccountRow.id == DossierCauseRow.entered_by)
        .where(DossierCauseRow.dossier_id == key)
        .order_by(DossierCauseRow.is_primary.desc(), DossierCauseRow.code)
    )
    return tuple(
        FileCause(
            code=CauseCode(row.code),
            is_primary=row.is_primary,
            agency=Body(
                text="", id=row.agency_id, code=row.agency_code or "", name=row.agency_name or ""
            ),
            step=row.step,
            days_lost=row.days_lost,
            source=CauseSource(row.source),
            entered_by=row.entered_name,
            at=row.at,
        )
        for row in rows
    )  # fmt: skip


def _violations(connection: Connection, key: int) -> tuple[FileViolation, ...]:
    rows = connection.execute(
        select(ViolationRow.id, ViolationRow.type, ViolationRow.state, ViolationRow.occurred_on)
        .where(ViolationRow.dossier_id == key)
        .order_by(ViolationRow.occurred_on, ViolationRow.id)
    )
    return tuple(FileViolation(r.id, r.type, ViolationState(r.state), r.occurred_on) for r in rows)
