"""Taking in a task sheet through a page: a file becomes one draft, or a reason why not."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import StringField, TextAreaField

from web.choosing import SelectField
from web.directives.fields import DayField, Needed
from web.documents.blueprint import blueprint
from web.documents.entering import chosen_file, inspected
from web.documents.intake import keep, open_sheet, take_in
from web.documents.placing import FileRefused, place_secrecy
from web.documents.standing import require_office_now
from web.identity import current_actor
from web.labels import choices
from web.refusals import field_error, in_words
from web.wiring import close_reading, office
from workflow.documents.importing import HeadGiven
from workflow.documents.numbers import tidy_reference
from workflow.documents.records import Secrecy
from workflow.documents.rules import refuse_secret
from workflow.documents.secrecy import refuse_secret as refuse_marked
from workflow.errors import Forbidden, Invalid, WorkflowError
from workflow.text import clean_lines

FIELDS = {"file", "year", "subject", "reference", "issued_on"}
FIRST_YEAR, LAST_YEAR = 1945, 2100


class SheetForm(FlaskForm):
    """The sheet, what it does not say of its document, and the document itself."""

    file = FileField(_("Bảng giao việc (XLSX hoặc CSV)"), [Needed()])
    subject = TextAreaField(_("Trích yếu"))
    reference = StringField(_("Số, ký hiệu"))
    issued_on = DayField(_("Ngày ban hành"))
    signed = FileField(_("Văn bản đã ký"))
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
    form = SheetForm()
    try:
        key, rows = _taken(form)
    except Forbidden:
        raise
    except WorkflowError as error:
        status = _place(form, error)
        return _page(form), status
    flash(
        ngettext("Đã đọc %(num)s dòng thành dự thảo.", "Đã đọc %(num)s dòng thành dự thảo.", rows),
        "success",
    )
    return redirect(url_for("documents.draft", document_id=key), 303)


def _taken(form: SheetForm) -> tuple[int, int]:
    secrecy = form.secrecy.data or Secrecy.NONE.value
    refuse_secret(Secrecy(secrecy) if secrecy in set(Secrecy) else Secrecy.SECRET)
    upload = form.file.data
    if not isinstance(upload, FileStorage) or not upload.filename:
        raise Invalid({"file": "required"})
    year, given = _year(form.year.data), _given(form)
    refuse_marked((upload.filename,))
    actor = current_actor()
    close_reading()
    file = open_sheet(upload.stream, upload.filename)
    chosen = chosen_file(form.signed)
    signed = inspected(chosen) if chosen else None
    with office().writing() as unit:
        taken = take_in(unit, actor, file, year=year, given=given)
        key = keep(unit, actor, taken, signed=signed)
        if chosen and signed:
            office().files.keep(signed.sha256, chosen.stream)
    return key, len(taken.draft.clauses)


def _given(form: SheetForm) -> HeadGiven:
    """Return what was typed of the document; Invalid names the day that is none."""
    day = form.issued_on.value
    if isinstance(day, str):
        raise Invalid({"issued_on": "not_a_date"})
    return HeadGiven(
        reference=tidy_reference(form.reference.data or ""),
        issued_on=day,
        subject=clean_lines(form.subject.data or ""),
    )


def _year(text: str | None) -> int | None:
    text = (text or "").strip()
    if not text:
        return None
    is_year = text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR
    if not is_year:
        raise Invalid({"year": "not_a_year"})
    return int(text)


def _place(form: SheetForm, error: WorkflowError) -> int:
    """Put a reason beside what it is about; return the HTTP status."""
    if error.code == "secret_document":
        return place_secrecy(form, error)
    if isinstance(error, FileRefused):
        form.signed.errors = [in_words(error)]
        return 422
    named = error.errors if isinstance(error, Invalid) else {}
    for name in FIELDS & named.keys():
        form[name].errors = [field_error(named[name])]
    if not FIELDS & named.keys():
        form.file.errors = [in_words(error)]
    return 422


def _page(form: SheetForm) -> str:
    form.secrecy.choices = choices("secrecy")
    settings = office().settings
    return render_template(
        "documents/import.html",
        form=form,
        max_bytes=settings.sheet_bytes,
        signed_bytes=settings.upload_bytes,
    )
