"""The admin's pages of what belongs to an agency: other words for it, divisions."""

from __future__ import annotations

from flask import abort
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.unit import Unit
from web.agencies.blueprint import blueprint
from web.agencies.forms import AliasForm, DivisionForm, EndDivisionForm
from web.agencies.upkeep import done, find, page
from web.guard import admin_only
from web.identity import current_actor
from web.placing import tried
from web.wiring import close_reading, office
from workflow.agencies.aliases import add_alias, remove_alias
from workflow.agencies.divisions import add_division, end_division

Answer = str | Response | tuple[str, int]


@blueprint.get("/agencies/<code>/aliases/new")
@admin_only
def new_alias(code: str) -> Answer:
    """Show the form for another word."""
    return page("alias", AliasForm(), find(code))


@blueprint.post("/agencies/<code>/aliases/new")
@admin_only
def take_alias(code: str) -> Answer:
    """Enter another word for an agency."""
    form, file, actor, at = AliasForm(), find(code), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        alias = form.alias.data or ""
        add_alias(unit.agencies, unit.history, actor, file.agency.id, alias=alias, at=at)

    refused = tried(form, lambda: page("alias", form, file), act)
    return refused or done(code, _("Đã thêm tên gọi."))


@blueprint.post("/agencies/<code>/aliases/<int(max=2147483647):alias_id>/remove")
@admin_only
def take_alias_away(code: str, alias_id: int) -> Answer:
    """Forget a word for an agency."""
    agency_id, actor, at = find(code).agency.id, current_actor(), office().clock()
    close_reading()
    with office().writing() as unit:
        remove_alias(unit.agencies, unit.history, actor, agency_id, alias_id, at=at)
    return done(code, _("Đã bỏ tên gọi."))


@blueprint.get("/agencies/<code>/divisions/new")
@admin_only
def new_division(code: str) -> Answer:
    """Show the form for a division."""
    return page("division", DivisionForm(valid_from=office().today()), find(code))


@blueprint.post("/agencies/<code>/divisions/new")
@admin_only
def take_division(code: str) -> Answer:
    """Add a division."""
    form, file, actor, at = DivisionForm(), find(code), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        add_division(
            unit.agencies,
            unit.history,
            actor,
            file.agency.id,
            name=form.name.data or "",
            valid_from=form.valid_from.needed_day,
            at=at,
        )

    refused = tried(form, lambda: page("division", form, file), act)
    return refused or done(code, _("Đã thêm phòng."))


@blueprint.get("/agencies/<code>/divisions/<int(max=2147483647):division_id>/end")
@admin_only
def finish_division(code: str, division_id: int) -> Answer:
    """Ask for the last day of a division."""
    file = find(code)
    if not any(division.id == division_id for division in file.divisions):
        abort(404)
    return page("end_division", EndDivisionForm(last_day=office().today()), file)


@blueprint.post("/agencies/<code>/divisions/<int(max=2147483647):division_id>/end")
@admin_only
def take_end_of_division(code: str, division_id: int) -> Answer:
    """Let a division end."""
    form, file, actor, at = EndDivisionForm(), find(code), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        end_division(
            unit.agencies,
            unit.history,
            actor,
            file.agency.id,
            division_id,
            last_day=form.last_day.needed_day,
            at=at,
        )

    refused = tried(form, lambda: page("end_division", form, file), act)
    return refused or done(code, _("Đã ghi ngày chấm dứt của phòng."))
