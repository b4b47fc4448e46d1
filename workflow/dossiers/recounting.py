"""When the calendar changes: dossiers whose waits were counted on another one are counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.calendar.working import WorkingCalendar
from workflow.days import local_day
from workflow.dossiers.records import Wait
from workflow.dossiers.timing import pushed_back
from workflow.dossiers.waiting import counted_waits
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by

AT_ONCE = 5_000
"""How many dossiers one transaction counts again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """A dossier that waited, and what was counted of it on its calendar."""

    id: int
    source: str
    waits: tuple[Wait, ...]
    waits_included: bool
    promised_on: date | None
    promised_last_on: date | None
    ended_on: date | None
    waited_days: int
    due_on: date | None
    due_last_on: date | None


class Counted(NamedTuple):
    """What a calendar counts: the id, the days waited, and both due days."""

    id: int
    waited_days: int
    due_on: date | None
    due_last_on: date | None


class WaitMemory(Protocol):
    """What counting again asks of memory."""

    def counted_elsewhere(self, version: str, limit: int) -> Sequence[Waited]:
        """Return dossiers that waited and were counted on another calendar, some at a time."""

    def keep_counted(self, counted: Sequence[Counted], version: str) -> None:
        """Keep what the calendar `version` counts."""

    def append(self, entry: Entry) -> object:
        """Add an entry to the history."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many dossiers were looked at, and those whose due day moved."""

    looked_at: int
    moved: Sequence[Waited]


def recount_waits(
    memory: WaitMemory,
    actor: Actor,
    calendar: WorkingCalendar,
    *,
    at: datetime,
    limit: int = AT_ONCE,
) -> Recounted:
    """Count again what was counted on another calendar, at most `limit` dossiers.

    A history entry tells how many due days moved, if any did. Doing it once more finds
    nothing.
    """
    require_admin(actor, local_day(at))
    version = calendar.version.identifier
    found = memory.counted_elsewhere(version, limit)
    counted = [_counted(one, calendar) for one in found]
    memory.keep_counted(counted, version)
    moved = [
        one
        for one, now in zip(found, counted, strict=True)
        if (one.due_on, one.due_last_on) != (now.due_on, now.due_last_on)
    ]
    if moved:
        given = {"moved": len(moved), "looked_at": len(found), "calendar": version}
        memory.append(entry_by(actor, at, Subject.CALENDAR, version, "recount_waits", given=given))
    return Recounted(len(found), moved)


def _counted(one: Waited, calendar: WorkingCalendar) -> Counted:
    ended = one.ended_on.isoformat() if one.ended_on else None
    waited = counted_waits(one.waits, ended, calendar)
    due, last = (
        day if day is None or one.waits_included else pushed_back(day, waited, calendar)
        for day in (one.promised_on, one.promised_last_on)
    )
    return Counted(one.id, waited, due, last)
