"""The status of the system: what ran when, what waits, what was given up."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from web.guard import admin_only

blueprint = Blueprint("jobs", __name__)
Answer = str | Response | tuple[str, int]


@blueprint.get("/status")
@admin_only
def status() -> Answer:
    """Show what ran when, the queue, and what was given up."""
    return render_template("jobs/status.html")
