"""A job in a worker's hands, and what kinds of work there are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from models.unit import Unit
from web.wiring import Office
from workflow.errors import WorkflowError
from workflow.history.records import Plain
from workflow.jobs.records import Job
from workflow.jobs.rules import Patience

LOG = logging.getLogger("dondoc.jobs")
Figures = Mapping[str, Plain]


class JobLost(Exception):
    """Another worker took the job over: this one's writes must not stand."""


class PutOff(Exception):
    """The job cannot be done now; it is given back until `until`, and no attempt counts."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


class Hopeless(Exception):
    """Trying again would not help: the job is given up at once, with this reason."""

    def __init__(self, trouble: str) -> None:
        self.trouble = trouble
        super().__init__(trouble)


def trouble_of(error: Exception) -> str:
    """Return why a job or step failed without anything personal: a code, or the kind of error."""
    if isinstance(error, Hopeless):
        return error.trouble
    if isinstance(error, WorkflowError):
        return error.code
    return type(error).__name__


@dataclass(frozen=True, slots=True)
class Held:
    """A job while its worker holds it."""

    office: Office
    job: Job
    at: datetime

    def hold(self, unit: Unit) -> None:
        """Hold the job inside a transaction; JobLost when another worker has it.

        Called in the transaction that writes what the job does: so work that was taken
        over is rolled back and never stands twice.
        """
        until = self.office.clock() + self.office.settings.background.jobs.lease
        if not unit.jobs.renew(self.job, until):
            raise JobLost

    def progress(self, done: int, total: int, unit: Unit | None = None) -> None:
        """Keep how far the job is, in the transaction of `unit` or in one of its own.

        JobLost when another worker has it. A page shows it while the job runs.
        """
        if unit is None:
            with self.office.writing() as own:
                self.progress(done, total, own)
            return
        self.hold(unit)
        unit.jobs.progress(self.job, done, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind of job: its name, what it does, how patient it is.

    `run` must be idempotent: a worker that died is followed by another from the start of
    the handler. It returns the figures that the ledger keeps (`in_ledger`). `is_long` keeps
    it out of the way of quick jobs. `buried` is called in the transaction that gives it up.
    """

    name: str
    run: Callable[[Held], Figures]
    patience: Patience = Patience()  # noqa: RUF009 - frozen, safe to share
    is_long: bool = False
    in_ledger: bool = True
    buried: Callable[[Unit, Job], None] | None = None


@contextmanager
def beating(renew: Callable[[], object], every: float) -> Iterator[None]:
    """Call `renew` every so many seconds while the block runs, from a thread beside it.

    So a lease can be short: a worker that is killed stops beating. A beat that fails
    (the database is busy) is tried again at the next.
    """
    over = threading.Event()

    def beat() -> None:
        while not over.wait(every):
            try:
                renew()
            except Exception as error:  # noqa: BLE001 - the work itself goes on
                LOG.warning("a lease was not renewed: %s", type(error).__name__)

    heart = threading.Thread(target=beat, name="heart", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
