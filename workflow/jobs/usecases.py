"""What a person may do about background work."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.errors import NotFound


class DeadJobs(Protocol):
    """The jobs that were given up, within one transaction."""

    def try_again(self, job_id: int, at: datetime) -> bool: ...


def try_again(memory: DeadJobs, actor: Actor, job_id: int, *, at: datetime) -> None:
    """Give a job that was given up a fresh start; the admin's. NotFound when it is not dead."""
    require_admin(actor, local_day(at))
    if not memory.try_again(job_id, at):
        raise NotFound
