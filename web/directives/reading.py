"""A day read while it is typed into the form of an act: which day it is, and what it does."""

from __future__ import annotations

from datetime import date

from flask import render_template, request

from web.calendar.words import off_day
from web.directives.fields import typed_day
from web.directives.showing import hands_of
from web.formats import vn_date
from web.identity import current_actor
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.directives.dividing import UNIT_DAYS
from workflow.directives.records import Action, Directive, Sight, State
from workflow.directives.table import BY_ACTION
from workflow.directives.usecases import Ground, look_at
from workflow.errors import Forbidden, Invalid, NotFound

MOVES = frozenset(
    {
        Action.DIRECT,
        Action.RETURN,
        Action.REASSIGN,
        Action.CORRECT,
        Action.AMEND,
        Action.RESUME,
        Action.REQUEST_EXTENSION,
        Action.DECIDE_EXTENSION,
    }
)
"""Acts whose new date takes the place of the one agreed, or asks to."""
RUNS = (State.ASSIGNED, State.IN_PROGRESS)


NEW_DUE_ON = "new_due_on"
"""The day of work that an instruction gives beside what it speaks of."""


def day_part(number: str, action: str) -> str:
    """Return what a day that is being typed means, as the part under its field."""
    if action not in set(Action):
        raise NotFound
    unit = reading_unit()
    ground = office().ground(unit)
    directive, seen = look_at(unit.directives, current_actor(), number, ground.day)
    if seen is not Sight.FULL:
        raise Forbidden("not_yours", who=list(BY_ACTION[Action(action)].by))
    name = _name_of_field()
    new, typed = name == NEW_DUE_ON, request.args.get(name, "")
    day, means = typed_day(typed), ""
    if day and new:
        means = hands_of(ground).of(State.ASSIGNED, day, None).words
    elif day:
        means = meaning(directive, Action(action), day, ground)
    return render_template(
        "directives/day_read.html",
        typed=typed.strip(),
        day=day,
        means=means,
        weekday=weekday(day),
        off=(off := off_day(day, ground.calendar)),
        name=name,
        before=working_day_before(day, ground) if day and off else None,
    )


def _name_of_field() -> str:
    """Return the field a day is typed into: one for all units, a unit's own, or new work's."""
    unit = request.args.get("unit", type=int)
    if unit is not None:
        return f"{UNIT_DAYS.name}-{unit}"
    return NEW_DUE_ON if NEW_DUE_ON in request.args else "due_on"


def working_day_before(day: date, ground: Ground) -> date | None:
    """Return the last working day before a day off; None where that is over, or not known."""
    try:
        before = ground.calendar.working_day_until(day)
    except Invalid:
        return None
    return before if before >= ground.day else None


def meaning(of: Directive, action: Action, day: date, ground: Ground) -> str:
    """Return what another due date does to how the work stands; nothing where it is no due date."""
    after = BY_ACTION[action].to.get(of.state)
    if action not in MOVES or after is None:
        return ""
    hands, done = hands_of(ground), of.completed_on if after not in RUNS else None
    paused = None if action is Action.RESUME else of.suspended_since
    now = hands.of(of.state, of.due_on, of.completed_on, of.suspended_since).words
    then = hands.of(after, day, done, paused).words
    words = f"{now} → {then}" if now and now != then else then
    if of.first_due_on is None or of.first_due_on == day or action is Action.CORRECT:
        return words
    kept = _("hạn đầu %(day)s giữ để tính tỷ lệ", day=vn_date(of.first_due_on))
    return f"{words}; {kept}" if words else kept


def weekday(day: date | None) -> str:
    """Return the weekday of a date in words."""
    if day is None:
        return ""
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"),
             _("Chủ nhật"))  # fmt: skip
    return names[day.weekday()]
