"""Attaching the signed file to a document that was issued without it, on its own page."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web.documents.entering import chosen_file, inspected
from web.documents.forms import SignedFileForm
from web.documents.placing import FileRefused
from web.documents.showing import document_page
from web.documents.standing import require_office_now
from web.identity import current_actor
from web.placing import place_errors
from web.refusals import in_words
from web.wiring import close_reading, office
from workflow.documents.signing import attach_signed
from workflow.errors import Invalid


def take_signed(document_id: int, key: str) -> ResponseReturnValue:
    """Keep the file that was chosen; else the page again, with what is wrong at the field."""
    require_office_now()
    form = SignedFileForm()
    chosen = chosen_file(form.file)
    if chosen is None:
        place_errors(form, Invalid({"file": "required"}))
        return _again(document_id, form)
    try:
        stored = inspected(chosen)
    except FileRefused as error:
        form.file.errors = [in_words(error)]
        return _again(document_id, form)
    close_reading()
    with office().writing() as unit:
        ground = office().ground(unit)
        attach_signed(unit.documents, current_actor(), document_id, stored, ground=ground)
        office().files.keep(stored.sha256, chosen.stream)
    flash(_("Đã gắn tệp %(name)s.", name=stored.name), "success")
    return redirect(url_for("documents.show", key=key), 303)


def _again(document_id: int, form: SignedFileForm) -> ResponseReturnValue:
    shown = document_page(document_id) | {"signed_form": form}
    return render_template("documents/show.html", **shown), 422
