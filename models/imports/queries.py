"""Reads of imports, uploads and profiles for pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, select

from models.accounts.rows import AccountRow
from models.dossiers.imports import rejected_rows
from models.dossiers.register import import_from
from models.dossiers.rows import DossierImportRow, DossierProfileRow, DossierRejectRow
from models.history.rows import HistoryRow
from models.imports.register import upload_from
from models.imports.rows import DossierUploadRow
from models.jobs.rows import JobRow
from workflow.dossiers.misread import Rejected
from workflow.dossiers.records import DossierImport, ImportState
from workflow.escalation.telling import KINDS
from workflow.history.records import Subject
from workflow.imports.records import KeptProfile, Upload

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One import with who asked for it."""

    of: DossierImport
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsPage:
    """One page of imports, newest first."""

    rows: tuple[ImportLine, ...]
    newer: int | None
    older: int | None


def imports_page(
    connection: Connection, *, newer: int | None = None, older: int | None = None
) -> ImportsPage:
    """Return the page of imports before `older` or after `newer`."""
    statement = (
        select(DossierImportRow.__table__, AccountRow.name.label("who"))
        .join(AccountRow, AccountRow.id == DossierImportRow.account_id)
        .limit(PAGE + 1)
    )
    if newer is not None:
        statement = statement.where(DossierImportRow.id > newer).order_by(DossierImportRow.id)
    else:
        statement = statement.order_by(DossierImportRow.id.desc())
        if older is not None:
            statement = statement.where(DossierImportRow.id < older)
    found = list(connection.execute(statement))
    more, found = len(found) > PAGE, found[:PAGE]
    if newer is not None:
        found.reverse()
    rows = tuple(ImportLine(of=import_from(row), who=row.who) for row in found)
    ahead = bool(rows) if newer is not None else more
    behind = more if newer is not None else older is not None and bool(rows)
    return ImportsPage(
        rows=rows,
        newer=rows[0].of.id if behind else None,
        older=rows[-1].of.id if ahead else None,
    )


def import_line(connection: Connection, import_id: int) -> ImportLine | None:
    """Return one import."""
    row = connection.execute(
        select(DossierImportRow.__table__, AccountRow.name.label("who"))
        .join(AccountRow, AccountRow.id == DossierImportRow.account_id)
        .where(DossierImportRow.id == import_id)
    ).one_or_none()
    return None if row is None else ImportLine(of=import_from(row), who=row.who)


def first_rejected(connection: Connection, import_id: int, most: int) -> Sequence[Rejected]:
    """Return the first rows of an import that were not taken in."""
    rows = connection.execute(
        select(DossierRejectRow.__table__)
        .where(DossierRejectRow.import_id == import_id)
        .order_by(DossierRejectRow.line)
        .limit(most)
    )
    return tuple(
        Rejected(
            line=row.line,
            code=row.code,
            field=row.field,
            reason=row.reason,
            told=row.told,
            other_line=row.other_line,
        )
        for row in rows
    )


def upload_of(connection: Connection, upload_id: int) -> Upload | None:
    """Return one upload."""
    row = connection.execute(
        select(DossierUploadRow.__table__).where(DossierUploadRow.id == upload_id)
    ).one_or_none()
    return None if row is None else upload_from(row)


def taken_in_as(connection: Connection, upload: Upload) -> int | None:
    """Return the finished import that took a file in after it was asked for, or None."""
    if upload.import_id is not None or upload.asked_at is None:
        return upload.import_id
    return connection.scalar(
        select(DossierImportRow.id)
        .where(
            DossierImportRow.sha256 == upload.new.sha256,
            DossierImportRow.profile == upload.new.profile,
            DossierImportRow.as_of == upload.new.as_of,
            DossierImportRow.state == ImportState.FINISHED,
            DossierImportRow.ended_at >= upload.asked_at,
        )
        .order_by(DossierImportRow.id.desc())
        .limit(1)
    )


def taken_in_since(
    connection: Connection, sha256: str, profile_digest: str, as_of: date, since: datetime
) -> DossierImport | None:
    """Return the finished import of a file by the same reading that ended since; None: none."""
    row = connection.execute(
        select(DossierImportRow.__table__)
        .where(
            DossierImportRow.sha256 == sha256,
            DossierImportRow.profile_digest == profile_digest,
            DossierImportRow.as_of == as_of,
            DossierImportRow.state == ImportState.FINISHED,
            DossierImportRow.ended_at >= since,
        )
        .order_by(DossierImportRow.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else import_from(row)


def taken_in_before(connection: Connection, sha256: str) -> tuple[int, datetime] | None:
    """Return the last finished import of the very same file, and when it ended; None: none."""
    row = connection.execute(
        select(DossierImportRow.id, DossierImportRow.ended_at)
        .where(DossierImportRow.sha256 == sha256, DossierImportRow.state == ImportState.FINISHED)
        .order_by(DossierImportRow.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.id, row.ended_at)


def cases_told(connection: Connection, done: DossierImport) -> dict[str, int]:
    """Return how many cases of repeated violations an import raised, lifted and so on, by kind.

    Read from the entries that name it, of the time in which it ran.
    """
    kinds = {kind.value: told for kind, told in KINDS.items()}
    until = () if done.ended_at is None else (HistoryRow.at <= done.ended_at,)
    rows = connection.execute(
        select(HistoryRow.action, func.count())
        .where(
            HistoryRow.at >= done.started_at,
            *until,
            HistoryRow.subject == Subject.ESCALATION.value,
            HistoryRow.action.in_(sorted(kinds)),
            HistoryRow.given["import"].as_integer() == done.id,
        )
        .group_by(HistoryRow.action)
    )
    return {kinds[row.action]: row[1] for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLine:
    """A file that was brought and not taken in yet."""

    id: int
    file_name: str
    profile: str
    who: str
    at: datetime
    is_tried: bool
    trouble: str


def _waits() -> ColumnElement[bool]:
    """Return the condition that no import took a file in after it was asked for."""
    done = exists().where(
        DossierImportRow.sha256 == DossierUploadRow.sha256,
        DossierImportRow.profile == DossierUploadRow.profile,
        DossierImportRow.as_of == DossierUploadRow.as_of,
        DossierImportRow.state == ImportState.FINISHED,
        DossierImportRow.ended_at >= DossierUploadRow.asked_at,
    )
    return and_(DossierUploadRow.import_id.is_(None), ~done)


def waiting_uploads(connection: Connection, most: int) -> tuple[UploadLine, ...]:
    """Return the files that were brought and not taken in, newest first."""
    rows = connection.execute(
        select(
            DossierUploadRow.id,
            DossierUploadRow.file_name,
            DossierUploadRow.profile,
            DossierUploadRow.at,
            DossierUploadRow.trouble,
            DossierUploadRow.trial.is_not(None).label("is_tried"),
            AccountRow.name.label("who"),
        )
        .join(AccountRow, AccountRow.id == DossierUploadRow.account_id)
        .where(_waits())
        .order_by(DossierUploadRow.id.desc())
        .limit(most)
    )
    return tuple(_upload_line(row) for row in rows)


def _upload_line(row: Row[*tuple[Any, ...]]) -> UploadLine:
    return UploadLine(
        id=row.id,
        file_name=row.file_name,
        profile=row.profile,
        who=row.who,
        at=row.at,
        is_tried=bool(row.is_tried),
        trouble=row.trouble,
    )


def needed_files(connection: Connection) -> frozenset[str]:
    """Return the hashes of files that were brought and not taken in yet."""
    rows = connection.scalars(select(DossierUploadRow.sha256).where(_waits()).distinct())
    return frozenset(rows)


def job_of(connection: Connection, name: str, key: str) -> int | None:
    """Return the id of a job by its name and key."""
    return connection.scalar(select(JobRow.id).where(JobRow.name == name, JobRow.key == key))


def kept_profiles(connection: Connection) -> tuple[KeptProfile, ...]:
    """Return the last version of every profile made on a page, by name."""
    last = (
        select(DossierProfileRow.name, func.max(DossierProfileRow.version).label("version"))
        .group_by(DossierProfileRow.name)
        .subquery()
    )
    rows = connection.execute(
        select(DossierProfileRow.name, DossierProfileRow.version, DossierProfileRow.toml)
        .join(
            last,
            (last.c.name == DossierProfileRow.name) & (last.c.version == DossierProfileRow.version),
        )
        .order_by(DossierProfileRow.name)
    )
    return tuple(KeptProfile(name=r.name, version=r.version, toml=r.toml) for r in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileVersion:
    """One version of a profile made on a page, and who made it."""

    version: int
    who: str
    at: datetime
    toml: str


def versions_of(connection: Connection, name: str) -> tuple[ProfileVersion, ...]:
    """Return every version of a profile, newest first."""
    rows = connection.execute(
        select(
            DossierProfileRow.version,
            DossierProfileRow.at,
            DossierProfileRow.toml,
            AccountRow.name.label("who"),
        )
        .join(AccountRow, AccountRow.id == DossierProfileRow.entered_by)
        .where(DossierProfileRow.name == name)
        .order_by(DossierProfileRow.version.desc())
    )
    return tuple(
        ProfileVersion(version=row.version, who=row.who, at=row.at, toml=row.toml) for row in rows
    )


__all__ = ["rejected_rows"]
