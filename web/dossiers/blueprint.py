"""The pages of dossiers hang on this."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("dossiers", __name__, url_prefix="/dossiers")
