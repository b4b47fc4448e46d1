"""Profiles: the list, the versions of one, and the page that builds and tries one on a file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import HiddenField
from wtforms.validators import InputRequired

from models.imports.queries import versions_of
from web.dossiers.shipped import shipped_profiles
from web.errors import status_of
from web.guard import admin_only
from web.identity import current_actor
from web.imports.blueprint import blueprint
from web.imports.composing import ABSENT, composed, words_of
from web.imports.keeping import brought, kept_file, name_of
from web.imports.profiles import KnownProfile, known_profiles, profile_named
from web.imports.sampling import Dress, Reading, dress_of, first_cells, headings_of, reading_of
from web.imports.troubles import Trouble, troubles_of
from web.imports.words import (
    COLUMN_FIELDS,
    STEP_FIELDS,
    delimiter_words,
    detections_told,
    field_told,
)
from web.placing import place_errors
from web.refusals import FIELD_ERRORS
from web.uploads.tables import look_at
from web.wiring import close_reading, office, reading_unit
from workflow.documents.secrecy import refuse_secret
from workflow.documents.secret_names import refuse_secret_name
from workflow.dossiers.fields import REQUIRED
from workflow.dossiers.profile_text import DELIMITERS, ENCODINGS, read_profile
from workflow.errors import NotFound, WorkflowError
from workflow.imports.usecases import save_profile

Answer = str | Response | tuple[str, int]
BUILT_FROM = "one_stop"
LONGEST = 20_000
NAMELESS = "-"


class SampleForm(FlaskForm):
    """A file on whose first rows a profile is built; `base` is what it starts from."""

    file = FileField(_("Tệp mẫu (CSV hoặc XLSX)"), [InputRequired(FIELD_ERRORS["required"])])
    base = HiddenField()


@blueprint.get("/profiles")
@admin_only
def profiles() -> str:
    """List the profiles: those that are shipped, and one's own."""
    return render_template("imports/profiles.html", profiles=known_profiles())


@blueprint.get("/profiles/<name>")
@admin_only
def profile(name: str) -> str:
    """Show one profile as its text, and the versions it had."""
    known = profile_named(name)
    versions = versions_of(reading_unit().connection, name)
    return render_template("imports/profile.html", known=known, versions=versions)


@blueprint.get("/profiles/build")
@admin_only
def build() -> Answer:
    """Show the builder: a sample first, then its columns and how its rows are read."""
    base = request.args.get("from", BUILT_FROM)
    known = profile_named(base)
    sample = _sample(request.args.get("sample", ""))
    if sample is None:
        form = SampleForm(None, base=base)
        return render_template("imports/sample.html", form=form, known=known)
    seems = dress_of(sample)
    headings = headings_of(sample, _chosen() or seems)
    return _builder(known, sample, headings, _first_said(known, headings, seems))


def _first_said(known: KnownProfile, headings: list[str], seems: Dress) -> dict[str, str]:
    """Return what the form says before anybody typed: the profile's words, the sample's dress."""
    chosen = _chosen()
    said = words_of(tomllib.loads(known.toml), headings)
    said["encoding"] = (chosen or seems).encoding
    if chosen or said["delimiter"] != seems.delimiter:
        said["delimiter"] = chosen.delimiter if chosen else ""
    if known.version == 0:
        said |= {"name": "", "title": ""}
    return said


@blueprint.post("/profiles/sample")
@admin_only
def bring_sample() -> Answer:
    """Keep a sample and go on to the builder with it."""
    form = SampleForm()
    base = str(form.base.data or BUILT_FROM)
    known = profile_named(base)
    if not form.validate() or not isinstance(form.file.data, FileStorage):
        return render_template("imports/sample.html", form=form, known=known), 422
    try:
        with brought(office(), form.file.data.stream) as (path, _size):
            refuse_secret_name(name_of(form.file.data))
            refuse_secret(first_cells(path))
    except WorkflowError as error:
        status = place_errors(form, error)
        return render_template("imports/sample.html", form=form, known=known), status
    address: dict[str, Any] = {"from": base, "sample": path.name}
    return redirect(url_for("imports.build", **address))


@blueprint.post("/profiles/reading")
@admin_only
def read_sample() -> str:
    """Say how the first rows are read by what the form says now."""
    said, base, sample = _posted()
    return render_template("imports/reading.html", **_tried(base.toml, said, sample))


@blueprint.post("/profiles/build")
@admin_only
def save() -> Answer:
    """Keep what the form says as the next version of the profile."""
    said, base, sample = _posted()
    dress = Dress(encoding=said.get("encoding", ""), delimiter=said.get("delimiter", ""))
    toml, headings = composed(base.toml, said), headings_of(sample, dress)
    actor, at = current_actor(), office().clock()
    close_reading()
    try:
        with office().writing() as unit:
            kept = save_profile(unit.imports, actor, toml, shipped=shipped_profiles(), at=at)
    except WorkflowError as error:
        told = troubles_of(error)
        return _builder(base, sample, headings, said, told), status_of(error)
    flash(_("Đã lưu cấu hình nhập."), "success")
    return redirect(url_for("imports.profile", name=kept.name))


def _chosen() -> Dress | None:
    """Return how the sample is to be read by who looked at it; None at a first look."""
    if "encoding" not in request.args:
        return None
    encoding, delimiter = request.args["encoding"], request.args.get("delimiter", "")
    return Dress(
        encoding=encoding if encoding in ENCODINGS else "",
        delimiter=delimiter if delimiter in DELIMITERS else "",
    )


def _posted() -> tuple[dict[str, str], Any, Path]:
    said = {name: value[:LONGEST] for name, value in request.form.items()}
    sample = _sample(said.get("sample", ""))
    if sample is None:
        raise NotFound("upload")
    return said, profile_named(said.get("base") or BUILT_FROM), sample


def _sample(digest: str) -> Path | None:
    return kept_file(office(), digest) if digest else None


def _tried(base: str, said: dict[str, str], sample: Path) -> dict[str, Any]:
    """Read the first rows; a profile that has no name yet is read all the same."""
    reading, troubles = Reading(), tuple[Trouble, ...]()
    toml = composed(base, said)
    nameless = {name: said.get(name, "").strip() or NAMELESS for name in ("name", "source")}
    try:
        reading = reading_of(sample, read_profile(composed(base, said | nameless)))
    except WorkflowError as error:
        troubles = troubles_of(error)
    return {
        "reading": reading,
        "troubles": troubles,
        "off": detections_told(reading.off),
        "toml": toml,
    }


def _builder(
    base: KnownProfile,
    sample: Path,
    headings: list[str],
    said: dict[str, str],
    refused: tuple[Trouble, ...] = (),
) -> str:
    tried = _tried(base.toml, said, sample)
    if refused:
        tried["troubles"] = refused
    return render_template(
        "imports/build.html",
        base=base.name,
        sample=sample.name,
        headings=headings,
        encodings=ENCODINGS,
        delimiters=[(mark, delimiter_words(mark)) for mark in DELIMITERS],
        seems=delimiter_words(dress_of(sample).delimiter),
        is_text=not look_at(sample).is_workbook,
        said=said,
        absent=ABSENT,
        columns=[(name, field_told(name), name in REQUIRED) for name in COLUMN_FIELDS],
        steps=[(name, field_told(f"steps.{name}")) for name in STEP_FIELDS],
        wrong={one.field: one.words for one in refused if one.field},
        **tried,
    )
