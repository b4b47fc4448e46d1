"""The night's notices: what falls due, what waits too long for an answer, what found nobody."""

from __future__ import annotations

from datetime import timedelta

from models.messages.falling import falling_due, unanswered
from web.jobs.held import Figures
from web.jobs.sweeping import Night
from web.wiring import Office
from workflow.messages.falling import (
    notices_of_falls,
    notices_of_unanswered,
    span_unanswered,
    spans_of_night,
)

STRANDED_FOR = timedelta(days=30)
"""How long a notice that found nobody is tried again each night."""


def tell_what_falls_due(office: Office, night: Night) -> Figures:
    """Tell each agency once what became overdue or soon will, and what it left unanswered.

    One notice for each agency with all its items counted; at most one a day.
    """
    limits = office.settings.limits
    spans = spans_of_night(night.day, night.since, limits.soon_days)
    with office.reading() as unit:
        falls = falling_due(unit.connection, spans)
        asked_in = span_unanswered(
            night.day, night.since, limits.answer_within_working_days, office.calendar(unit)
        )
        waits = unanswered(unit.connection, asked_in) if asked_in else ()
    notices = notices_of_falls(falls, night.day, night.at, limits.soon_days)
    notices += notices_of_unanswered(waits, night.day, night.at)
    if not notices:
        return {"directives": 0, "unanswered": 0, "notices": 0}
    with office.writing() as unit:
        night.hold(unit)
        new = unit.messages.post_all(notices)
    told = new > 0
    return {
        "directives": len(falls) if told else 0,
        "unanswered": len(waits) if told else 0,
        "notices": new,
    }


def try_stranded_again(office: Office, night: Night) -> Figures:
    """Give notices that found nobody another day; somebody may hold the role by now."""
    since = night.at - STRANDED_FOR
    with office.reading() as unit:
        if not unit.delivery.anything_stranded(since):
            return {"freed": 0}
    with office.writing() as unit:
        night.hold(unit)
        return {"freed": unit.delivery.free_stranded(since)}
