"""The admin's pages of what a person may do: roles, sessions, passwords, closing."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.accounts.queries import Person, Seat
from models.agencies.queries import agency_choices
from web.accounts.blueprint import blueprint
from web.accounts.forms import CloseForm, EndRoleForm, RoleForm
from web.accounts.people import find_person, one_time_password, show_password
from web.guard import admin_only
from web.identity import current_actor, passwords
from web.placing import place_errors
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Membership, Role
from workflow.accounts.roles import end_role, give_role
from workflow.accounts.usecases import (
    close_account,
    end_sessions,
    reopen_account,
    reset_password,
    unlock_account,
)
from workflow.errors import NotFound, WorkflowError

Answer = str | Response | tuple[str, int]


def _back(account_id: int) -> Response:
    return redirect(url_for("accounts.show", account_id=account_id), 303)


def _role_form() -> RoleForm:
    form = RoleForm()
    form.offer(agency_choices(reading_unit().connection))
    return form


@blueprint.get("/accounts/<int(max=2147483647):account_id>/roles/new")
@admin_only
def add_role(account_id: int) -> Answer:
    """Show the form for a new role."""
    form = _role_form()
    form.valid_from.data = office().today()
    return render_template("accounts/role.html", form=form, person=find_person(account_id))


@blueprint.post("/accounts/<int(max=2147483647):account_id>/roles/new")
@admin_only
def take_role(account_id: int) -> Answer:
    """Give a role."""
    form, found, actor = _role_form(), find_person(account_id), current_actor()
    if not form.validate():
        return render_template("accounts/role.html", form=form, person=found), 422
    close_reading()
    try:
        with office().writing() as unit:
            give_role(unit.accounts, actor, account_id, _membership(form), at=office().clock())
    except WorkflowError as error:
        status = place_errors(form, error)
        return render_template("accounts/role.html", form=form, person=found), status
    flash(_("Đã giao vai trò."), "success")
    return _back(account_id)


def _membership(form: RoleForm) -> Membership:
    return Membership(
        role=Role(form.role.data),
        agency_id=form.agency_id.agency_id or 0,
        valid_from=form.valid_from.needed_day,
        valid_to=form.valid_to.day,
    )


def role_key(membership: Membership) -> str:
    """Return the name of a role in an address: `office.7.2021-01-01`."""
    return f"{membership.role}.{membership.agency_id}.{membership.valid_from}"


def _seat(found: Person, key: str) -> Seat:
    seat = next((s for s in found.seats if role_key(s.membership) == key), None)
    if seat is None:
        raise NotFound("role")
    return seat


@blueprint.get("/accounts/<int(max=2147483647):account_id>/roles/<key>/end")
@admin_only
def finish_role(account_id: int, key: str) -> Answer:
    """Ask for the last day of a role."""
    found = find_person(account_id)
    form = EndRoleForm(last_day=_suggested_end(_seat(found, key).membership))
    return render_template(
        "accounts/end_role.html", form=form, person=found, seat=_seat(found, key)
    )


def _suggested_end(role: Membership) -> date:
    return max(role.valid_from, office().today() - timedelta(days=1))


@blueprint.post("/accounts/<int(max=2147483647):account_id>/roles/<key>/end")
@admin_only
def take_end_of_role(account_id: int, key: str) -> Answer:
    """End a role."""
    form, found, actor = EndRoleForm(), find_person(account_id), current_actor()
    seat, page = _seat(found, key), "accounts/end_role.html"
    if not form.validate():
        return render_template(page, form=form, person=found, seat=seat), 422
    close_reading()
    role, day, at = seat.membership, form.last_day.needed_day, office().clock()
    try:
        with office().writing() as unit:
            end_role(unit.accounts, actor, account_id, role, last_day=day, at=at)
    except WorkflowError as error:
        status = place_errors(form, error)
        return render_template(page, form=form, person=found, seat=seat), status
    flash(_("Đã kết thúc vai trò; các phiên đăng nhập của người này cũng kết thúc."), "success")
    return _back(account_id)


@blueprint.get("/accounts/<int(max=2147483647):account_id>/close")
@admin_only
def close(account_id: int) -> Answer:
    """Ask why an account is closed."""
    return render_template("accounts/close.html", form=CloseForm(), person=find_person(account_id))


@blueprint.post("/accounts/<int(max=2147483647):account_id>/close")
@admin_only
def take_close(account_id: int) -> Answer:
    """Close an account."""
    form, found, actor = CloseForm(), find_person(account_id), current_actor()
    if not form.validate():
        return render_template("accounts/close.html", form=form, person=found), 422
    close_reading()
    reason, at = form.reason.data, office().clock()
    try:
        with office().writing() as unit:
            close_account(unit.accounts, actor, account_id, reason=reason, at=at)
    except WorkflowError as error:
        status = place_errors(form, error)
        return render_template("accounts/close.html", form=form, person=found), status
    flash(_("Đã ngừng tài khoản."), "success")
    return _back(account_id)


@blueprint.post("/accounts/<int(max=2147483647):account_id>/reopen")
@admin_only
def take_reopen(account_id: int) -> Answer:
    """Open a closed account again."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        reopen_account(unit.accounts, actor, account_id, at=office().clock())
    flash(_("Tài khoản hoạt động trở lại."), "success")
    return _back(account_id)


@blueprint.post("/accounts/<int(max=2147483647):account_id>/unlock")
@admin_only
def take_unlock(account_id: int) -> Answer:
    """Forget the failed sign-ins of an account."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        unlock_account(unit.accounts, actor, account_id, at=office().clock())
    flash(_("Đã mở khóa đăng nhập."), "success")
    return _back(account_id)


@blueprint.post("/accounts/<int(max=2147483647):account_id>/sessions")
@admin_only
def take_end_of_sessions(account_id: int) -> Answer:
    """Sign somebody out everywhere."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        end_sessions(unit.accounts, actor, account_id, at=office().clock())
    flash(_("Đã kết thúc mọi phiên đăng nhập."), "success")
    return _back(account_id)


@blueprint.post("/accounts/<int(max=2147483647):account_id>/password")
@admin_only
def take_reset(account_id: int) -> Answer:
    """Set a one-time password for somebody and show it, once."""
    actor, password = current_actor(), one_time_password()
    close_reading()
    hashed = passwords().hash(password)
    with office().writing() as unit:
        reset_password(unit.accounts, actor, account_id, hashed, at=office().clock())
    return show_password(account_id, password, _("Đã đặt lại mật khẩu"))
