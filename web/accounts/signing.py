"""Signing in and out, the language, and the role one acts in."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user
from werkzeug.wrappers import Response

from models.accounts.queries import Seat, person
from web.accounts.blueprint import blueprint
from web.accounts.forms import SignInForm
from web.context import LOCALES, seat_value
from web.guard import public
from web.identity import (
    SEAT,
    address,
    browser,
    end_session,
    new_token,
    passwords,
    renew_session,
    seat_key,
    seats,
    session_token,
    signed_in_person,
    start_session,
)
from web.placing import place_errors
from web.returning import local_path
from web.speech import gettext as say
from web.wiring import close_reading, office
from workflow.accounts.records import Account
from workflow.accounts.rules import by_address
from workflow.accounts.signing import begin_sign_in, finish_sign_in, weigh
from workflow.errors import Refused

Answer = str | Response | tuple[str, int]
TOO_MANY = 429


@blueprint.get("/sign-in")
@public
def sign_in() -> Answer:
    """Show the sign-in form."""
    if current_user.is_authenticated:
        return redirect(local_path(request.args.get("next")))
    form = SignInForm()
    form.next.data = local_path(request.args.get("next"), "")
    return render_template("accounts/sign_in.html", form=form)


@blueprint.post("/sign-in")
@public
def take_sign_in() -> Answer:
    """Sign a person in, or say that name and password do not go together."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422
    close_reading()
    try:
        account = _sign_in(form.login.data, form.password.data)
    except Refused as error:
        place_errors(form, error)
        return render_template("accounts/sign_in.html", form=form), TOO_MANY
    if account is None:
        place_errors(form, Refused("sign_in_wrong"))
        return render_template("accounts/sign_in.html", form=form), 422
    return redirect(local_path(form.next.data), 303)


def _sign_in(login: str, password: str) -> Account | None:
    with office().writing() as unit:
        lock = by_address(office().settings.sign_in_failures_per_address)
        attempt = begin_sign_in(
            unit.accounts, login, address(), at=office().clock(), address_lock=lock
        )
    account = weigh(attempt, password, passwords())
    if account is None:
        return None
    token = new_token()
    with office().writing() as unit:
        finish_sign_in(
            unit.accounts,
            attempt,
            password,
            passwords(),
            token=token,
            address=address(),
            browser=browser(),
            at=office().clock(),
        )
        found = person(unit.connection, account.id)
    if found is None or found.session_epoch != account.session_epoch:
        return None
    start_session(found, token)
    return account


@blueprint.post("/sign-out")
def sign_out() -> Answer:
    """End the session here and on the server."""
    close_reading()
    token = end_session()
    with office().writing() as unit:
        unit.accounts.close_session(token, office().clock())
    flash(_("Đã đăng xuất."), "info")
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.post("/language")
@public
def language() -> Answer:
    """Change the language, for good when somebody is signed in."""
    chosen = request.form.get("language", "")
    if chosen not in LOCALES:
        abort(400)
    session["locale"] = chosen
    refresh()
    if current_user.is_authenticated:
        account_id = signed_in_person().id
        close_reading()
        with office().writing() as unit:
            unit.accounts.change_account(account_id, {"locale": chosen})
    return redirect(local_path(request.form.get("next")), 303)


@blueprint.post("/acting")
def acting() -> Answer:
    """Act in another role from here on, under a new session token."""
    chosen = request.form.get("acting", "")
    seat = next((s for s in seats() if seat_value(s) == chosen), None)
    if seat is None:
        abort(404)
    token = new_token()
    close_reading()
    with office().writing() as unit:
        unit.accounts.change_token(session_token(), token)
    renew_session(token)
    session[SEAT] = seat_key(seat)
    flash(_acting_told(seat), "info")
    return redirect(local_path(request.form.get("next")), 303)


def _acting_told(seat: Seat) -> str:
    if seat.stands_for is None:
        return say("Đang làm việc với tư cách của %(agency)s.", agency=seat.agency_name)
    return say(
        "Đang làm thay %(name)s ở %(agency)s.", name=seat.stands_for.name, agency=seat.agency_name
    )
