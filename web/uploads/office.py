"""What an office file is by its own account, and whether anything in it could act."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

from web.uploads.archive import ARCHIVE_START, Archive, Part
from web.uploads.signatures import EICAR, OLE_START, is_program, refuse_ole
from web.uploads.xml import elements, feed, parser_for
from workflow.errors import Refused
from workflow.evidence.rules import MEGABYTE, FileKind, UploadLimits

_CONTENT_TYPES = "[Content_Types].xml"
_MIMETYPE = "mimetype"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MAIN_TYPES = {
    f"{_OFFICE}.wordprocessingml.document.main+xml": FileKind.DOCX,
    f"{_OFFICE}.spreadsheetml.sheet.main+xml": FileKind.XLSX,
}
_OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
}
_MAIN_PARTS = {FileKind.DOCX: "word/", FileKind.XLSX: "xl/"}
_MACRO_PARTS = re.compile(
    r"vba|macrosheets/|dialogsheets/|activex|(?:^|/)basic/|(?:^|/)scripts/", re.IGNORECASE
)
_OBJECT_PARTS = re.compile(r"oleobject|embeddings/.*\.bin$", re.IGNORECASE)
_ACTIVE_ENDINGS = re.compile(
    r"\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs?|js|jse|wsf|hta|jar|lnk|msi|html?|mht|mhtml|svg)$",
    re.IGNORECASE,
)
_EMBEDDED_DOCUMENT = re.compile(r"(?:word|xl)/embeddings/[^/]+\.(?:docx|xlsx)$", re.IGNORECASE)
_ARCHIVE_STARTS = (ARCHIVE_START, b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ\x00", b"BZh")
_TEMPLATE_LINKS = ("/attachedTemplate", "/oleObject", "/subDocument", "/frame")
_LIVE_FIELDS = re.compile(rb"<(?:\w+:)?(?:ddeLink\b|instrText[^>]{0,60}>\s{0,9}DDE)")
_LARGEST_SMALL_PART = MEGABYTE
_LARGEST_EMBEDDED = 20 * MEGABYTE
_XML_START = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
_OVERLAP = 128


def inspect_office(stream: IO[bytes], limits: UploadLimits, *, depth: int = 0) -> FileKind:
    """Return what an archive is as an office file after looking through every part of it.

    Refused: `file_type_not_allowed` for another archive, `macro_file`, `embedded_object`,
    `external_content`, `nested_archive`, `executable_file`, `infected_file`, `locked_file`,
    `unsafe_xml`, and what `Archive` refuses.
    """
    archive = Archive(stream, limits)
    kind = _kind(archive)
    for name in archive.parts:
        _refuse_by_name(name)
    for part in archive.parts.values():
        _look_through(archive, part, depth)
    return kind


def _kind(archive: Archive) -> FileKind:
    if _CONTENT_TYPES in archive.parts:
        return _microsoft_kind(archive)
    first = min(archive.parts.values(), key=lambda part: part.start, default=None)
    if first is None or first.name != _MIMETYPE or first.size > _OVERLAP:
        raise Refused("file_type_not_allowed")
    kind = _OPEN_TYPES.get(archive.read(_MIMETYPE, _OVERLAP).strip())
    if kind is None or "content.xml" not in archive.parts:
        raise Refused("file_type_not_allowed")
    _refuse_locked(archive)
    return kind


def _microsoft_kind(archive: Archive) -> FileKind:
    chunks = archive.unpack(_small(archive, _CONTENT_TYPES))
    found = elements(chunks, frozenset({"Default", "Override"}))
    types = [attributes.get("ContentType", "") for _, attributes in found]
    if any("macroenabled" in one.casefold() or "vba" in one.casefold() for one in types):
        raise Refused("macro_file")
    kinds = {_MAIN_TYPES[one] for one in types if one in _MAIN_TYPES}
    if len(kinds) != 1:
        raise Refused("file_type_not_allowed")
    kind = kinds.pop()
    if not any(name.startswith(_MAIN_PARTS[kind]) for name in archive.parts):
        raise Refused("broken_file")
    return kind


def _refuse_locked(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.parts:
        locked = frozenset({"encryption-data"})
        if elements(archive.unpack(_small(archive, manifest)), locked):
            raise Refused("locked_file")


def _small(archive: Archive, name: str) -> Part:
    part = archive.parts[name]
    if part.size > _LARGEST_SMALL_PART:
        raise Refused("zip_bomb", limit=_LARGEST_SMALL_PART)
    return part


def _refuse_by_name(name: str) -> None:
    if _MACRO_PARTS.search(name):
        raise Refused("macro_file")
    if _OBJECT_PARTS.search(name) or _ACTIVE_ENDINGS.search(name):
        raise Refused("embedded_object", name=name)


def _look_through(archive: Archive, part: Part, depth: int) -> None:
    chunks = archive.unpack(part)
    first = next(chunks, b"")
    while len(first) < _OVERLAP and (more := next(chunks, b"")):
        first += more
    whole = _watched(chain([first], chunks))
    if first.startswith(_ARCHIVE_STARTS):
        _look_into(archive, part, depth)
    elif is_program(first):
        raise Refused("executable_file", name=part.name)
    elif first.startswith(OLE_START):
        refuse_ole(first, "embedded_object")
    elif part.name.endswith(".rels"):
        _refuse_links(_only_small(part, whole))
    elif _XML_START.match(first) and not part.name.endswith(".vml"):
        feed(parser_for(), whole)
    else:
        _drain(part, whole)


def _look_into(archive: Archive, part: Part, depth: int) -> None:
    """Look through a document inside a document: a chart carries its own workbook."""
    if depth or not _EMBEDDED_DOCUMENT.match(part.name):
        raise Refused("nested_archive", name=part.name)
    inside = io.BytesIO(archive.read(part.name, _LARGEST_EMBEDDED))
    inspect_office(inside, archive.limits, depth=depth + 1)


def _only_small(part: Part, chunks: Iterable[bytes]) -> Iterable[bytes]:
    if part.size > _LARGEST_SMALL_PART:
        raise Refused("zip_bomb", limit=_LARGEST_SMALL_PART)
    return chunks


def _refuse_links(chunks: Iterable[bytes]) -> None:
    """Refuse what a program would fetch by itself on opening; plain links may stay."""
    for _, attributes in elements(chunks, frozenset({"Relationship"})):
        outside = attributes.get("TargetMode", "").casefold() == "external"
        if outside and attributes.get("Type", "").endswith(_TEMPLATE_LINKS):
            raise Refused("external_content", target=attributes.get("Target", ""))


def _drain(part: Part, chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        if part.name.endswith(".vml") and b"<!DOCTYPE" in chunk:
            raise Refused("unsafe_xml")


def _watched(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Pass chunks on, watching for what must not be in any of them, also across their edges."""
    tail = b""
    for chunk in chunks:
        seen = tail + chunk
        if EICAR in seen:
            raise Refused("infected_file")
        if _LIVE_FIELDS.search(seen):
            raise Refused("external_content")
        tail = seen[-_OVERLAP:]
        yield chunk
