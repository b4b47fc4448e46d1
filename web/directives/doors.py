"""What a person may do to a directive now, and what not, and why; said before anyone clicks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from web.directives.drafting import draft_label, only_drafts
from web.labels import label
from web.refusals import sentence
from web.speech import gettext as _
from workflow.accounts.records import Role
from workflow.directives.guards import Case
from workflow.directives.records import Action, State
from workflow.directives.rules import doors
from workflow.directives.table import BY_ACTION
from workflow.doors import NOT_THEIRS, Door

AT_THE_PIECE = frozenset({Action.ACCEPT_EVIDENCE, Action.REJECT_EVIDENCE})
"""These stand at each piece of evidence, not among the doors."""
FIRST = (
    Action.DECIDE_EXTENSION,
    Action.ACCEPT,
    Action.VERIFY,
    Action.REPORT,
    Action.PREPARE,
    Action.GIVE_INPUT,
    Action.UPDATE,
)
"""The one main action is the first of these that is open."""
OF_THE_WHOLE = frozenset({Action.REPORT, Action.UPDATE})
"""What standing work with periods leaves to its menu."""
WHILE_PREPARED = frozenset({Action.PREPARE, Action.UPDATE})
"""What is not offered first while a prepared report waits for clerk or head."""
LOOKED_FOR = {
    State.ASSIGNED: Action.ACCEPT,
    State.IN_PROGRESS: Action.REPORT,
    State.REPORTED: Action.VERIFY,
    State.VERIFIED: Action.REOPEN,
}
"""What somebody would look for in a state, and wants to hear about even if it is not theirs."""

NOT_MISSED = frozenset(
    {"nothing_prepared", "not_routed_to_you", "nothing_to_take_back", "no_open_input"}
)
"""Nobody looks for the way back from what was never done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A door that opens: a link to its form, or one click where nothing is asked."""

    code: str
    label: str
    url: str
    one_click: bool
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """A door that stays shut, the sentence that says why, and the stable code of that reason."""

    code: str
    label: str
    reason: str
    reason_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """All doors of one person at one directive; `main` is the first thing to do.

    `waits_inside`: the report is prepared, and the next step is not this person's but the
    clerk's or the head's.
    """

    open: tuple[Open, ...]
    shut: tuple[Shut, ...]
    judges_evidence: bool
    waits_inside: bool = False

    @property
    def main(self) -> Open | None:
        """The one main action."""
        return next((door for door in self.open if door.primary), None)

    @property
    def others(self) -> tuple[Open, ...]:
        """Every open door but the main one."""
        return tuple(door for door in self.open if not door.primary)


def doors_of(case: Case) -> Doors:
    """Return the doors that the case's actor finds at the directive."""
    found = {door.action: door for door in doors(case)}
    shown = [door for action, door in found.items() if action not in AT_THE_PIECE]
    main = main_action(case, found)
    opened = [_open(case, d.action, primary=d.action is main) for d in shown if d.is_open]
    opened += [_open(case, d.action, primary=False) for d in shown if only_drafts(d.action, case)]
    return Doors(
        open=tuple(sorted(opened, key=lambda door: not door.primary)),
        shut=tuple(_shut(door, case) for door in shown if _is_told(door, case.directive.state)),
        judges_evidence=found[Action.ACCEPT_EVIDENCE].is_open,
        waits_inside=main is None and found[Action.PREPARE].is_open and is_prepared(case),
    )


def main_action(case: Case, found: dict[Action, Door[Action]]) -> Action | None:
    """Return what should be done first: a standing request is answered before anything else.

    Standing work is reported period by period: nothing that ends or tells the whole is offered
    in a period's stead.
    """
    first: tuple[Action, ...] = FIRST
    if case.directive.decline_standing:
        first = (Action.REASSIGN, *FIRST)
    if is_prepared(case):
        first = tuple(one for one in first if one not in WHILE_PREPARED)
    if case.directive.has_periods:
        first = tuple(one for one in first if one not in OF_THE_WHOLE)
    if _is_to_route(case, found):
        first = tuple(Action.ROUTE if one is Action.REPORT else one for one in first)
    if _is_to_urge(case):
        first = (*first, Action.REMIND)
    return next((action for action in first if found[action].is_open), None)


def _is_to_route(case: Case, found: dict[Action, Door[Action]]) -> bool:
    """Whether a head has work in hand that nobody got yet: heads hand on before they report."""
    if case.actor.role is not Role.AGENCY_HEAD or is_prepared(case):
        return False
    return not case.directive.routings and found[Action.ROUTE].is_open


def _is_to_urge(case: Case) -> bool:
    """Whether the work is late and nobody urged it today: who may urge does that first."""
    of = case.directive
    return of.due_on is not None and of.due_on < case.day and of.reminded_on != case.day


def is_prepared(case: Case) -> bool:
    """Whether a report that an officer prepared waits to be submitted."""
    return case.directive.standing_report is not None


def door_label(action: Action, case: Case) -> str:
    """Return the words of a door: what was prepared already is changed, not prepared again."""
    if action is Action.PREPARE and is_prepared(case):
        return _("Sửa báo cáo đã trình")
    if only_drafts(action, case):
        return draft_label(action)
    return label(action, "action")


def _open(case: Case, action: Action, *, primary: bool) -> Open:
    return Open(
        code=action.value,
        label=door_label(action, case),
        url=url_for("directives.act", number=case.directive.number, action=action.value),
        one_click=not BY_ACTION[action].needs,
        primary=primary,
    )


def _is_told(door: Door[Action], state: State) -> bool:
    if door.refusal is None:
        return False
    code = door.refusal.code
    if code in NOT_MISSED:
        return False
    return code not in NOT_THEIRS or LOOKED_FOR.get(state) is door.action


def _shut(door: Door[Action], case: Case) -> Shut:
    assert door.refusal is not None  # noqa: S101 - asked by the caller
    reason = sentence(door.refusal.code, door.refusal.params)
    if door.action is Action.ACCEPT and case.actor.role is Role.OFFICE:
        reason = f"{reason} {_for_who_never_signs_in()}"
    if door.refusal.code == "no_extension_standing" and case.actor.role is Role.OFFICE:
        reason = f"{reason} {_asked_by_letter()}"
    return Shut(
        code=door.action.value,
        label=label(door.action, "action"),
        reason=reason,
        reason_code=door.refusal.code,
    )


def _asked_by_letter() -> str:
    """Say how a later date is given to an agency that asks for it by letter (section 3)."""
    return _(
        "Đề nghị gia hạn do cơ quan chủ trì gửi trên hệ thống. Cơ quan xin bằng công văn thì ghi "
        "quyết định kèm hạn mới bằng “Ý kiến chỉ đạo”, hoặc “Điều chỉnh nhiệm vụ” theo văn bản "
        "cho phép, lấy công văn ấy làm căn cứ."
    )


def _for_who_never_signs_in() -> str:
    """Say what the office can do for an agency that takes nothing over itself."""
    return _(
        "Cơ quan chưa dùng hệ thống thì không cần chờ: thời hạn tính từ ngày giao; cơ quan theo "
        "dõi ghi nhận văn bản báo cáo, đôn đốc, hoặc chuyển cơ quan chủ trì theo văn bản."
    )
