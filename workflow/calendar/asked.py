"""A calendar that is read when a rule first asks for a day: most acts never do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workflow.calendar.working import WorkingCalendar


class CalendarWhenAsked(WorkingCalendar):
    """The calendar that `read` returns, read at the first question and no later than needed.

    It answers as that one does. Whoever hands it out keeps what `read` stands on open for as
    long as somebody may ask.
    """

    def __init__(self, read: Callable[[], WorkingCalendar]) -> None:
        self._read = read

    def __getattr__(self, name: str) -> Any:
        """Fill itself from the calendar that is read, when something of it is missed."""
        if not name.startswith("__") and name not in vars(self):
            self.__dict__ |= vars(self._read())
        try:
            return vars(self)[name]
        except KeyError:
            raise AttributeError(name) from None
