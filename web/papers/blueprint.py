"""The blueprint of papers."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("papers", __name__, url_prefix="/papers")
