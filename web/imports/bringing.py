"""Bringing a file of dossiers: the trial comes first, then the import; long ones as jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from models.imports.queries import (
    job_of,
    taken_in_as,
    taken_in_before,
    upload_of,
    waiting_uploads,
)
from models.jobs.queries import job_by_id, job_by_key
from models.unit import Unit
from web.dossiers.import_words import reason_told
from web.dossiers.opening import open_dossiers
from web.exports.files import CSV_TYPE, attached
from web.guard import admin_only
from web.identity import current_actor
from web.imports.blueprint import blueprint
from web.imports.forms import UploadForm
from web.imports.handing_out import note_handed_out
from web.imports.keeping import brought, name_of
from web.imports.profiles import known_profiles, profile_named
from web.imports.trying import take_in_upload, trial_rejected, try_file
from web.imports.words import detections_told, field_told, violations_told
from web.imports.working import TRIAL, key_of, leave_trial
from web.jobs.importing import IMPORT, import_key, leave_import
from web.placing import place_errors
from web.refusals import in_words
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Actor
from workflow.dossiers.misread import Rejected
from workflow.dossiers.profile_text import read_profile
from workflow.errors import NotFound, Refused, WorkflowError
from workflow.evidence.records import StoredFile
from workflow.imports.records import NewUpload, Upload
from workflow.imports.usecases import ask_to_take_in, bring_file
from workflow.jobs.usecases import try_again

Answer = str | BaseResponse | tuple[str, int]
SMALL = 1_000_000
"""Files up to so many bytes are read within the request; larger ones become a job."""
UPLOAD = "/import/<int(max=2147483647):upload_id>"
SHOWN_WAITING = 10


@blueprint.get("/import")
@admin_only
def new() -> Answer:
    """Show the form, and the files that were brought and wait."""
    form = UploadForm(None, as_of=office().today(), profile=request.args.get("profile"))
    return _form_page(form)


@blueprint.post("/import")
@admin_only
def bring() -> Answer:
    """Keep the file, try it (at once, or as a job), and show what was found."""
    form = UploadForm()
    form.offer(known_profiles())
    if not form.validate():
        return _form_page(form), 422
    try:
        upload = _bring(form)
    except WorkflowError as error:
        status = place_errors(form, error)
        return _form_page(form, lacks=error.code == "columns_missing"), status
    if upload.new.size <= SMALL:
        try_file(office(), upload, _acting())
    return redirect(url_for("imports.upload", upload_id=upload.id))


def _form_page(form: UploadForm, *, lacks: bool = False) -> str:
    """Show the form; where the file `lacks` columns of the profile, with the way to another."""
    form.offer(known_profiles())
    return render_template(
        "imports/new.html",
        form=form,
        lacks=lacks,
        waiting=waiting_uploads(reading_unit().connection, SHOWN_WAITING),
        largest=office().settings.analysis.import_bytes,
    )


def _bring(form: UploadForm) -> Upload:
    file, known = form.file.data, profile_named(str(form.profile.data))
    if not isinstance(file, FileStorage):
        raise Refused("empty_file")
    close_reading()
    name = name_of(file)
    with brought(office(), file.stream) as (path, size):
        opened = open_dossiers(path, read_profile(known.toml), name=name)
    new = NewUpload(
        sha256=opened.seen.sha256,
        size=size,
        file_name=name,
        profile=known.name,
        toml=known.toml,
        as_of=form.as_of.needed_day,
    )
    actor, at = current_actor(), office().clock()
    close_reading()
    with office().writing() as unit:
        key = bring_file(unit.imports, actor, new, at=at)
        upload = Upload(id=key, new=new, account_id=actor.account_id, at=at)
        if size > SMALL:
            leave_trial(unit, upload)
    return upload


def _acting() -> Any:
    """Return who acts, for each transaction of a run within this request."""
    actor: Actor = current_actor()
    close_reading()
    return lambda _unit: actor


def _upload(upload_id: int) -> Upload:
    found = upload_of(reading_unit().connection, upload_id)
    if found is None:
        raise NotFound("upload")
    return found


@blueprint.get(UPLOAD)
@admin_only
def upload(upload_id: int) -> Answer:
    """Show what the trial of a file found, or how far it is; what was taken in is elsewhere."""
    found = _upload(upload_id)
    done = taken_in_as(reading_unit().connection, found)
    if done is not None:
        return redirect(url_for("imports.show", import_id=done))
    return render_template("imports/upload.html", **_told(found))


def _told(found: Upload) -> dict[str, Any]:
    connection = reading_unit().connection
    if found.asked_at:
        key = job_of(connection, IMPORT, import_key(found.new.sha256, found.asked_at))
    else:
        key = job_of(connection, TRIAL, key_of(found))
    running = job_by_id(connection, key) if key is not None else None
    trial: Any = found.trial or {}
    rows = [Rejected(**row) for row in trial.get("first_rejected", [])]
    return {
        "upload": found,
        "trial": found.trial,
        "job": None if found.trouble else running,
        "now": office().clock(),
        "before": taken_in_before(connection, found.new.sha256),
        "rejected": [(row, reason_told(row), field_told(row.field)) for row in rows],
        "trouble": _trouble(found),
        "violations": violations_told(trial.get("violations", {})),
        "off": detections_told(trial.get("detections_off", [])),
    }


def _trouble(found: Upload) -> str:
    return in_words(Refused(found.trouble, **found.trouble_params)) if found.trouble else ""


@blueprint.post(f"{UPLOAD}/rejected.csv")
@admin_only
def tried_rejected(upload_id: int) -> Response:
    """Send the rows that a trial could not read; it is recorded."""
    path = trial_rejected(office(), _upload(upload_id))
    if not path.is_file():
        raise NotFound("upload")
    note_handed_out(f"trial {upload_id}")
    return attached(path.read_bytes(), CSV_TYPE, f"dong-loi-{upload_id}.csv")


@blueprint.post(f"{UPLOAD}/take-in")
@admin_only
def take_in(upload_id: int) -> Answer:
    """Take the file in: a small one at once, a long one as a job that can be left."""
    actor, at = current_actor(), office().clock()
    close_reading()
    with office().writing() as unit:
        asked = ask_to_take_in(unit.imports, actor, upload_id, at=at)
        if asked.new.size > SMALL:
            _leave(unit, actor, asked, at)
    if asked.new.size <= SMALL:
        done = take_in_upload(office(), asked, _acting())
        if done is not None:
            flash(_("Đã nhập xong."), "success")
    return redirect(url_for("imports.upload", upload_id=upload_id))


def _leave(unit: Unit, actor: Actor, upload: Upload, at: datetime) -> None:
    """Leave it to a worker once, whoever asks; what was given up gets a fresh start."""
    new, asked_at = upload.new, upload.asked_at or at
    file = StoredFile(name=new.file_name, media_type="", size=new.size, sha256=new.sha256)
    key = leave_import(unit, actor, file, new.toml, as_of=new.as_of, at=asked_at)
    job = job_by_key(unit.connection, key)
    if job is not None and job.is_dead:
        try_again(unit.jobs, actor, job.id, at=at)
