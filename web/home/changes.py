"""What others changed since a person last looked, put together by what was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import format_datetime

from models.directives.home import Happening
from web.directives.news import last_look
from web.formats import vn_datetime
from web.identity import signed_in_person
from web.labels import label
from web.speech import gettext as _
from web.wiring import office
from workflow.days import PROVINCE_ZONE, local_day

A_WEEK = timedelta(days=6)
APART = 2
"""So many of a kind stand one by one; of more, one stands and the others are folded."""


def title_of_changes() -> str:
    """Return since when changes are told: the last look, or a week for who never looked."""
    looked_at = signed_in_person().looked_at
    if looked_at is None:
        return _("Thay đổi trong 7 ngày qua")
    return _("Thay đổi từ %(when)s", when=since_words(last_look(), office().clock()))


def since_words(since: datetime, now: datetime) -> str:
    """Return an instant as people say it: today, a weekday within the last week, else the date."""
    if now - since > A_WEEK:
        return vn_datetime(since)
    local = since.astimezone(PROVINCE_ZONE).replace(tzinfo=None)
    if local_day(since) == local_day(now):
        return _("hôm nay %(time)s", time=format_datetime(local, "HH:mm", rebase=False))
    return str(format_datetime(local, "EEEE HH:mm", rebase=False))


def by_kind(found: Iterable[Happening]) -> list[dict[str, Any]]:
    """Return the last change of each directive under what was done, the newest kind first.

    What is beyond `APART` of a kind is folded under its first.
    """
    latest: dict[str, Happening] = {}
    for item in found:
        latest.setdefault(item.number, item)
    kinds: dict[str, list[Happening]] = {}
    for item in sorted(latest.values(), key=lambda one: -one.serial):
        kinds.setdefault(item.action, []).append(item)
    return [
        {
            "title": label(action, "event"),
            "shown": items if len(items) <= APART else items[:1],
            "folded": [] if len(items) <= APART else items[1:],
        }
        for action, items in kinds.items()
    ]
