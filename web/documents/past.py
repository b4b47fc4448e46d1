"""What was done with a document: its entries in the history, for those who enter documents."""

from __future__ import annotations

from flask import abort, render_template

from models.documents.scope import document_id as id_of
from models.history.queries import entries_about
from web.documents.blueprint import blueprint
from web.documents.standing import open_draft_or_404, require_office_now
from web.history.naming import told_by_name
from web.identity import current_actor
from web.wiring import office, reading_unit
from workflow.documents.entries import draft_key
from workflow.documents.records import Document
from workflow.history.records import SealedEntry, Subject


@blueprint.get("/drafts/<int:document_id>/history")
def draft_history(document_id: int) -> str:
    """Show who entered, mended and saved a draft."""
    document = open_draft_or_404(document_id)
    return _page(document, _about(draft_key(document.id)))


@blueprint.get("/<key>/history")
def document_history(key: str) -> str:
    """Show how an issued document came about, from its first draft on."""
    require_office_now()
    unit = reading_unit()
    found = id_of(unit.connection, current_actor(), key, office().today())
    document = unit.documents.document(found) if found else None
    if document is None:
        abort(404)
    return _page(document, (*_about(document.key), *_about(draft_key(document.id))))


def _about(key: str) -> tuple[SealedEntry, ...]:
    return entries_about(reading_unit().connection, Subject.DOCUMENT, key, limit=200)


def _page(document: Document, entries: tuple[SealedEntry, ...]) -> str:
    return render_template("documents/past.html", document=document, entries=told_by_name(entries))
