"""What a person may do to a violation now, and what not, and why; said before anyone clicks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from web.labels import label
from web.refusals import sentence
from web.speech import gettext as _
from workflow.accounts.records import SUBMITTING_ROLES, Actor
from workflow.doors import NOT_THEIRS, Door
from workflow.violations.guards import Case
from workflow.violations.records import ViolationAction, ViolationState
from workflow.violations.rules import doors
from workflow.violations.standing import ASSESSING_ROLES

LOOKED_FOR = {
    ViolationState.RECORDED: {ViolationAction.CONFIRM, ViolationAction.CONTEST},
    ViolationState.CONFIRMED: {ViolationAction.CONTEST},
    ViolationState.CONTESTED: {ViolationAction.UPHOLD},
}
"""What somebody would look for in a state, and wants to hear about even if it is not theirs."""
OF_AGENCIES = (ViolationAction.CONTEST,)
OF_ASSESSORS = (ViolationAction.CONFIRM, ViolationAction.UPHOLD, ViolationAction.OVERTURN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A door as the page shows it: an address where it opens, else the reason why not."""

    code: str
    label: str
    url: str = ""
    reason: str = ""
    primary: bool = False


def doors_of(case: Case, *, concluded: bool = True) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """Return the open doors, the main one first, and the shut ones worth telling.

    None is the main one while an agency asks to look again: both answers weigh the same.
    `concluded`: it was confirmed before it was contested, so there is a conclusion to keep.
    """
    found, state = doors(case), case.violation.state
    opened = [door for door in found if door.is_open]
    main = None if state is ViolationState.CONTESTED else next(iter(opened), None)
    return (
        tuple(_open(case, door, primary=door is main, concluded=concluded) for door in opened),
        tuple(_shut(door) for door in found if _is_told(door, state)),
    )


def _open(case: Case, door: Door[ViolationAction], *, primary: bool, concluded: bool) -> Shown:
    first = door.action is ViolationAction.UPHOLD and not concluded
    return Shown(
        code=door.action.value,
        label=_("Kết luận là vi phạm") if first else label(door.action, "violation_action"),
        url=url_for("violations.act", violation_id=case.violation.id, action=door.action.value),
        primary=primary,
    )


def _is_told(door: Door[ViolationAction], state: ViolationState) -> bool:
    if door.refusal is None:
        return False
    looked_for = door.action in LOOKED_FOR.get(state, set())
    if door.refusal.code in NOT_THEIRS:
        return looked_for
    return looked_for or door.refusal.code != "violation_wrong_state"


def _shut(door: Door[ViolationAction]) -> Shown:
    assert door.refusal is not None  # noqa: S101 - asked by the caller
    return Shown(
        code=door.action.value,
        label=label(door.action, "violation_action"),
        reason=sentence(door.refusal.code, door.refusal.params),
    )


def for_many(actor: Actor, day: date) -> tuple[ViolationAction, ...]:
    """Return what a person can do to several violations of a list at once."""
    if not actor.holds_role_on(day):
        return ()
    if actor.role in SUBMITTING_ROLES:
        return OF_AGENCIES
    return OF_ASSESSORS if actor.role in ASSESSING_ROLES else ()


def may_record(actor: Actor, day: date) -> bool:
    """Whether a person may enter violations by hand."""
    return actor.holds_role_on(day) and actor.role in ASSESSING_ROLES
