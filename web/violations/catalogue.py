"""The catalogue of violations, with the legal basis of each by date; the admin keeps the rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from models.unit import Unit
from models.violations.bases import all_entered
from web.acts import Answer
from web.agencies.showing import day_asked
from web.guard import admin_only
from web.identity import current_actor
from web.labels import label
from web.placing import tried
from web.speech import gettext as _
from web.violations.forms import BasisForm
from web.wiring import office, reading_unit
from workflow.accounts.records import Role
from workflow.errors import NotFound
from workflow.violations.bases import EnteredBasis, Sureness, basis_on
from workflow.violations.basing import put_basis, remove_basis
from workflow.violations.catalogue import BY_CODE, CATALOGUE, ViolationType


def show() -> str:
    """Show every type with the basis of a day, and the rows by date behind it."""
    day, unread = day_asked()
    entered = all_entered(reading_unit().connection)
    is_admin = current_actor().role is Role.ADMIN
    return render_template(
        "violations/catalogue.html",
        rows=[_row(kind, entered, day, is_admin=is_admin) for kind in CATALOGUE],
        day=day,
        unread=unread,
        is_admin=is_admin,
    )


def _row(
    kind: ViolationType, entered: tuple[EnteredBasis, ...], day: date, *, is_admin: bool
) -> dict[str, Any]:
    """Return a type with its bases; what is not law is for the admin's eyes alone."""
    own = [row for row in entered if row.type == kind.code]
    return {
        "kind": kind,
        "name": label(kind.code, "violation_type"),
        "basis": basis_on(kind.bases, own, day),
        "entered": own,
        "shipped": [b for b in kind.bases if is_admin or b.sureness is Sureness.FOUND],
    }


@admin_only
def show_form(code: str) -> Answer:
    """Show the form for a new row."""
    form = BasisForm(basis=request.args.get("basis", ""))
    return _render(form, code)


@admin_only
def take(code: str) -> Answer:
    """Enter a row."""
    form, actor, at = BasisForm(), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        put_basis(
            unit.bases,
            actor,
            code,
            text=form.basis.data or "",
            valid_from=form.valid_from.needed_day,
            valid_to=form.valid_to.day,
            at=at,
        )

    refused = tried(form, lambda: _render(form, code), act)
    return refused or _done(_("Đã lưu căn cứ."))


@admin_only
def take_out(code: str, basis_id: int) -> Answer:
    """Take a row out."""
    with office().writing() as unit:
        remove_basis(unit.bases, current_actor(), code, basis_id, at=office().clock())
    return _done(_("Đã bỏ dòng căn cứ."))


def _done(words: str) -> Answer:
    flash(words, "success")
    return redirect(url_for("violations.catalogue"), 303)


def _render(form: BasisForm, code: str) -> str:
    if code not in BY_CODE:
        raise NotFound
    kind = BY_CODE[code]
    name = label(code, "violation_type")
    return render_template("violations/basis.html", form=form, kind=kind, name=name)
