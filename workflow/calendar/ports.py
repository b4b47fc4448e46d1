"""What changing the calendar asks of memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.calendar.records import Override, Pause
from workflow.history.records import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDirective:
    """An open directive whose due day is still the one that was counted in working days.

    `reported_on` is the day of a report that waits for its verdict: lateness then is
    judged by that day. Work that is paused now is not late.
    """

    number: str
    version: int
    due_on: date
    started_on: date
    working_days: int
    lead_code: str = ""
    lead_name: str = ""
    reported_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    is_suspended: bool = False


class CalendarMemory(Protocol):
    """The table of days, and the dates that were counted on it, within one transaction."""

    def overrides(self) -> tuple[Override, ...]: ...

    def put(self, override: Override, entered_by: int | None, at: datetime | None) -> None: ...

    def remove(self, day: date) -> None: ...

    def counted_directives(self) -> Sequence[CountedDirective]: ...

    def move_due(
        self, item: CountedDirective, due_on: date, calendar_version: str, at: datetime
    ) -> None: ...

    def append(self, entry: Entry) -> object: ...
