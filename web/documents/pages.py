"""Pages of documents: the list, one document, drafts, their import and their issue."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from models.documents.page import signed_file
from models.documents.queries import filters_of, list_documents
from models.documents.scope import document_id
from web.documents import (
    drafts,
    importing,
    issuing,
    leading,
    mending,
    numbering,
    past,
    rereading,
    signing,
)
from web.documents.blueprint import blueprint
from web.documents.exporting import export_of
from web.documents.listing import list_page, view_asked
from web.documents.sending import send_signed
from web.documents.showing import document_page
from web.identity import current_actor
from web.wiring import office, reading_unit

__all__ = [
    "blueprint",
    "drafts",
    "importing",
    "issuing",
    "leading",
    "mending",
    "numbering",
    "past",
    "rereading",
]


@blueprint.get("/")
def index() -> str:
    """Show the documents one may read, with how far each has come."""
    actor, today = current_actor(), office().today()
    connection = reading_unit().connection
    view = view_asked()
    found = list_documents(connection, actor, view, today)
    filters = filters_of(connection, actor, today)
    return render_template("documents/index.html", **list_page(view, found, filters, actor))


@blueprint.get("/export.<any(xlsx, csv):kind>")
def export(kind: str) -> Response:
    """Send the whole view as a file: the columns shown, every row."""
    return export_of(view_asked(), kind)


@blueprint.get("/<key>")
def show(key: str) -> str:
    """Show an issued document: its head, its clauses, and where each has come."""
    return render_template("documents/show.html", **document_page(_key_of(key)))


@blueprint.get("/<key>/file")
def file(key: str) -> ResponseReturnValue:
    """Send the signed file of an issued document."""
    unit = reading_unit()
    return send_signed(
        signed_file(unit.connection, current_actor(), _key_of(key), office().today())
    )


@blueprint.post("/<key>/file")
def take_file(key: str) -> ResponseReturnValue:
    """Keep the signed file of a document that was issued without it."""
    return signing.take_signed(_key_of(key), key)


def _key_of(key: str) -> int:
    found = document_id(reading_unit().connection, current_actor(), key, office().today())
    if found is None:
        abort(404)
    return found
