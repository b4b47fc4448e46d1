"""On-time rates: by agency, field, procedure and month, each figure opening its rows."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from web.rates.exporting import export_of
from web.rates.showing import asked_for, first_address, rates_page

blueprint = Blueprint("rates", __name__, url_prefix="/dossiers/rates")


@blueprint.get("/")
def index() -> str | BaseResponse:
    """Show the rates of a view: the whole, month by month, and group by group."""
    if elsewhere := first_address():
        return elsewhere
    return render_template("rates/index.html", **rates_page(asked_for()))


@blueprint.get("/export.xlsx")
def export() -> Response:
    """Send the rates of a view as a workbook."""
    return export_of(asked_for())
