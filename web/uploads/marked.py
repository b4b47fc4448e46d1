"""Where a file is stamped Mật: its first lines, page heads and feet, text boxes, cells.

A picture, also that of a page in a PDF, is known by its name alone: what is drawn is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import IO
from xml.parsers.expat import ExpatError

from web.uploads.archive import Archive, Part
from web.uploads.encoding import decoded
from web.uploads.printed import first_page
from web.uploads.xml import Attributes, parser_for, pieces, plain
from workflow.documents.secrecy import refuse_secret
from workflow.evidence.rules import FileKind, UploadLimits

FIRST_LINES = 60
"""How far down a text a marking is looked for: the first page, with the table at its head."""
_OFFICE = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.ODT, FileKind.ODS})
_WHOLE = re.compile(
    r"word/(?:header|footer|document)\d*\.xml|xl/sharedStrings\.xml|xl/drawings/[^/]+\.xml"
    r"|content\.xml|styles\.xml"
)
_BODY = re.compile(r"word/document\d*\.xml|content\.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_BLOCKS = frozenset({"p", "h", "si"})
_BREAKS = {"br": "\n", "cr": "\n", "line-break": "\n", "tab": " ", "s": " "}
_NO_TEXT = frozenset({"instrText", "delText", "rPh"})
_STAMP = re.compile(
    rb"<(?:\w+:)?(?:(?:odd|even|first)(?:Header|Footer)|t)(?:\s[^>]{0,200})?>([^<]{1,2000})</"
)
_PAGE_CODE = re.compile(r"&(?:\"[^\"]*\"|\d+|K[0-9A-Fa-f]{6}|[A-Z])")
_OVERLAP = 4096


def refuse_marked(stream: IO[bytes], kind: FileKind, limits: UploadLimits) -> None:
    """Refuse with `secret_document` a file, already looked through, that is stamped so."""
    stream.seek(0)
    if kind is FileKind.TEXT:
        lines = (decoded(stream.read()) or "").splitlines()
        refuse_secret(islice((cell for line in lines for cell in _cells(line)), FIRST_LINES * 10))
    elif kind is FileKind.PDF:
        refuse_secret(islice(first_page(stream).splitlines(), FIRST_LINES))
    elif kind in _OFFICE:
        archive = Archive(stream, limits)
        for part in archive.parts.values():
            refuse_secret(_texts(archive, part))


def _cells(line: str) -> Iterator[str]:
    """Yield a line, and the cells of one that is a row."""
    yield line
    yield from (cell.strip(' "') for cell in re.split(r"[;\t]", line))
    # A comma is also a sign of prose, where "đường, mật, sữa" is food.
    yield from (cell.strip(' "') for cell in line.split(",") if cell != cell.lower())


def _texts(archive: Archive, part: Part) -> Iterable[str]:
    if _WHOLE.fullmatch(part.name):
        most = FIRST_LINES if _BODY.fullmatch(part.name) else None
        return islice(_blocks(archive.unpack(part)), most)
    if _SHEET.fullmatch(part.name):
        return _stamps(archive.unpack(part))
    return ()


def _stamps(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the page heads and feet of a sheet and the words its cells hold themselves."""
    tail = b""
    for chunk in chunks:
        seen = tail + chunk
        for found in _STAMP.finditer(seen):
            words = unescape(found[1].decode("utf-8", "ignore"))
            yield without_page_codes(words)
        tail = seen[-_OVERLAP:]


def without_page_codes(words: str) -> str:
    """Return a sheet's page head or foot without the codes for its place and its letters."""
    return _PAGE_CODE.sub("\n", words)


class _Blocks:
    """Collects the words of paragraphs and cells that hold words; text boxes stand in others."""

    def __init__(self) -> None:
        self.parser = parser_for(self._start)
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add
        self.done: list[str] = []
        self._open: list[list[str]] = []
        self._silent = 0

    def _start(self, name: str, _: Attributes) -> None:
        tag = plain(name)
        if tag in _BLOCKS:
            self._open.append([])
        elif tag in _NO_TEXT:
            self._silent += 1
        elif self._open and tag in _BREAKS:
            self._open[-1].append(_BREAKS[tag])

    def _end(self, name: str) -> None:
        tag = plain(name)
        if tag in _NO_TEXT:
            self._silent -= 1
        elif tag in _BLOCKS and self._open:
            words = "".join(self._open.pop())
            if words.strip():
                self.done.append(words)

    def _add(self, text: str) -> None:
        if self._open and not self._silent:
            self._open[-1].append(text)


def _blocks(chunks: Iterable[bytes]) -> Iterator[str]:
    reader = _Blocks()
    try:
        for piece in pieces(chunks):
            reader.parser.Parse(piece, False)
            yield from reader.done
            reader.done.clear()
    except ExpatError:
        # Whatever is broken `inspect_office` has refused; a part that is no XML holds no words.
        return
