"""Reports one had a hand in are not offered to oneself: home, document and list say whose turn."""

import re

import pytest
from forms import filled, form_on
from sqlalchemy import event

from models.directives.filters import ListFilter, Looker, wanted
from models.directives.several import directives_where
from workflow.directives.guards import Case, independent
from workflow.directives.records import Action, State

RECORD = {
    "result": "Xong", "report_number": "45/BC", "report_date": None, "received_on": None,
    "signer": "Võ Thủ Trưởng",
}  # fmt: skip


@pytest.fixture
def numbers(world):
    """One report recorded with a file, one without, one filed by the lead, one not reported."""
    made = [one.number for one in world.issue(*(world.clause(n) for n in (1, 2, 3, 4)))]
    day = world.office.today()
    given = RECORD | {"report_date": day, "received_on": day}
    world.act("office", made[0], Action.RECORD_REPORT, **given, files=(world.file(),))
    world.act("office", made[1], Action.RECORD_REPORT, **given)
    world.report(made[2])
    return made


def figure(page, words):
    found = re.search(r'<a href="([^"]+)"[^>]*><b>(\d+)</b> ' + re.escape(words) + "<", page)
    return found and (found[1].replace("&amp;", "&"), int(found[2]))


def test_home_counts_and_offers_only_what_the_reader_may_judge(world, numbers):
    page = world.sign_in("office").get("/").text
    assert figure(page, "chờ xác nhận")[1] == 2
    assert figure(page, "chờ người khác xác nhận")[1] == 1
    assert f"/directives/{numbers[0]}/verify" not in page
    assert f"/directives/{numbers[1]}/verify" in page
    assert "Người xác nhận được: người khác của Văn phòng UBND tỉnh" in page
    other = world.sign_in("office2").get("/").text
    assert figure(other, "chờ xác nhận")[1] == 3
    assert figure(other, "chờ người khác xác nhận") is None


def test_each_figure_opens_its_rows_with_their_words(world, numbers):
    client = world.sign_in("office")
    page = client.get("/").text
    mine = client.get(figure(page, "chờ xác nhận")[0]).text
    assert "tôi xác nhận được" in mine
    assert numbers[0] not in mine
    others = client.get(figure(page, "chờ người khác xác nhận")[0]).text
    assert "chờ người khác xác nhận" in others
    assert numbers[0] in others
    assert numbers[2] not in others


def test_the_document_offers_what_can_be_judged_and_says_what_waits_for_others(world, numbers):
    client, key = world.sign_in("office"), numbers[0].rpartition("-")[0]
    page = client.get(f"/documents/{key}").text
    assert re.search(r'data-action="judge">Xem xét báo cáo <span class="dd-count">2<', page)
    assert "Báo cáo chờ người khác xác nhận" in page
    for number in numbers[1:3]:
        world.act("office2", number, Action.VERIFY, verdict="met")
    page = client.get(f"/documents/{key}").text
    assert 'data-action="judge"' not in page
    left = client.get(f"/papers/{key}/judge").text
    assert "Báo cáo ở đây chờ người khác xác nhận" in left
    assert "Lê Văn Bình" in left
    assert f'href="/directives/{numbers[0]}/recall"' in left


def test_telling_who_else_may_judge_stays_within_eight_statements(world, numbers):
    for number in numbers[1:3]:
        world.act("office2", number, Action.VERIFY, verdict="met")
    client, said = world.sign_in("office"), []

    @event.listens_for(world.office.engine, "before_cursor_execute")
    def note(conn, cursor, statement, *rest):
        said.append(statement)

    def count(address):
        said.clear()
        assert client.get(address).status_code == 200
        return len([one for one in said if not one.startswith("BEGIN")])

    try:
        assert count("/") <= 8
        assert count(f"/papers/{numbers[0].rpartition('-')[0]}/judge") <= 8
    finally:
        event.remove(world.office.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("who", ["office", "office2", "inspector"])
def test_the_list_asks_in_the_database_what_the_guard_asks_of_each(world, numbers, who):
    actor, day = world.actor(who), world.office.today()
    looker = Looker(actor=actor, day=day)
    asked = wanted(ListFilter(judge="me", states=frozenset({State.REPORTED})), looker)
    with world.office.reading() as unit:
        found = [one.number for one in directives_where(unit.connection, asked, 10)]
    waits = [d for n in numbers if (d := world.directive(n)).state is State.REPORTED]
    free = [
        d.number
        for d in waits
        if independent(Case(directive=d, actor=actor, day=day, calendar=None)) is None
    ]
    assert found == free


def test_the_office_takes_its_record_back_and_records_the_right_paper(world, numbers):
    client, day = world.sign_in("office"), world.office.today()
    address = f"/directives/{numbers[0]}/recall"
    assert address in client.get(f"/directives/{numbers[0]}").text
    data = filled(form_on(client.get(address).text, "/recall"), reason="Ghi nhầm văn bản")
    assert client.post(address, data=data).status_code == 303
    assert world.directive(numbers[0]).state is State.IN_PROGRESS
    assert "Ghi nhầm văn bản" in client.get(f"/directives/{numbers[0]}").text
    given = RECORD | {"report_date": day, "received_on": day, "report_number": "46/BC"}
    again = world.act("office2", numbers[0], Action.RECORD_REPORT, **given)
    assert again.state is State.REPORTED
    assert client.get(f"/directives/{numbers[2]}/recall").status_code in {403, 409}
