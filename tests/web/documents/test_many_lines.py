"""A document of 148 directives on one screen: one row for each clause, and for each agency."""

import re

import pytest
from sqlalchemy import event
from world import SINCE

from workflow.agencies.records import Tier
from workflow.directives.records import Action

LINK = re.compile(r'href="(/directives/\?[^"]+)"[^>]*>([\d.]+)')


@pytest.fixture
def communes(world):
    """Seventy communes under the province, and the group that names them all."""
    with world.unit() as unit:
        for n in range(70):
            world.agencies[f"X{n:02d}"] = unit.agencies.add_agency(
                code=f"X{n:02d}", name=f"UBND xã số {n:02d}", tier=Tier.COMMUNE,
                parent=world.agencies["H32"], valid_from=SINCE,
            )  # fmt: skip
    return world


def statements_of(world, client, address):
    """Return a page and how many statements it asked."""
    asked = []
    engine = world.office.engine

    def count(_conn, _cursor, statement, *_):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        answer = client.get(address)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert answer.status_code == 200
    return answer.text, [s for s in asked if s.lstrip().upper().startswith(("SELECT", "WITH"))]


def test_a_hundred_and_forty_eight_directives_stand_on_one_page_in_eight_statements(communes):
    world = communes
    [small] = world.issue(world.clause(1, coordinating=()))
    group = [world.clause(n, lead="communes", coordinating=()) for n in (1, 2)]
    alone = [world.clause(n, coordinating=()) for n in (3, 4, 5, 6)]
    made = world.issue(*group, *alone)
    assert len(made) == 148
    client = world.sign_in("office")
    client.get("/documents/2021-0001")
    _, few = statements_of(world, client, f"/documents/{small.number[:9]}")
    page, many = statements_of(world, client, "/documents/2021-0002")
    assert len(many) == len(few) <= 8
    assert all(one.number in page for one in made)
    assert len(re.findall(r'id="clause-\d+"', page)) == 6
    assert "72 cơ quan" in page


@pytest.mark.parametrize(
    ("who", "what"), [("office", "judge"), ("clerk", "report"), ("office", "record_report?lead=%d")]
)
def test_a_paper_over_many_lines_asks_no_more_than_one_over_few(communes, who, what):
    world = communes
    world.issue(world.clause(1, coordinating=()))
    world.issue(*(world.clause(n, coordinating=()) for n in range(1, 61)))
    if "%d" in what:
        what %= world.agencies["H32.03"].id
    client = world.sign_in(who)
    client.get("/documents/2021-0001")
    _, few = statements_of(world, client, f"/papers/2021-0001/{what}")
    page, many = statements_of(world, client, f"/papers/2021-0002/{what}")
    assert "2021-0002-60" in page
    assert len(many) == len(few) <= 8


def test_a_group_clause_is_one_row_and_its_late_agencies_come_first(communes):
    world = communes
    made = world.issue(world.clause(1, lead="communes", coordinating=(), deadline="30/8/2021"))
    done = next(one for one in made if one.lead_name == "UBND xã Cam Tân")
    world.report(done.number, "commune")
    world.act("office", done.number, Action.VERIFY, verdict="met")
    world.clock.at = world.clock.at.replace(month=9, day=6)
    page = world.sign_in("office").get("/documents/2021-0001").text
    held = page.partition('class="dd-held"')[2].partition("</ul>")[0]
    assert held.rindex("UBND xã số 69") < held.index("UBND xã Cam Tân")
    assert held.count("quá 7 ngày") == 71
    assert "71 quá hạn" in page


def test_every_count_of_an_agency_opens_its_rows(communes):
    world = communes
    world.issue(
        world.clause(1, lead=("H32.03", "H32.04")), world.clause(2), world.clause(3, lead="H32.04")
    )
    client = world.sign_in("office")
    sheet = client.get("/documents/2021-0001").text.partition('id="agencies"')[2]
    sheet = sheet.partition("</section>")[0]
    found = LINK.findall(sheet)
    assert found
    for url, number in found:
        rows = client.get(url.replace("&amp;", "&")).text.partition("<tbody")[2]
        assert len(re.findall(r'href="/directives/2021-[\d.-]+"', rows)) == int(number), url
