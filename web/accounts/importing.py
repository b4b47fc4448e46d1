"""The admin's pages of a sheet of people: read, looked through row by row, taken in once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from web.accounts.blueprint import blueprint
from web.accounts.forms import PeopleConfirmForm, PeopleSheetForm
from web.accounts.intake import (
    Passwords,
    as_text,
    first_passwords,
    grid_of,
    open_people,
    problem_of_row,
    read_rows,
)
from web.exports.files import CSV_TYPE, attached
from web.exports.tables import csv_text
from web.guard import admin_only
from web.identity import current_actor, signed_in_person
from web.labels import choices, label
from web.placing import place_errors
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.importing import import_people
from workflow.accounts.sheet import fingerprint
from workflow.accounts.sheet_records import Does, PersonRow
from workflow.documents.cells import Grid
from workflow.errors import Invalid, Stale, WorkflowError

Answer = str | Response | tuple[str, int]
LIST = "csv"


@blueprint.get("/accounts/import")
@admin_only
def bring_people() -> Answer:
    """Show the form that takes a sheet of people."""
    return _ask(PeopleSheetForm())


@blueprint.post("/accounts/import")
@admin_only
def read_sheet() -> Answer:
    """Show row by row what a sheet would do; nothing is kept."""
    form = PeopleSheetForm()
    try:
        grid = _grid_from(form)
        return _preview(grid)
    except WorkflowError as error:
        status = place_errors(form, error)
        return _ask(form), status


@blueprint.post("/accounts/import/take")
@admin_only
def take_sheet() -> Answer:
    """Make the accounts of a sheet that was looked through, and hand out the passwords once."""
    form = PeopleConfirmForm()
    grid = grid_of(form.text.data or "")
    try:
        rows, plain = _taken(grid, form.seen.data or "")
    except Stale as error:
        place_errors(form, error)
        return _preview(grid, form.form_errors), 409
    return _handed_out(rows, plain, as_file=form.hand_out.data == LIST)


def _ask(form: PeopleSheetForm) -> str:
    return render_template(
        "accounts/import.html",
        form=form,
        max_bytes=office().settings.sheet_bytes,
        roles=[words for _code, words in choices("role")],
    )


def _grid_from(form: PeopleSheetForm) -> Grid:
    upload, text = form.file.data, form.text.data or ""
    if isinstance(upload, FileStorage) and upload.filename:
        return open_people(upload.stream, upload.filename)
    if not text.strip():
        raise Invalid({"file": "required"})
    return grid_of(text)


def _preview(grid: Grid, errors: Any = ()) -> str:
    unit, own, text = reading_unit(), signed_in_person().login, as_text(grid)
    rows = read_rows(unit, grid_of(text), own)
    agencies = {agency.id: agency for agency in unit.agencies.agencies()}
    form = PeopleConfirmForm(formdata=None, text=text, seen=fingerprint(rows))
    counts = Counter(row.does for row in rows)
    return render_template(
        "accounts/import_preview.html",
        form=form,
        again=PeopleSheetForm(formdata=None, text=text),
        rows=rows,
        counts={does.value: counts[does] for does in Does},
        agencies=agencies,
        problem_of_row=problem_of_row,
        errors=list(errors),
    )


def _taken(grid: Grid, seen: str) -> tuple[tuple[PersonRow, ...], Passwords]:
    """Take in what was seen: the reading is made again inside the writing transaction."""
    actor, own = current_actor(), signed_in_person().login
    plain, hashes = first_passwords(read_rows(reading_unit(), grid, own))
    close_reading()
    with office().writing() as unit:
        rows = read_rows(unit, grid, own)
        if fingerprint(rows) != seen:
            raise Stale("sheet_changed")
        import_people(unit.accounts, actor, rows, hashes, at=office().clock())
    return rows, plain


def _handed_out(rows: tuple[PersonRow, ...], plain: Passwords, *, as_file: bool) -> Answer:
    """Answer with the passwords, in a page to print or a file: they are kept nowhere."""
    names = {agency.id: agency.name for agency in reading_unit().agencies.agencies()}
    slips = [
        (row.login, row.name, names.get(row.agency_id or 0, ""), plain[row.login])
        for row in rows
        if row.does is Does.ACCOUNT
    ]
    if as_file:
        return _file(slips)
    roles = sum(row.does in {Does.ACCOUNT, Does.ROLE} for row in rows)
    waiting = sum(row.does is Does.WAITS for row in rows)
    return render_template(
        "accounts/handed_out.html", slips=slips, roles=roles, waiting=waiting
    ), 201


def _file(slips: list[tuple[str, str, str, str]]) -> Response:
    headings = [label("login", "field"), label("name", "field"), label("agency", "field")]
    text = csv_text([*headings, _("Mật khẩu dùng một lần")], slips)
    return attached(text, CSV_TYPE, f"mat-khau-lan-dau-{office().today():%Y-%m-%d}.csv", status=201)
