"""The admin's pages of people: the list, one person, a new one."""

from __future__ import annotations

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.accounts.people import PeopleFilter, PeoplePage, locks_of, people
from models.accounts.queries import Person, open_sessions, person
from models.agencies.queries import agency_choices
from models.history.queries import entries_about
from models.unit import Unit
from web.accounts.blueprint import blueprint
from web.accounts.forms import AccountForm, DetailsForm, PeopleFilterForm
from web.addresses import asked_key, filter_parts, page_links
from web.checked import words_of
from web.guard import admin_only
from web.history.naming import told_by_name
from web.identity import current_actor, oldest_session, passwords
from web.placing import place_errors, tried
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Actor, Role
from workflow.accounts.usecases import change_details, open_account
from workflow.errors import NotFound, WorkflowError
from workflow.history.records import Subject

Answer = str | Response | tuple[str, int]
CLEAR_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and figures that nobody mistakes on paper or over the telephone."""


def one_time_password() -> str:
    """Return a password to hand over once: three groups of five clear signs."""
    groups = ("".join(secrets.choice(CLEAR_SIGNS) for _place in range(5)) for _group in range(3))
    return "-".join(groups)


@blueprint.get("/accounts/")
@admin_only
def index() -> Answer:
    """Show the list of people."""
    form = PeopleFilterForm(request.args)
    form.offer(agency_choices(reading_unit().connection, office().today()))
    form.validate()
    found = _found(form)
    links = page_links(found.before, found.after)
    return render_template(
        "accounts/index.html", form=form, page=found, parts=filter_parts(form), links=links
    )


def _found(form: PeopleFilterForm) -> PeoplePage:
    return people(
        reading_unit().connection,
        _asked(form),
        at=office().clock(),
        day=office().today(),
        before=asked_key("before"),
        after=asked_key("after"),
    )


def _asked(form: PeopleFilterForm) -> PeopleFilter:
    role = words_of(form.role)
    return PeopleFilter(
        words="" if form.q.errors else words_of(form.q),
        role=Role(role) if role and not form.role.errors else None,
        agency_id=None if form.agency.errors else form.agency.agency_id,
        standing="" if form.standing.errors else words_of(form.standing),
    )


@blueprint.get("/accounts/new")
@admin_only
def add() -> Answer:
    """Show the form for a new account."""
    return render_template("accounts/new.html", form=AccountForm())


@blueprint.post("/accounts/new")
@admin_only
def take_new() -> Answer:
    """Make an account and show its one-time password, once."""
    form = AccountForm()
    if not form.validate():
        return render_template("accounts/new.html", form=form), 422
    password = one_time_password()
    try:
        account_id = _opened(form, current_actor(), password)
    except WorkflowError as error:
        status = place_errors(form, error)
        return render_template("accounts/new.html", form=form), status
    return show_password(account_id, password, _("Đã tạo tài khoản"))


def _opened(form: AccountForm, actor: Actor, password: str) -> int:
    """Open the account; its password is hashed before anything is held."""
    close_reading()
    hashed = passwords().hash(password)
    with office().writing() as unit:
        return open_account(
            unit.accounts,
            actor,
            login=form.login.data,
            name=form.name.data,
            email=form.email.data,
            password_hash=hashed,
            at=office().clock(),
        )


def show_password(account_id: int, password: str, title: str) -> Answer:
    """Show a one-time password in the answer itself: it is kept nowhere to be shown again."""
    found = find_person(account_id)
    return render_template(
        "accounts/one_time.html", person=found, password=password, title=title
    ), 201


def find_person(account_id: int) -> Person:
    """Return somebody's account; NotFound when there is none."""
    found = person(reading_unit().connection, account_id)
    if found is None or found.is_system:
        raise NotFound("account")
    return found


@blueprint.get("/accounts/<int(max=2147483647):account_id>")
@admin_only
def show(account_id: int) -> Answer:
    """Show one person's account."""
    found, connection = find_person(account_id), reading_unit().connection
    return render_template(
        "accounts/show.html",
        person=found,
        sessions=open_sessions(connection, found.id, oldest_session()),
        locked_until=locks_of(connection, [found.login], office().clock()).get(found.login),
        entries=told_by_name(entries_about(connection, Subject.ACCOUNT, found.login)),
        is_own=found.id == current_actor().account_id,
    )


@blueprint.get("/accounts/<int(max=2147483647):account_id>/edit")
@admin_only
def edit(account_id: int) -> Answer:
    """Show the form of what an account says about its owner."""
    found = find_person(account_id)
    form = DetailsForm(name=found.name, email=found.email or "")
    return render_template("accounts/edit.html", form=form, person=found)


@blueprint.post("/accounts/<int(max=2147483647):account_id>/edit")
@admin_only
def take_edit(account_id: int) -> Answer:
    """Change what an account says about its owner."""
    form, found, actor = DetailsForm(), find_person(account_id), current_actor()

    def show_again() -> str:
        return render_template("accounts/edit.html", form=form, person=found)

    def act(unit: Unit) -> None:
        name, email, at = form.name.data, form.email.data, office().clock()
        change_details(unit.accounts, actor, account_id, name=name, email=email, at=at)

    refused = tried(form, show_again, act)
    if refused is not None:
        return refused
    flash(_("Đã lưu."), "success")
    return redirect(url_for("accounts.show", account_id=account_id), 303)
