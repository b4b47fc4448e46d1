"""The Friday report: the page, the rows behind each figure, the files, the pages for a meeting."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from web.summaries.asking import asked_for, first_address
from web.summaries.meeting import meeting_page
from web.summaries.moves import moves_page
from web.summaries.rows import inputs_page, rows_page
from web.summaries.sending import sent
from web.summaries.showing import index_page
from web.summaries.timeline import timeline_page
from workflow.summaries.spans import Stretch

blueprint = Blueprint("summaries", __name__, url_prefix="/summaries")


@blueprint.get("/")
def index() -> str | BaseResponse:
    """Show the report of a period: the sum that must agree, agency by agency, and the annex."""
    if elsewhere := first_address():
        return elsewhere
    return render_template("summaries/index.html", **index_page(asked_for()))


@blueprint.get("/rows")
def rows() -> str:
    """Show the directives behind a figure of the report."""
    return render_template("summaries/rows.html", **rows_page(asked_for()))


@blueprint.get("/inputs")
def inputs() -> str:
    """Show what coordinating agencies were asked and have not answered in time."""
    return render_template("summaries/inputs.html", **inputs_page(asked_for()))


@blueprint.get("/moves")
def moves() -> str:
    """Show the directives whose day or lead a report's days changed, or that asked for it."""
    return render_template("summaries/moves.html", **moves_page(asked_for()))


@blueprint.get("/meeting")
def meeting() -> str:
    """Show a page of paper for each agency, for the chair's meeting; of the year unless asked.

    A week that began this morning would show nothing but zeros.
    """
    return render_template("summaries/meeting.html", **meeting_page(asked_for(Stretch.YEAR)))


@blueprint.get("/timeline")
def timeline() -> str:
    """Show what falls due when, up to a day."""
    return render_template("summaries/timeline.html", **timeline_page())


@blueprint.get("/export.<any(docx, pdf, xlsx, zip):kind>")
def export(kind: str) -> Response:
    """Send the report as a draft, as a workbook, or both."""
    return sent(asked_for(), kind, request.args.get("sign", ""))
