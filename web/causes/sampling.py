"""A sample of overdue dossiers to read one by one: drawn by a seed, each agency by its share."""

from __future__ import annotations

from itertools import takewhile
from random import Random
from typing import Any

from flask import request, url_for

from models.causes.chosen import Chosen, chosen_dossiers
from models.causes.queries import keys_and_agencies
from models.dossiers.late import ways_to_late
from web.addresses import this_page
from web.causes.overview import head
from web.causes.viewing import clock_and_moment
from web.dossiers.asking import Asked
from web.dossiers.charts import drawing_of, shares_of
from web.dossiers.listing import day_of, viewer
from web.dossiers.studying import fields_studied
from web.dossiers.zones import zone_of
from web.identity import current_actor
from web.wiring import office, reading_unit
from workflow.causes.breaking import breaks_of
from workflow.causes.estimating import Estimate, estimates
from workflow.causes.sampling import Sample, draw
from workflow.causes.splitting import split_time
from workflow.causes.suggesting import suggestions
from workflow.causes.usecases import may_assign
from workflow.dossiers.timing import due_on

SIZE, MOST_SIZE = 20, 200
MOST_SEED = 999_999_999


def asked_number(name: str, usual: int, most: int) -> int:
    """Return a number that the address asks for, else the usual one; never beyond `most`."""
    found = request.args.get(name, type=int)
    return min(max(found, 1), most) if found is not None else usual


def seed_of(asked: Asked) -> int:
    """Return the seed asked for; at first the day's own, so that a day's list is one list."""
    day = day_of(asked)
    return asked_number("seed", day.year * 10_000 + day.month * 100 + day.day, MOST_SEED)


def drawn(asked: Asked) -> Sample:
    """Draw the sample of a view."""
    connection = reading_unit().connection
    population = keys_and_agencies(connection, ways_to_late(connection, asked.view, viewer(asked)))
    seed, size = seed_of(asked), asked_number("size", SIZE, MOST_SIZE)
    dice = Random(seed)  # noqa: S311 - a list that anybody can draw again, not a secret
    return draw(population, dice, size=size, seed=seed)


def sample_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the page reads: the list, and the one that is being read."""
    sample = drawn(asked)
    place = asked_number("read", 1, max(sample.size, 1)) - 1
    actor, day = current_actor(), office().today()
    fields = fields_studied(actor)
    found = chosen_dossiers(reading_unit().connection, actor, sample.keys, day, zone_of, fields)
    by_id = {one.id: one for one in found}
    dossiers = [by_id[key] for key in sample.keys if key in by_id]
    now = dossiers[place] if place < len(dossiers) else None
    return head(asked) | {
        "sample": sample,
        "size": asked_number("size", SIZE, MOST_SIZE),
        "seed": seed_of(asked),
        "dossiers": dossiers,
        "place": place,
        "now": now,
        "read": read(now, asked) if now else {},
        "estimates": estimated(dossiers, sample.population),
        "page_url": lambda number: this_page(read=number),
        "assign_url": _assign_url(now, fields),
    }


def estimated(dossiers: list[Chosen], population: int) -> list[Estimate]:
    """Return what the causes given to the dossiers of a list say of all of the view.

    Only those up to the first without a cause count: a list read in its order is a sample
    itself, one picked over is not.
    """
    given = (next((c.code for c in one.causes if c.is_primary), None) for one in dossiers)
    return list(estimates(takewhile(bool, given), population))  # type: ignore[arg-type]


def read(one: Chosen, asked: Asked) -> dict[str, Any]:
    """Return what is read of one dossier: who held it how long, its steps, what they speak for."""
    course = one.course
    if course is None or not course.steps:
        return {"course": None}
    clock, moment = clock_and_moment(asked)
    breaks, here = breaks_of(course, clock, moment), clock.in_zone(course.zone)
    due = due_on(course, day_of(asked), clock.calendar, asked.view.by)
    return {
        "course": course,
        "due_on": due,
        "shares": shares_of(split_time(course, clock, moment), clock),
        "drawing": drawing_of(course, here, moment, breaks, here.end_of(due) if due else None),
        "worst": breaks[0] if breaks else None,
        "suggested": suggestions(course, clock, moment),
    }


def _assign_url(one: Chosen | None, fields: frozenset[str]) -> str | None:
    if one is None:
        return None
    theirs = may_assign(
        current_actor(),
        office().today(),
        is_handled=one.is_handled,
        is_studied=one.field in fields,
    )
    return url_for("causes.assign", ids=one.id, next=this_page()) if theirs else None
