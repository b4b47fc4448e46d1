"""Office files are archives: opened only after their directory and every byte were checked."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from workflow.errors import Refused
from workflow.evidence.rules import MEGABYTE, UploadLimits

ARCHIVE_START = b"PK\x03\x04"
_DIRECTORY_END = b"PK\x05\x06"
_DIRECTORY_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_LARGEST_DIRECTORY = MEGABYTE
_LOCAL_HEADER_SIZE = 30
_ENCRYPTED = 0x1
_CHUNK = MEGABYTE


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside an archive and where its packed bytes stand."""

    name: str
    info: ZipInfo
    start: int

    @property
    def size(self) -> int:
        """The unpacked size, as declared and as `Archive.unpack` enforces."""
        return self.info.file_size


class Archive:
    """A checked archive: names are safe, parts do not overlap, sizes are bounded."""

    def __init__(self, stream: IO[bytes], limits: UploadLimits) -> None:
        """Read the directory; Refused says what is wrong with it.

        Codes: `broken_file`, `mixed_file`, `too_many_parts`, `zip_bomb`, `locked_file`,
        `unsafe_archive`.
        """
        self._stream = stream
        self.limits = limits
        size = _check_ends(stream, limits)
        try:
            with ZipFile(stream) as archive:
                infos, directory = archive.infolist(), archive.start_dir
        except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise Refused("broken_file") from error
        if len(infos) > limits.max_parts:
            raise Refused("too_many_parts", limit=limits.max_parts)
        for info in infos:
            _check_part(info)
        _check_sizes(infos, size, limits)
        self.parts = {part.name: part for part in self._located(infos, directory)}
        if len(self.parts) != len(infos) or len({n.casefold() for n in self.parts}) != len(infos):
            raise Refused("unsafe_archive")

    def _located(self, infos: list[ZipInfo], directory: int) -> Iterator[Part]:
        """Yield the parts in file order, each after the one before and before the directory."""
        end = 0
        for info in sorted(infos, key=lambda one: one.header_offset):
            if info.header_offset < 0:
                raise Refused("broken_file")
            self._stream.seek(info.header_offset)
            header = self._stream.read(_LOCAL_HEADER_SIZE)
            if len(header) < _LOCAL_HEADER_SIZE or header[:4] != ARCHIVE_START:
                raise Refused("broken_file")
            name_size, extra_size = (int.from_bytes(header[k : k + 2], "little") for k in (26, 28))
            start = info.header_offset + _LOCAL_HEADER_SIZE + name_size + extra_size
            if info.header_offset < end or start + info.compress_size > directory:
                raise Refused("zip_bomb")
            end = start + info.compress_size
            yield Part(info.filename, info, start)

    def read(self, name: str, most: int) -> bytes:
        """Return a whole part of at most `most` bytes; a larger one is a `zip_bomb`."""
        part = self.parts[name]
        if part.size > most:
            raise Refused("zip_bomb", limit=most)
        return b"".join(self.unpack(part))

    def unpack(self, part: Part) -> Iterator[bytes]:
        """Yield the unpacked bytes, never more than declared, and check their sum at the end."""
        unpacked = check = 0
        for chunk in self._inflated(part):
            unpacked += len(chunk)
            check = zlib.crc32(chunk, check)
            if unpacked > part.size:
                raise Refused("zip_bomb")
            yield chunk
        if unpacked != part.size or check != part.info.CRC:
            raise Refused("broken_file")

    def _inflated(self, part: Part) -> Iterator[bytes]:
        if part.info.compress_type == ZIP_STORED:
            yield from self._packed(part)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for packed in self._packed(part):
                waiting = packed
                while waiting and not inflater.eof:
                    yield inflater.decompress(waiting, _CHUNK)
                    waiting = inflater.unconsumed_tail
            yield inflater.flush()
        except zlib.error as error:
            raise Refused("broken_file") from error

    def _packed(self, part: Part) -> Iterator[bytes]:
        end = part.start + part.info.compress_size
        for at in range(part.start, end, _CHUNK):
            self._stream.seek(at)
            yield self._stream.read(min(_CHUNK, end - at))


def _check_ends(stream: IO[bytes], limits: UploadLimits) -> int:
    """Check that the archive fills the whole file and its directory is small; return its size."""
    stream.seek(0)
    start = stream.read(len(ARCHIVE_START))
    size = stream.seek(0, 2)
    tail_size = min(size, _LONGEST_COMMENT + _DIRECTORY_END_SIZE)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    at = tail.rfind(_DIRECTORY_END)
    end = tail[at : at + _DIRECTORY_END_SIZE]
    if start != ARCHIVE_START or at < 0 or len(end) < _DIRECTORY_END_SIZE:
        raise Refused("broken_file")
    count, directory_size = (
        int.from_bytes(end[10:12], "little"),
        int.from_bytes(end[12:16], "little"),
    )
    comment_size = int.from_bytes(end[20:22], "little")
    if at + _DIRECTORY_END_SIZE + comment_size != len(tail):
        raise Refused("mixed_file")
    if count > limits.max_parts or directory_size > _LARGEST_DIRECTORY:
        raise Refused("too_many_parts", limit=limits.max_parts)
    return size


def _check_part(info: ZipInfo) -> None:
    name = info.filename
    if info.flag_bits & _ENCRYPTED:
        raise Refused("locked_file")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise Refused("broken_file")
    climbs = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    if climbs or not name or stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("unsafe_archive", name=name)


def _check_sizes(infos: list[ZipInfo], packed: int, limits: UploadLimits) -> None:
    unpacked = sum(info.file_size for info in infos)
    swollen = unpacked > limits.ratio_from and unpacked > packed * limits.max_ratio
    if unpacked > limits.max_unpacked or swollen:
        raise Refused("zip_bomb", limit=limits.max_unpacked)


def ends_as_archive(stream: IO[bytes]) -> bool:
    """Tell whether a file of another kind could also be opened as an archive."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _LONGEST_COMMENT - _DIRECTORY_END_SIZE))
    return _DIRECTORY_END in stream.read()
