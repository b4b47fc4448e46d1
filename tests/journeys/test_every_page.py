"""Every page as every role: axe finds nothing, nothing sticks out, nothing leaves the origin."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from world import World

from workflow.directives.records import Action

ROLES = (
    "office",
    "leader",
    "inspector",
    "admin",
    "head",
    "clerk",
    "officer",
    "district",
    "commune",
)
SKIPPED = ("/static/", "/evidence/")
AXE = Axe()


def plain_addresses(app: Flask) -> list[str]:
    """Return every page that needs nothing in its address."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            found.append(str(rule))
    return sorted(a for a in found if not a.startswith(SKIPPED) and "." not in a)


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


def troubles_of(page) -> list[str]:
    found = [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in AXE.run(page).response["violations"]
    ]
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if wide > 0:
        found.append(f"sticks out by {wide} px")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    return found


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_sound(world, app, person, role, width):
    addresses = [*plain_addresses(app), *addresses_of_life(world)]
    someone = person(role, width=width)
    found = {}
    for address in addresses:
        page = someone.go(address)
        troubles = troubles_of(page)
        if troubles:
            found[address] = troubles
    assert found == {}
