"""Every page as every role: axe finds nothing, nothing sticks out, nothing leaves the origin."""

from __future__ import annotations

import casework
from backends import ON_ONE_DATABASE
from flask import Flask
from sound import Looks
from world import World

from workflow.directives.records import Action

ROLES = ("office", "leader", "inspector", "admin", "clerk", "district")
SKIPPED = (
    "/static/",
    "/evidence/",
    "/components/reading",
    "/documents/deadline",
    "/escalation/reading",
    "/papers/known",
    "/review/at-home",
    "/views/mine",
)
"""Files, and fragments that stand inside a page."""


def plain_addresses(app: Flask) -> list[str]:
    """Return every page that needs nothing in its address."""
    return sorted(
        str(rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and not str(rule).startswith(SKIPPED)
        and "." not in str(rule)
    )


def addresses_of_life(world: World) -> list[str]:
    """Return pages of directives in every state, and of what hangs on them."""
    numbers = [d.number for d in world.issue(*(world.clause(n) for n in range(1, 6)))]
    waiting, running, reported, verified, declined = numbers
    world.act("clerk", running, Action.UPDATE, done="Đã rà soát " + "rất dài " * 40, progress=40)
    world.report(reported)
    world.report(verified)
    world.act("office", verified, Action.VERIFY, verdict="met")
    world.act(
        "clerk",
        declined,
        Action.DECLINE,
        paper="12/STNMT",
        ask="other_lead",
        reason="Không thuộc chức năng",
        files=(world.file(),),
    )
    pages = [f"/directives/{number}" for number in numbers]
    pages += [f"/directives/{running}/{a}" for a in ("update", "report", "request_extension")]
    pages += [f"/directives/{reported}/{a}" for a in ("verify", "return")]
    pages += [f"/directives/{waiting}/{a}" for a in ("decline", "reassign", "withdraw")]
    key = numbers[0].rsplit("-", 1)[0]
    pages += [f"/papers/{key}/{what}" for what in ("update", "report", "judge", "record_report")]
    return [
        *pages,
        f"/papers/copy/{running}",
        f"/documents/{key}",
        "/search?q=dat+dai",
        "/agencies/H32.03",
    ]


@ON_ONE_DATABASE
def test_every_page_is_sound(world, app, person):
    addresses = [*plain_addresses(app), *addresses_of_life(world), *casework.pages(world)]
    looks, found = Looks(), {}
    for role in ROLES:
        someone, known = person(), world.sign_in(role)
        someone.take_the_session_of(known)
        for address in addresses:
            if troubles := looks.troubles(someone, known, address):
                found[role, address] = troubles
    assert found == {}
