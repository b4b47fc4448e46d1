"""Groups that documents name: who belongs today, and what the admin changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.agencies.queries import agency_choices
from models.unit import Unit
from web.agencies.blueprint import blueprint
from web.agencies.forms import GroupForm, NewGroupForm
from web.agencies.showing import day_asked
from web.documents.choices import group_named
from web.guard import admin_only
from web.identity import current_actor
from web.placing import tried
from web.wiring import office, reading_unit
from workflow.accounts.records import Role
from workflow.agencies.groups import add_group, change_group
from workflow.agencies.records import Agency, AgencyGroup
from workflow.agencies.rules import members_on
from workflow.agencies.standard import tiers_told, worth_showing
from workflow.errors import NotFound

Answer = str | Response | tuple[str, int]
Form = TypeVar("Form", GroupForm, NewGroupForm)


@blueprint.get("/agency-groups/")
def group_list() -> Answer:
    """Show every group with its members on a day; one of districts where some ever stood."""
    day, unread = day_asked()
    memory, is_admin = reading_unit().agencies, current_actor().role is Role.ADMIN
    agencies = memory.agencies()
    groups = [_told(one, agencies, day) for one in worth_showing(memory.groups(), agencies, day)]
    return render_template(
        "agencies/groups.html", groups=groups, day=day, unread=unread, is_admin=is_admin
    )


def _told(group: AgencyGroup, agencies: Sequence[Agency], day: date) -> dict[str, object]:
    return {
        "group": group,
        "name": group_named(group, office().today()),
        "members": members_on(group, agencies, day),
        "tiers": sorted(tiers_told(group, day)),
        "excluded": sorted(
            (agency for agency in agencies if agency.id in group.excluded), key=attrgetter("id")
        ),
    }


def _offered(form: Form) -> Form:
    form.offer(agency_choices(reading_unit().connection))
    return form


def _find(code: str) -> AgencyGroup:
    found = next((g for g in reading_unit().agencies.groups() if g.code == code), None)
    if found is None:
        raise NotFound("group")
    return found


def _done(words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("agencies.group_list"), 303)


@blueprint.get("/agency-groups/new")
@admin_only
def new_group() -> Answer:
    """Show the form for a group."""
    return render_template("agencies/new_group.html", form=_offered(NewGroupForm()))


@blueprint.post("/agency-groups/new")
@admin_only
def take_group() -> Answer:
    """Add a group."""
    form, actor, at = _offered(NewGroupForm()), current_actor(), office().clock()

    def act(unit: Unit) -> None:
        group = form.group(str(form.code.data or ""))
        add_group(unit.agencies, unit.history, actor, group, at=at)

    refused = tried(form, lambda: render_template("agencies/new_group.html", form=form), act)
    return refused or _done(_("Đã thêm nhóm."))


@blueprint.get("/agency-groups/<code>/edit")
@admin_only
def edit_group(code: str) -> Answer:
    """Show the form of a group."""
    group = _find(code)
    form = GroupForm(
        name=group.name,
        phrases="\n".join(group.phrases),
        tiers=sorted(group.tiers),
        communes_from=group.communes_from,
        included=[str(key) for key in sorted(group.included)],
        excluded=[str(key) for key in sorted(group.excluded)],
    )
    return render_template("agencies/edit_group.html", form=_offered(form), group=group)


@blueprint.post("/agency-groups/<code>/edit")
@admin_only
def take_edit_of_group(code: str) -> Answer:
    """Change a group."""
    form, group = _offered(GroupForm()), _find(code)
    actor, at = current_actor(), office().clock()

    def act(unit: Unit) -> None:
        change_group(unit.agencies, unit.history, actor, form.group(code), at=at)

    refused = tried(
        form, lambda: render_template("agencies/edit_group.html", form=form, group=group), act
    )
    return refused or _done(_("Đã lưu nhóm."))
