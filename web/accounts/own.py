"""One's own account: what one is, where one is signed in, a new password."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.accounts.queries import open_sessions, person
from models.accounts.signing import token_hash
from web.accounts.blueprint import blueprint
from web.accounts.forms import PasswordForm
from web.identity import (
    address,
    browser,
    current_actor,
    new_token,
    oldest_session,
    passwords,
    session_token,
    signed_in_person,
    start_session,
)
from web.placing import place_errors
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.signing import begin_sign_in, weigh
from workflow.accounts.strength import check_password
from workflow.accounts.usecases import change_own_password
from workflow.errors import Invalid, Refused, WorkflowError

Answer = str | Response | tuple[str, int]


@blueprint.get("/account")
def mine() -> Answer:
    """Show one's own account."""
    found = signed_in_person()
    sessions = open_sessions(reading_unit().connection, found.id, oldest_session())
    here = token_hash(session_token())
    return render_template("accounts/mine.html", person=found, sessions=sessions, here=here)


@blueprint.get("/account/password")
def change_password() -> Answer:
    """Show the form for a new password."""
    return render_template("accounts/password.html", form=PasswordForm())


@blueprint.post("/account/password")
def take_password() -> Answer:
    """Change one's own password; every other session ends. Who had to goes on to their work."""
    form, had_to = PasswordForm(), signed_in_person().must_change_password
    if not form.validate():
        return render_template("accounts/password.html", form=form), 422
    try:
        _change_password(form.password.data, form.new_password.data)
    except WorkflowError as error:
        status = place_errors(form, error)
        return render_template("accounts/password.html", form=form), status
    flash(_("Đã đổi mật khẩu. Mọi phiên khác đã kết thúc."), "success")
    return redirect(url_for("home.index" if had_to else "accounts.mine"), 303)


def _change_password(old: str, new: str) -> None:
    actor, login = current_actor(), signed_in_person().login
    close_reading()
    at = office().clock()
    with office().writing() as unit:
        attempt = begin_sign_in(unit.accounts, login, address(), at=at)
    if weigh(attempt, old, passwords()) is None:
        raise Invalid({"password": "password_wrong"})
    check_password(new, login=login, name=actor.name)
    if new == old:
        raise Invalid({"new_password": "password_same"})
    hashed, token = passwords().hash(new), new_token()
    with office().writing() as unit:
        unit.accounts.mark_succeeded(attempt.id)
        change_own_password(unit.accounts, actor, hashed, at=at)
        unit.accounts.open_session(token, actor.account_id, at, address(), browser())
        found = person(unit.connection, actor.account_id)
    if found is None:
        raise Refused("conflict")
    start_session(found, token)
