"""The blueprint of violations."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("violations", __name__, url_prefix="/violations")
LARGEST = 2**31 - 1
ONE = f"/<int(max={LARGEST}):violation_id>"
