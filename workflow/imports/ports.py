"""What bringing a file and keeping profiles ask of memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from workflow.history.records import Entry, Plain
from workflow.imports.records import KeptProfile, NewUpload, Upload


class ImportMemory(Protocol):
    """Uploads and profiles within one transaction."""

    def add_upload(self, new: NewUpload, account_id: int, at: datetime) -> int:
        """Keep a file that was brought and return its id."""

    def upload(self, upload_id: int) -> Upload | None:
        """Return an upload, held for writing."""

    def save_trial(self, upload_id: int, trial: Mapping[str, Plain]) -> None:
        """Keep what a trial found."""

    def save_trouble(self, upload_id: int, code: str, params: Mapping[str, Plain]) -> None:
        """Keep why a trial or an import was refused."""

    def save_asked(self, upload_id: int, at: datetime) -> None:
        """Keep that it was asked to take the file in."""

    def save_import(self, upload_id: int, import_id: int) -> None:
        """Keep which import took the file in."""

    def latest_profile(self, name: str) -> KeptProfile | None:
        """Return the last version of a profile made on a page."""

    def add_profile(self, profile: KeptProfile, account_id: int, at: datetime) -> None:
        """Keep a version of a profile."""

    def append(self, entry: Entry) -> object:
        """Add an entry to the history."""
