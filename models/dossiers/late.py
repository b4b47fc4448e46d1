"""The overdue dossiers of a view, found without a look at those that ended in time (ADR 0030).

Exactly what `filters` finds by judging each row. Which ended late is noted month by month
(`DossierLateRow`); open ones are judged by the index of what is open, and whatever lies in no month
that stands counted is judged row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select, union_all

from models.dossiers.counted import months_counted, rest_of, runs_of, stretches_of
from models.dossiers.filters import DossierFilter, Viewer, ways_to
from models.dossiers.lists import Ways
from models.dossiers.months import Stretch
from models.dossiers.rows import DossierLateRow, DossierRow
from models.dossiers.timing import standing_is
from workflow.dossiers.timing import LATE, Promise


def ways_to_late(connection: Connection, view: DossierFilter, viewer: Viewer) -> Ways:
    """Return conditions that together are the overdue dossiers of a view; one statement."""
    months = months_counted(connection, viewer)
    rest = rest_of(months, view, viewer)
    if not months or rest is None:
        return ways_to(replace(view, standing=LATE), viewer)
    return _ways(view, viewer, months, rest)


@lru_cache(maxsize=64)
def _ways(
    view: DossierFilter, viewer: Viewer, months: tuple[str, ...], rest: tuple[Stretch, ...]
) -> Ways:
    keys = union_all(*_late(view, viewer, months, rest))
    late = DossierRow.id.in_(keys)
    plain = ways_to(replace(view, standing=frozenset()), viewer)
    return tuple(and_(late, way) for way in plain)


def _late(
    view: DossierFilter, viewer: Viewer, months: tuple[str, ...], rest: tuple[Stretch, ...]
) -> Iterator[Select[*tuple[Any, ...]]]:
    """Yield the keys of those that ended late, that are open and late, and of all others."""
    noted = DossierLateRow.by_first if view.by is Promise.FIRST else DossierLateRow.by_last
    some = or_(*(DossierLateRow.month.between(*ends) for ends in runs_of(months)))
    yield select(DossierLateRow.dossier_id).where(noted, some)
    judged = standing_is(LATE, viewer.as_of, viewer.calendar, view.by)
    received = or_(*(DossierRow.received_on.between(*ends) for ends in stretches_of(months)))
    is_open = DossierRow.id.in_(select(DossierRow.id).where(DossierRow.ended_on.is_(None)))
    yield select(DossierRow.id).where(is_open, received, judged)
    if rest:
        others = or_(*(DossierRow.received_on.between(*stretch) for stretch in rest))
        yield select(DossierRow.id).where(others, judged)
