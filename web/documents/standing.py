"""The draft that a page works on, and who may."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from werkzeug.exceptions import HTTPException

from web.addresses import LARGEST_KEY
from web.identity import current_actor
from web.wiring import office, reading_unit
from workflow.documents.records import Document, DocumentState
from workflow.documents.usecases import require_office
from workflow.errors import Refused


def require_office_now() -> None:
    """Let in who enters documents today; Forbidden for everybody else."""
    require_office(current_actor(), office().ground(reading_unit()))


def open_draft_or_404(document_id: int) -> Document:
    """Return a draft for the office; drafts are outside everybody else's scope.

    A draft that was issued meanwhile leads to the document it became; what is sent to it
    is refused by name, so that nobody believes it kept.
    """
    actor, today = current_actor(), office().today()
    is_office = actor.role is not None and actor.role.value == "office"
    if not is_office or not actor.holds_role_on(today):
        abort(404)
    known = document_id <= LARGEST_KEY
    document = reading_unit().documents.document(document_id) if known else None
    if document is None:
        abort(404)
    if document.state is not DocumentState.DRAFT:
        if request.method == "POST":
            raise Refused("already_issued", key=document.key)
        raise Issued(document)
    return document


class Issued(HTTPException):
    """The draft is a document by now: go there."""

    def __init__(self, document: Document) -> None:
        super().__init__(response=redirect(url_for("documents.show", key=document.key), 303))
