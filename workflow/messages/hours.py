"""When a letter may leave: in office hours of a working day, never at night or on a day off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workflow.calendar.working import WorkingCalendar
from workflow.days import PROVINCE_ZONE
from workflow.errors import Invalid
from workflow.messages.records import Choices, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHours:
    """When the offices are open on a working day, and the usual hour of the digest.

    A setting, not law: provinces keep their own hours. Invalid when they close before
    they open.
    """

    opens: time = time(7, 30)
    closes: time = time(17, 0)
    digest_hour: int = 8

    def __post_init__(self) -> None:
        """Refuse hours in which nothing could ever leave."""
        if not self.opens < self.closes:
            raise Invalid({"closes": "period_reversed"})

    def next_open(self, at: datetime, calendar: WorkingCalendar) -> datetime:
        """Return the first instant from `at` on that lies in office hours; `at` itself if it does.

        Opening counts as open, closing as closed.
        """
        here = at.astimezone(PROVINCE_ZONE)
        if calendar.is_working(here.date()) and here.time() < self.closes:
            return at if here.time() >= self.opens else _at(here.date(), self.opens)
        return _at(_next_working(here.date(), calendar), self.opens)

    def next_digest(
        self, at: datetime, calendar: WorkingCalendar, hour: int | None = None
    ) -> datetime:
        """Return the first digest from `at` on: at that hour of a working day.

        An hour outside office hours is moved to when they open, or to the last minute
        before they close.
        """
        moment = self._digest_time(self.digest_hour if hour is None else hour)
        here = at.astimezone(PROVINCE_ZONE)
        today = calendar.is_working(here.date()) and here.time() <= moment
        return _at(here.date() if today else _next_working(here.date(), calendar), moment)

    def _digest_time(self, hour: int) -> time:
        last = (datetime.combine(date.min, self.closes) - timedelta(minutes=1)).time()
        return min(max(time(hour), self.opens), last)

    def mail_moment(
        self, at: datetime, calendar: WorkingCalendar, urgency: Urgency, choices: Choices
    ) -> datetime | None:
        """Return when a notice of `at` is due by e-mail; None for who wants none."""
        if not choices.by_email:
            return None
        if urgency is Urgency.URGENT:
            return self.next_open(at, calendar)
        return self.next_digest(at, calendar, choices.digest_hour)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=PROVINCE_ZONE)


def _next_working(day: date, calendar: WorkingCalendar) -> date:
    """Return the first working day after `day`."""
    following = day + timedelta(days=1)
    while not calendar.is_working(following):
        following += timedelta(days=1)
    return following
