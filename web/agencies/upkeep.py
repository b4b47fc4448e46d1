"""The admin's pages that add an agency, correct, rename or end it."""

from __future__ import annotations

from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from models.agencies.page import AgencyFile, open_agency
from models.agencies.queries import agency_choices
from models.unit import Unit
from web.agencies.blueprint import blueprint
from web.agencies.forms import (
    AgainForm,
    AgencyForm,
    ChangeAgencyForm,
    EndForm,
    HandoverForm,
    RenameForm,
)
from web.guard import admin_only
from web.identity import current_actor
from web.placing import tried
from web.wiring import office, reading_unit
from workflow.agencies.records import Handover, SuccessionKind
from workflow.agencies.successions import hand_over
from workflow.agencies.usecases import (
    add_agency,
    change_agency,
    end_agency,
    rename_agency,
    stands_again,
)
from workflow.days import local_day
from workflow.directives.succeeding import move_open_work
from workflow.escalation.succeeding import counted_anew

Answer = str | Response | tuple[str, int]
Form = TypeVar("Form", AgencyForm, ChangeAgencyForm, HandoverForm)


def find(code: str) -> AgencyFile:
    """Return an agency's file as of today; NotFound when unknown."""
    return open_agency(reading_unit().connection, code, office().today())


def done(code: str, words: str) -> Response:
    """Say what was done and go back to the agency's page."""
    flash(words, "success")
    return redirect(url_for("agencies.show", code=code), 303)


def page(name: str, form: FlaskForm, file: AgencyFile) -> str:
    """Return a form page about one agency."""
    return render_template(f"agencies/{name}.html", form=form, file=file, agency=file.agency)


def offered(form: Form) -> Form:
    """Return the form with every agency to choose from."""
    form.offer(agency_choices(reading_unit().connection))
    return form


@blueprint.get("/agencies/new")
@admin_only
def add() -> Answer:
    """Show the form for a new agency."""
    form = offered(AgencyForm())
    form.valid_from.data = office().today()
    return render_template("agencies/new.html", form=form)


@blueprint.post("/agencies/new")
@admin_only
def take_new() -> Answer:
    """Add an agency."""
    form, actor, at = offered(AgencyForm()), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        add_agency(unit.agencies, unit.history, actor, form.facts(), at=at)

    refused = tried(form, lambda: render_template("agencies/new.html", form=form), act)
    return refused or done(str(form.code.data).strip(), _("Đã thêm cơ quan."))


@blueprint.get("/agencies/<code>/edit")
@admin_only
def edit(code: str) -> Answer:
    """Show the form that corrects an agency."""
    file = find(code)
    agency = file.agency
    form = ChangeAgencyForm(
        name=agency.name,
        code=agency.code,
        tier=agency.tier.value,
        parent_id=str(agency.parent_id or ""),
        valid_from=agency.valid_from,
        valid_to=agency.valid_to,
        gso_code=file.gso_code,
        is_office=agency.is_office,
    )
    return page("edit", offered(form), file)


@blueprint.post("/agencies/<code>/edit")
@admin_only
def take_edit(code: str) -> Answer:
    """Correct an agency."""
    form, file = offered(ChangeAgencyForm()), find(code)
    actor, at = current_actor(), office().clock()

    def act(unit: Unit) -> None:
        key, facts, reason = file.agency.id, form.facts(), form.reason.data or ""
        with counted_anew(unit.escalation, actor, at=at):
            change_agency(unit.agencies, unit.history, actor, key, facts, reason=reason, at=at)

    refused = tried(form, lambda: page("edit", form, file), act)
    return refused or done(str(form.code.data).strip(), _("Đã lưu."))


@blueprint.get("/agencies/<code>/rename")
@admin_only
def rename(code: str) -> Answer:
    """Show the form for a new name."""
    return page("rename", RenameForm(on=office().today()), find(code))


@blueprint.post("/agencies/<code>/rename")
@admin_only
def take_rename(code: str) -> Answer:
    """Give an agency a new name; the old one stays by period."""
    form, file, actor, at = RenameForm(), find(code), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        key, on = file.agency.id, form.on.needed_day
        said = {"name": form.name.data or "", "act": form.act.data or ""}
        rename_agency(unit.agencies, unit.history, actor, key, **said, on=on, at=at)

    refused = tried(form, lambda: page("rename", form, file), act)
    return refused or done(code, _("Đã đổi tên; tên cũ vẫn giữ theo thời gian."))


@blueprint.get("/agencies/<code>/end")
@admin_only
def end(code: str) -> Answer:
    """Ask by which act an agency ends, and when."""
    return page("end", EndForm(), find(code))


@blueprint.post("/agencies/<code>/end")
@admin_only
def take_end(code: str) -> Answer:
    """Let an agency end."""
    form, file, actor, at = EndForm(), find(code), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        key, last, paper = file.agency.id, form.last_day.needed_day, form.act.data or ""
        with counted_anew(unit.escalation, actor, at=at):
            end_agency(unit.agencies, unit.history, actor, key, last_day=last, act=paper, at=at)

    refused = tried(form, lambda: page("end", form, file), act)
    return refused or done(code, _("Đã ghi ngày chấm dứt hoạt động."))


@blueprint.get("/agencies/<code>/again")
@admin_only
def again(code: str) -> Answer:
    """Ask why an end is taken back."""
    return page("again", AgainForm(), find(code))


@blueprint.post("/agencies/<code>/again")
@admin_only
def take_again(code: str) -> Answer:
    """Take back an end entered by mistake."""
    form, file, actor, at = AgainForm(), find(code), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        reason = form.reason.data or ""
        with counted_anew(unit.escalation, actor, at=at):
            stands_again(unit.agencies, unit.history, actor, file.agency.id, reason=reason, at=at)

    refused = tried(form, lambda: page("again", form, file), act)
    return refused or done(code, _("Cơ quan hoạt động trở lại."))


@blueprint.get("/agencies/<code>/hand-over")
@admin_only
def handover(code: str) -> Answer:
    """Show the form for agencies going over into others."""
    file = find(code)
    return page("hand_over", offered(HandoverForm(predecessors=[str(file.agency.id)])), file)


@blueprint.post("/agencies/<code>/hand-over")
@admin_only
def take_handover(code: str) -> Answer:
    """Record that agencies went over into others."""
    form, file, actor, at = offered(HandoverForm()), find(code), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        """What has not begun yet moves in the night before its day."""
        with counted_anew(unit.escalation, actor, at=at):
            hand_over(unit.agencies, unit.history, actor, _handover(form), at=at)
            move_open_work(unit.directives, actor, local_day(at), at=at)

    refused = tried(form, lambda: page("hand_over", form, file), act)
    return refused or done(code, _("Đã ghi việc chuyển giao."))


def _handover(form: HandoverForm) -> Handover:
    return Handover(
        predecessor_ids=form.predecessors.agency_ids,
        successor_ids=form.successors.agency_ids,
        kind=SuccessionKind(form.kind.data),
        act=form.act.data or "",
        on=form.on.needed_day,
        takes_over=form.takes_over.data or "",
        predecessors_end=bool(form.predecessors_end.data),
    )
