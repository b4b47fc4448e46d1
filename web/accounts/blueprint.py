"""The blueprints of accounts; their routes carry their own full paths."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
colleagues = Blueprint("colleagues", __name__)
"""What concerns colleagues among themselves: standing in, handing over work."""
