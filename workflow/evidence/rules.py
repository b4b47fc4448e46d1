"""Which files may stand as evidence, how large, and under what names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from workflow.text import clean

MEGABYTE = 1024 * 1024


class FileKind(StrEnum):
    """What a file is by its content."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class FileType:
    """A name's ending, the content it must have and how it is served."""

    extension: str
    kind: FileKind
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

ALLOWED_TYPES = (
    FileType("pdf", FileKind.PDF, "application/pdf"),
    FileType("png", FileKind.PNG, "image/png"),
    FileType("jpg", FileKind.JPEG, "image/jpeg"),
    FileType("jpeg", FileKind.JPEG, "image/jpeg"),
    FileType("docx", FileKind.DOCX, f"{_OFFICE}.wordprocessingml.document"),
    FileType("xlsx", FileKind.XLSX, f"{_OFFICE}.spreadsheetml.sheet"),
    FileType("odt", FileKind.ODT, f"{_OPEN}.text"),
    FileType("ods", FileKind.ODS, f"{_OPEN}.spreadsheet"),
    FileType("txt", FileKind.TEXT, "text/plain"),
    FileType("csv", FileKind.TEXT, "text/csv"),
)
_BY_EXTENSION = {one.extension: one for one in ALLOWED_TYPES}


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """How much of a file is ever read: bytes, parts of an archive, unpacked bytes, pixels.

    `max_ratio` bounds unpacked to packed bytes once `ratio_from` bytes are unpacked.
    """

    max_bytes: int = 25 * MEGABYTE
    max_parts: int = 2000
    max_unpacked: int = 100 * MEGABYTE
    max_ratio: int = 200
    ratio_from: int = 20 * MEGABYTE
    max_pixels: int = 100_000_000


EVIDENCE_LIMITS = UploadLimits()

LONGEST_FILENAME = 200
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_UNSAFE = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_LONGEST_EXTENSION = 10
_NAMELESS = "tep"


def clean_filename(name: str) -> str:
    """Return a name that is safe to show and to save under, its ending kept.

    Folders, control characters and marks that turn the writing around are taken out, signs
    and names that systems reserve are changed, and a long name is cut in its middle part.
    A name with nothing left is "tep".
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    safe = clean(last).translate(_UNSAFE).strip(" .")
    if _RESERVED.match(safe):
        safe = f"_{safe}"
    stem, dot, extension = safe.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        return safe[:LONGEST_FILENAME].strip(" .") or _NAMELESS
    room = LONGEST_FILENAME - len(extension) - 1
    return f"{stem[:room].rstrip(' .') or _NAMELESS}.{extension}"


def type_named(filename: str) -> FileType | None:
    """Return the allowed type that a name's ending promises, or None."""
    return _BY_EXTENSION.get(filename.rpartition(".")[2].casefold() if "." in filename else "")
