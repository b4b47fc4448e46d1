"""The blueprint of agencies and their groups; routes carry their own full paths."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("agencies", __name__)
