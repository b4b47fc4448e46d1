"""Running what is due: notices are delivered, letters gathered, jobs claimed one after another."""

from __future__ import annotations

import traceback
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from models.jobs.queries import Due, what_is_due
from models.unit import Unit
from web.jobs.held import (
    LOG,
    Figures,
    Held,
    Hopeless,
    JobLost,
    PutOff,
    Work,
    beating,
    trouble_of,
)
from web.jobs.works import WORKS
from web.messages.names import new_message_id
from web.wiring import Office
from workflow.accounts.records import Role
from workflow.days import local_day
from workflow.jobs.records import Job, Outcome
from workflow.messages.delivering import deliver
from workflow.messages.mailing import gather
from workflow.messages.records import Notice

BEATS_PER_LEASE = 3
LONG = frozenset(work.name for work in WORKS.values() if work.is_long)
QUICK = frozenset(WORKS) - LONG


class Lane(Enum):
    """Which jobs a worker takes: long ones have a lane of their own, so that none else waits."""

    QUICK = "quick"
    LONG = "long"
    ALL = "all"

    @property
    def names(self) -> Collection[str] | None:
        """The names of its jobs; None where any may be taken, unknown ones too."""
        return {Lane.QUICK: QUICK, Lane.LONG: LONG, Lane.ALL: None}[self]


@dataclass(slots=True)
class Ran:
    """What a round did."""

    notices: int = 0
    letters: int = 0
    done: int = 0
    failed: int = 0


def run_due(office: Office, now: datetime | None = None, *, lane: Lane = Lane.ALL) -> Ran:
    """Do everything that is due at `now` (the clock's time), in the application's context.

    Returns when nothing more is due, or the rest is in other workers' hands. Safe to run in
    any number of workers at once.
    """
    ran = Ran()
    while True:
        at = now or office.clock()
        with office.reading() as unit:
            due = what_is_due(unit.connection, at, lane.names)
        if not _do(office, at, due, lane, ran):
            return ran


def _do(office: Office, at: datetime, due: Due, lane: Lane, ran: Ran) -> bool:
    """Do one round of what is due; False when there was nothing left for this worker."""
    did = False
    if lane is not Lane.LONG and due.notices:
        notices = _deliver(office, at)
        ran.notices += notices
        did = notices > 0
    if lane is not Lane.LONG and (due.letters or did):
        letters = _gather(office, at)
        ran.letters += letters
        did = did or letters > 0
    job = _claim(office, at, lane) if due.job or did else None
    if job is None:
        return did
    if run_job(office, job, at):
        ran.done += 1
    else:
        ran.failed += 1
    return True


def _claim(office: Office, at: datetime, lane: Lane) -> Job | None:
    with office.writing() as unit:
        return unit.jobs.claim(at, office.settings.background.jobs.lease, names=lane.names)


def _deliver(office: Office, at: datetime) -> int:
    """Deliver a batch of what waits in the outbox; return how many."""
    background = office.settings.background
    with office.writing() as unit:
        done = deliver(
            unit.delivery,
            hours=background.hours,
            calendar=office.calendar(unit),
            at=at,
            by_email=background.mail.leaves,
        )
    return done.notices


def _gather(office: Office, at: datetime) -> int:
    """Gather what is due by e-mail into letters; return how many."""
    names = new_message_id(office.settings.background)
    with office.writing() as unit:
        return gather(unit.mails, unit.jobs, at=at, new_message_id=names)


def run_job(office: Office, job: Job, at: datetime) -> bool:
    """Run a claimed job to its end, its failure or its loss; True when it is done."""
    work = WORKS.get(job.name)
    held = Held(office, job, at)
    lease = office.settings.background.jobs.lease
    try:
        if work is None:
            raise Hopeless("unknown_job")  # noqa: TRY301 - one way to end
        with beating(lambda: _renew(held), lease.total_seconds() / BEATS_PER_LEASE):
            figures = work.run(held)
    except JobLost:
        LOG.warning("job %s %s went to another worker", job.name, job.id)
        return False
    except PutOff as later:
        _put_off(held, later.until)
        return False
    except Exception as error:  # noqa: BLE001 - whatever it was, the job is tried again
        _failed(held, work, error)
        return False
    return _finished(held, work, figures)


def _renew(held: Held) -> None:
    until = held.office.clock() + held.office.settings.background.jobs.lease
    with held.office.writing() as unit:
        unit.jobs.renew(held.job, until)


def _put_off(held: Held, until: datetime) -> None:
    later = max(until, held.at + timedelta(seconds=1))
    with held.office.writing() as unit:
        unit.jobs.put_off(held.job, later)


def _finished(held: Held, work: Work, figures: Figures) -> bool:
    ended = max(held.office.clock(), held.at)
    with held.office.writing() as unit:
        if not unit.jobs.finish(held.job, ended):
            LOG.warning("job %s %s was finished by another worker", work.name, held.job.id)
            return False
        if work.in_ledger:
            _note(unit, held, figures, ended, Outcome.DONE)
    return True


def _note(unit: Unit, held: Held, figures: Figures, ended: datetime, outcome: Outcome) -> None:
    unit.runs.note(held.job.name, local_day(held.at), held.at, ended, figures, outcome)


def _failed(held: Held, work: Work | None, error: Exception) -> None:
    trouble = trouble_of(error)
    LOG.error("job %s %s failed: %s at %s", held.job.name, held.job.id, trouble, _where(error))
    patience = work.patience if work else None
    again = patience.next_try(held.job.attempts, held.at) if patience else None
    if isinstance(error, Hopeless):
        again = None
    ended = max(held.office.clock(), held.at)
    with held.office.writing() as unit:
        if not unit.jobs.fail(held.job, ended, trouble, again):
            return
        if work is None or work.in_ledger:
            _note(unit, held, {"trouble": trouble}, ended, Outcome.FAILED)
        if again is None:
            _bury(unit, held, work)


def _bury(unit: Unit, held: Held, work: Work | None) -> None:
    """Tell the admins once a day for each kind of work that something was given up."""
    if work is not None and work.buried is not None:
        work.buried(unit, held.job)
    unit.messages.post(
        Notice(
            key=f"job.dead:{held.job.name}:{local_day(held.at).isoformat()}",
            kind="job.dead",
            to_role=Role.ADMIN,
            subject="status",
            subject_key=held.job.name,
            params={"name": held.job.name},
            at=held.at,
        )
    )


def _where(error: Exception) -> str:
    """Return where an error came from; its own words may hold somebody's data."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
