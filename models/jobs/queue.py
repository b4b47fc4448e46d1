"""Claiming jobs: one worker at a time holds one, by lease, and every write of it is fenced."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, or_, select, update

from models.base import table_of
from models.jobs.looking import Asked
from models.jobs.rows import JobRow
from workflow.jobs.records import TICK, Job, JobState

_JOBS = table_of(JobRow)
_MINE = and_(
    _JOBS.c.id == bindparam("job"),
    _JOBS.c.attempts == bindparam("mine"),
    _JOBS.c.state == JobState.READY,
)
_WRITE = update(_JOBS).where(_MINE)
LONGEST_TROUBLE = 500


class JobQueue:
    """The jobs as workers see them, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(
        self, now: datetime, lease: timedelta, *, names: Collection[str] | None = None
    ) -> Job | None:
        """Take the job that has been due longest and hold it for `lease`; None when none is due.

        `names` restricts which jobs are looked at. Two workers never get one job; a job
        whose worker let its lease lapse is claimed again, with one attempt more.
        """
        free = or_(_JOBS.c.lease_until.is_(None), _JOBS.c.lease_until < now)
        due = select(_JOBS.c.id).where(_JOBS.c.state == JobState.READY, _JOBS.c.run_at <= now, free)
        if names is not None:
            due = due.where(_JOBS.c.name.in_(sorted(names)))
        first = due.order_by(_JOBS.c.run_at, _JOBS.c.id).limit(1)
        taken = self._connection.execute(
            update(_JOBS)
            .where(_JOBS.c.id == first.with_for_update(skip_locked=True).scalar_subquery())
            .values(lease_until=now + lease, attempts=_JOBS.c.attempts + 1, started_at=now)
            .returning(_JOBS.c.id, _JOBS.c.name, _JOBS.c.key, _JOBS.c.attempts, _JOBS.c.payload)
        ).one_or_none()
        if taken is None:
            return None
        return Job(
            id=taken.id,
            name=taken.name,
            key=taken.key,
            attempts=taken.attempts,
            payload=taken.payload,
        )

    def renew(self, job: Job, until: datetime) -> bool:
        """Hold a job longer; False when another worker took it over."""
        return self._write(job, lease_until=until)

    def progress(self, job: Job, done: int, total: int) -> bool:
        """Keep how far a job is; False when another worker took it over."""
        return self._write(job, done=done, total=total)

    def finish(self, job: Job, at: datetime) -> bool:
        """Mark a job done; False when another worker took it over."""
        return self._write(job, state=JobState.DONE, ended_at=at, lease_until=None, trouble="")

    def put_off(self, job: Job, until: datetime) -> bool:
        """Give a job back for later; this attempt does not count."""
        return self._write(job, run_at=until, lease_until=None, attempts=job.attempts - 1)

    def fail(self, job: Job, at: datetime, trouble: str, next_try: datetime | None) -> bool:
        """Keep why an attempt failed, and when it is tried again; without a next try it is dead."""
        trouble = trouble[:LONGEST_TROUBLE]
        if next_try is not None:
            return self._write(job, run_at=next_try, lease_until=None, trouble=trouble)
        return self._write(job, state=JobState.DEAD, ended_at=at, lease_until=None, trouble=trouble)

    def _write(self, job: Job, **values: object) -> bool:
        written = self._connection.execute(
            _WRITE.values(**values), {"job": job.id, "mine": job.attempts}
        )
        return written.rowcount == 1

    def try_again(self, job_id: int, at: datetime) -> bool:
        """Give a dead job a fresh start; False when it is not dead."""
        revived = self._connection.execute(
            update(_JOBS)
            .where(_JOBS.c.id == job_id, _JOBS.c.state == JobState.DEAD)
            .values(state=JobState.READY, run_at=at, attempts=0, ended_at=None, lease_until=None)
        )
        return revived.rowcount == 1

    def forget(self, before: datetime, ticks_before: datetime) -> int:
        """Delete jobs done before `before` (ticks: before `ticks_before`); dead ones stay."""
        return self._connection.execute(delete(_JOBS).where(_old(before, ticks_before))).rowcount


def anything_old(before: datetime, ticks_before: datetime) -> Asked:
    """Whether there is a job to forget."""
    return Asked(_anything_old(), {"look_jobs": before, "look_ticks": ticks_before})


@cache
def _anything_old() -> ColumnElement[bool]:
    instant = _JOBS.c.ended_at.type
    old = _old(bindparam("look_jobs", type_=instant), bindparam("look_ticks", type_=instant))
    return select(_JOBS.c.id).where(old).exists()


Moment = datetime | ColumnElement[datetime]


def _old(before: Moment, ticks_before: Moment) -> ColumnElement[bool]:
    tick = and_(_JOBS.c.ended_at < ticks_before, _JOBS.c.name == TICK)
    return and_(_JOBS.c.state == JobState.DONE, or_(_JOBS.c.ended_at < before, tick))
