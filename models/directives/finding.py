"""Directives found by words: their own, their document's number, and the names of their lead."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, or_, select

from models.agencies.scope import called
from models.directives.rows import DirectiveRow, ReportRow
from models.documents.rows import DocumentRow
from models.periods.rows import PeriodReportRow, PeriodRow
from workflow.text import clean, fold, squeeze


def of_words(words: str) -> Iterator[ColumnElement[bool]]:
    """Yield a condition for each word: in number, content, a lead's name or a document's number.

    A word with a figure and a slash may be the number of a report too, whole as it was given.
    """
    numbers = {fold(word): word for word in clean(words).split() if _may_be_number(word)}
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
        if word in numbers:
            found += _reported_under(numbers[word])
        yield or_(*found)


def _may_be_number(word: str) -> bool:
    return "/" in word and any(letter.isdigit() for letter in word)


def _reported_under(number: str) -> list[ColumnElement[bool]]:
    """Return what a report of this number makes true, of a directive or of one of its periods."""
    written = {number, number.upper()}
    of_period = (
        select(PeriodRow.directive_id)
        .join(PeriodReportRow, PeriodReportRow.period_id == PeriodRow.id)
        .where(PeriodReportRow.report_number.in_(written))
    )
    own = select(ReportRow.directive_id).where(ReportRow.report_number.in_(written))
    return [DirectiveRow.id.in_(own), DirectiveRow.id.in_(of_period)]
