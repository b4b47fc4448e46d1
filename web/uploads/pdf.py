"""PDF files: whole, open to everybody who gets them, and without anything that runs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO

from workflow.errors import Refused

_CHUNK = 256 * 1024
_OVERLAP = 256
_TAIL = 2048
_MOST_UNPACKED = 64 * 1024 * 1024
_MOST_PACKS = 20_000
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia)(?![A-Za-z0-9])")
_LOCKED = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_PACKED = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_BEGINS = re.compile(rb"stream\r?\n")
_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")


def inspect_pdf(stream: IO[bytes]) -> None:
    """Look through a PDF, also at the objects it keeps packed.

    Refused: `broken_file` (no end), `mixed_file` (something after it), `locked_pdf` (a password
    or locked rights: nobody could open it later, nor look inside now), `active_content`
    (a script, a program to start), `zip_bomb`.
    """
    _refuse_odd_end(stream)
    packs = _look_through(stream)
    left = _MOST_UNPACKED
    for begin in packs:
        tail = b""
        for part in _unpacked(stream, begin):
            left -= len(part)
            if left < 0:
                raise Refused("zip_bomb")
            _refuse_active(tail + part)
            tail = part[-_OVERLAP:]


def _refuse_odd_end(stream: IO[bytes]) -> None:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    end = stream.read().rpartition(b"%%EOF")
    if not end[1]:
        raise Refused("broken_file")
    if end[2].strip(b"\r\n\t \x00"):
        raise Refused("mixed_file")


def _look_through(stream: IO[bytes]) -> list[int]:
    """Refuse what lies open in the file and return where packed objects begin."""
    packs: set[int] = set()
    at, tail = 0, b""
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        seen = tail + chunk
        if _LOCKED.search(seen):
            raise Refused("locked_pdf")
        _refuse_active(seen)
        packs.update(at - len(tail) + found.end() for found in _PACKED.finditer(seen))
        if len(packs) > _MOST_PACKS:
            raise Refused("too_many_parts")
        at += len(chunk)
        tail = seen[-_OVERLAP:]
    return sorted(packs)


def _refuse_active(part: bytes) -> None:
    """Names may be spelt with codes (`/J#61vaScript`), so both spellings are looked for."""
    spelt = _SIGN.sub(lambda found: bytes.fromhex(found[1].decode()), part)
    if _ACTIVE.search(part) or (spelt != part and _ACTIVE.search(spelt)):
        raise Refused("active_content")


def _unpacked(stream: IO[bytes], at: int) -> Iterator[bytes]:
    """Yield the objects packed after `at`, a part at a time; what is not packed yields none."""
    stream.seek(at)
    begins = _BEGINS.search(stream.read(_CHUNK))
    if begins is None:
        return
    stream.seek(at + begins.end())
    unpacking = zlib.decompressobj()
    try:
        while not unpacking.eof and (chunk := stream.read(_CHUNK)):
            yield unpacking.decompress(chunk, _CHUNK)
            while unpacking.unconsumed_tail and not unpacking.eof:
                yield unpacking.decompress(unpacking.unconsumed_tail, _CHUNK)
    except zlib.error:
        return
