"""Places of reporting periods for the table of routes: a standing task, and one without periods."""

from __future__ import annotations

from typing import Any

import standing
from world import World

EVERYBODY = {
    "office", "leader", "inspector", "admin", "head", "clerk", "officer", "other_clerk",
    "district", "commune", "foreign",
}  # fmt: skip
"""Whoever posts it is answered line by line: none of another's periods is touched."""
ONE = "/periods/<number>/<int(max=9999):serial>"
ACTS, RHYTHM = f"{ONE}/<action>", "/periods/<number>/rhythm"
TOGETHER, BACK = "/periods/confirm", "/periods/return"
POSTS = {RHYTHM: {"office"}, ACTS: {"head", "clerk"}, TOGETHER: EVERYBODY}
POSTS |= {BACK: {"office", "inspector"}}
"""Who may post what: the office sets a rhythm, head and clerk of the lead report."""


def furnish(world: World) -> dict[str, Any]:
    return {
        "standing": standing.standing(world),
        "ongoing": standing.standing(world, "Thường xuyên"),
    }


def places(world: World) -> dict[str, tuple[str, str]]:
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    number, ongoing = made["standing"], made["ongoing"]
    export = "/periods/export.<any(xlsx, csv):kind>"
    return {
        "periods": ("/periods/", "/periods/"),
        "periods as xlsx": (export, "/periods/export.xlsx"),
        "periods as csv": (export, "/periods/export.csv"),
        "periods, returned": (BACK, f"{BACK}?chosen={number}/1"),
        "period": (ONE, f"/periods/{number}/1"),
        "period, report": (ACTS, f"/periods/{number}/1/report_period"),
        "rhythm": (RHYTHM, f"/periods/{ongoing}/rhythm"),
    }


def address(world: World, rule: str) -> str:
    """Return an address of a rule that takes posts."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    if rule in (TOGETHER, BACK):
        return rule
    if rule == RHYTHM:
        return f"/periods/{made['ongoing']}/rhythm"
    return f"/periods/{made['standing']}/1/report_period"
