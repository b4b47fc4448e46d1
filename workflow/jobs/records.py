"""A job, and what the ledger says ran."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from workflow.history.records import Plain

TICK = "tick"
"""The job that acts once a minute."""


class JobState(StrEnum):
    """Where a job stands: to be done (or being done), done, or given up."""

    READY = "ready"
    DONE = "done"
    DEAD = "dead"


class Outcome(StrEnum):
    """How a run ended."""

    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as its worker holds it.

    `attempts` counts the claims, this one included, and fences every write of the worker:
    once another worker claimed the job, this one's number is old and its writes miss.
    """

    id: int
    name: str
    key: str
    attempts: int
    payload: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One line of the ledger: what ran, for which day, how long, with which figures."""

    id: int
    kind: str
    day: date
    started_at: datetime
    ended_at: datetime
    outcome: Outcome
    figures: Mapping[str, Plain] = field(default_factory=dict)
