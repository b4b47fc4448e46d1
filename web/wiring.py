"""Where a request meets memory and the clock: the only place that knows what time it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from flask import current_app, g
from sqlalchemy import Engine

from models.directives.listed import KnownRows
from models.files import FileStore
from models.unit import Unit, reading, writing
from web.causes.moving import MovingLogs
from web.config import Settings
from web.remembering import Remembered
from workflow.calendar.asked import CalendarWhenAsked
from workflow.calendar.records import Override
from workflow.calendar.vietnam import vietnam_calendar
from workflow.calendar.working import WorkingCalendar
from workflow.days import local_day
from workflow.directives.usecases import Ground
from workflow.review.usecases import DeskGround

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one clock


def clock_of(settings: Settings) -> Clock:
    """Return the clock of an installation: the system's, or a demo's shifted one."""
    shift = timedelta(seconds=settings.clock_offset)
    return (lambda: system_clock() + shift) if shift else system_clock


def _nobody() -> None:
    """Call no worker: the next tick finds what is due."""


class Office:
    """What every door stands on: units of work, the calendar, the clock, the files."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock = system_clock) -> None:
        self.engine = engine
        self.settings = settings
        self.clock = clock
        self.files = FileStore(settings.files)
        self.call_worker: Callable[[], None] = _nobody
        """Called after a commit that left something to do; the engine of jobs puts itself here."""
        self.remembered = Remembered()
        self.known = KnownRows()
        self.moving = MovingLogs()
        self._calendars: dict[tuple[Override, ...], WorkingCalendar] = {}

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """Open a unit that commits when its block ends; what it left to do is called for then."""
        with writing(self.engine, self.clock(), handful=self.settings.notices_one_by_one) as unit:
            yield unit
        if unit.leaves_work:
            self.call_worker()

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Open a unit that only reads."""
        with reading(self.engine, self.clock()) as unit:
            yield unit

    def calendar(self, unit: Unit) -> WorkingCalendar:
        """Return the calendar as the table of days stands; built once for each version.

        The table is read anew only where the unit's head of the history is not known yet.
        """
        overrides = self.remembered.of(unit.head, "overrides", unit.calendar.overrides)
        if overrides not in self._calendars:
            self._calendars.clear()
            self._calendars[overrides] = vietnam_calendar(overrides)
        return self._calendars[overrides]

    def ground(self, unit: Unit) -> Ground:
        """Return what an act stands on now, to be used within `unit`.

        While it writes, the calendar is read only if a rule asks for it.
        """
        return Ground(
            calendar=self._calendar_for(unit), at=self.clock(), limits=self.settings.limits
        )

    def _calendar_for(self, unit: Unit) -> WorkingCalendar:
        if not unit.writing:
            return self.calendar(unit)
        return CalendarWhenAsked(lambda: self.calendar(unit))

    def desk_ground(self, unit: Unit) -> DeskGround:
        """Return what an act of the inspectors' desk stands on now."""
        return DeskGround(
            calendar=self._calendar_for(unit),
            at=self.clock(),
            limits=self.settings.limits,
            desk=self.settings.review,
        )

    def today(self) -> date:
        """Return the day in the province."""
        return local_day(self.clock())


def office() -> Office:
    """Return the office of the running application."""
    found = current_app.extensions["office"]
    assert isinstance(found, Office)  # noqa: S101 - set by the factory
    return found


def reading_unit() -> Unit:
    """Return this request's reading unit, opened at first use and closed at its end."""
    if "reading_unit" not in g:
        g.reading_context = office().reading()
        g.reading_unit = g.reading_context.__enter__()
    unit = g.reading_unit
    assert isinstance(unit, Unit)  # noqa: S101 - set just above
    return unit


def close_reading(_: BaseException | None = None) -> None:
    """Close this request's reading unit; also called before an act, so that it waits for nobody."""
    context = g.pop("reading_context", None)
    g.pop("reading_unit", None)
    if context is not None:
        context.__exit__(None, None, None)
