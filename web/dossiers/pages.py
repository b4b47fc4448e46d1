"""Pages of dossiers: the list, the file of one, and what hangs beside them."""

from __future__ import annotations

from flask import Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from web.dossiers.blueprint import blueprint
from web.dossiers.listing import asked_for, list_page, tidy_address
from web.dossiers.listing import export as export_of
from web.dossiers.showing import page_of, read_file
from web.dossiers.telling import field_words, ground_words, holder_words, side_words, value_words

__all__ = ["blueprint"]

for words in (field_words, value_words, holder_words, ground_words, side_words):
    blueprint.add_app_template_filter(words)


@blueprint.get("/")
def index() -> str | BaseResponse:
    """Show the list: filtered, one page of it; the address keeps the whole view."""
    if elsewhere := tidy_address():
        return elsewhere
    return render_template("dossiers/index.html", **list_page(asked_for()))


@blueprint.get("/export.<any(xlsx, csv):kind>")
def export(kind: str) -> Response:
    """Send the whole view as a file: the columns shown, every row."""
    return export_of(asked_for(), kind)


@blueprint.get("/<source>/<path:code>")
def show(source: str, code: str) -> str:
    """Show one dossier as a file: facts, clock, steps, causes, violations, changes."""
    return page_of(read_file(source, code)).render()
