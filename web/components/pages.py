"""The living page: every component with the content an official meets."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web.components.samples import sample_context
from web.guard import public

blueprint = Blueprint("components", __name__, url_prefix="/components")


@blueprint.get("/")
@public
def index() -> str:
    """Show every macro; it holds no data of anybody, so it needs no sign-in."""
    return render_template("components/index.html", **sample_context())


@blueprint.get("/reading")
@public
def reading() -> str:
    """Answer the sample's live field with the words that were typed."""
    typed = request.args.get(request.headers.get("HX-Trigger-Name", ""), "")
    return render_template("components/reading.html", typed=typed)
