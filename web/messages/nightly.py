"""The night's notices: what falls due, what waits too long for an answer, what found nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from models.messages.falling import falling_due, unanswered
from models.messages.nightly import anything_falling, anything_stranded
from models.unit import Unit
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.messages.falling import (
    Fall,
    Span,
    notices_of_falls,
    notices_of_unanswered,
    span_unanswered,
    spans_of_night,
)

STRANDED_FOR = timedelta(days=30)
"""How long a notice that found nobody is tried again each night."""


def _spans(office: Office, unit: Unit, night: Night) -> tuple[Mapping[Fall, Span], Span | None]:
    """Return which due days are told tonight, and since when a request waits too long."""
    limits = office.settings.limits
    calendar, days = office.calendar(unit), limits.answer_within_working_days
    return (
        spans_of_night(night.day, night.since, limits.soon_days),
        span_unanswered(night.day, night.since, days, calendar),
    )


def tell_what_falls_due(office: Office, unit: Unit, night: Night) -> Figures:
    """Tell each agency once what became overdue or soon will, and what it left unanswered.

    One notice for each agency with all its items counted; at most one a day.
    """
    spans, asked_in = _spans(office, unit, night)
    falls = falling_due(unit.connection, spans)
    waits = unanswered(unit.connection, asked_in) if asked_in else ()
    notices = notices_of_falls(falls, night.day, night.at, office.settings.limits.soon_days)
    notices += notices_of_unanswered(waits, night.day, night.at)
    new = unit.messages.post_all(notices)
    told = new > 0
    return {
        "directives": len(falls) if told else 0,
        "unanswered": len(waits) if told else 0,
        "notices": new,
    }


def try_stranded_again(_: Office, unit: Unit, night: Night) -> Figures:
    """Give notices that found nobody another day; somebody may hold the role by now."""
    return {"freed": unit.delivery.free_stranded(night.at - STRANDED_FOR)}


DUE = Step(
    "messages.due",
    within=tell_what_falls_due,
    look=lambda office, unit, night: anything_falling(*_spans(office, unit, night)),
    idle={"directives": 0, "unanswered": 0, "notices": 0},
    waits=False,
    last=True,
)
STRANDED = Step(
    "messages.stranded",
    within=try_stranded_again,
    look=lambda _, __, night: anything_stranded(night.at - STRANDED_FOR),
    idle={"freed": 0},
    waits=False,
    last=True,
)
