"""Which overdue dossiers a page of causes speaks of, and their steps taken together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from models.causes.courses import courses_of
from models.causes.queries import Overall, overall
from models.dossiers.filters import ways_to
from models.dossiers.lists import Ways
from web.addresses import this_page
from web.dossiers.asking import LATE, Asked, read_address
from web.dossiers.listing import day_of, viewer
from web.dossiers.showing import working_clock
from web.dossiers.zones import zone_of
from web.wiring import office, reading_unit
from workflow.causes.clock import WorkingClock
from workflow.causes.records import Course

KEPT = ("q", "agency", "alone", "agency_text", "field", "procedure", "from", "to", "month",
        "channel", "as_of", "by")  # fmt: skip
"""What of an address says which dossiers are meant."""


@dataclass(frozen=True, slots=True)
class Population:
    """Overdue dossiers of a view: how many, and the courses of those that have a log.

    `is_cut` says that there are more with a log than are walked for one page.
    """

    asked: Asked
    ways: Ways
    overall: Overall
    courses: tuple[tuple[Any, Course], ...]
    is_cut: bool


def first_address() -> Response | None:
    """Return the way to the view that is meant when none is: what was received this year.

    An empty field of the form is taken out of the address on the way.
    """
    named = request.args.get("from") or request.args.get("to") or request.args.get("month")
    empty = any(not value for value in request.args.values())
    if named and not empty:
        return None
    more = {} if named else {"from": date(day_of(asked_for()).year, 1, 1).isoformat()}
    return redirect(this_page(**more))


def asked_for() -> Asked:
    """Return the view that this request's address asks for: overdue ones, whatever it says."""
    asked = read_address(request.args)
    return replace(asked, view=replace(asked.view, standing=LATE))


def population(asked: Asked) -> Population:
    """Return the overdue dossiers of a view, with their steps unless they are too many."""
    connection, most = reading_unit().connection, office().settings.analysis.most
    ways = ways_to(asked.view, viewer(asked))
    whole = overall(connection, ways)
    is_cut = whole.logged > most
    courses = () if is_cut else courses_of(connection, ways, zone_of, most=most)
    return Population(asked, ways, whole, tuple(courses), is_cut=is_cut)


def clock_and_moment(asked: Asked) -> tuple[WorkingClock, datetime]:
    """Return the clock of working time, and the instant as of which steps are judged."""
    clock = working_clock()
    if asked.as_of is None or asked.as_of >= office().today():
        return clock, office().clock()
    return clock, clock.end_of(asked.as_of)
