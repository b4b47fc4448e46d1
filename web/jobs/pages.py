"""The status of the system: what ran when, what waits, what was given up; a job's progress."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.jobs.queries import SHOWN, JobLine, job_by_id, runs_of
from models.jobs.status import NightStatus, status_of
from web.addresses import asked_key
from web.guard import admin_only
from web.identity import current_actor, signed_in_person
from web.jobs.nightly import STEPS
from web.jobs.sweeping import NIGHT
from web.jobs.words import figures_told, kind_told, took_told, trouble_told
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Role
from workflow.errors import NotFound
from workflow.jobs.records import JobState, Run
from workflow.jobs.rules import SILENT_AFTER, night_due
from workflow.jobs.usecases import try_again

blueprint = Blueprint("jobs", __name__)
blueprint.add_app_template_filter(kind_told, "kind_told")
blueprint.add_app_template_filter(trouble_told, "trouble_told")
Answer = str | Response | tuple[str, int]
JOB = "/jobs/<int(max=2147483647):job_id>"


@blueprint.get("/status")
@admin_only
def status() -> Answer:
    """Show what ran when, the queue, and what was given up."""
    now = office().clock()
    found = status_of(reading_unit().connection, _expected())
    night = [f"{NIGHT}.{step.name}" for step in STEPS]
    others = [kind for kind in found.runs if kind not in night and kind != NIGHT]
    silent = found.tick is None or now - found.tick > SILENT_AFTER
    return render_template(
        "jobs/status.html",
        status=found,
        night=[_line(kind, found.runs.get(kind), found.night) for kind in (NIGHT, *night)],
        others=[_line(kind, found.runs.get(kind)) for kind in others],
        silent=silent,
        anchor_file=office().settings.anchor_file,
        now=now,
    )


def _expected() -> date:
    return night_due(office().clock(), office().settings.background.jobs.sweep_at)


def _line(kind: str, run: Run | None, night: NightStatus | None = None) -> dict[str, object]:
    """One kind of work: its last run, and since when it is missing."""
    missing = night is not None and (run is None or run.day < night.expected)
    return {
        "kind": kind,
        "run": run,
        "missing": missing,
        "took": took_told(run.ended_at - run.started_at) if run else "",
        "did": figures_told(run.figures) if run else "",
    }


@blueprint.get("/status/<kind>")
@admin_only
def runs(kind: str) -> Answer:
    """Show every run of one kind of work, newest first."""
    before = asked_key("before")
    found = runs_of(reading_unit().connection, kind, before=before, limit=SHOWN + 1)
    if not found and before is None:
        raise NotFound
    lines = [_line(kind, run) for run in found[:SHOWN]]
    older = found[SHOWN - 1].id if len(found) > SHOWN else None
    return render_template("jobs/runs.html", kind=kind, lines=lines, older=older)


@blueprint.app_template_global()
def missing_since() -> date | None:
    """Return the last swept night to the admin, who can mend it, when a later one is missing."""
    if current_actor().role is not Role.ADMIN:
        return None
    last = signed_in_person().last_night
    return last if last is not None and last < _expected() else None


@blueprint.post(f"{JOB}/again")
@admin_only
def again(job_id: int) -> Answer:
    """Give a job that was given up a fresh start."""
    actor, now = current_actor(), office().clock()
    close_reading()
    with office().writing() as unit:
        try_again(unit.jobs, actor, job_id, at=now)
    office().call_worker()
    flash(_("Việc này sẽ được làm lại ngay."), "success")
    return redirect(url_for("jobs.status", _anchor="dead"), 303)


@blueprint.get(JOB)
def show(job_id: int) -> Answer:
    """Show one's own job: how far it is, or how it ended."""
    return render_template("jobs/show.html", job=own_job(job_id), now=office().clock())


@blueprint.get(f"{JOB}/progress")
def progress(job_id: int) -> Answer:
    """Show how far one's own job is; asked again and again while it runs."""
    job = own_job(job_id)
    ended = job.state is not JobState.READY
    text = render_template("jobs/progress_part.html", job=job, now=office().clock())
    answer = Response(text)
    if ended and request.headers.get("HX-Request"):
        answer.headers["HX-Refresh"] = "true"
    return answer


def own_job(job_id: int) -> JobLine:
    """Return a job to who asked for it, and to the admin; NotFound to everybody else."""
    actor = current_actor()
    found = job_by_id(reading_unit().connection, job_id)
    if found is None or not (actor.role is Role.ADMIN or found.account_id == actor.account_id):
        raise NotFound
    return found
