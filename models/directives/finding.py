"""Directives found by words: their own, their document's number, and the names of their lead."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, or_, select

from models.agencies.scope import called
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from workflow.text import fold, squeeze


def of_words(words: str) -> Iterator[ColumnElement[bool]]:
    """Yield a condition for each word: in number, content, a lead's name or a document's number."""
    for word in fold(words).split():
        found = [
            DirectiveRow.search.contains(word, autoescape=True),
            DirectiveRow.lead_agency_id.in_(called(word)),
        ]
        if bare := squeeze(word):
            found.append(
                DirectiveRow.document_id.in_(
                    select(DocumentRow.id).where(
                        DocumentRow.reference_key.contains(bare, autoescape=True)
                    )
                )
            )
        yield or_(*found)
