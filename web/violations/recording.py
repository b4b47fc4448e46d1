"""Entering a violation by hand."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from models.agencies.queries import agency_choices
from models.unit import Unit
from web.acts import Answer
from web.dossiers.fields import fields_known
from web.identity import current_actor
from web.placing import place_errors
from web.speech import gettext as _
from web.uploads.kept import UnfitFile, keep_uploads
from web.violations.doors import may_record
from web.violations.forms import RecordForm, chosen
from web.wiring import close_reading, office, reading_unit
from workflow.errors import Forbidden, WorkflowError
from workflow.evidence.records import StoredFile
from workflow.violations.recording import record
from workflow.violations.records import Violation
from workflow.violations.standing import ViolationStanding

PREFILLED = ("type", "source", "dossier_code", "field_text", "procedure_code", "officer")


def show_form() -> Answer:
    """Show the form, filled with what an address brings (from a dossier's page, say)."""
    _require()
    form = _offered()
    for name in PREFILLED:
        if value := request.args.get(name, ""):
            form[name].data = value[:500]
    if code := request.args.get("agency", ""):
        agency = reading_unit().agencies.agency_by_code(code)
        form.agency.data = str(agency.id) if agency else ""
    form.occurred_on.data = office().today()
    return _render(form)


def take() -> Answer:
    """Enter the violation and go to its page; else the form again, with all that was typed."""
    _require()
    form = _offered()
    if not form.validate():
        return _render(form), 422
    close_reading()
    try:
        files = keep_uploads(chosen(form.files))
        with office().writing() as unit:
            added = _record(unit, form, files)
    except (WorkflowError, UnfitFile) as error:
        status = place_errors(form, error)
        return _render(form), status
    flash(_("Đã ghi nhận vi phạm %(number)s.", number=added.number), "success")
    return redirect(url_for("violations.show", violation_id=added.id), 303)


def _record(unit: Unit, form: RecordForm, files: tuple[StoredFile, ...]) -> Violation:
    at = office().clock()
    return record(unit.violations, current_actor(), form.reported(), files=files, at=at)


def _require() -> None:
    if not may_record(current_actor(), office().today()):
        raise Forbidden("not_yours", who=[ViolationStanding.ASSESSOR])


def _offered() -> RecordForm:
    form = RecordForm()
    form.offer(agency_choices(reading_unit().connection))
    return form


def _render(form: RecordForm) -> str:
    return render_template(
        "violations/new.html",
        form=form,
        fields=[name for name, _words in fields_known()],
        lost_files=[one.filename for one in chosen(form.files)],
        max_bytes=office().settings.upload_bytes,
    )
