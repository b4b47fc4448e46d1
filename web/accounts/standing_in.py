"""Pages of stand-ins: who acts for whom and until when, a new one, an end at once."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.accounts.standing_in import Colleague, colleagues, stand_ins_seen
from models.unit import Unit
from web.accounts.blueprint import colleagues as blueprint
from web.accounts.forms import StandInForm
from web.accounts.naming import named
from web.identity import current_actor
from web.labels import label
from web.placing import tried
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Role
from workflow.accounts.standing_in import NewStandIn, end_stand_in, may_name, name_stand_in
from workflow.errors import Invalid

Answer = str | Response | tuple[str, int]
Choices = list[tuple[str, str]]
MOST_DIGITS = 9


@blueprint.get("/stand-ins/")
def stand_ins() -> Answer:
    """Show who stands in for whom, today and later, as far as it concerns the reader."""
    actor, today = current_actor(), office().today()
    found = stand_ins_seen(reading_unit().connection, actor, today)
    may_end = {
        one.id
        for one in found
        if one.stand_in_id == actor.account_id
        or may_name(actor, one.absent_id, one.role, one.agency_id, today)
    }
    return render_template(
        "accounts/stand_ins.html", stand_ins=found, may_end=may_end, staff=_staff()
    )


@blueprint.get("/stand-ins/new")
def add_stand_in() -> Answer:
    """Show the form that names a stand-in."""
    form, actor = _form(), current_actor()
    form.from_on.data = office().today()
    if actor.role is not None and actor.agency_id is not None:
        form.seat.data = _value(_Seat(actor.principal_id, actor.role, actor.agency_id))
    return _page(form)


@blueprint.post("/stand-ins/new")
def take_stand_in() -> Answer:
    """Let a colleague act in somebody's role for a time."""
    form, actor, at = _form(), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        try:
            name_stand_in(unit.accounts, actor, _asked(form), at=at)
        except Invalid as error:
            raise Invalid({_FIELDS.get(k, k): code for k, code in error.errors.items()}) from error

    answer = tried(form, lambda: _page(form), act)
    if answer is not None:
        return answer
    flash(_("Đã cử người làm thay; hết ngày cuối thì tự kết thúc."), "success")
    return redirect(url_for("colleagues.stand_ins"), 303)


@blueprint.post("/stand-ins/<int(max=2147483647):stand_in_id>/end")
def take_end_of_stand_in(stand_in_id: int) -> Answer:
    """End a stand-in at once."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        end_stand_in(unit.accounts, actor, stand_in_id, at=office().clock())
    flash(_("Đã kết thúc việc làm thay."), "success")
    return redirect(url_for("colleagues.stand_ins"), 303)


def _staff() -> dict[int, str]:
    """Return the people of the head's own agency: their open work is the head's to hand over."""
    actor, today = current_actor(), office().today()
    if actor.role is not Role.AGENCY_HEAD or actor.agency_id is None:
        return {}
    found = colleagues(reading_unit().connection, [actor.agency_id], today)
    return {one.account_id: one.name for one in found}


_FIELDS = {"role": "seat"}


@dataclass(frozen=True, slots=True)
class _Seat:
    account_id: int
    role: Role
    agency_id: int


def _page(form: StandInForm) -> str:
    return render_template("accounts/stand_in.html", form=form)


def _form() -> StandInForm:
    """Return the form with the roles this person may lend, and the colleagues who may act."""
    actor, today, form = current_actor(), office().today(), StandInForm()
    person = request.args.get("person", "")
    wanted = int(person) if person.isascii() and person.isdecimal() else None
    known = _around(wanted if len(person) <= MOST_DIGITS else None)
    lent = [
        one
        for one in known
        if one.role is not Role.ADMIN
        and wanted in (None, one.account_id)
        and may_name(actor, one.account_id, one.role, one.agency_id, today)
    ]
    people = named(one for one in known if one.account_id not in {actor.account_id, wanted})
    offered = [(str(key), words) for key, words in people.items()]
    form.offer([(_value(one), _words(one)) for one in lent], offered)
    return form


def _around(person: int | None) -> tuple[Colleague, ...]:
    """Return the people of the actor's agencies, or of those of the person an admin asks for."""
    actor, today, unit = current_actor(), office().today(), reading_unit()
    agencies = {m.agency_id for m in actor.memberships if m.stands_on(today)}
    if person is not None and actor.role is Role.ADMIN:
        account = unit.accounts.account(person)
        held = account.memberships if account else ()
        agencies = {m.agency_id for m in held if m.stands_on(today)}
    elif actor.agency_id is not None:
        agencies |= {actor.agency_id}
    return colleagues(unit.connection, sorted(agencies), today)


def _value(one: Colleague | _Seat) -> str:
    return f"{one.account_id}:{one.role}:{one.agency_id}"


def _words(one: Colleague) -> str:
    return f"{one.name}: {label(one.role, 'role')}, {one.agency_name}"


def _asked(form: StandInForm) -> NewStandIn:
    account, role, agency = str(form.seat.data).split(":")
    return NewStandIn(
        absent_id=int(account),
        stand_in_id=int(form.stand_in_id.data),
        role=Role(role),
        agency_id=int(agency),
        from_on=form.from_on.needed_day,
        to_on=form.to_on.needed_day,
        reason=form.reason.data or "",
    )
