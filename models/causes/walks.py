"""What the logs of late dossiers came to, kept; under what it holds; what is to be walked yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    bindparam,
    select,
    true,
    update,
)

from models.base import table_of
from models.causes.rows import WalkedBrokenRow, WalkedHeldRow, WalkedRow
from models.dossiers.loading import Loader, plain
from models.dossiers.rows import DossierLateRow, DossierMonthRow, DossierRow, DossierStepRow
from models.jobs.looking import Asked
from models.types import Instant
from workflow.causes.walking import Walked
from workflow.dossiers.timing import Promise

_M = table_of(DossierMonthRow).c
_MOMENT = bindparam("moment", type_=Instant())
_VERSION = bindparam("version", type_=String())


@dataclass(frozen=True, slots=True)
class Holding:
    """Under what a kept walk holds: the rules of today, and no source of another time zone."""

    version: str
    foreign: frozenset[str]


def _holds(foreign: frozenset[str]) -> ColumnElement[bool]:
    """Return the condition that the walk beside a dossier is what its log comes to by now."""
    here = DossierRow.source.not_in(sorted(foreign)) if foreign else true()
    return and_(
        WalkedRow.dossier_id == DossierRow.id,
        WalkedRow.import_id == DossierRow.last_import_id,
        WalkedRow.version == _VERSION,
        here,
    )


def usable(foreign: frozenset[str]) -> ColumnElement[bool]:
    """Return the condition that the walk beside a dossier is what it comes to as of the moment."""
    return and_(_holds(foreign), WalkedRow.settled_at <= _MOMENT)


def months_unwalked(connection: Connection, calendar_version: str, version: str) -> Sequence[str]:
    """Return the months that stand counted and whose late dossiers were not all walked."""
    months = select(_M.month).where(_M.calendar_version == calendar_version, _M.walked != version)
    return connection.scalars(months.order_by(_M.month)).all()


def unwalked_on(version: str) -> Asked:
    """Whether the late dossiers of some month were not all walked by today's rules."""
    return Asked(_unwalked(), {"look_walked": version})


@cache
def _unwalked() -> ColumnElement[bool]:
    now = bindparam("look_walked", type_=_M.walked.type)
    return select(_M.month).where(_M.walked != now).exists()


def keys_unwalked(
    connection: Connection, month: str, version: str, after: int, *, most: int
) -> Sequence[int]:
    """Return the late dossiers of a month whose log is still to be walked, by id."""
    kept = select(WalkedRow.dossier_id).where(_holds(frozenset())).correlate(DossierRow)
    logged = select(DossierStepRow.dossier_id).where(DossierStepRow.dossier_id == DossierRow.id)
    late = (
        select(DossierLateRow.dossier_id)
        .join(DossierRow, DossierRow.id == DossierLateRow.dossier_id)
        .where(DossierLateRow.month == month, DossierLateRow.dossier_id > after)
        .where(logged.exists(), ~kept.exists())
        .order_by(DossierLateRow.dossier_id)
        .limit(most)
    )
    return connection.scalars(late, {"version": version}).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWalk:
    """A walk to be kept, of a dossier as an import left it; none where its log still moves."""

    dossier_id: int
    import_id: int
    settled_at: datetime | None
    walked: Walked | None


def keep_walks(connection: Connection, walks: Sequence[NewWalk], version: str) -> None:
    """Put these walks where others stood."""
    loader = Loader(connection)
    ids = [one.dossier_id for one in walks]
    for table in (WalkedBrokenRow, WalkedHeldRow, WalkedRow):
        loader.delete_of(table.__tablename__, "dossier_id", ids)
    loader.speak_utc()
    loader.insert(WalkedRow.__tablename__, _WALKED, (_walked(one, version) for one in walks))
    some = [(one.dossier_id, one.walked) for one in walks if one.walked is not None]
    held = ((key, kind.value, n) for key, walked in some for kind, n in walked.held)
    loader.insert(WalkedHeldRow.__tablename__, ["dossier_id", "kind", "seconds"], held)
    broken = (
        (key, b.step, b.days_over, b.longest, Promise.FIRST in b.saved, Promise.LAST in b.saved)
        for key, walked in some
        for b in walked.broken
    )
    columns = ["dossier_id", "step", "days_over", "longest", "saved_first", "saved_last"]
    loader.insert(WalkedBrokenRow.__tablename__, columns, broken)


_WALKED = ["dossier_id", "import_id", "version", "settled_at", "step", "fault", "days_over"]


def _walked(one: NewWalk, version: str) -> tuple[object, ...]:
    walked = one.walked
    told = (walked.step, walked.fault, walked.days_over) if walked else ("", "", 0)
    return (one.dossier_id, one.import_id, version, plain(one.settled_at), *told)


def mark_walked(connection: Connection, month: str, version: str) -> None:
    """Note that all late dossiers of a month were walked; what changes it forgets that as well."""
    connection.execute(
        update(table_of(DossierMonthRow)).where(_M.month == month).values(walked=version)
    )
