"""Which overdue dossiers a page of causes speaks of, and their steps taken together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from models.causes.courses import courses_at_keys
from models.causes.together import Kept, Left, Wanted, kept_of
from models.causes.walks import Holding
from models.dossiers.late import ways_to_late
from web.addresses import this_page
from web.dossiers.asking import Asked, read_address
from web.dossiers.listing import day_of, viewer
from web.dossiers.showing import working_clock
from web.dossiers.zones import foreign_sources, zone_of
from web.wiring import office, reading_unit
from workflow.causes.clock import WorkingClock
from workflow.causes.records import Course
from workflow.causes.study import Sums, add_up
from workflow.causes.walking import Taken, take, version_of
from workflow.dossiers.timing import LATE

KEPT = ("q", "agency", "alone", "agency_text", "field", "procedure", "from", "to", "month",
        "channel", "as_of", "by")  # fmt: skip
"""What of an address says which dossiers are meant."""


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


def population(asked: Asked, *kinds: str) -> Kept:
    """Return the overdue dossiers of a view, their logs added up: what is kept, and the others.

    `kinds` are what they are counted by beside that. Where too many are still to be walked for one
    page nothing is said of any log: `is_cut`.
    """
    connection, most = reading_unit().connection, office().settings.analysis.most
    clock, moment = clock_and_moment(asked)
    ways = ways_to_late(connection, asked.view, viewer(asked))
    wanted = Wanted(by=asked.view.by, kinds=frozenset(kinds))
    kept = kept_of(connection, ways, holding(), moment, wanted, most=most)
    if is_cut(kept):
        kept.sums = Sums()
        return kept
    add_up(kept.sums, (one for _, one in taken(kept.left, clock, moment)), asked.view.by)
    return kept


def taken(
    left: Sequence[Left], clock: WorkingClock, moment: datetime
) -> Sequence[tuple[int, Taken]]:
    """Return what logs that are not kept come to, by dossier; walked once for all pages."""
    known = holding()
    at = moment, known.version, known.foreign
    return office().moving.of(at, left, lambda new: _walked(new, clock, moment))


def _walked(
    left: Sequence[Left], clock: WorkingClock, moment: datetime
) -> dict[Left, Taken | None]:
    found: dict[Left, Taken | None] = dict.fromkeys(left)
    by_key = {one.id: one for one in left}
    for row, course in courses_at(list(by_key)):
        found[by_key[row.id]] = take(course, clock, moment)
    return found


def is_cut(kept: Kept) -> bool:
    """Whether more dossiers of a view are still to be walked than are for one page."""
    return len(kept.left) > office().settings.analysis.most


def holding() -> Holding:
    """Return under what a walk that is kept holds, as pages ask for it."""
    return Holding(version_of(working_clock()), foreign_sources())


def courses_at(keys: Sequence[int]) -> Sequence[tuple[Any, Course]]:
    """Return dossiers of a view by their ids, each with its course; one without a log has none."""
    if not keys:
        return ()
    return courses_at_keys(reading_unit().connection, keys, zone_of)


def clock_and_moment(asked: Asked) -> tuple[WorkingClock, datetime]:
    """Return the clock of working time, and the instant as of which steps are judged.

    Today's is the last full hour: whoever looks within it sees the same.
    """
    clock = working_clock()
    if asked.as_of is None or asked.as_of >= office().today():
        return clock, office().clock().replace(minute=0, second=0, microsecond=0)
    return clock, clock.end_of(asked.as_of)
