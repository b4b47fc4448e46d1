"""The pages of the causes of lateness hang on this."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("causes", __name__, url_prefix="/causes")
