"""Which months stand counted for a view, and what of it is left to its rows (ADR 0028)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import Connection, or_, select

from models.base import table_of
from models.dossiers.filters import DossierFilter, Viewer
from models.dossiers.months import Stretch, between, days_of
from models.dossiers.rows import DossierMonthRow

_M = table_of(DossierMonthRow).c
MOST_STRETCHES = 24
"""With more stretches to be read from rows between the months that stand counted, all is read."""


def months_counted(connection: Connection, viewer: Viewer) -> tuple[str, ...]:
    """Return the months that stand counted as of the day asked."""
    settled = or_(_M.settled_on.is_(None), _M.settled_on <= viewer.as_of)
    version = viewer.calendar.version.identifier
    asked = select(_M.month).where(_M.calendar_version == version, settled).order_by(_M.month)
    return tuple(connection.scalars(asked))


def rest_of(
    months: Sequence[str], view: DossierFilter, viewer: Viewer
) -> tuple[Stretch, ...] | None:
    """Return the days of receipt of a view that lie in none of `months`; None where too many."""
    found = tuple(_bounded(between(months), view, viewer))
    return found if len(found) <= MOST_STRETCHES else None


def _bounded(
    stretches: Sequence[Stretch], view: DossierFilter, viewer: Viewer
) -> Iterator[Stretch]:
    """Yield what of some stretches a view has at all."""
    since, until = view.first or date.min, min(view.last or date.max, viewer.as_of)
    for first, last in stretches:
        if max(first, since) <= min(last, until):
            yield max(first, since), min(last, until)


def runs_of(months: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the first and the last month of each unbroken run."""
    first = months[0]
    for month, following in pairwise((*months, "")):
        if not following or days_of(month)[1] + timedelta(days=1) != days_of(following)[0]:
            yield first, month
            first = following


def stretches_of(months: tuple[str, ...]) -> Iterator[Stretch]:
    """Yield the days of some months, from the first to the last of each unbroken run."""
    for first, last in runs_of(months):
        yield days_of(first)[0], days_of(last)[1]
