"""The on-time rule in SQL: the same as `workflow/dossiers/timing.py`, proven equal by a test.

The calendar goes along as a parameter: how many working days there are up to each day, so
that any number of rows is judged by one statement on either database.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    LargeBinary,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import UserDefinedType

from models.dossiers.rows import DossierRow
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.timing import Promise, Verdict

_FIGURES = 5
_OPEN = {Verdict.OPEN_LATE, Verdict.OPEN_IN_TIME}
Day = ColumnElement[Any] | InstrumentedAttribute[Any]
_PROMISED = {
    Promise.FIRST: DossierRow.promised_on,
    Promise.LAST: DossierRow.promised_last_on,
}


class Numbers(UserDefinedType[str]):
    """An array of numbers as PostgreSQL writes it: thousands go along without a look at each."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the type's name in SQL."""
        return "INTEGER[]"


class WorkedTo(FunctionElement[int]):
    """How many working days the calendar has up to a day, or `short` of it by so many days."""

    name = "worked_to"
    type = Integer()
    inherit_cache = True

    def __init__(
        self,
        day: Day,
        calendar: WorkingCalendar,
        short: int = 0,
    ) -> None:
        first = calendar.first_day + timedelta(days=short)
        super().__init__(day, literal(first, Date), *_counts(calendar))

    @property
    def parts(self) -> list[ColumnElement[Any]]:
        """The day, the calendar's first day, its counts as figures and as numbers."""
        return list(self.clauses)


@compiles(WorkedTo, "sqlite")
def _worked_on_sqlite(element: WorkedTo, compiler: SQLCompiler, **options: Any) -> str:
    day, first, figures = (compiler.process(one, **options) for one in element.parts[:3])
    place = f"(julianday({day}) - julianday({first})) * {_FIGURES} + 1"
    return f"CAST(CAST(substr({figures}, {place}, {_FIGURES}) AS TEXT) AS INTEGER)"


@compiles(WorkedTo, "postgresql")
def _worked_on_postgresql(element: WorkedTo, compiler: SQLCompiler, **options: Any) -> str:
    day, first = (compiler.process(one, **options) for one in element.parts[:2])
    numbers = compiler.process(element.parts[3], **options)
    return f"(CAST({numbers} AS INTEGER[]))[{day} - CAST({first} AS DATE) + 1]"


class EachWait(FunctionElement[Any]):
    """The waits of a dossier, one row for each."""

    name = "each_wait"
    inherit_cache = True


@compiles(EachWait, "sqlite")
def _each_on_sqlite(element: EachWait, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(EachWait, "postgresql")
def _each_on_postgresql(element: EachWait, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements({compiler.process(element.clauses, **options)})"


class WaitDay(FunctionElement[date]):
    """The day a wait was asked for (0) or answered (1), of one row of `EachWait`."""

    name = "wait_day"
    type = Date()
    inherit_cache = True


class AskedOn(WaitDay):
    """The day a wait was asked for."""

    place = 0
    inherit_cache = True


class AnsweredOn(WaitDay):
    """The day it was answered, or null."""

    place = 1
    inherit_cache = True


@compiles(AskedOn, "sqlite")
@compiles(AnsweredOn, "sqlite")
def _day_on_sqlite(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    value = compiler.process(element.clauses, **options)
    return f"json_extract({value}, '$[{element.place}]')"


@compiles(AskedOn, "postgresql")
@compiles(AnsweredOn, "postgresql")
def _day_on_postgresql(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    value = compiler.process(element.clauses, **options)
    return f"CAST({value} ->> {element.place} AS DATE)"


@lru_cache(maxsize=4)
def _counts(calendar: WorkingCalendar) -> tuple[BindParameter[bytes], BindParameter[str]]:
    """Count the working days up to each day of the calendar, as figures and as numbers.

    They are the same parameters wherever a statement asks, so that PostgreSQL is sent them once.
    """
    numbers, count = [], 0
    for mark in calendar.marks(calendar.first_day, calendar.last_day):
        count += mark.working
        numbers.append(count)
    figures = "".join(f"{number:0{_FIGURES}d}" for number in numbers).encode()
    listed = f"{{{','.join(map(str, numbers))}}}"
    return literal(figures, LargeBinary), literal(listed, Numbers())


class Judging:
    """How dossiers stand as of a day, as conditions over `dossiers` for any statement."""

    def __init__(self, day: date, calendar: WorkingCalendar, by: Promise = Promise.FIRST) -> None:
        self._day, self._calendar = literal(day, Date), calendar
        self._promised = _PROMISED[by]
        self.received: ColumnElement[bool] = DossierRow.received_on <= day
        self.ended: ColumnElement[bool] = and_(self.received, DossierRow.ended_on <= day)

    def verdict(self) -> ColumnElement[str | None]:
        """Return the verdict of a row, null where it was not received by then."""
        not_there = func.coalesce(DossierRow.received_on > self._day, True)
        return case(
            (not_there, null()), else_=self._of_received({one: one.value for one in Verdict})
        )

    def numbered(self) -> ColumnElement[int]:
        """Return the verdict of a row that was received by then as its place in `Verdict`.

        Counting hundreds of thousands, a number is sorted in half the time of a word.
        """
        return self._of_received({one: place for place, one in enumerate(Verdict)})

    def is_any_of(self, verdicts: Collection[Verdict]) -> ColumnElement[bool]:
        """Return the condition that a row has one of these verdicts.

        Where open ones are asked for, the many that have ended are passed over unjudged.
        """
        judged = self.verdict().in_(sorted(one.value for one in verdicts))
        if not set(verdicts) <= _OPEN:
            return judged
        return and_(or_(DossierRow.ended_on.is_(None), DossierRow.ended_on > self._day), judged)

    def _of_received(self, told: Mapping[Verdict, Any]) -> ColumnElement[Any]:
        """Judge an ended row by its own end and an open one by the day, each compared once."""
        ended = case(
            (self._late(DossierRow.ended_on), told[Verdict.LATE]), else_=told[Verdict.ON_TIME]
        )
        still_open = case(
            (self._late(self._day), told[Verdict.OPEN_LATE]), else_=told[Verdict.OPEN_IN_TIME]
        )
        return case(
            (self._promised.is_(None), told[Verdict.UNPROMISED]),
            (DossierRow.ended_on <= self._day, ended),
            else_=still_open,
        )

    def _late(self, end: Day) -> ColumnElement[bool]:
        plainly = end > self._promised
        worked = WorkedTo(end, self._calendar, short=1)
        pushed = and_(plainly, worked >= self._last_in_time(end))
        moved = and_(DossierRow.calendar_version != "", DossierRow.waits_included.is_(False))
        return case((moved, pushed), else_=plainly)

    def _last_in_time(self, end: Day) -> ColumnElement[int]:
        """Number the working day on which the pushed-back promise ends."""
        return WorkedTo(self._promised, self._calendar) + self._waited(end)

    def _waited(self, end: Day) -> ColumnElement[int]:
        """Count the working days waited up to the end; waits do not overlap."""
        wait = EachWait(DossierRow.waits).table_valued("value")
        asked, answered = AskedOn(wait.c.value), AnsweredOn(wait.c.value)
        until = case((answered <= end, answered), else_=end)
        days = WorkedTo(until, self._calendar) - WorkedTo(asked, self._calendar)
        counted = select(func.coalesce(func.sum(days), 0)).select_from(wait)
        return counted.where(asked < end).correlate(DossierRow).scalar_subquery()


def standing_is(
    verdicts: Collection[Verdict],
    day: date,
    calendar: WorkingCalendar,
    by: Promise = Promise.FIRST,
) -> ColumnElement[bool]:
    """Return the condition that a dossier stands so as of `day`, by one of its promised days."""
    return Judging(day, calendar, by).is_any_of(verdicts)
