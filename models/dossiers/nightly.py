"""What a night asks of dossiers before it does anything: whether one waits to be counted again."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, bindparam, or_, select

from models.base import table_of
from models.dossiers.rows import DossierRow
from models.jobs.looking import Asked

_D = table_of(DossierRow).c


def counted_on_another(version: str) -> Asked:
    """Whether the waits of a dossier were counted on another calendar than `version`."""
    return Asked(_elsewhere(), {"look_calendar": version})


@cache
def _elsewhere() -> ColumnElement[bool]:
    counted, now = _D.calendar_version, bindparam("look_calendar", type_=_D.calendar_version.type)
    beside = (counted < now, counted > now)
    return or_(*(select(_D.id).where(counted != "", side).exists() for side in beside))
