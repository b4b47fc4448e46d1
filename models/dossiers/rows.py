"""Dossiers, their steps, each change of a field, and the imports they came by."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Instant, Key, Line, coded, one_of
from workflow.dossiers.records import Channel, ImportState

OPEN = "ended_on IS NULL"
"""A dossier that has not ended."""

RECEIVED_APART = "receiving_id IS NOT NULL"
"""A dossier that another agency took in than the one that resolves it."""

DossierCode = String(100).with_variant(String(100, collation="C"), "postgresql")
"""Compared sign by sign on both databases, in the order in which a file's rows are put."""

WAITED = "calendar_version <> ''"
"""A dossier whose due day was counted on the calendar."""


class DossierRow(Base):
    """One dossier of one source; the import gives the ids, in the order of receipt in each chunk.

    Days are the file's own. `due_on` is the first promised day pushed back by the working
    days of the closed waits, `due_last_on` the last promised one; `waiting_since` is the day
    asked of a wait that nobody has answered; `calendar_version` is the calendar they were
    counted on, "" where nothing was waited for. Agencies that the province does not know are
    kept as the file names them. `last_import_id` is the last import that changed the row.
    """

    __tablename__ = "dossiers"
    __table_args__ = (
        CheckConstraint("status BETWEEN 1 AND 10", name="status_known"),
        one_of(Channel, "channel"),
        Unique("source", "code"),
        Index(None, "agency_id", "received_on", "id"),
        Index(
            "ix_dossiers_receiving",
            "receiving_id",
            "received_on",
            "id",
            sqlite_where=text(RECEIVED_APART),
            postgresql_where=text(RECEIVED_APART),
        ),
        Index(None, "received_on", "id"),
        Index(
            "ix_dossiers_open_due",
            "due_on",
            "id",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(
            "ix_dossiers_waited",
            "calendar_version",
            sqlite_where=text(WAITED),
            postgresql_where=text(WAITED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(DossierCode)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    agency_text: Mapped[Line]
    receiving_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    receiving_text: Mapped[Line]
    field_text: Mapped[Line]
    procedure_code: Mapped[str] = mapped_column(String(100), default="", server_default="")
    procedure_text: Mapped[Line]
    officer: Mapped[Line]
    applicant: Mapped[Line]
    channel: Mapped[Channel] = mapped_column(coded(Channel, "channel", checked=False))
    online_level: Mapped[int | None]
    status: Mapped[int]
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    receipt_limit_at: Mapped[datetime | None] = mapped_column(Instant)
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    received_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    promised_last_on: Mapped[date | None]
    waits_included: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    second_new_date_at: Mapped[datetime | None] = mapped_column(Instant)
    apology_on: Mapped[date | None]
    processed_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_on: Mapped[date | None]
    supplement_requests: Mapped[int] = mapped_column(default=0, server_default="0")
    second_supplement_at: Mapped[datetime | None] = mapped_column(Instant)
    waits: Mapped[list[list[str | None]]] = mapped_column(JSON, server_default="[]")
    waited_days: Mapped[int] = mapped_column(default=0, server_default="0")
    waiting_since: Mapped[date | None]
    calendar_version: Mapped[str] = mapped_column(String(16), default="", server_default="")
    due_on: Mapped[date | None]
    due_last_on: Mapped[date | None]
    wrong_jurisdiction_at: Mapped[datetime | None] = mapped_column(Instant)
    no_slip_at: Mapped[datetime | None] = mapped_column(Instant)
    refused_without_reason_at: Mapped[datetime | None] = mapped_column(Instant)
    not_synced_at: Mapped[datetime | None] = mapped_column(Instant)
    late_transfer_at: Mapped[datetime | None] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(String(32))
    first_import_id: Mapped[int]
    last_import_id: Mapped[int]


class DossierStepRow(Base):
    """One step of a dossier, in the order of the file's own times.

    `code` is the step's own where the file has one: parts of a log are put together by it.
    """

    __tablename__ = "dossier_steps"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(100), default="", server_default="")
    name: Mapped[Line]
    holder_text: Mapped[Line]
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    officer: Mapped[Line]
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    limit_at: Mapped[datetime | None] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(String(32), default="", server_default="")


class DossierChangeRow(Base):
    """What one import changed in one field of one dossier; values as the file's own words."""

    __tablename__ = "dossier_changes"
    __table_args__ = (Index(None, "import_id", "dossier_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("dossier_imports.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    before: Mapped[Body]
    after: Mapped[Body]
    at: Mapped[datetime] = mapped_column(Instant)


class DossierImportRow(Base):
    """One file taken in: where it stands, what it changed, and what was found in it.

    `last_code` is the last dossier whose transaction committed: a killed import goes on
    after it. `profile_digest` says by which reading of the profile. All dossiers that came by it
    have ids from `first_dossier_id` to `last_dossier_id`; others may lie between. Where none
    came the last is 0; a null says nothing: an older release had begun the import.
    """

    __tablename__ = "dossier_imports"
    __table_args__ = (Index(None, "source", "sha256"),)

    id: Mapped[Key]
    source: Mapped[str] = mapped_column(String(64))
    profile: Mapped[str] = mapped_column(String(100))
    profile_digest: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[Line]
    sha256: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[date]
    state: Mapped[ImportState] = mapped_column(coded(ImportState, "state"))
    rows: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    last_code: Mapped[str] = mapped_column(String(100), default="", server_default="")
    first_dossier_id: Mapped[int | None]
    last_dossier_id: Mapped[int | None]
    rejected_file: Mapped[Line]
    violations: Mapped[dict[str, int]] = mapped_column(JSON)
    detections_off: Mapped[list[str]] = mapped_column(JSON)
    failure: Mapped[Line]
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class DossierRejectRow(Base):
    """A row of a file that was not taken in: its line, the field and the reason as a code.

    `told` is what stood there, left out where it is personal data; `other_line` the row
    that it disagrees with.
    """

    __tablename__ = "dossier_rejects"

    import_id: Mapped[int] = mapped_column(ForeignKey("dossier_imports.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(100), default="", server_default="")
    field: Mapped[str] = mapped_column(String(64))
    told: Mapped[Line]
    reason: Mapped[str] = mapped_column(String(64))
    other_line: Mapped[int | None]


class DossierProfileRow(Base):
    """A profile made on a page; each saving is a new version."""

    __tablename__ = "dossier_profiles"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    toml: Mapped[Body]
    entered_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class DossierMonthRow(Base):
    """A month of receipt, and whether its ended dossiers stand counted in `dossier_tallies`.

    They do on the calendar it names (ADR 0028). Whatever changes a dossier of the month empties
    that; a month that is not here does not stand counted either. `settled_on` is the last day on
    which one of those counted was received or ended: as of an earlier day they stood otherwise.
    `walked` names the rules by which all its late dossiers were walked, "" for none (ADR 0030).
    """

    __tablename__ = "dossier_months"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    calendar_version: Mapped[str] = mapped_column(String(16))
    settled_on: Mapped[date | None]
    walked: Mapped[str] = mapped_column(String(16), default="", server_default="")


class DossierTallyRow(Base):
    """How many ended dossiers of a month, and of one agency or one procedure, stand alike.

    `first` and `last` are places in `Verdict`, by the first and by the last promised day. With
    `by_procedure` agencies are not told apart, without it procedures are not.
    """

    __tablename__ = "dossier_tallies"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by_procedure: Mapped[bool]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    agency_text: Mapped[Line]
    field_text: Mapped[Line]
    procedure_code: Mapped[str] = mapped_column(String(100))
    procedure_text: Mapped[Line]
    first: Mapped[int]
    last: Mapped[int]
    number: Mapped[int]


class DossierLateRow(Base):
    """An ended dossier that ran late by its first promised day, or by its last one, by month.

    Kept and forgotten with the counts of its month of receipt: `DossierMonthRow` says whether it
    stands. Who ran late is then found without a look at all the others.
    """

    __tablename__ = "dossier_lates"
    __table_args__ = (Index(None, "month"),)

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id"), primary_key=True, autoincrement=False
    )
    month: Mapped[str] = mapped_column(String(7))
    by_first: Mapped[bool]
    by_last: Mapped[bool]
