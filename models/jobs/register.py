"""Jobs and the ledger of runs as one transaction sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert

from models.base import table_of
from models.jobs.queue import JobQueue
from models.jobs.rows import JobRow, RunRow
from models.once import insert_once
from models.prepared import Prepared
from workflow.history.records import Plain
from workflow.jobs.records import JobState, Outcome

_JOBS = table_of(JobRow)
_LINE = ("kind", "day", "started_at", "ended_at", "figures", "outcome")
_NOTE = Prepared(insert(table_of(RunRow)).values({name: bindparam(name) for name in _LINE}))
Line = tuple[str, date, datetime, datetime, Mapping[str, Plain], Outcome]
"""One line of the ledger: kind, day, from, to, figures, outcome."""


class JobRegister(JobQueue):
    """Jobs added with their cause; `left` says whether there is now something to run."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        super().__init__(connection)
        self._now = now
        self.left = False

    def add(
        self,
        name: str,
        key: str,
        payload: Mapping[str, Plain] | None = None,
        run_at: datetime | None = None,
        *,
        account_id: int | None = None,
    ) -> bool:
        """Add a job, now or for later; False when one with its key was added before."""
        values = {
            "name": name,
            "key": key,
            "payload": dict(payload or {}),
            "state": JobState.READY,
            "run_at": run_at or self._now,
            "attempts": 0,
            "account_id": account_id,
            "added_at": self._now,
            "trouble": "",
        }
        is_new = insert_once(self._connection, _JOBS, [values], key="key") == 1
        self.left = self.left or is_new
        return is_new


class RunRegister:
    """The ledger of everything that ran."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(
        self,
        kind: str,
        day: date,
        started_at: datetime,
        ended_at: datetime,
        figures: Mapping[str, Plain],
        outcome: Outcome = Outcome.DONE,
    ) -> None:
        """Write a line in the transaction of what ran, or after it failed."""
        self.note_all([(kind, day, started_at, ended_at, figures, outcome)])

    def note_all(self, lines: Sequence[Line]) -> None:
        """Write several lines at once."""
        if lines:
            _NOTE.run_all(self._connection, [dict(zip(_LINE, one, strict=True)) for one in lines])
