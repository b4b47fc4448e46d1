"""Taking in a task sheet through a page: a file becomes one draft, or a reason why not."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import StringField

from web.choosing import SelectField
from web.directives.fields import Needed
from web.documents.blueprint import blueprint
from web.documents.intake import keep, open_sheet, take_in
from web.documents.standing import require_office_now
from web.identity import current_actor
from web.labels import choices
from web.refusals import field_error, in_words
from web.wiring import close_reading, office
from workflow.documents.records import Secrecy
from workflow.documents.rules import refuse_secret
from workflow.documents.secrecy import refuse_secret as refuse_marked
from workflow.errors import Forbidden, Invalid, WorkflowError

FIRST_YEAR, LAST_YEAR = 1945, 2100


class SheetForm(FlaskForm):
    """The sheet, and the year of its document where the sheet does not say."""

    file = FileField(_("Bảng giao việc (XLSX hoặc CSV)"), [Needed()])
    year = StringField(_("Năm của văn bản, nếu bảng không ghi"))
    secrecy = SelectField(_("Độ mật"), validate_choice=False)


@blueprint.get("/import")
def take_in_form() -> ResponseReturnValue:
    """Show the form that takes a sheet."""
    require_office_now()
    return _page(SheetForm())


@blueprint.post("/import")
def take_in_now() -> ResponseReturnValue:
    """Make a draft of a sheet; a file that can't be one is refused and leaves nothing."""
    require_office_now()
    form: Any = SheetForm()
    try:
        key, rows = _taken(form)
    except Forbidden:
        raise
    except WorkflowError as error:
        if error.code == "secret_document":
            raise
        return _page(_with_reason(form, error)), 422
    flash(
        ngettext("Đã đọc %(num)s dòng thành dự thảo.", "Đã đọc %(num)s dòng thành dự thảo.", rows),
        "success",
    )
    return redirect(url_for("documents.draft", document_id=key), 303)


def _taken(form: Any) -> tuple[int, int]:
    secrecy = form.secrecy.data or Secrecy.NONE.value
    refuse_secret(Secrecy(secrecy) if secrecy in set(Secrecy) else Secrecy.SECRET)
    upload = form.file.data
    if not isinstance(upload, FileStorage) or not upload.filename:
        raise Invalid({"file": "required"})
    year = _year(form.year.data)
    refuse_marked((upload.filename,))
    actor = current_actor()
    close_reading()
    file = open_sheet(upload.stream, upload.filename)  # type: ignore[arg-type]
    with office().writing() as unit:
        taken = take_in(unit, actor, file, year=year)
        return keep(unit, actor, taken), len(taken.draft.clauses)


def _year(text: str | None) -> int | None:
    text = (text or "").strip()
    if not text:
        return None
    is_year = text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR
    if not is_year:
        raise Invalid({"year": "not_a_year"})
    return int(text)


def _with_reason(form: Any, error: WorkflowError) -> Any:
    if isinstance(error, Invalid) and "year" in error.errors:
        form.year.errors = [field_error(error.errors["year"])]
    elif isinstance(error, Invalid) and "file" in error.errors:
        form.file.errors = [field_error(error.errors["file"])]
    else:
        form.file.errors = [in_words(error)]
    return form


def _page(form: Any) -> str:
    form.secrecy.choices = choices("secrecy")
    return render_template(
        "documents/import.html", form=form, max_bytes=office().settings.sheet_bytes
    )
