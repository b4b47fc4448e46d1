"""Every figure of a document opens the rows it counts."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime

import pytest

from workflow.directives.records import Action

FIGURE = re.compile(r'<a href="([^"]+)"[^>]*>\s*<b>([\d.]+)</b>')
WORDS = re.compile(r'<a class="(?:dd-quiet|dd-late)" href="([^"]+)">([\d.]+) ')


@pytest.fixture
def busy(world):
    """A document with a part handed down, one late, one verified, one of another agency."""
    made = world.issue(
        world.clause(1), world.clause(2, lead=("H32.03", "H32.11")), world.clause(3, lead="H32.10"),
    )  # fmt: skip
    own, _both, _foreign, district = (one.number for one in made)
    world.report(own)
    world.act("office", own, Action.VERIFY, verdict="met")
    world.act("district", district, Action.ACCEPT)
    world.act(
        "district", district, Action.HAND_DOWN, agency=world.agencies["H32.10.1"].id,
        content="Phần của xã", due_on=date(2021, 9, 10),
    )  # fmt: skip
    world.clock.at = datetime(2021, 10, 4, 2, tzinfo=UTC)
    return made[0].number.rsplit("-", 1)[0]


def opened(client, url):
    """Return how many directives the list at an address shows."""
    page = client.get(html.unescape(url)).text.partition("<tbody")[2]
    return len(re.findall(r'href="/directives/2021-[\d.-]+"', page))


@pytest.mark.parametrize("who", ["office", "leader", "clerk", "district"])
def test_a_documents_figures_open_as_many_rows(world, busy, who):
    client = world.sign_in(who)
    page = client.get(f"/documents/{busy}").text
    found = FIGURE.findall(page)
    assert found
    for url, number in found:
        assert opened(client, url) == int(number), url


@pytest.mark.parametrize("who", ["office", "clerk"])
def test_the_lists_figures_open_as_many_rows(world, busy, who):
    client = world.sign_in(who)
    found = WORDS.findall(client.get("/documents/").text)
    assert len(found) > 1
    for url, number in found:
        assert opened(client, url) == int(number), url
