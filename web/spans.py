"""How long something took and will take, and days that stand as ISO text, in words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from flask import Flask

from web.formats import vn_date, vn_datetime
from web.speech import gettext as _
from web.speech import ngettext
from workflow.days import PROVINCE_ZONE, eve

MINUTE, HOUR = 60, 3600
ENOUGH = 5
"""Seconds of work before anything is said about how long the rest will take."""


class Job(Protocol):
    """Work as far as its pace goes."""

    @property
    def started_at(self) -> datetime | None: ...

    @property
    def done(self) -> int | None: ...

    @property
    def total(self) -> int | None: ...


def lasted(span: timedelta) -> str:
    """Return a span in words, to the second below a minute, else to the minute."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < MINUTE:
        return ngettext("%(num)s giây", "%(num)s giây", seconds)
    if seconds < HOUR:
        minutes = round(seconds / MINUTE)
        return ngettext("%(num)s phút", "%(num)s phút", minutes)
    hours, rest = divmod(round(seconds / MINUTE), MINUTE)
    return _("%(h)s giờ %(m)s phút", h=hours, m=rest)


def time_left(job: Job, now: datetime) -> str:
    """Return about how long the rest of a job will take at its pace so far; "" if unknown."""
    if job.started_at is None or not job.done or not job.total or job.done >= job.total:
        return ""
    worked = (now - job.started_at).total_seconds()
    if worked < ENOUGH:
        return ""
    return lasted(timedelta(seconds=worked * (job.total - job.done) / job.done))


def iso_told(text: str | None) -> str:
    """Return a day that stands as ISO text in the reader's form; "" for none."""
    return vn_date(date.fromisoformat(str(text)[:10])) if text else ""


def ran(opened_on: date, closed_on: date | None) -> str:
    """Return the days that an episode of repeated violations ran, its last one included.

    `closed_on` is the first day after it; None while it runs.
    """
    if closed_on is None:
        return _("từ %(day)s", day=vn_date(opened_on))
    last = vn_date(eve(closed_on))
    return _("từ %(from_on)s đến %(to_on)s", from_on=vn_date(opened_on), to_on=last)


def vn_moment(at: datetime, zone: ZoneInfo | None = None) -> str:
    """Return an instant with its time of day; a day that was told without one stays a day."""
    zone = zone or PROVINCE_ZONE
    local = at.astimezone(zone)
    return vn_date(local.date()) if local.time() == time() else vn_datetime(at, zone)


def register(app: Flask) -> None:
    """Let templates ask for these."""
    app.add_template_filter(lasted)
    app.add_template_filter(time_left)
    app.add_template_filter(iso_told)
    app.add_template_filter(vn_moment)
    app.add_template_filter(ran)
    app.add_template_filter(eve)
