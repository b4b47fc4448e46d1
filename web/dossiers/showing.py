"""Everything the page of one dossier shows, put together once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from flask import url_for

from models.causes.courses import course_from
from models.dossiers.page import DossierFile, Facts, FileStep, open_file
from web.calendar.ledger import LedgerLine, ledger_lines
from web.calendar.words import off_day
from web.dossiers.charts import Drawing, Share, drawing_of, shares_of
from web.dossiers.clock import Hands, Standing, calendar_now
from web.dossiers.studying import fields_studied
from web.dossiers.zones import zone_of
from web.identity import current_actor
from web.page import Page
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import Role
from workflow.causes.breaking import Break, breaks_of
from workflow.causes.clock import WorkingClock
from workflow.causes.records import Course
from workflow.causes.splitting import split_time
from workflow.causes.suggesting import Suggestion, suggestions
from workflow.causes.usecases import may_assign
from workflow.dossiers.records import Wait
from workflow.dossiers.timing import Promise, counted_until, waited_days
from workflow.looks.usecases import initials_of, may_look

MOST_LEDGER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldWait:
    """A wait for the citizen, and the working days it took so far."""

    of: Wait
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLog:
    """What the log of a dossier's steps tells: who held it how long, and what they speak for.

    `shares` are parts of the `whole`, in working days; `logged` are the steps as they were
    imported, by their serial; `worst` is the step that ran over its limit most.
    """

    steps: int
    shares: tuple[Share, ...]
    whole: float
    drawing: Drawing
    worst: Break | None
    logged: Mapping[int, FileStep]
    suggested: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPage(Page):
    """The file of one dossier; `first` and `last` judge it by its first and its last promise."""

    template: ClassVar = "dossiers/show.html"

    file: DossierFile
    d: Facts
    first: Standing
    last: Standing
    applicant: str | None
    initials: str
    may_look: bool
    may_assign: bool
    ledger: tuple[LedgerLine, ...]
    promised_off: bool
    waits: tuple[ToldWait, ...]
    looks_url: str | None
    log: StepLog | None


def read_file(source: str, code: str) -> DossierFile:
    """Return a dossier's file as the signed-in person may read it today."""
    actor = current_actor()
    return open_file(
        reading_unit().connection, actor, source, code, office().today(), fields_studied(actor)
    )


def working_clock() -> WorkingClock:
    """Return the clock of working time: the calendar and the province's own hours."""
    return WorkingClock(calendar_now(), office().settings.analysis.hours)


def page_of(file: DossierFile, applicant: str | None = None) -> DossierPage:
    """Return the page; `applicant` only where the name was looked at."""
    actor, day = current_actor(), office().today()
    is_case = bool(file.violations)
    return DossierPage(
        file=file,
        d=file.row,
        first=hands_today().of(file),
        last=hands_today().of(file, Promise.LAST),
        applicant=applicant,
        initials=initials_of(file.row.applicant),
        may_look=may_look(actor, day, is_handled=file.is_handled, is_case=is_case),
        may_assign=may_assign(actor, day, is_handled=file.is_handled, is_studied=_is_studied(file)),
        ledger=ledger_of(file),
        promised_off=bool(off_day(file.promised_on, calendar_now())),
        waits=waits_told(file),
        looks_url=_looks_url(file),
        log=log_of(file),
    )


def _looks_url(file: DossierFile) -> str | None:
    if current_actor().role not in {Role.ADMIN, Role.INSPECTOR}:
        return None
    return url_for("looks.index", dossier=file.row.id)


def hands_today() -> Hands:
    """Return the clock of today."""
    return Hands(calendar_now(), office().today())


def _is_studied(file: DossierFile) -> bool:
    return file.row.field_text in fields_studied(current_actor())


def log_of(file: DossierFile) -> StepLog | None:
    """Return what the log of the steps tells; None where the file brought none."""
    course = course_of(file)
    if course is None or not course.steps:
        return None
    clock, now = working_clock(), office().clock()
    split, breaks = split_time(course, clock, now), breaks_of(course, clock, now)
    first = hands_today().of(file)
    due = clock.in_zone(course.zone).end_of(first.due_on) if first.due_on else None
    return StepLog(
        steps=len(course.steps),
        shares=shares_of(split, clock),
        whole=clock.days_in(split.whole),
        drawing=drawing_of(course, clock.in_zone(course.zone), now, breaks, due),
        worst=breaks[0] if breaks else None,
        logged={step.serial: step for step in file.steps},
        suggested=suggestions(course, clock, now) if first.is_late else (),
    )


def course_of(file: DossierFile) -> Course | None:
    """Return the course of a file, or None where nothing dates its beginning."""
    return course_from(file.row, file.steps, zone_of(file.row.source))


def waits_told(file: DossierFile) -> tuple[ToldWait, ...]:
    """Return each wait for the citizen with its working days up to today, or to the end."""
    calendar, until = calendar_now(), counted_until(file, office().today())
    return tuple(ToldWait(of=w, days=waited_days([w], until, calendar)) for w in file.waits)


def ledger_of(file: DossierFile) -> tuple[LedgerLine, ...]:
    """Return the days from the promised day to the last day in time, where waits moved it."""
    calendar, today = calendar_now(), office().today()
    first = Hands(calendar, today).of(file)
    if first.due_on is None or file.promised_on is None or first.due_on == file.promised_on:
        return ()
    until = counted_until(file, today)
    waited = waited_days(file.waits, until, calendar)
    _due, days = calendar.add_working_days(file.promised_on, waited)
    promised, *moved = ledger_lines(days[:MOST_LEDGER])
    return (replace(promised, reason=_("ngày hẹn trả, không tính")), *moved)
