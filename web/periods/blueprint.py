"""The blueprint of reporting periods."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("periods", __name__, url_prefix="/periods")
ONE = "/<number>/<int(max=9999):serial>"
