"""Pages of the causes of lateness."""

from __future__ import annotations

from flask import Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from web.causes import assigning
from web.causes.blueprint import blueprint
from web.causes.broken import rows_page
from web.causes.drafting import draft_sent
from web.causes.exporting import export_of
from web.causes.overview import overview_page
from web.causes.sampling import sample_page
from web.causes.viewing import asked_for, first_address

__all__ = ["assigning", "blueprint"]


@blueprint.get("/")
def index() -> str | BaseResponse:
    """Show where lateness comes from: by cause, step, agency, field; and what if."""
    if elsewhere := first_address():
        return elsewhere
    return render_template("causes/index.html", **overview_page(asked_for()))


@blueprint.get("/rows")
def rows() -> str | BaseResponse:
    """List the overdue dossiers in which one step, or one holder, ran over the longest."""
    if elsewhere := first_address():
        return elsewhere
    return render_template("causes/rows.html", **rows_page(asked_for()))


@blueprint.get("/sample")
def sample() -> str | BaseResponse:
    """Show a sample to read, drawn by a seed: the same seed gives the same list."""
    if elsewhere := first_address():
        return elsewhere
    return render_template("causes/sample.html", **sample_page(asked_for()))


@blueprint.get("/export.xlsx")
def export() -> Response:
    """Send the study as a workbook, for the department's report to the People's Committee."""
    return export_of(asked_for())


@blueprint.get("/draft.<any(docx, pdf):kind>")
def draft(kind: str) -> Response:
    """Send the study as a draft of the department's report, signed as chosen."""
    return draft_sent(asked_for(), kind, request.args.get("sign", ""))
