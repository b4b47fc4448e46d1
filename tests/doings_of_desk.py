"""The use cases of the inspectors' desk, as `doings` lays them out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from desking import add_case, add_person, bring_to, case_of, letter, order, signed
from doings import DOINGS, Doing, doing
from world import World

from models.unit import Unit
from workflow.accounts.records import Role
from workflow.accounts.usecases import system_actor
from workflow.review.issuing import issue_directive
from workflow.review.ordering import set_order
from workflow.review.records import EscalationState, ReviewAction
from workflow.review.roster import Place
from workflow.review.sweeping import climb
from workflow.review.together import act_on_many
from workflow.review.usecases import take_action

AGENCY = "H32.03"
Given = Callable[[World], dict[str, Any]]


def act(
    action: ReviewAction,
    who: str,
    state: EscalationState,
    given: Given | None = None,
    *,
    days: int = 0,
    several: bool = False,
) -> None:
    """Lay out one act on a case brought to a state, or on two that one paper serves."""

    def ready(world: World) -> Doing:
        number = bring_to(world, state, agency=AGENCY)
        other = bring_to(world, state, agency=AGENCY) if several else ""
        world.clock.at += timedelta(days=days)
        actor, values = world.actor(who), given(world) if given else {}
        also = {other: case_of(world, other).version} if other else None

        def do(unit: Unit) -> object:
            ground = world.office.desk_ground(unit)
            return take_action(unit.review, actor, number, action, values, ground=ground, also=also)

        return do

    DOINGS[f"review.usecases.take_action:{action.value}"] = ready


def _said(values: dict[str, Any]) -> Given:
    return lambda _: values


def _explanation(world: World) -> dict[str, Any]:
    return {"text": "Thiếu người", "files": (world.file("giải trình", "g.pdf"),)}


def _recorded(world: World) -> dict[str, Any]:
    return _explanation(world) | {"paper": "88/UBND", "paper_on": world.office.today()}


def _colleague(world: World) -> dict[str, Any]:
    key = add_person(world, "colleague", "Cao Nội Vụ", Role.INSPECTOR, "H32.02")
    return {"colleague": key, "reason": "Nghỉ phép"}


act(ReviewAction.ACKNOWLEDGE, "inspector", EscalationState.RAISED)
act(
    ReviewAction.REQUEST_EXPLANATION,
    "inspector",
    EscalationState.ACKNOWLEDGED,
    letter,
    several=True,
)
act(
    ReviewAction.EXPLAIN,
    "head",
    EscalationState.EXPLANATION_REQUESTED,
    _explanation,
    several=True,
)
act(
    ReviewAction.RECORD_EXPLANATION,
    "office",
    EscalationState.EXPLANATION_REQUESTED,
    _recorded,
    several=True,
)
act(
    ReviewAction.NOTE_NO_EXPLANATION,
    "inspector",
    EscalationState.EXPLANATION_REQUESTED,
    days=20,
)
act(
    ReviewAction.PROPOSE,
    "inspector",
    EscalationState.EXPLAINED,
    _said({"measure": "criticism", "reason": "Lặp lại"}),
)
act(ReviewAction.SEND_BACK, "leader", EscalationState.PROPOSED, _said({"reason": "Xem lại"}))
act(
    ReviewAction.DECIDE,
    "leader",
    EscalationState.PROPOSED,
    _said({"measure": "criticism", "reason": "Đồng ý"}),
)
act(ReviewAction.RECORD_DECISION, "office", EscalationState.PROPOSED, signed)
act(ReviewAction.CLOSE, "leader", EscalationState.DECIDED, _said({"result": "Đã xong"}))
act(ReviewAction.HAND_ON, "inspector", EscalationState.EXPLAINED, _colleague)


@doing("review.issuing.issue_directive")
def _issue(world: World) -> Doing:
    number = bring_to(world, EscalationState.DECIDED, agency=AGENCY)
    actor, given = world.actor("office"), order(world)

    def do(unit: Unit) -> object:
        ground = world.office.desk_ground(unit)
        return issue_directive(unit.review, unit.documents, actor, number, given, ground=ground)

    return do


@doing("review.together.act_on_many")
def _together(world: World) -> Doing:
    numbers = [bring_to(world, EscalationState.EXPLAINED, agency=AGENCY) for _ in range(2)]
    actor, given = world.actor("inspector"), _colleague(world)

    def do(unit: Unit) -> object:
        ground = world.office.desk_ground(unit)
        return act_on_many(
            unit.review,
            actor,
            dict.fromkeys(numbers),
            ReviewAction.HAND_ON,
            given,
            ground=ground,
        )

    return do


@doing("review.sweeping.climb")
def _climb(world: World) -> Doing:
    today = world.office.today()
    add_case(world, agency=AGENCY, holder="inspector", answer_by=today - timedelta(days=1))
    add_case(world, agency=AGENCY)
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())

    def do(unit: Unit) -> object:
        return climb(unit.review, actor, ground=world.office.desk_ground(unit), day=today)

    return do


@doing("review.ordering.set_order")
def _order(world: World) -> Doing:
    order = [Place(account_id=world.accounts["inspector"], away_from=world.office.today())]
    actor = world.actor("admin")
    return lambda unit: set_order(unit.review, actor, order, at=world.clock())
