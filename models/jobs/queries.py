"""Reads of jobs and runs: is anything due, what ran when, what was given up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, case, exists, func, or_, select

from models.base import table_of
from models.jobs.rows import JobRow, NightRow, RunRow
from models.messages.rows import InboxRow, MessageRow
from workflow.jobs.records import JobState, Outcome, Run
from workflow.messages.records import Delivery

_JOBS, _RUNS, _NIGHTS = table_of(JobRow), table_of(RunRow), table_of(NightRow)
_MESSAGES, _INBOX = table_of(MessageRow), table_of(InboxRow)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Due:
    """What somebody should do now: a job to run, notices to deliver, letters to gather."""

    job: bool
    notices: bool
    letters: bool

    def __bool__(self) -> bool:
        """Whether anything is due at all."""
        return self.job or self.notices or self.letters


def what_is_due(connection: Connection, at: datetime, names: Collection[str] | None = None) -> Due:
    """Return what is due at `at`, jobs among those of `names`, in one query."""
    job = exists().where(
        _JOBS.c.state == JobState.READY,
        _JOBS.c.run_at <= at,
        or_(_JOBS.c.lease_until.is_(None), _JOBS.c.lease_until < at),
    )
    if names is not None:
        job = job.where(_JOBS.c.name.in_(sorted(names)))
    waits = exists().where(_MESSAGES.c.delivery == Delivery.WAITING)
    letter = exists().where(
        _INBOX.c.mail_id.is_(None), _INBOX.c.mail_at.is_not(None), _INBOX.c.mail_at <= at
    )
    row = connection.execute(select(job, waits, letter)).one()
    return Due(bool(row[0]), bool(row[1]), bool(row[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """A job as the status page and its owner see it."""

    id: int
    name: str
    key: str
    state: JobState
    run_at: datetime
    lease_until: datetime | None
    attempts: int
    account_id: int | None
    started_at: datetime | None
    ended_at: datetime | None
    done: int | None
    total: int | None
    trouble: str

    @property
    def is_to_do(self) -> bool:
        """Whether it waits for a worker, or one does it now."""
        return self.state is JobState.READY

    @property
    def is_done(self) -> bool:
        """Whether it came to its end."""
        return self.state is JobState.DONE

    @property
    def is_dead(self) -> bool:
        """Whether it was given up."""
        return self.state is JobState.DEAD

    def is_running(self, at: datetime) -> bool:
        """Whether a worker holds it now."""
        held = self.lease_until is not None and self.lease_until >= at
        return self.is_to_do and held


_LINE = select(
    _JOBS.c.id,
    _JOBS.c.name,
    _JOBS.c.key,
    _JOBS.c.state,
    _JOBS.c.run_at,
    _JOBS.c.lease_until,
    _JOBS.c.attempts,
    _JOBS.c.account_id,
    _JOBS.c.started_at,
    _JOBS.c.ended_at,
    _JOBS.c.done,
    _JOBS.c.total,
    _JOBS.c.trouble,
)


def job_by_key(connection: Connection, key: str) -> JobLine | None:
    """Return a job by its key."""
    row = connection.execute(_LINE.where(_JOBS.c.key == key)).one_or_none()
    return JobLine(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's name


def job_by_id(connection: Connection, job_id: int) -> JobLine | None:
    """Return a job by its id."""
    row = connection.execute(_LINE.where(_JOBS.c.id == job_id)).one_or_none()
    return JobLine(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's name


def dead_jobs(connection: Connection, limit: int = SHOWN) -> Sequence[JobLine]:
    """Return the jobs that were given up, newest first."""
    rows = connection.execute(
        _LINE.where(_JOBS.c.state == JobState.DEAD).order_by(_JOBS.c.id.desc()).limit(limit)
    )
    return [JobLine(**row._mapping) for row in rows]  # noqa: SLF001


def waiting_jobs(connection: Connection, limit: int = SHOWN) -> Sequence[JobLine]:
    """Return the jobs to be done or being done, in the order they are taken."""
    rows = connection.execute(
        _LINE.where(_JOBS.c.state == JobState.READY)
        .order_by(_JOBS.c.run_at, _JOBS.c.id)
        .limit(limit)
    )
    return [JobLine(**row._mapping) for row in rows]  # noqa: SLF001


def last_tick(connection: Connection, name: str) -> datetime | None:
    """Return when a job of this name was last done: the pulse of the workers."""
    return connection.execute(
        select(_JOBS.c.ended_at)
        .where(_JOBS.c.name == name, _JOBS.c.ended_at.is_not(None))
        .order_by(_JOBS.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def last_night(connection: Connection) -> date | None:
    """Return the last day whose night was swept to its end."""
    newest: date | None = connection.execute(
        select(func.max(_NIGHTS.c.day)).where(_NIGHTS.c.ended_at.is_not(None))
    ).scalar_one()
    return newest


def last_runs(connection: Connection, until: date) -> Mapping[str, Run]:
    """Return the last run of each kind; of the night and its steps that of the last day to `until`.

    A night may be swept after a later one: by hand, or because the clock stepped back.
    """
    is_night = or_(_RUNS.c.kind == "night", _RUNS.c.kind.startswith("night."))
    day = case((and_(is_night, _RUNS.c.day <= until), _RUNS.c.day))
    order = (day.desc().nulls_last(), _RUNS.c.id.desc())
    place = func.row_number().over(partition_by=_RUNS.c.kind, order_by=order).label("place")
    placed = select(_RUNS.c.id, place).subquery()
    newest = select(placed.c.id).where(placed.c.place == 1)
    rows = connection.execute(select(_RUNS).where(_RUNS.c.id.in_(newest)).order_by(_RUNS.c.kind))
    return {row.kind: _run(row) for row in rows}


def runs_of(
    connection: Connection, kind: str, *, before: int | None = None, limit: int = SHOWN
) -> Sequence[Run]:
    """Return runs of a kind, newest first, older than the run `before`."""
    asked = select(_RUNS).where(_RUNS.c.kind == kind)
    if before is not None:
        asked = asked.where(_RUNS.c.id < before)
    rows = connection.execute(asked.order_by(_RUNS.c.id.desc()).limit(limit))
    return [_run(row) for row in rows]


def _run(row: Any) -> Run:
    return Run(
        id=row.id,
        kind=row.kind,
        day=row.day,
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcome=Outcome(row.outcome),
        figures=row.figures,
    )
