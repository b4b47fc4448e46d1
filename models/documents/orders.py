"""The orders a list of documents can have, and where one of its pages ends and the next begins."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from models.documents.rows import DocumentRow

FAR_DAY = date(9999, 12, 31)
FAR_NUMBER = 999_999_999
"""Drafts have no day or number yet: they stand beyond every document."""
_SPAN = 100_000


def order_by(sort: str) -> ColumnElement[Any]:
    """Return what an order compares."""
    if sort.endswith("number"):
        number = DocumentRow.year * _SPAN + DocumentRow.serial
        return func.coalesce(number, FAR_NUMBER)
    if sort.endswith("reference"):
        return func.coalesce(DocumentRow.reference_key, "")
    return func.coalesce(DocumentRow.issued_on, FAR_DAY)


SORTS = ("-date", "date", "-number", "number", "reference", "-reference")


def typed_place(sort: str, text: str) -> object:
    """Return the end of a page as what the order compares; ValueError when it can be none."""
    if sort.endswith("number"):
        return min(int(text), FAR_NUMBER)
    if not text.isprintable():
        raise ValueError(text)
    return text if sort.endswith("reference") else date.fromisoformat(text)


def is_place(sort: str, text: str) -> bool:
    """Whether a text can be the end of a page under this order."""
    try:
        typed_place(sort, text)
    except ValueError:
        return False
    return True


def beyond(
    value: ColumnElement[Any], bound: object, key: int, *, falls: bool
) -> ColumnElement[bool]:
    """Return the condition that a document stands beyond the end of a page."""
    if falls:
        return or_(value < bound, and_(value == bound, DocumentRow.id < key))
    return or_(value > bound, and_(value == bound, DocumentRow.id > key))
