"""What the status page reads: the nights, the pulse, the queue, what was given up or stranded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.jobs.queries import JobLine, dead_jobs, last_runs, last_tick, waiting_jobs
from models.jobs.rows import JobRow, NightRow
from models.messages.rows import MailRow, MessageRow
from workflow.jobs.records import TICK, JobState, Run
from workflow.messages.records import Delivery, MailState

_JOBS, _NIGHTS, _MAILS = table_of(JobRow), table_of(NightRow), table_of(MailRow)
SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NightStatus:
    """Whether the night of `expected` was swept; `last` is the last day up to it that was."""

    expected: date
    last: date | None

    @property
    def is_missing(self) -> bool:
        """Whether a night that should have been swept was not."""
        return self.last != self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """A notice that found nobody: an agency without head and clerks, a role nobody holds."""

    kind: str
    agency: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything the status page shows, in a number of queries that never grows."""

    night: NightStatus
    tick: datetime | None
    runs: Mapping[str, Run]
    waiting: Sequence[JobLine]
    dead: Sequence[JobLine]
    dead_total: int
    unsent: int
    stranded: Sequence[Stranded]


def night_status(connection: Connection, expected: date) -> NightStatus:
    """Return whether the night that should have been swept by now was; one query."""
    last: date | None = connection.execute(
        select(func.max(_NIGHTS.c.day)).where(
            _NIGHTS.c.ended_at.is_not(None), _NIGHTS.c.day <= expected
        )
    ).scalar_one()
    return NightStatus(expected=expected, last=last)


def dead_total(connection: Connection) -> int:
    """Return how many jobs were given up and wait for somebody."""
    return int(
        connection.execute(
            select(func.count()).select_from(_JOBS).where(_JOBS.c.state == JobState.DEAD)
        ).scalar_one()
    )


def status_of(connection: Connection, expected: date) -> Status:
    """Read the whole status."""
    unsent = connection.execute(
        select(func.count()).select_from(_MAILS).where(_MAILS.c.state == MailState.READY)
    ).scalar_one()
    dead = dead_jobs(connection, SHOWN)
    return Status(
        night=night_status(connection, expected),
        tick=last_tick(connection, TICK),
        runs=last_runs(connection, expected),
        waiting=waiting_jobs(connection, SHOWN),
        dead=dead,
        dead_total=dead_total(connection) if len(dead) == SHOWN else len(dead),
        unsent=int(unsent),
        stranded=_stranded(connection),
    )


def _stranded(connection: Connection) -> Sequence[Stranded]:
    rows = connection.execute(
        select(MessageRow.kind, MessageRow.to_role, MessageRow.at, AgencyRow.name)
        .outerjoin(AgencyRow, AgencyRow.id == MessageRow.to_agency)
        .where(MessageRow.delivery == Delivery.STRANDED)
        .order_by(MessageRow.id.desc())
        .limit(SHOWN)
    )
    return [
        Stranded(kind=row.kind, agency=row.name or "", role=row.to_role or "", at=row.at)
        for row in rows
    ]
