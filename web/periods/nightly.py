"""The night's steps for reporting periods: what falls due is told, a year that is over ends."""

from __future__ import annotations

from collections.abc import Mapping

from models.periods.falling import periods_falling, periods_unanswered
from models.periods.keeping import closable
from models.periods.nightly import anything_falling, years_over
from models.unit import Unit
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.directives.matters import Matter
from workflow.messages.falling import Fall, Span, span_unanswered, spans_of_night
from workflow.periods.notices import notices_of_falls, notices_of_waits
from workflow.periods.usecases import close_year


def _spans(office: Office, unit: Unit, night: Night) -> tuple[Mapping[Fall, Span], Span | None]:
    """Return which due days are told tonight, and since when a report waits too long."""
    limits = office.settings.limits
    calendar, days = office.calendar(unit), limits.answer_time(Matter.REPORT)
    return (
        spans_of_night(night.day, night.since, limits.soon_days),
        span_unanswered(night.day, night.since, days, calendar),
    )


def tell_periods_due(office: Office, unit: Unit, night: Night) -> Figures:
    """Tell each agency once which of its periods became overdue or soon will fall due.

    Who follows them is told of reports that wait longer than their answer time.
    """
    spans, came_in = _spans(office, unit, night)
    falls = periods_falling(unit.connection, spans)
    waits = periods_unanswered(unit.connection, came_in) if came_in else ()
    notices = [
        *notices_of_falls(falls, night.day, night.at, office.settings.limits.soon_days),
        *notices_of_waits(waits, night.day, night.at),
    ]
    new = unit.messages.post_all(notices)
    told = new > 0
    return {
        "periods": len(falls) if told else 0,
        "unanswered": len(waits) if told else 0,
        "notices": new,
    }


def close_years(office: Office, night: Night) -> Figures:
    """End standing work whose year is over with every period confirmed, each on its own."""
    with office.reading() as unit:
        numbers = closable(unit.connection, night.day)
    closed = 0
    for number in numbers:
        with office.writing() as unit:
            night.hold(unit)
            actor = system_actor(unit.accounts, at=night.at)
            closed += close_year(unit.periods, actor, number, ground=office.ground(unit))
    return {"closed": closed}


DUE = Step(
    "periods.due",
    within=tell_periods_due,
    look=lambda office, unit, night: anything_falling(*_spans(office, unit, night)),
    idle={"periods": 0, "unanswered": 0, "notices": 0},
    waits=False,
    last=True,
)
CLOSE = Step(
    "periods.close",
    run=close_years,
    look=lambda _, __, night: years_over(night.day),
    idle={"closed": 0},
)
