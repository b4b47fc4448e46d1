"""What goes on beside the state: routing, requests, answers, pauses, broken at every statement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from doings import act, family, running
from world import World

from workflow.directives.records import Action

SOON = date(2021, 9, 1)


def asked(world: World) -> tuple[str, int]:
    """A directive whose lead asked the agency that coordinates, which has not answered."""
    number = running(world)
    beside = world.agencies["H32.04"].id
    world.act(
        "clerk", number, Action.REQUEST_INPUT, agencies=(beside,), what="Số liệu", needed_on=SOON
    )
    return number, world.directive(number).inputs[0].id


def proposed(world: World) -> tuple[str, int]:
    """A directive on which two proposals wait; the first is named."""
    number = running(world)
    for words in ("Thêm người", "Thêm máy"):
        world.act("officer", number, Action.UPDATE, done="x", proposal=words)
    return number, world.directive(number).proposals[0].id


def paused(world: World) -> str:
    """A directive with parts, paused with a request that waits, and a week gone by."""
    number = family(world)
    world.act("office", number, Action.SUSPEND, paper="9/A")
    world.clock.at += timedelta(days=7)
    return number


def _routed_again(world: World) -> tuple[str, dict[str, Any]]:
    number = running(world)
    world.act("clerk", number, Action.ROUTE, person=world.accounts["head"])
    return number, {"person": world.accounts["officer"], "note": "x", "internal_due_on": SOON}


def _answered(world: World) -> tuple[str, dict[str, Any]]:
    number, key = proposed(world)
    return number, {"proposed": key, "answer": "Đồng ý", "paper": "9/A"}


def _given(world: World) -> tuple[str, dict[str, Any]]:
    number, key = asked(world)
    return number, {"request": key, "answer": "x", "files": (world.file(),)}


def _prepared_again(world: World) -> tuple[str, dict[str, Any]]:
    number = running(world)
    world.act("officer", number, Action.PREPARE, result="Bản đầu", files=(world.file(),))
    return number, {"result": "Bản sau", "files": (world.file("sau", "sau.pdf"),)}


def _waits(world: World) -> tuple[str, dict[str, Any]]:
    return _prepared_again(world)[0], {"note": "Thiếu số liệu"}


def _routed(world: World) -> tuple[str, dict[str, Any]]:
    number = running(world)
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"])
    return number, {"note": "Không phải việc của phòng"}


def _extension_asked(world: World) -> tuple[str, dict[str, Any]]:
    number = running(world)
    world.act("clerk", number, Action.REQUEST_EXTENSION, due_on=date(2021, 11, 1), reason="x")
    return number, {"taken_back": "extension", "reason": "Không cần nữa"}


def _input_asked(world: World) -> tuple[str, dict[str, Any]]:
    number, key = asked(world)
    return number, {"asked_input": key, "reason": "Đã có"}


act(Action.ROUTE, "clerk", _routed_again)
act(Action.PREPARE, "officer", _prepared_again)
act(Action.GIVE_BACK, "clerk", _waits)
act(Action.HAND_BACK, "officer", _routed)
act(Action.TAKE_BACK, "clerk", _extension_asked)
act(Action.TAKE_BACK_INPUT, "clerk", _input_asked)
act(Action.REQUEST_INPUT, "clerk", lambda w: (
    running(w, coordinating=("H32.04", "H32.02")),
    {"agencies": tuple(w.agencies[code].id for code in ("H32.04", "H32.02")),
     "what": "x", "needed_on": SOON}))  # fmt: skip
act(Action.GIVE_INPUT, "other_clerk", _given)
act(Action.ANSWER, "office", _answered)
act(Action.SUSPEND, "office", lambda w: (family(w), {"paper": "9/A", "reason": "x"}))
act(Action.RESUME, "office", lambda w: (paused(w), {"paper": "10/A"}))
