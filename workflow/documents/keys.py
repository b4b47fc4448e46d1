"""What documents and directives are called in public, readable over the telephone."""

from __future__ import annotations


def document_key(year: int, serial: int) -> str:
    """Return what a document is called within the province: `2021-0017`."""
    return f"{year}-{serial:04d}"


def clause_key(document: str, position: int) -> str:
    """Return what a clause of a document is called: `2021-0017-03`."""
    return f"{document}-{position:02d}"


def document_of(number: str) -> str:
    """Return the key of the document that a directive stands in, by the directive's number."""
    return _first(number, 2)


def root_of(number: str) -> str:
    """Return the number at the top of a part's number (`2021-0017-03.12` of `…-01-02`)."""
    return _first(number, 3)


def _first(number: str, parts: int) -> str:
    return "-".join(number.split("-")[:parts])
