"""The addresses of stand-ins, work handed over, kept views, board and chosen rows."""

from __future__ import annotations

from typing import Any

from doings_of_people import leave
from world import World

from workflow.accounts.standing_in import name_stand_in
from workflow.views.records import ListPage
from workflow.views.usecases import save_view

PEOPLE_HELD = "/accounts/<int(max=2147483647):account_id>/hand-over"
STAND_IN = "/stand-ins/<int(max=2147483647):stand_in_id>/end"
VIEW = "/views/<int(max=2147483647):view_id>"
TOGETHER, FOLLOW = "/directives/together", "/directives/follow"
LEFT = "/directives/left"
EVERYBODY = {
    "office", "leader", "inspector", "admin", "head", "clerk", "officer", "other_clerk",
    "district", "commune", "foreign",
}  # fmt: skip
WORKERS = EVERYBODY - {"admin"}
POSTS = {
    # rule: who may post there, for the clerk's own view and a stand-in at H32.03
    PEOPLE_HELD: {"admin", "head"},
    STAND_IN: {"admin", "head", "officer"},
    "/stand-ins/new": EVERYBODY,
    TOGETHER: WORKERS,
    FOLLOW: {"office"},
    LEFT: {"office"},
    "/views/new": EVERYBODY,
    f"{VIEW}/send": {"clerk"},
    f"{VIEW}/remove": {"clerk"},
}


def furnish(world: World) -> dict[str, Any]:
    """Let the officer stand in for the head, and the clerk keep a view."""
    at = world.clock()
    with world.unit() as unit:
        absent = name_stand_in(unit.accounts, world.actor("head"), leave(world, "officer"), at=at)
        kept = save_view(
            unit.views, world.actor("clerk"), ListPage.DIRECTIVES, "Quá hạn", "time=overdue", at=at
        )
    return {"stand-in": absent, "view": kept}


def places(world: World) -> dict[str, tuple[str, str]]:
    """Return every place by name: the rule it stands for, and its address."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    view = f"/views/{made['view']}"
    return {
        "stand-ins": ("/stand-ins/", "/stand-ins/"),
        "new stand-in": ("/stand-ins/new", "/stand-ins/new"),
        "work handed over": (PEOPLE_HELD, f"/accounts/{world.accounts['clerk']}/hand-over"),
        "board": ("/directives/board", "/directives/board"),
        "chosen": (TOGETHER, f"{TOGETHER}?action=accept&chosen={made['own']}"),
        "left by ended": (LEFT, LEFT),
        "chosen to follow": (FOLLOW, f"{FOLLOW}?chosen={made['own']}"),
        "views": ("/views/", "/views/"),
        "views at home": ("/views/mine", "/views/mine"),
        "view, send": (f"{VIEW}/send", f"{view}/send"),
    }


def address(world: World, rule: str) -> str:
    """Return an address of a rule that takes posts, leading to something that is there."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    rule = rule.replace("<int(max=2147483647):account_id>", str(world.accounts["clerk"]))
    rule = rule.replace("<int(max=2147483647):stand_in_id>", str(made["stand-in"]))
    return rule.replace("<int(max=2147483647):view_id>", str(made["view"]))
