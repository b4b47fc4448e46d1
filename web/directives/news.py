"""What others changed since a person last looked, marked in the list as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import request

from models.directives.home import touched_among
from models.directives.listed import Listed
from models.directives.walking import News
from web.addresses import from_start
from web.formats import vn_datetime
from web.identity import current_actor, signed_in_person
from web.wiring import office, reading_unit
from workflow.days import PROVINCE_ZONE

FIRST_LOOK = timedelta(days=7)
"""How far back a person who never looked is told of."""


def last_look() -> datetime:
    """Return the instant up to which the person has seen what others did.

    For who never looked it is the beginning of a day, so that it does not slide by the minute.
    """
    week_ago = datetime.combine(office().today() - FIRST_LOOK, time.min, tzinfo=PROVINCE_ZONE)
    return signed_in_person().looked_at or week_ago.astimezone(UTC)


def what_is_news() -> News:
    """Return what is news to this reader."""
    return News(since=last_look(), but=current_actor().hands)


def news_of(rows: Iterable[Listed]) -> dict[str, Any]:
    """Return which of the rows shown others changed since the last look, in one statement."""
    news, numbers = what_is_news(), [row.number for row in rows]
    connection = reading_unit().connection
    return news_told(touched_among(connection, numbers, news.since, news.but))


def news_told(changed: frozenset[str]) -> dict[str, Any]:
    """Return the news among the rows of a page as its template reads it."""
    since = last_look()
    return {
        "changed": changed,
        "since": vn_datetime(since) if changed else "",
        "changed_url": from_start(changed=since.isoformat()) if changed else "",
        "is_news": bool(request.args.get("changed")),
    }
