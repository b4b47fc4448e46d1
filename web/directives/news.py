"""What others changed since a person last looked, marked in the list as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import request

from models.directives.home import touched_among
from models.directives.lists import Listed
from web.addresses import from_start
from web.identity import current_actor, signed_in_person
from web.labels import vn_datetime
from web.wiring import office, reading_unit

FIRST_LOOK = timedelta(days=7)
"""How far back a person who never looked is told of."""


def last_look() -> datetime:
    """Return the instant up to which the person has seen what others did."""
    return signed_in_person().looked_at or office().clock() - FIRST_LOOK


def news_of(rows: Iterable[Listed]) -> dict[str, Any]:
    """Return which of the rows shown others changed since the last look, in one statement."""
    since, actor = last_look(), current_actor()
    numbers = [row.number for row in rows]
    changed = touched_among(reading_unit().connection, numbers, since, actor.hands)
    return {
        "changed": changed,
        "since": vn_datetime(since),
        "changed_url": from_start(changed=since.isoformat()),
        "is_news": bool(request.args.get("changed")),
    }
