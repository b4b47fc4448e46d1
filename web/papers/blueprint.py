"""The blueprints of papers: what one paper does, and the office's list of papers."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("papers", __name__, url_prefix="/papers")
list_blueprint = Blueprint("paper_list", __name__, url_prefix="/papers/list")
