"""Every use case once: how the ground is laid, and the act itself as one transaction does it.

Keys name the function (`workflow` left out), with the action where one function has many.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from typing import Any

from world import World

import workflow
from models.accounts.passwords import hash_for_tests
from models.unit import Unit
from workflow.directives.drafting import draft_act
from workflow.directives.records import Action
from workflow.directives.usecases import take_action

Doing = Callable[[Unit], object]
DAY = date(2021, 9, 10)

READERS = {
    "accounts.changing.person_of",
    "accounts.changing.roles_told",
    "accounts.handing_over.look_through",
    "views.usecases.own_view",
    "agencies.usecases.agency_of",
    "calendar.usecases.preview_days",
    "directives.doing.doers_there",
    "directives.doing.doers_told",
    "directives.given.read_given",
    "directives.usecases.look_at",
    "documents.usecases.open_draft",
    "looks.usecases.find_applicant",
    "review.usecases.cases_of",
    "review.usecases.read_given",
}
"""Functions that ask memory and keep nothing."""

PARTS = {
    "escalation.sitting.sit",
    "escalation.holding.hold_back",
    "escalation.holding.left_behind",
    "escalation.sweeping.reenact",
    "accounts.changing.change_and_sign_out",
    "documents.usecases.tell_of_draft",
    "review.usecases.keep",
}
"""Shared parts of other use cases, never called by a door."""


def all_use_cases() -> set[str]:
    """Return every public function of `workflow` that is handed a memory."""
    found = set()
    for module in pkgutil.walk_packages(workflow.__path__, "workflow."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            ours = inspect.isfunction(thing) and thing.__module__ == module.name
            if ours and not name.startswith("_"):
                given = list(inspect.signature(thing).parameters)
                if given[:1] == ["memory"]:
                    found.add(f"{module.name.removeprefix('workflow.')}.{name}")
    return found


DOINGS: dict[str, Callable[[World], Doing]] = {}


def doing(key: str) -> Callable[[Callable[[World], Doing]], Callable[[World], Doing]]:
    def keep(prepare: Callable[[World], Doing]) -> Callable[[World], Doing]:
        assert key not in DOINGS
        DOINGS[key] = prepare
        return prepare

    return keep


# --- directives ------------------------------------------------------------------------


def act(action: Action, who: str, prepare: Callable[[World], tuple[str, dict[str, Any]]]) -> None:
    def ready(world: World) -> Doing:
        number, given = prepare(world)
        actor = world.actor(who)

        def do(unit: Unit) -> object:
            ground = world.office.ground(unit)
            return take_action(unit.directives, actor, number, action, given, ground=ground)

        return do

    DOINGS[f"directives.usecases.take_action:{action.value}"] = ready


def fresh(world: World, **clause: Any) -> str:
    [made] = world.issue(world.clause(**clause))
    return made.number


def running(world: World, **clause: Any) -> str:
    number = fresh(world, **clause)
    world.act("clerk", number, Action.ACCEPT)
    return number


def reported(world: World, **clause: Any) -> str:
    number = running(world, expected_output="Báo cáo", **clause)
    world.report(number)
    return number


def verified(world: World) -> str:
    number = reported(world)
    world.act("office", number, Action.VERIFY, verdict="met")
    return number


def family(world: World) -> str:
    """A directive of the district with a running part, a reported one and a verified one."""
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    for unit in ("H32.10.1", "H32.10.1", "H32.10.1"):
        world.act(
            "district", made.number, Action.HAND_DOWN,
            agency=world.agencies[unit].id, content="Rà soát", due_on=DAY,
        )  # fmt: skip
    parts = [part.number for part in world.directive(made.number).parts]
    for number in parts[1:]:
        world.report(number, "commune")
    world.act("district_head", parts[2], Action.VERIFY, verdict="met")
    return made.number


def declined(world: World) -> str:
    number = fresh(world)
    given = {"paper": "9/STNMT", "ask": "part", "reason": "x", "files": (world.file(),)}
    world.act("clerk", number, Action.DECLINE, **given)
    return number


def asked(world: World) -> str:
    number = running(world)
    world.act("clerk", number, Action.REQUEST_EXTENSION, due_on=date(2021, 11, 1), reason="x")
    return number


def with_piece(world: World) -> tuple[str, int]:
    number = reported(world)
    return number, world.directive(number).evidence[0].id


FILES = ("a.pdf", "b.pdf", "a.pdf")
act(Action.ACCEPT, "clerk", lambda w: (fresh(w), {}))
act(Action.UPDATE, "officer", lambda w: (
    fresh(w), {"done": "x", "progress": 10, "files": tuple(w.file(n, n) for n in FILES)}))  # fmt: skip
act(Action.REPORT, "clerk", lambda w: (
    running(w), w.signed() | {"result": "x", "figure": "91.5", "files": (w.file(), w.file("hai", "b.pdf"))}))  # fmt: skip
act(Action.DECLINE, "clerk", lambda w: (
    fresh(w), {"paper": "9/A", "ask": "part", "reason": "x", "files": (w.file(),)}))  # fmt: skip
act(
    Action.RECORD_REPORT,
    "office",
    lambda w: (
        fresh(w),
        {
            "result": "x",
            "report_number": "88/BC",
            "report_date": w.office.today(),
            "signer": "x",
            "received_on": w.office.today(),
            "files": (w.file(),),
        },
    ),
)
act(Action.REMIND, "office", lambda w: (fresh(w), {"text": "x", "paper": "3/UBND"}))
act(Action.DIRECT, "leader", lambda w: (running(w), {"text": "x", "new_content": "y"}))
act(Action.INSIST, "office", lambda w: (declined(w), {"reason": "x"}))
act(Action.REASSIGN, "office", lambda w: (
    running(w), {"agency": w.agencies["H32.04"].id, "reason": "x", "due_on": DAY}))  # fmt: skip
act(Action.HAND_DOWN, "district", lambda w: (
    family(w), {"agency": w.agencies["H32.10.2"].id, "content": "x", "due_on": DAY}))  # fmt: skip
act(Action.REQUEST_EXTENSION, "clerk", lambda w: (
    running(w), {"due_on": date(2021, 11, 1), "reason": "x"}))  # fmt: skip
act(
    Action.DECIDE_EXTENSION,
    "office",
    lambda w: (asked(w), {"decision": "granted", "paper": "5/UBND"}),
)
act(Action.RECALL, "clerk", lambda w: (reported(w), {"reason": "x"}))
act(Action.RETURN, "office", lambda w: (reported(w), {"reason": "x", "due_on": DAY}))
act(Action.VERIFY, "inspector", lambda w: (reported(w), {"verdict": "met", "grade": "good"}))
act(Action.REOPEN, "office", lambda w: (verified(w), {"reason": "x"}))
act(Action.CORRECT, "office", lambda w: (running(w), {"content": "Chữ đúng", "reason": "x"}))
act(Action.AMEND, "office", lambda w: (reported(w), {"paper": "9/A", "due_on": date(2021, 12, 1)}))
act(Action.WITHDRAW, "office", lambda w: (family(w), {"paper": "9/A", "reason": "x"}))


def _judging(action: Action, **given: Any) -> None:
    def prepare(world: World) -> tuple[str, dict[str, Any]]:
        number, piece = with_piece(world)
        return number, {"evidence": piece, **given}

    act(action, "office", prepare)


_judging(Action.ACCEPT_EVIDENCE)
_judging(Action.REJECT_EVIDENCE, reason="Mờ")


def routed(world: World) -> str:
    number = running(world)
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"])
    return number


def written(world: World, number: str, reason: str) -> Doing:
    """What an officer writes for clerk or head to send, with a file."""
    officer = world.actor("officer")
    given = {"due_on": date(2021, 11, 1), "reason": reason, "files": (world.file(),)}

    def do(unit: Unit) -> object:
        ground = world.office.ground(unit)
        return draft_act(
            unit.directives, officer, number, Action.REQUEST_EXTENSION, given, ground=ground
        )

    return do


def draft_stands(world: World) -> str:
    number = routed(world)
    with world.unit() as unit:
        written(world, number, "x")(unit)
    return number


doing("directives.drafting.draft_act")(lambda w: written(w, routed(w), "x"))
doing("directives.drafting.draft_act:again")(lambda w: written(w, draft_stands(w), "y"))


@doing("directives.drafting.draft_act:letter")
def _letter_written(world: World) -> Doing:
    number, officer = fresh(world), world.actor("officer")
    given = {"ask": "part", "reason": "x", "files": (world.file(),)}
    return lambda unit: draft_act(
        unit.directives, officer, number, Action.DECLINE, given, ground=world.office.ground(unit)
    )


@doing("directives.drafting.draft_act:and_sent")
def _as_written(world: World) -> Doing:
    number, clerk = draft_stands(world), world.actor("clerk")
    given = {"due_on": date(2021, 11, 1), "reason": "x"}
    return lambda unit: take_action(
        unit.directives, clerk, number, Action.REQUEST_EXTENSION, given,
        ground=world.office.ground(unit),
    )  # fmt: skip


__all__ = ["DOINGS", "PARTS", "READERS", "all_use_cases", "hash_for_tests"]
