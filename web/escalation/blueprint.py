"""The blueprint of rules and of what they make of violations."""

from __future__ import annotations

from datetime import date

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("escalation", __name__, url_prefix="/escalation")
Answer = str | Response | tuple[str, int]
LARGEST = 2**31 - 1


@blueprint.app_template_filter()
def as_day(text: str) -> date:
    """Return the day that plain data of a backtest holds."""
    return date.fromisoformat(text)


VERSION = f"/rules/<code>/<int(max={LARGEST}):number>"
