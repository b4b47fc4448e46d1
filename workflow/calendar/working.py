"""Counting working days: the one calendar that every date of the product is counted on."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from workflow.calendar.records import (
    BaseCalendar,
    CalendarVersion,
    CountedDate,
    DayCode,
    DayKind,
    DayMark,
    LedgerDay,
    Override,
    Pause,
)
from workflow.calendar.words import first_day_entry, paused_entry, reason_of
from workflow.days import local_day
from workflow.errors import Invalid

ONE_DAY = timedelta(days=1)
FIRST_WEEKEND_DAY = 5


class WorkingCalendar:
    """Working days of one province: the base law with the overrides laid over it.

    Values only: the same base and overrides make an equal calendar with the same version.
    A day outside the base's span is refused (Invalid, `outside_calendar`), never guessed.
    """

    def __init__(self, base: BaseCalendar, overrides: Iterable[Override] = ()) -> None:
        self._base = base
        self._overrides = _by_day(base, overrides)
        self._working = self._working_ordinals()
        self.version = self._make_version()

    @property
    def first_day(self) -> date:
        """The first day this calendar knows."""
        return self._base.first_day

    @property
    def last_day(self) -> date:
        """The last day this calendar knows."""
        return self._base.last_day

    @property
    def overrides(self) -> tuple[Override, ...]:
        """All rows above the law, pending ones too, by day."""
        return tuple(self._overrides[day] for day in sorted(self._overrides))

    @property
    def pending(self) -> tuple[Override, ...]:
        """The rows whose act nobody has entered yet, by day."""
        return tuple(row for row in self.overrides if not row.confirmed)

    @property
    def special_days(self) -> set[date]:
        """The days that law or province speak of; any other is what its weekday says."""
        return {*self._base.days_off, *self._base.made_up, *self._overrides}

    def is_working(self, day: date) -> bool:
        """Whether the offices work on `day`."""
        return self.mark(day).working

    def is_day_off(self, day: date) -> bool:
        """Whether `day` is known as one on which the offices are shut; beyond the calendar none."""
        return self.first_day <= day <= self.last_day and not self.is_working(day)

    def reason(self, day: date) -> str:
        """Say in Vietnamese why `day` is worked or not."""
        return reason_of(self.mark(day))

    def mark(self, day: date) -> DayMark:
        """Return what `day` is, and why."""
        self._refuse_outside(day, "day")
        override = self._overrides.get(day)
        if override is not None and override.confirmed:
            return _confirmed(override)
        law = self._law(day)
        if override is None or override.kind is DayKind.WORKING or law.code is DayCode.WEEKEND:
            return law
        return DayMark(day=day, working=True, code=DayCode.PENDING, name=override.reason)

    def marks(self, first: date, last: date) -> Iterator[DayMark]:
        """Yield every day from `first` to `last`, both included."""
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            yield self.mark(date.fromordinal(ordinal))

    def due_on(self, start: date, working_days: int) -> date:
        """Return the last day of a period of `working_days`, its first day not counted.

        Bộ luật Dân sự 2015, Điều 147 khoản 2 and Điều 148: the count begins on the day
        after `start`; the period ends at the end of its last working day.
        """
        self._refuse_count(start, working_days)
        place = bisect_right(self._working, start.toordinal()) + working_days - 1
        if place >= len(self._working):
            raise Invalid({"working_days": "outside_calendar"})
        return date.fromordinal(self._working[place])

    def add_working_days(
        self, start: date, working_days: int, pauses: Sequence[Pause] = ()
    ) -> tuple[date, tuple[LedgerDay, ...]]:
        """Return the last day of the period and its ledger, day by day from `start`.

        Days inside a pause do not count. A pause without an end has no due day: Invalid
        (`pause_open`).
        """
        self._refuse_count(start, working_days)
        ledger = [first_day_entry(self.mark(start))]
        day, left = start, working_days
        while left:
            day += ONE_DAY
            if day > self.last_day:
                raise Invalid({"working_days": _why_endless(pauses)})
            entry = self._entry(day, pauses)
            ledger.append(entry)
            left -= entry.counted
        return day, tuple(ledger)

    def subtract_working_days(self, due_on: date, working_days: int) -> date:
        """Return the latest working day that leaves `working_days` of them up to `due_on`.

        Those days lie after the answer and not after `due_on`; 0 gives `due_on` itself.
        """
        self._refuse_outside(due_on, "day")
        if working_days < 0:
            raise Invalid({"working_days": "negative"})
        if working_days == 0:
            return due_on
        place = bisect_right(self._working, due_on.toordinal()) - 1 - working_days
        if place < 0:
            raise Invalid({"working_days": "outside_calendar"})
        return date.fromordinal(self._working[place])

    def working_day_until(self, day: date) -> date:
        """Return the last working day that is not after `day`: itself, where it is one."""
        self._refuse_outside(day, "day")
        place = bisect_right(self._working, day.toordinal()) - 1
        if place < 0:
            raise Invalid({"day": "outside_calendar"})
        return date.fromordinal(self._working[place])

    def working_days_between(self, start: date, end: date) -> int:
        """Count working days after `start` up to and including `end`; negative when reversed."""
        self._refuse_outside(start, "start")
        self._refuse_outside(end, "end")
        return bisect_right(self._working, end.toordinal()) - bisect_right(
            self._working, start.toordinal()
        )

    def working_days_in(self, first: date, last: date) -> int:
        """Count working days from `first` to `last`, both included; 0 when reversed."""
        self._refuse_outside(first, "start")
        self._refuse_outside(last, "end")
        return max(
            0,
            bisect_right(self._working, last.toordinal())
            - bisect_left(self._working, first.toordinal()),
        )

    def _entry(self, day: date, pauses: Sequence[Pause]) -> LedgerDay:
        mark = self.mark(day)
        pause = next((pause for pause in pauses if pause.covers(day)), None)
        if mark.working and pause is not None:
            return paused_entry(mark, pause)
        return LedgerDay(day, counted=mark.working, reason=reason_of(mark), code=mark.code)

    def _law(self, day: date) -> DayMark:
        base = self._base
        if day in base.made_up:
            made_up_for = base.made_up[day]
            return DayMark(day=day, working=True, code=DayCode.MADE_UP, makes_up_for=made_up_for)
        if day.weekday() >= FIRST_WEEKEND_DAY:
            name = base.days_off.get(day, "")
            return DayMark(day=day, working=False, code=DayCode.WEEKEND, name=name)
        if day in base.days_off:
            return DayMark(
                day=day,
                working=False,
                code=DayCode.HOLIDAY,
                name=base.days_off[day],
                estimated=base.official_until is not None and day > base.official_until,
            )
        return DayMark(day=day, working=True, code=DayCode.WORKING)

    def _working_ordinals(self) -> list[int]:
        first, last = self.first_day.toordinal(), self.last_day.toordinal()
        plain = {
            ordinal for ordinal in range(first, last + 1) if (ordinal - 1) % 7 < FIRST_WEEKEND_DAY
        }
        for day in self.special_days:
            if first <= day.toordinal() <= last:
                plain.discard(day.toordinal())
                if self.mark(day).working:
                    plain.add(day.toordinal())
        return sorted(plain)

    def _make_version(self) -> CalendarVersion:
        base = self._base
        lines = [f"{base.name} {base.first_day} {base.last_day} {base.official_until}"]
        lines += [f"off {day} {name}" for day, name in sorted(base.days_off.items())]
        lines += [f"made up {day} {off}" for day, off in sorted(base.made_up.items())]
        lines += [repr((str(row.day), *_contents(row))) for row in self.overrides]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        return CalendarVersion(
            identifier=digest[:16],
            base=base.name,
            first_day=base.first_day,
            last_day=base.last_day,
            overrides=len(self._overrides),
            pending=len(self.pending),
        )

    def _refuse_count(self, start: date, working_days: int) -> None:
        self._refuse_outside(start, "start")
        if working_days < 1:
            raise Invalid({"working_days": "not_positive"})

    def _refuse_outside(self, day: date, name: str) -> None:
        if not self.first_day <= day <= self.last_day:
            raise Invalid({name: "outside_calendar"})


def due_after(
    calendar: WorkingCalendar,
    start: date | datetime,
    working_days: int,
) -> CountedDate:
    """Count `working_days` from `start`, a day or an instant.

    An instant with a zone falls on its day in Asia/Ho_Chi_Minh; one without is local.
    Errors: Invalid with `outside_calendar` or `not_positive`.
    """
    day = _day_of(start)
    due_on, ledger = calendar.add_working_days(day, working_days)
    return CountedDate(due_on=due_on, ledger=ledger, calendar_version=calendar.version.identifier)


def _day_of(start: date | datetime) -> date:
    if not isinstance(start, datetime):
        return start
    if start.tzinfo is None:
        return start.date()
    try:
        return local_day(start)
    except OverflowError:
        raise Invalid({"start": "outside_calendar"}) from None


def _by_day(base: BaseCalendar, overrides: Iterable[Override]) -> dict[date, Override]:
    rows: dict[date, Override] = {}
    for row in overrides:
        if not base.first_day <= row.day <= base.last_day:
            raise Invalid({"day": "outside_calendar"})
        if rows.setdefault(row.day, row) != row:
            raise Invalid({"day": "day_twice"})
    return rows


def _confirmed(override: Override) -> DayMark:
    working = override.kind is DayKind.WORKING
    return DayMark(
        day=override.day,
        working=working,
        code=DayCode.MADE_UP if working else DayCode.DAY_OFF,
        name=override.reason,
        act=override.act,
    )


def _contents(row: Override) -> tuple[str, str, str | None, bool]:
    return row.kind.value, row.reason, row.act, row.confirmed


def _why_endless(pauses: Sequence[Pause]) -> str:
    still = any(pause.last_day is None for pause in pauses)
    return "pause_open" if still else "outside_calendar"
