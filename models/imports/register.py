"""Files that were brought and profiles made on a page, for their use cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from models.dossiers.rows import DossierProfileRow
from models.history.register import HistoryRegister
from models.imports.rows import DossierUploadRow
from workflow.history.records import Entry, Plain
from workflow.imports.records import KeptProfile, NewUpload, Upload


class ImportRegister:
    """Uploads and profiles within one transaction."""

    def __init__(self, connection: Connection, history: HistoryRegister) -> None:
        self._connection, self._history = connection, history

    def add_upload(self, new: NewUpload, account_id: int, at: datetime) -> int:
        """Keep a file that was brought and return its id."""
        values = {
            "sha256": new.sha256,
            "size": new.size,
            "file_name": new.file_name,
            "profile": new.profile,
            "toml": new.toml,
            "as_of": new.as_of,
            "account_id": account_id,
            "at": at,
        }
        adding = insert(DossierUploadRow).returning(DossierUploadRow.id)
        return self._connection.execute(adding, values).scalar_one()

    def upload(self, upload_id: int) -> Upload | None:
        """Return an upload, held for writing."""
        row = self._connection.execute(
            select(DossierUploadRow.__table__)
            .where(DossierUploadRow.id == upload_id)
            .with_for_update()
        ).one_or_none()
        return None if row is None else upload_from(row)

    def save_trial(self, upload_id: int, trial: Mapping[str, Plain]) -> None:
        """Keep what a trial found."""
        self._save(upload_id, trial=dict(trial), trouble="", trouble_params=None)

    def save_trouble(self, upload_id: int, code: str, params: Mapping[str, Plain]) -> None:
        """Keep why a trial or an import was refused."""
        self._save(upload_id, trouble=code, trouble_params=dict(params))

    def save_asked(self, upload_id: int, at: datetime) -> None:
        """Keep that it was asked to take the file in."""
        self._save(upload_id, asked_at=at, trouble="", trouble_params=None)

    def save_import(self, upload_id: int, import_id: int) -> None:
        """Keep which import took the file in."""
        self._save(upload_id, import_id=import_id, trouble="", trouble_params=None)

    def latest_profile(self, name: str) -> KeptProfile | None:
        """Return the last version of a profile made on a page."""
        row = self._connection.execute(
            select(DossierProfileRow.__table__)
            .where(DossierProfileRow.name == name)
            .order_by(DossierProfileRow.version.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else KeptProfile(name=name, version=row.version, toml=row.toml)

    def add_profile(self, profile: KeptProfile, account_id: int, at: datetime) -> None:
        """Keep a version of a profile."""
        self._connection.execute(
            insert(DossierProfileRow),
            {
                "name": profile.name,
                "version": profile.version,
                "toml": profile.toml,
                "entered_by": account_id,
                "at": at,
            },
        )

    def append(self, entry: Entry) -> object:
        """Add an entry to the history."""
        return self._history.append(entry)

    def _save(self, upload_id: int, **values: object) -> None:
        self._connection.execute(
            update(DossierUploadRow).where(DossierUploadRow.id == upload_id).values(**values)
        )


def upload_from(row: Row[Any]) -> Upload:
    """Return the upload a row holds."""
    return Upload(
        id=row.id,
        new=NewUpload(
            sha256=row.sha256,
            size=row.size,
            file_name=row.file_name,
            profile=row.profile,
            toml=row.toml,
            as_of=row.as_of,
        ),
        account_id=row.account_id,
        at=row.at,
        trial=row.trial,
        import_id=row.import_id,
        asked_at=row.asked_at,
        trouble=row.trouble,
        trouble_params=row.trouble_params or {},
    )
