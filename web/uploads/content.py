"""Looks through an uploaded file before it is kept: what it is, that it is whole and harmless."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import IO

from web.uploads.archive import ARCHIVE_START, ends_as_archive
from web.uploads.encoding import decoded
from web.uploads.marked import refuse_marked
from web.uploads.office import inspect_office
from web.uploads.pdf import inspect_pdf
from web.uploads.pictures import check_jpeg, check_png
from web.uploads.signatures import (
    EICAR,
    HTML,
    JPEG_START,
    OLE_START,
    PDF_START,
    PNG_START,
    is_program,
    refuse_ole,
)
from workflow.documents.secret_names import refuse_secret_name
from workflow.errors import Refused
from workflow.evidence.rules import (
    EVIDENCE_LIMITS,
    FileKind,
    UploadLimits,
    clean_filename,
    type_named,
)

_CHUNK = 256 * 1024
_HEAD = 1024
_OVERLAP = 128
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = re.compile(
    r"<\s*(?:!doctype|\?xml|\?php|html|svg|script|iframe|body|head)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """A file that may be kept: its safe name, its true type, its size and its SHA-256."""

    filename: str
    media_type: str
    size: int
    sha256: str


def inspect_upload(
    stream: IO[bytes], filename: str | None, limits: UploadLimits = EVIDENCE_LIMITS
) -> InspectedFile:
    """Look through a seekable stream, never more than its limits of it, and rewind it.

    The content decides what the file is and the name's ending must agree with it. Refused:
    `empty_file`, `file_too_large`, `file_type_not_allowed`, `extension_mismatch`,
    `infected_file`, `executable_file`, `html_content`, `mixed_file`, `active_content`,
    `broken_file`, `image_too_large`, `unknown_encoding`, `old_office_file`, `macro_file`,
    `locked_file`, what `inspect_office` and `inspect_pdf` refuse, and `secret_document` by the
    name or by a marking where `refuse_marked` looks.
    """
    name = clean_filename(filename or "")
    refuse_secret_name(name)
    size, digest = _measure(stream, limits.max_bytes)
    named = type_named(name)
    kind = _kind(stream, limits, says_text=named is not None and named.kind is FileKind.TEXT)
    if named is None:
        raise Refused("file_type_not_allowed", name=name)
    if named.kind is not kind:
        raise Refused("extension_mismatch", name=name, found=kind.value)
    refuse_marked(stream, kind, limits)
    stream.seek(0)
    return InspectedFile(name, named.media_type, size, digest)


def _measure(stream: IO[bytes], most: int) -> tuple[int, str]:
    """Hash the stream, stopping at the first byte too many."""
    digest, size, tail = hashlib.sha256(), 0, b""
    stream.seek(0)
    while chunk := stream.read(min(_CHUNK, most + 1 - size)):
        size += len(chunk)
        if size > most:
            raise Refused("file_too_large", limit=most)
        if EICAR in tail + chunk:
            raise Refused("infected_file")
        tail = chunk[-_OVERLAP:]
        digest.update(chunk)
    if not size:
        raise Refused("empty_file")
    return size, digest.hexdigest()


def _kind(stream: IO[bytes], limits: UploadLimits, *, says_text: bool) -> FileKind:
    stream.seek(0)
    head = stream.read(_HEAD)
    if is_program(head):
        raise Refused("executable_file")
    if head.startswith(OLE_START):
        stream.seek(0)
        refuse_ole(stream.read(), "old_office_file")
    if head.startswith(ARCHIVE_START):
        _refuse_mixed(head, stream, but=ARCHIVE_START)
        return inspect_office(stream, limits)
    if head.startswith(PDF_START):
        return _pdf(head, stream)
    if head.startswith((PNG_START, JPEG_START)):
        return _picture(head, stream, limits)
    return _text(stream, says_text=says_text)


def _pdf(head: bytes, stream: IO[bytes]) -> FileKind:
    _refuse_mixed(head, stream, but=PDF_START)
    inspect_pdf(stream)
    return FileKind.PDF


def _picture(head: bytes, stream: IO[bytes], limits: UploadLimits) -> FileKind:
    _refuse_mixed(head, stream, but=head[:3])
    if head.startswith(PNG_START):
        check_png(stream, limits.max_pixels)
        return FileKind.PNG
    check_jpeg(stream, limits.max_pixels)
    return FileKind.JPEG


def _refuse_mixed(head: bytes, stream: IO[bytes], *, but: bytes) -> None:
    """Refuse a file that another program could open as something else."""
    other_pdf = PDF_START in head and but != PDF_START
    other_archive = but != ARCHIVE_START and (ARCHIVE_START in head or ends_as_archive(stream))
    if other_pdf or other_archive or HTML.search(head):
        raise Refused("mixed_file")


def _text(stream: IO[bytes], *, says_text: bool) -> FileKind:
    stream.seek(0)
    content = stream.read()
    text = decoded(content)
    if text is None or _CONTROL.search(text):
        unreadable = says_text and b"\x00" not in content[:_HEAD]
        raise Refused("unknown_encoding" if unreadable else "file_type_not_allowed")
    if PDF_START in content[:_HEAD]:
        raise Refused("mixed_file")
    if text.lstrip().startswith("{\\rtf"):
        raise Refused("file_type_not_allowed")
    if _MARKUP.search(text):
        raise Refused("html_content")
    return FileKind.TEXT
