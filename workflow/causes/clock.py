"""Working time between two instants, on the province's calendar and office hours.

A day of work is as long as the office hours say, never 24 hours (features.md, 5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflow.calendar.working import WorkingCalendar
from workflow.days import PROVINCE_ZONE
from workflow.dossiers.records import Wait
from workflow.errors import Invalid

SHIFT = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*")
ONE_DAY = timedelta(days=1)
FAR = datetime(9999, 12, 31, tzinfo=UTC)
"""An end that has not come."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The shifts of a working day in seconds from midnight, in order, none overlapping.

    The hours of Khánh Hòa's offices are not found in any source (domain.md, 11): they are
    the province's own setting.
    """

    shifts: tuple[tuple[int, int], ...]

    @property
    def a_day(self) -> int:
        """How many seconds a whole day of work has."""
        return sum(end - start for start, end in self.shifts)

    def until(self, at: time) -> int:
        """How many seconds are worked from the day's start up to a time of day."""
        second, worked = at.hour * 3600 + at.minute * 60 + at.second, 0
        for start, end in self.shifts:
            if second > start:
                worked += min(second, end) - start
        return worked


def working_hours(text: str) -> WorkingHours:
    """Read shifts such as "07:30-11:30,13:00-17:00"; Invalid (`working_hours`) otherwise."""
    shifts: list[tuple[int, int]] = []
    for part in text.split(","):
        found = SHIFT.fullmatch(part)
        if not found:
            raise Invalid({"working_hours": "working_hours"})
        hours = [int(number) for number in found.groups()]
        start, end = hours[0] * 3600 + hours[1] * 60, hours[2] * 3600 + hours[3] * 60
        if not (shifts[-1][1] if shifts else 0) <= start < end <= 24 * 3600:
            raise Invalid({"working_hours": "working_hours"})
        shifts.append((start, end))
    return WorkingHours(tuple(shifts))


USUAL_HOURS = working_hours("07:30-11:30,13:00-17:00")


@dataclass(frozen=True, slots=True)
class WorkingClock:
    """Counts seconds of work; `zone` is the file's own, so that its days are its days."""

    calendar: WorkingCalendar
    hours: WorkingHours = USUAL_HOURS
    zone: ZoneInfo = PROVINCE_ZONE
    _days: dict[date, tuple[int, bool]] = field(default_factory=dict, repr=False, compare=False)

    def in_zone(self, zone: ZoneInfo) -> WorkingClock:
        """Return the same clock where a file's days are another zone's."""
        return self if zone == self.zone else replace(self, zone=zone)

    def reading(self, at: datetime) -> int:
        """Return the seconds of work from the calendar's first day up to `at`.

        It never falls as time goes on, so differences of readings add up exactly. An
        instant beyond the calendar reads as its nearer end.
        """
        local = at.astimezone(self.zone)
        if local.date() < self.calendar.first_day:
            return 0
        if local.date() > self.calendar.last_day:
            return self._before(self.calendar.last_day)[0] * self.hours.a_day
        days, works = self._before(local.date())
        return days * self.hours.a_day + (self.hours.until(local.time()) if works else 0)

    def between(self, start: datetime, end: datetime) -> int:
        """Return the seconds of work from `start` to `end`; 0 when reversed."""
        return max(0, self.reading(end) - self.reading(start))

    def day_of(self, at: datetime) -> date:
        """Return the file's own local day of an instant."""
        return at.astimezone(self.zone).date()

    def working_day_of(self, at: datetime) -> date:
        """Return the local day of an instant, or the working day after it where it is one off.

        A day beyond the calendar stays as it is.
        """
        day = self.day_of(at)
        if not self.calendar.first_day <= day <= self.calendar.last_day or self._before(day)[1]:
            return day
        try:
            return self.calendar.due_on(day, 1)
        except Invalid:
            return day

    def span_of(self, wait: Wait) -> tuple[datetime, datetime]:
        """Return the instants between which a wait is the citizen's.

        The day of the request is not, the day of the answer is (product.md, 5); so its
        working time is exactly the working days that push the promised day back.
        """
        begun = self._midnight_after(wait.asked_on)
        return begun, FAR if wait.answered_on is None else self._midnight_after(wait.answered_on)

    def end_of(self, day: date) -> datetime:
        """Return the last instant of a day, to the second."""
        return self._midnight_after(day) - timedelta(seconds=1)

    def _midnight_after(self, day: date) -> datetime:
        return datetime.combine(day + ONE_DAY, time(), self.zone)

    def days_in(self, seconds: int) -> float:
        """Return seconds of work as working days, to the tenth."""
        return round(seconds / self.hours.a_day, 1) if self.hours.a_day else 0.0

    def _before(self, day: date) -> tuple[int, bool]:
        """How many working days lie before `day`, and whether it is one; each day once."""
        if day not in self._days:
            first = self.calendar.first_day
            before = self.calendar.working_days_in(first, day - ONE_DAY) if day > first else 0
            self._days[day] = (before, self.calendar.is_working(day))
        return self._days[day]
