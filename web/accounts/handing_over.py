"""Handing over somebody's open work: chosen, looked through piece by piece, done, told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.accounts.of_roles import OfRole, work_of_roles
from models.accounts.standing_in import colleagues
from models.unit import Unit
from web.accounts.blueprint import colleagues as blueprint
from web.accounts.forms import HandOverForm
from web.accounts.naming import named
from web.identity import current_actor
from web.labels import label
from web.placing import tried
from web.refusals import sentence
from web.wiring import office, reading_unit
from workflow.accounts.handing_over import (
    Ground,
    Passing,
    going,
    hand_over_work,
    look_through,
    may_hand_over,
)
from workflow.accounts.records import Account, Role
from workflow.errors import Invalid, NotFound

Answer = str | Response | tuple[str, int]


@blueprint.get("/accounts/<int(max=2147483647):account_id>/hand-over")
def hand_over_of(account_id: int) -> Answer:
    """Show what somebody holds, and what of it the person chosen could take."""
    return _page(_asked(account_id))


@blueprint.post("/accounts/<int(max=2147483647):account_id>/hand-over")
def take_hand_over(account_id: int) -> Answer:
    """Hand over all that goes, and show what went and what stayed."""
    asked, actor = _asked(account_id), current_actor()
    form = asked.form
    done: list[Passing] = []

    def act(unit: Unit) -> None:
        taker, reason, ground = form.taker_id, form.reason.data or "", ground_of(unit)
        done.extend(
            hand_over_work(unit.handovers, actor, account_id, taker, reason=reason, ground=ground)
        )

    refused = tried(form, lambda: _page(asked), act)
    if refused is not None:
        return refused
    flash(_("Đã bàn giao %(n)s việc.", n=len(going(done))), "success")
    return _shown(asked, done, is_done=True)


def ground_of(unit: Unit) -> Ground:
    """Return what handing over stands on now."""
    place = office()
    today = place.today()
    return Ground(
        at=place.clock(),
        organisation=unit.review.organisation(today, place.settings.review.home_affairs),
        roster=unit.review.roster(today, office().settings.review.tied_since(today)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose work is asked for, on what ground, and the form; each is read once."""

    giver: Account
    ground: Ground
    form: HandOverForm


def _asked(account_id: int) -> Asked:
    """Return the form with those who could take over; for others the page is not there."""
    unit, actor, today = reading_unit(), current_actor(), office().today()
    giver = unit.handovers.account(account_id)
    if giver is None or giver.is_system or not may_hand_over(actor, giver, today):
        raise NotFound("account")
    ground = ground_of(unit)
    form = HandOverForm(taker=request.values.get("taker", ""))
    form.offer(_takers(unit, giver, ground))
    return Asked(giver=giver, ground=ground, form=form)


def _takers(unit: Unit, giver: Account, ground: Ground) -> list[tuple[str, str]]:
    """Return the giver's colleagues; who may hold cases passes them on wherever takers sit."""
    agencies = {m.agency_id for m in giver.memberships}
    names = named(colleagues(unit.connection, sorted(agencies), ground.day))
    holds_cases = any(m.role in {Role.INSPECTOR, Role.LEADER} for m in giver.memberships)
    if current_actor().role is Role.ADMIN and holds_cases:
        able = ground.roster
        for role, people in ((Role.INSPECTOR, able.inspectors), (Role.LEADER, able.leaders)):
            for one in people:
                names.setdefault(one.account_id, f"{one.name} ({label(role, 'role')})")
    names.pop(giver.id, None)
    return [(str(key), words) for key, words in names.items()]


def _page(asked: Asked) -> str:
    memory, actor, ground = reading_unit().handovers, current_actor(), asked.ground
    giver, taker = asked.giver.id, asked.form.taker_id or None
    try:
        found = look_through(memory, actor, giver, taker, ground=ground)
    except Invalid:
        found = look_through(memory, actor, giver, None, ground=ground)
    return _shown(asked, found, is_done=False)


def _of_roles(account_id: int) -> tuple[OfRole, ...]:
    """Return what the person's roles hold: a head learns of their own agency only."""
    actor = current_actor()
    own = actor.agency_id if actor.role is Role.AGENCY_HEAD else None
    return work_of_roles(reading_unit().connection, account_id, office().today(), own)


def _shown(asked: Asked, found: Sequence[Passing], *, is_done: bool) -> str:
    return render_template(
        "accounts/hand_over.html",
        of_roles=_of_roles(asked.giver.id),
        person=asked.giver,
        form=asked.form,
        passings=found,
        going=len(going(found)),
        is_done=is_done,
        refusal_words=lambda refusal: sentence(refusal.code, refusal.params),
    )
