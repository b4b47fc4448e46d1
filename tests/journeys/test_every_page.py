"""Every page as every role: axe finds nothing, nothing sticks out, nothing leaves the origin."""

from __future__ import annotations

import casework
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from world import World

from workflow.directives.records import Action

ROLES = ("office", "leader", "inspector", "admin", "clerk", "district")
SKIPPED = (
    "/static/",
    "/evidence/",
    "/components/reading",
    "/documents/deadline",
    "/escalation/reading",
)
"""Files, and fragments that stand inside a page."""

AXE = Axe()


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
    return [*pages, f"/documents/{key}", "/search?q=dat+dai", "/agencies/H32.03"]


def shape_of(page) -> list[str]:
    """Return what sticks out of a page, and a missing or second heading."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    heads = page.locator("h1").count()
    return [f"sticks out by {wide} px"] * (wide > 0) + [f"{heads} h1"] * (heads != 1)


def violations_of(page) -> list[str]:
    found = AXE.run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_sound(world, app, person, role):
    """Each page once wide and once narrow; axe looks at the wide one, where all words stand."""
    addresses = [*plain_addresses(app), *addresses_of_life(world), *casework.pages(world)]
    wide, narrow = person(role), person(role, width=390)
    found = {}
    for address in addresses:
        page = wide.go(address)
        if page.title().startswith("Không tìm thấy"):
            continue
        troubles = violations_of(page) + shape_of(page) + shape_of(narrow.go(address))
        if troubles:
            found[address] = troubles
    assert found == {}
