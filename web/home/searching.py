"""The box at the top of every page: an exact number goes straight there, words find lists."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from models.directives.filters import ListFilter, ways_to
from models.directives.listed import Listed
from models.directives.lists import page_of, total_of
from models.directives.orders import Order, SortBy
from models.directives.search import agencies_with, documents_with, exact_number
from models.documents.scope import document_id
from models.review.queries import exact_case
from models.violations.queries import exact_violation
from web.directives.listing import hands_today, looker
from web.home.ranking import ranked
from web.identity import current_actor
from web.wiring import office, reading_unit
from workflow.text import clean, fold, squeeze

MOST = 200
SHOWN = 15
BESIDE = 8
WEIGHED = 200
"""Of so many, the newest found, those that bear the phrase itself stand first."""


def searched() -> str:
    """Return what was typed into the box."""
    return clean(request.args.get("q", ""))[:MOST]


def straight_to(words: str) -> Response | None:
    """Return the way to the one thing that bears exactly these words."""
    connection, actor, today = reading_unit().connection, current_actor(), office().today()
    number = exact_number(connection, actor, words, today)
    if number:
        return redirect(url_for("directives.show", number=number))
    case = exact_case(connection, actor, words, today)
    if case:
        return redirect(url_for("review.show", number=case))
    violation = exact_violation(connection, actor, words, today)
    if violation:
        return redirect(url_for("violations.show", violation_id=violation))
    if document_id(connection, actor, words, today) is not None:
        return redirect(url_for("documents.show", key=words))
    return None


def found(words: str) -> dict[str, Any]:
    """Return what the page of results shows."""
    if not fold(words) or not squeeze(words):
        return {"words": words, "is_empty": True}
    connection, actor, today = reading_unit().connection, current_actor(), office().today()
    hands = hands_today()
    ways = ways_to(ListFilter(words=words), looker())
    newest = Order(by=SortBy.NUMBER, falling=True)
    rows = page_of(connection, ways, newest, limit=WEIGHED).rows
    directives, is_there = ranked(words, rows, _said_of)
    total, exact = total_of(connection, ways)
    documents, documents_total = documents_with(connection, actor, words, today, limit=BESIDE)
    named, agencies_total = agencies_with(connection, words, limit=WEIGHED)
    agencies, _named_so = ranked(words, named, lambda one: one.name, is_name=True)
    return {
        "words": words,
        "directives": [
            {
                "of": row,
                "clock": hands.of(row.state, row.due_on, row.completed_on, row.suspended_since),
            }
            for row in directives[:SHOWN]
        ],
        "is_apart": bool(rows) and not is_there and len(words.split()) > 1,
        "weighed": len(rows),
        "directives_total": total,
        "directives_exact": exact,
        "documents": documents,
        "documents_total": documents_total,
        "agencies": agencies[:BESIDE],
        "agencies_total": agencies_total,
    }


def _said_of(row: Listed) -> str:
    return f"{row.number} {row.content} {row.lead_name} {row.reference}"
