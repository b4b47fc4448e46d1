"""Everything the page of one dossier shows, put together once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from models.causes.courses import course_from
from models.dossiers.page import DossierFile, FileStep, open_file
from web.calendar.words import off_day
from web.dossiers.charts import drawing_of, shares_of
from web.dossiers.clock import Hands, calendar_now
from web.dossiers.studying import fields_studied
from web.dossiers.telling import (
    field_words,
    ground_words,
    value_words,
    violation_state,
    violation_url,
)
from web.dossiers.zones import zone_of
from web.identity import current_actor
from web.labels import label
from web.speech import gettext as _
from web.violations.words import type_words
from web.wiring import office, reading_unit
from workflow.accounts.records import Role
from workflow.calendar.records import LedgerDay
from workflow.causes.breaking import breaks_of
from workflow.causes.clock import WorkingClock
from workflow.causes.records import BY_CODE, Course, Holder
from workflow.causes.splitting import split_time
from workflow.causes.suggesting import suggestions
from workflow.causes.usecases import may_assign
from workflow.dossiers.timing import Promise, counted_until, waited_days
from workflow.looks.usecases import initials_of, may_look

MOST_LEDGER = 400


def read_file(source: str, code: str) -> DossierFile:
    """Return a dossier's file as the signed-in person may read it today."""
    actor = current_actor()
    return open_file(
        reading_unit().connection, actor, source, code, office().today(), fields_studied(actor)
    )


def working_clock() -> WorkingClock:
    """Return the clock of working time: the calendar and the province's own hours."""
    return WorkingClock(calendar_now(), office().settings.analysis.hours)


def page_of(file: DossierFile, applicant: str | None = None) -> dict[str, Any]:
    """Return what the template of the page reads; `applicant` only where it was looked at."""
    actor, day = current_actor(), office().today()
    is_case = bool(file.violations)
    return {
        "file": file,
        "d": file.row,
        "first": hands_today().of(file),
        "last": hands_today().of(file, Promise.LAST),
        "applicant": applicant,
        "initials": initials_of(file.row.applicant),
        "may_look": may_look(actor, day, is_handled=file.is_handled, is_case=is_case),
        "may_assign": may_assign(
            actor, day, is_handled=file.is_handled, is_studied=_is_studied(file)
        ),
        "ledger": ledger_of(file),
        "promised_off": bool(off_day(file.promised_on, calendar_now())),
        "waits": waits_told(file),
        "sides": BY_CODE,
        "looks_url": _looks_url(file),
        "field_words": field_words,
        "value_words": value_words,
        "ground_words": ground_words,
        "violation_words": type_words,
        "violation_state": violation_state,
        "violation_url": violation_url,
        **time_of(file),
    }


def _looks_url(file: DossierFile) -> str | None:
    if current_actor().role not in {Role.ADMIN, Role.INSPECTOR}:
        return None
    return url_for("looks.index", dossier=file.row.id)


def hands_today() -> Hands:
    """Return the clock of today."""
    return Hands(calendar_now(), office().today())


def _is_studied(file: DossierFile) -> bool:
    return file.row.field_text in fields_studied(current_actor())


def time_of(file: DossierFile) -> dict[str, Any]:
    """Return who held the dossier how long, the steps as a drawing, and what they speak for."""
    course = course_of(file)
    if course is None or not course.steps:
        return {"course": None}
    clock, now = working_clock(), office().clock()
    split, breaks = split_time(course, clock, now), breaks_of(course, clock, now)
    first = hands_today().of(file)
    due = clock.in_zone(course.zone).end_of(first.due_on) if first.due_on else None
    return {
        "course": course,
        "shares": shares_of(split, clock),
        "whole": clock.days_in(split.whole),
        "drawing": drawing_of(course, clock.in_zone(course.zone), now, breaks, due),
        "worst": breaks[0] if breaks else None,
        "holder_words": holder_words,
        "logged": {step.serial: step for step in file.steps},
        "suggested": suggestions(course, clock, now) if first.tone == "late" else (),
    }


def course_of(file: DossierFile) -> Course | None:
    """Return the course of a file, or None where nothing dates its beginning."""
    return course_from(file.row, file.steps, zone_of(file.row.source))


def holder_words(step: FileStep | None, holder: Holder) -> str:
    """Return a holder in words: the agency it was matched to, the file's words, or its sort."""
    if step is not None and step.holder.name:
        return step.holder.name
    return holder.text or label(holder.kind, "holder_kind")


def waits_told(file: DossierFile) -> list[dict[str, Any]]:
    """Return each wait for the citizen with its working days up to today, or to the end."""
    calendar, until = calendar_now(), counted_until(file, office().today())
    return [
        {"of": wait, "days": waited_days([wait], until, calendar), "is_open": not wait.answered_on}
        for wait in file.waits
    ]


def ledger_of(file: DossierFile) -> list[dict[str, Any]]:
    """Return the days from the promised day to the last day in time, where waits moved it."""
    calendar, today = calendar_now(), office().today()
    first = Hands(calendar, today).of(file)
    if first.due_on is None or file.promised_on is None or first.due_on == file.promised_on:
        return []
    until = counted_until(file, today)
    waited = waited_days(file.waits, until, calendar)
    _due, days = calendar.add_working_days(file.promised_on, waited)
    return list(_numbered(days))[:MOST_LEDGER]


def _numbered(days: tuple[LedgerDay, ...]) -> Iterator[dict[str, Any]]:
    number = 0
    for place, day in enumerate(days):
        number += day.counted
        reason = _("ngày hẹn trả, không tính") if place == 0 else day.reason
        yield {"date": day.date, "counted": day.counted, "number": number, "reason": reason}
