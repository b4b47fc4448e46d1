"""Pictures as evidence: whole, of bearable size, and nothing but a picture."""

from __future__ import annotations

from typing import IO

from web.uploads.signatures import JPEG_START, PNG_START
from workflow.errors import Refused

_PNG_FRAME = 12
_PNG_HEADER = 13
_MOST_CHUNKS = 100_000
_JPEG_TAIL = 65_536
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LONE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})
_SCAN, _END = 0xDA, 0xD9


def check_png(stream: IO[bytes], most_pixels: int) -> None:
    """Walk a PNG to its end; Refused `broken_file`, `mixed_file`, `image_too_large`."""
    size = stream.seek(0, 2)
    at = len(PNG_START)
    for count in range(_MOST_CHUNKS):
        stream.seek(at)
        head = stream.read(_PNG_FRAME - 4)
        if len(head) < _PNG_FRAME - 4:
            break
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        at += length + _PNG_FRAME
        if at > size or (count == 0) != (kind == b"IHDR"):
            break
        if kind == b"IHDR":
            _check_pixels(stream.read(_PNG_HEADER)[:8], most_pixels)
        if kind == b"IEND":
            if at != size:
                raise Refused("mixed_file")
            return
    raise Refused("broken_file")


def check_jpeg(stream: IO[bytes], most_pixels: int) -> None:
    """Walk a JPEG's segments to its scan; Refused `broken_file`, `image_too_large`."""
    stream.seek(len(JPEG_START) - 1)
    while (marker := _next_marker(stream)) not in {_SCAN, _END}:
        if marker in _LONE_MARKERS:
            continue
        length = int.from_bytes(stream.read(2), "big")
        if length < 2:  # noqa: PLR2004  # the length counts its own two bytes
            raise Refused("broken_file")
        segment = stream.read(length - 2)
        if len(segment) < length - 2:
            raise Refused("broken_file")
        if marker in _SIZES:
            height, width = segment[1:3], segment[3:5]
            _check_pixels(b"\0\0" + width + b"\0\0" + height, most_pixels)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _JPEG_TAIL))
    if marker == _END or b"\xff\xd9" not in stream.read():
        raise Refused("broken_file")


def _next_marker(stream: IO[bytes]) -> int:
    lead = stream.read(1)
    marker = stream.read(1)
    while marker == b"\xff":
        marker = stream.read(1)
    if lead != b"\xff" or not marker or marker == b"\x00":
        raise Refused("broken_file")
    return marker[0]


def _check_pixels(sides: bytes, most: int) -> None:
    width, height = int.from_bytes(sides[:4], "big"), int.from_bytes(sides[4:8], "big")
    if not width or not height:
        raise Refused("broken_file")
    if width * height > most:
        raise Refused("image_too_large", limit=most)
