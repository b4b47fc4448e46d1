"""Pages of the working calendar: a year, the table of days, what a change would do."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.calendar.queries import entered_days
from web.calendar.forms import CountForm, DayForm, SeenForm
from web.calendar.months import months_of
from web.calendar.words import day_told
from web.directives.fields import typed_day
from web.errors import status_of
from web.guard import admin_only
from web.identity import current_actor
from web.placing import place_errors
from web.refusals import in_words
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Role
from workflow.calendar.records import CountedDate, Override
from workflow.calendar.usecases import DayChange, Preview, change_days, preview_days
from workflow.calendar.working import WorkingCalendar, due_after
from workflow.errors import Invalid, NotFound, Stale, WorkflowError

blueprint = Blueprint("calendar", __name__)
blueprint.add_app_template_filter(day_told)
Answer = str | Response | tuple[str, int]


@blueprint.get("/calendar/")
def index() -> Answer:
    """Show a year of the calendar, the table of days, and a date counted on it."""
    calendar, form = office().calendar(reading_unit()), CountForm(request.args)
    year, counted = _year(calendar), _counted(form, calendar)
    return render_template(
        "calendar/index.html",
        year=year,
        years=(calendar.first_day.year, calendar.last_day.year),
        months=months_of(year, calendar),
        calendar=calendar,
        **_table(calendar, year),
        form=form,
        counted=counted,
        is_admin=current_actor().role is Role.ADMIN,
    )


def _year(calendar: WorkingCalendar) -> int:
    asked = request.args.get("year", type=int) or office().today().year
    return min(max(asked, calendar.first_day.year), calendar.last_day.year)


def _table(calendar: WorkingCalendar, year: int) -> dict[str, Any]:
    """Return the rows of a year, and of other years those that were entered here."""
    unit = reading_unit()
    rows = _rows(calendar, unit.calendar.overrides())
    return {
        "rows": [one for one in rows if one["row"].day.year == year],
        "other_rows": [one for one in rows if one["row"].day.year != year and one["is_entered"]],
        "entered": entered_days(unit.connection),
    }


def _rows(calendar: WorkingCalendar, entered: tuple[Override, ...]) -> list[dict[str, Any]]:
    """Every row above the law, newest day first: shipped with the product, or entered here."""
    days = {row.day for row in entered}
    rows = sorted(calendar.overrides, key=lambda row: row.day, reverse=True)
    return [{"row": row, "is_entered": row.day in days} for row in rows]


def _counted(form: CountForm, calendar: WorkingCalendar) -> CountedDate | None:
    if not (request.args.get("start") or request.args.get("days")):
        return None
    if not form.validate():
        return None
    try:
        return due_after(calendar, form.start.needed_day, form.budget)
    except Invalid as error:
        names = {"start": "start", "working_days": "days"}
        place_errors(form, Invalid({names.get(n, n): code for n, code in error.errors.items()}))
        return None


@blueprint.get("/calendar/days/new")
@admin_only
def add_day() -> Answer:
    """Show the form for a day; one that is in the table comes with its row."""
    day = typed_day(request.args.get("day", ""))
    row = next((r for r in office().calendar(reading_unit()).overrides if r.day == day), None)
    form = DayForm(None, day=day)
    if row is not None:
        form = DayForm(None, day=row.day, kind=row.kind.value, reason=row.reason, act=row.act)
    return render_template("calendar/day.html", form=form)


@blueprint.get("/calendar/days/preview")
@admin_only
def preview_day() -> Answer:
    """Show what entering a day would do; nothing is written."""
    form = DayForm(request.args)
    if not form.validate():
        return render_template("calendar/day.html", form=form), 422
    try:
        preview = _preview(form.change())
    except WorkflowError as error:
        status = place_errors(form, error)
        return render_template("calendar/day.html", form=form), status
    return _show_preview(preview, form.change(), _("Nhập ngày vào lịch"))


@blueprint.post("/calendar/days/preview")
@admin_only
def take_day() -> Answer:
    """Enter a day as previewed, and move every counted date with it."""
    form = DayForm()
    if not form.validate():
        return render_template("calendar/day.html", form=form), 422
    return _apply(form.change(), _("Nhập ngày vào lịch"))


def _entered_day(iso: str) -> date:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        raise NotFound("day") from None
    if all(row.day != day for row in reading_unit().calendar.overrides()):
        raise NotFound("day")
    return day


@blueprint.get("/calendar/days/<iso>/remove")
@admin_only
def remove_day(iso: str) -> Answer:
    """Show what taking a row out of the table would do."""
    change = DayChange(remove=(_entered_day(iso),))
    return _show_preview(_preview(change), change, _("Bỏ ngày khỏi lịch"))


@blueprint.post("/calendar/days/<iso>/remove")
@admin_only
def take_day_away(iso: str) -> Answer:
    """Take a row out of the table, and move every counted date with it."""
    return _apply(DayChange(remove=(_entered_day(iso),)), _("Bỏ ngày khỏi lịch"))


@blueprint.get("/calendar/recount")
@admin_only
def recount() -> Answer:
    """Show which open dates the calendar of today counts differently."""
    return _show_preview(_preview(DayChange()), DayChange(), _("Tính lại thời hạn"))


@blueprint.post("/calendar/recount")
@admin_only
def take_recount() -> Answer:
    """Move the open dates that the calendar of today counts differently."""
    return _apply(DayChange(), _("Tính lại thời hạn"))


def _preview(change: DayChange) -> Preview:
    return preview_days(reading_unit().calendar, change, today=office().today())


def _show_preview(preview: Preview, change: DayChange, title: str, *, trouble: str = "") -> str:
    form = SeenForm(None, seen=preview.seen)
    typed = {name: value for name, value in request.values.items() if name in DayForm()._fields}
    return render_template(
        "calendar/preview.html",
        preview=preview,
        change=change,
        title=title,
        form=form,
        typed=typed,
        trouble=trouble,
    )


def _apply(change: DayChange, title: str) -> Answer:
    actor, seen = current_actor(), request.form.get("seen", "")
    close_reading()
    try:
        with office().writing() as unit:
            done = change_days(unit.calendar, actor, change, seen=seen, at=office().clock())
    except Stale as error:
        again = _show_preview(_preview(change), change, title, trouble=in_words(error))
        return again, status_of(error)
    flash(_("Đã lưu lịch; %(n)s thời hạn được dời.", n=len(done.moved)), "success")
    first = change.put[0].day if change.put else office().today()
    return redirect(url_for("calendar.index", year=first.year, _anchor="table"), 303)
