"""Which encoding a text is in, as far as it says so."""

from __future__ import annotations

import codecs


def decoded(content: bytes) -> str | None:
    """Return a text that says its encoding or is UTF-8, or None."""
    marks = {
        codecs.BOM_UTF8: "utf-8",
        codecs.BOM_UTF16_LE: "utf-16-le",
        codecs.BOM_UTF16_BE: "utf-16-be",
    }
    for mark, encoding in marks.items():
        if content.startswith(mark):
            return _decode(content[len(mark) :], encoding)
    return _decode(content, "utf-8")


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
