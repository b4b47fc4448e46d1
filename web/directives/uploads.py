"""Files that come with an act: looked into, then kept under their hash."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.datastructures import FileStorage

from web.refusals import in_words
from web.uploads.content import inspect_upload
from web.wiring import office
from workflow.errors import Refused
from workflow.evidence.records import StoredFile


class UnfitFile(Exception):
    """A file that may not be kept; the words say which, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.words = f"{name}: {why}"


def keep_uploads(files: Iterable[FileStorage]) -> tuple[StoredFile, ...]:
    """Return the files as checked and kept; UnfitFile, and nothing kept, if one may not be."""
    chosen = list(files)
    checked = [_checked(file) for file in chosen]
    for file, stored in zip(chosen, checked, strict=True):
        office().files.keep(stored.sha256, file.stream)  # type: ignore[arg-type]
    return tuple(checked)


def _checked(file: FileStorage) -> StoredFile:
    try:
        limits = office().settings.file_limits
        found = inspect_upload(file.stream, file.filename, limits)  # type: ignore[arg-type]
    except Refused as error:
        raise UnfitFile(file.filename or "", in_words(error)) from error
    return StoredFile(
        name=found.filename, media_type=found.media_type, size=found.size, sha256=found.sha256
    )
