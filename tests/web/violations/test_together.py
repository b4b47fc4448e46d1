"""Many violations contested or judged with one form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from forms import filled, form_on
from sqlalchemy import select
from violating import add_dossiers, kept
from violation_pages import contest, post, words
from world import csrf_of

from models.messages.rows import MessageRow
from web.messages.words import link_of, sentence_of
from workflow.accounts.records import Membership, Role
from workflow.violations.records import ViolationState
from workflow.violations.scopes import DossierScope


@pytest.fixture
def many(life):
    ids = add_dossiers(life, *[{"promised_on": date(2021, 8, 1), "due_on": date(2021, 8, 1)}] * 60)
    with life.unit() as unit:
        scope = DossierScope(dossier_ids=tuple(ids), off=frozenset({"V17"}))
        unit.violations.detect(scope, life.office.today(), life.clock())
    return life


def chosen(client, **asked):
    query = "&".join(f"{k}={v}" for k, v in asked.items())
    address = f"/violations/together?action=contest&{query}"
    answer = client.get(address)
    return address, answer


def test_everything_that_a_filter_shows_is_contested_with_one_form(many):
    client = many.sign_in("clerk")
    address, answer = chosen(client, of="all", type="V16", until="02/08/2021")
    assert "Đề nghị xem xét lại: 60 vi phạm" in words(answer.text)
    data = filled(form_on(answer.text, "together"), reason="Trễ ảo")
    done = post(client, address, data)
    assert done.status_code == 303
    assert "xong 60 vi phạm" in words(client.get(done.location).text)
    assert "until" in done.location
    states = [row.state for row in kept(many, type="V16") if row.occurred_on == date(2021, 8, 2)]
    assert states == [ViolationState.CONTESTED] * 60


@pytest.mark.parametrize("ids", ["2147483648", "1,99999999999999999999"])
def test_keys_that_no_violation_can_have_are_refused_in_words(many, ids):
    client = many.sign_in("clerk")
    address, answer = chosen(client, of="all", type="V16")
    data = filled(form_on(answer.text, "together"), reason="x") | {"ids": [ids]}
    assert post(client, address, data).status_code in {404, 409, 422}


def test_the_list_itself_sends_what_was_marked_or_the_whole_page(many):
    client = many.sign_in("clerk")
    page = client.get("/violations/?type=V16").text
    form = form_on(page, "/violations/together")
    assert len(form["page"][0].split(",")) == 50
    _, answer = chosen(client, of="page", page=form["page"][0])
    assert "Đề nghị xem xét lại: 50 vi phạm" in words(answer.text)
    marked = re.findall(r'name="id" value="(\d+)"', page)[:3]
    address = "/violations/together?action=contest&of=marked&" + "&".join(
        f"id={key}" for key in marked
    )
    assert "Đề nghị xem xét lại: 3 vi phạm" in words(client.get(address).text)


def test_what_was_seen_is_what_is_done_whatever_came_since(many):
    client = many.sign_in("clerk")
    address, answer = chosen(client, of="all", type="V16", until="02/08/2021")
    data = filled(form_on(answer.text, "together"), reason="Trễ ảo")
    [key] = add_dossiers(many, {"promised_on": date(2021, 8, 1), "due_on": date(2021, 8, 1)})
    with many.unit() as unit:
        scope = DossierScope(dossier_ids=(key,))
        unit.violations.detect(scope, many.office.today(), many.clock())
    post(client, address, data)
    assert {row.state for row in kept(many, dossier_id=key)} == {ViolationState.RECORDED}


def test_how_it_ended_is_told_row_by_row(many):
    rows = kept(many, type="V16")
    mine = [row.id for row in rows if row.agency_id == many.agencies["H32.03"].id][:3]
    theirs = next(row.id for row in rows if row.agency_id == many.agencies["H32.10"].id)
    contest(many, "clerk", mine[0])
    client = many.sign_in("clerk")
    address, answer = chosen(client, of="page", page=",".join(map(str, mine)))
    data = form_on(answer.text, "together")
    ids = ",".join(map(str, [*mine, theirs]))
    told = words(post(client, address, filled(data, reason="Trễ ảo", ids=ids)).text)
    assert "2 vi phạm đã xong, 2 chưa làm được" in told
    assert "Không làm được khi vi phạm ở trạng thái “Đang giải trình”" in told
    assert "Không tìm thấy mục này trong phạm vi của bạn" in told


def test_whoever_judges_many_reads_the_explanations_and_the_agency_is_told_once(many):
    rows = kept(many, type="V16")
    mine = [row.id for row in rows if row.agency_id == many.agencies["H32.03"].id][:3]
    for key in mine:
        contest(many, "clerk", key, reason="Phần mềm một cửa đóng chậm")
    with many.office.reading() as unit:
        asked = unit.connection.execute(
            select(MessageRow.to_role).where(MessageRow.kind == "violations_contested")
        ).scalars()
        assert list(asked) == ["inspector"] * 3
    judge = many.sign_in("inspector")
    assert "vi phạm cơ quan đề nghị xem xét lại" in judge.get("/").text
    address = f"/violations/together?action=overturn&of=page&page={','.join(map(str, mine))}"
    page = judge.get(address).text
    assert words(page).count("Phần mềm một cửa đóng chậm") == 3
    data = filled(form_on(page, "together"), reason="Đúng là trễ ảo")
    assert post(judge, address, data).status_code == 303
    with many.office.reading() as unit:
        told = unit.connection.execute(
            select(MessageRow.__table__).where(MessageRow.kind == "violations_judged")
        ).all()
    assert [one.params["overturned"] for one in told] == [3]
    with many.app.test_request_context():
        assert sentence_of(told[0]) == (
            "Giải trình đã được xem xét: 3 vi phạm không tính, 0 vẫn tính."
        )
        assert link_of(told[0]) == "/violations/"


def test_who_left_the_agency_a_short_while_ago_judges_neither_one_nor_many(many, monkeypatch):
    [key, *_] = (row.id for row in kept(many, type="V16", agency_id=many.agencies["H32.03"].id))
    served = {"valid_from": date(2020, 1, 1), "valid_to": date(2021, 8, 1)}
    served |= {"role": Role.AGENCY_OFFICER, "agency_id": many.agencies["H32.03"].id}
    with many.unit() as unit:
        unit.accounts.add_membership(many.accounts["inspector"], Membership(**served))
    settings = many.office.settings
    review = replace(settings.review, cool_down_months=6)
    monkeypatch.setattr(many.office, "settings", replace(settings, review=review))
    client = many.sign_in("inspector")
    assert "cơ quan bạn rời chưa lâu" in words(client.get(f"/violations/{key}").text)
    address = f"/violations/together?action=confirm&of=marked&id={key}"
    page = client.get(address).text
    assert "1 vi phạm sẽ không làm được" in words(page)
    told = post(client, address, filled(form_on(page, "together"), reason="Đã xem"))
    assert "cơ quan bạn rời chưa lâu" in words(told.text)
    data = {"csrf_token": csrf_of(client.get("/account").text), "version": "1", "reason": "x"}
    assert post(client, f"/violations/{key}/confirm", data).status_code == 409
    assert kept(many, id=key)[0].version == 1


def test_what_cannot_be_done_is_said_before_anyone_sends(many):
    rows = kept(many, type="V16")
    mine = [row.id for row in rows if row.agency_id == many.agencies["H32.03"].id][:3]
    contest(many, "clerk", mine[0])
    text = words(chosen(many.sign_in("clerk"), of="page", page=",".join(map(str, mine)))[1].text)
    assert "1 vi phạm sẽ không làm được" in text
    assert "1: Không làm được khi vi phạm ở trạng thái “Đang giải trình”" in text


def test_before_anything_was_concluded_nobody_is_asked_to_keep_a_conclusion(many):
    agency = many.agencies["H32.03"].id
    key = next(row.id for row in kept(many, type="V16") if row.agency_id == agency)
    contest(many, "clerk", key)
    judge = many.sign_in("inspector")
    page = judge.get(f"/violations/{key}").text
    assert "Kết luận là vi phạm" in page


def test_nothing_chosen_leads_back_and_a_lost_form_is_refused(many):
    client = many.sign_in("clerk")
    _, answer = chosen(client, of="marked")
    assert answer.status_code == 303
    token = csrf_of(client.get("/account").text)
    for ids in ("", "x", "1,,2", "1" * 11, "1;drop"):
        data = {"csrf_token": token, "ids": ids, "reason": "x"}
        answer = post(client, "/violations/together?action=contest", data)
        assert answer.status_code == 422, ids
        assert "Hãy chọn ít nhất một vi phạm" in words(answer.text)


@pytest.mark.parametrize(
    ("who", "action", "status"),
    [
        ("officer", "contest", 403),
        ("leader", "confirm", 403),
        ("inspector", "contest", 403),
        ("clerk", "confirm", 403),
        ("inspector", "count_again", 403),
        ("inspector", "x", 404),
    ],
)
def test_only_who_may_gets_the_form_for_many(life, who, action, status):
    client = life.sign_in(who)
    assert client.get(f"/violations/together?action={action}&of=all").status_code == status
