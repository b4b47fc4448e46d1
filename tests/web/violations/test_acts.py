"""Acting on violations through the pages: one, many, by hand, and the catalogue."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from forms import filled, form_on
from sqlalchemy import select
from violating import add_dossiers, kept
from world import csrf_of

from models.messages.rows import MessageRow
from models.violations.bases import all_entered
from web.messages.words import link_of, sentence_of
from workflow.accounts.records import Membership, Role
from workflow.violations.records import ViolationState
from workflow.violations.scopes import DossierScope

NASTY = (
    "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "%(reason)s", "\u202eđảo", "𝕏 \U0001f468",
    "Ω≈ç√∫", "=cmd|' /C calc'!A0", "a" * 400, "\t  \u00a0", "NULL", "../../etc/passwd", "&lt;b&gt;",
)  # fmt: skip


def words(text):
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split()))


def form_of(client, address, action=""):
    return form_on(client.get(address).text, action or address.split("?")[0])


def post(client, address, data):
    return client.post(address, data=data)


def contest(world, who, key, reason="Trễ ảo"):
    client = world.sign_in(who)
    address = f"/violations/{key}/contest"
    return client, post(client, address, filled(form_of(client, address), reason=reason))


# --- one ---------------------------------------------------------------------------------


def test_an_agency_contests_and_an_inspector_judges(life, overdue):
    client, answer = contest(life, "clerk", overdue.id)
    assert answer.status_code == 303
    assert "Đã ghi nhận: Đề nghị xem xét lại" in words(client.get(answer.location).text)
    assert "1 vi phạm đang giải trình" in words(client.get("/").text)
    judge = life.sign_in("inspector")
    address = f"/violations/{overdue.id}/overturn"
    page = judge.get(address).text
    assert "Trễ ảo" in words(page)
    assert "Nếu không tính vi phạm này Không vụ việc nào thôi tính hay hạ mức." in words(page)
    answer = post(judge, address, filled(form_on(page, address), reason="Đúng là trễ ảo"))
    assert answer.status_code == 303
    assert kept(life, id=overdue.id)[0].state is ViolationState.OVERTURNED


def test_files_come_with_it_and_an_unfit_one_is_refused_with_all_that_was_typed(life, overdue):
    client = life.sign_in("clerk")
    address = f"/violations/{overdue.id}/contest"
    data = filled(form_of(client, address), reason="Có biên nhận")
    bad = data | {"files": [(io.BytesIO(b"MZ\x90\x00"), "chay.exe")]}
    refused = client.post(address, data=bad, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "Có biên nhận" in refused.text
    assert "chay.exe" in refused.text
    assert kept(life, id=overdue.id)[0].state is ViolationState.RECORDED
    body = b"%PDF-1.4\nx\n%%EOF\n"
    good = data | {"files": [(io.BytesIO(body), "bien-nhan.pdf")]}
    assert client.post(address, data=good, content_type="multipart/form-data").status_code == 303
    assert "bien-nhan.pdf" in client.get(f"/violations/{overdue.id}").text


def test_a_missing_reason_is_told_at_the_field(life, overdue):
    _, answer = contest(life, "clerk", overdue.id, " ")
    assert answer.status_code == 422
    assert "Cần điền mục này" in answer.text
    _, answer = contest(life, "clerk", overdue.id, "x" * 5_001)
    assert answer.status_code == 422
    assert kept(life, id=overdue.id)[0].version == 1


def test_the_second_of_two_people_is_told_what_changed_and_loses_nothing(life, overdue):
    client = life.sign_in("office")
    address = f"/violations/{overdue.id}/overturn"
    data = filled(form_of(client, address), reason="Không đúng")
    contest(life, "clerk", overdue.id, "Xin xem lại")
    answer = post(client, address, data)
    assert answer.status_code == 409
    told = words(answer.text)
    assert "Vi phạm vừa được thay đổi" in told
    assert "Xin xem lại" in told
    assert "Không đúng" in answer.text
    again = form_on(answer.text, address)
    assert post(client, address, again).status_code == 303


@pytest.mark.parametrize(
    ("who", "action", "status"),
    [
        ("clerk", "confirm", 403),
        ("officer", "contest", 403),
        ("leader", "overturn", 403),
        ("inspector", "contest", 403),
        ("inspector", "uphold", 409),
        ("inspector", "count_again", 409),
        ("inspector", "record", 404),
        ("inspector", "explode", 404),
        ("district", "contest", 404),
        ("admin", "confirm", 404),
    ],
)
def test_what_may_not_be_done_is_refused_on_looking_and_on_sending(
    life, overdue, who, action, status
):
    client = life.sign_in(who)
    address = f"/violations/{overdue.id}/{action}"
    assert client.get(address).status_code == status
    data = {"csrf_token": csrf_of(client.get("/account").text), "version": "1", "reason": "x"}
    assert post(client, address, data).status_code == status
    assert kept(life, id=overdue.id)[0].version == 1


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_is_kept_as_words(life, overdue, text):
    _, answer = contest(life, "clerk", overdue.id, f"vì {text}")
    assert answer.status_code == 303
    page = life.sign_in("inspector").get(f"/violations/{overdue.id}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "49" not in kept(life, id=overdue.id)[0].reason


# --- many --------------------------------------------------------------------------------


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


# --- by hand -----------------------------------------------------------------------------


def typed(world, client, **more):
    return filled(
        form_of(client, "/violations/new"),
        **{
            "type": "V05",
            "source": "inspection",
            "agency": str(world.agencies["H32.10.1"].id),
            "occurred_on": "03/09/2021",
            "occurred_time": "14:05",
            "words": "Đòi thêm giấy tờ ngoài quy định",
            "reference": "Biên bản 15",
        }
        | more,
    )


def test_an_inspector_enters_what_was_found(life):
    client = life.sign_in("inspector")
    answer = post(client, "/violations/new", typed(life, client))
    assert answer.status_code == 303
    told = words(client.get(answer.location).text)
    for part in ("V05 Không giải quyết, kéo dài", "03/09/2021 14:05", "Biên bản 15", "Mức độ: vừa"):
        assert part in told, part


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"type": ""}, "Cần điền mục này"),
        ({"type": "V22"}, "Hãy chọn một trong các mục"),
        ({"source": "detected"}, "Hãy chọn một trong các mục"),
        ({"agency": "abc"}, "Hãy chọn một trong các mục"),
        ({"occurred_on": "31/02/2021"}, "Không đọc được ngày này"),
        ({"occurred_on": "01/01/2030"}, "Ngày này chưa đến"),
        ({"occurred_time": "25:00"}, "Không đọc được giờ này"),
        ({"words": ""}, "Cần điền mục này"),
        ({"dossier_code": "không có"}, "Không có hồ sơ nào mang mã này"),
    ],
)
def test_what_was_typed_wrong_stands_at_its_field_with_the_rest_kept(life, fields, error):
    client = life.sign_in("inspector")
    answer = post(client, "/violations/new", typed(life, client, **fields))
    assert answer.status_code == 422
    assert error in answer.text
    if "words" not in fields:
        assert "Đòi thêm giấy tờ ngoài quy định" in answer.text
    assert len(kept(life)) == len(life.violations)


FREE = ("words", "field_text", "procedure_code", "officer", "reference")


@pytest.mark.parametrize("text", NASTY)
def test_no_field_lets_anything_through(life, text):
    client = life.sign_in("inspector")
    fields = dict.fromkeys(FREE, f"x{text}"[:100])
    answer = post(client, "/violations/new", typed(life, client, **fields))
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert client.get("/violations/", query_string={"q": text}).status_code in {200, 302}
    for name in ("agency", "type", "since", "officer", "field", "after", "case"):
        query = {name: text}
        assert client.get("/violations/", query_string=query).status_code in {200, 302}


def entered(life, client, **fields):
    answer = post(client, "/violations/new", typed(life, client, **fields))
    assert answer.status_code == 303, answer.text
    key = int(answer.location.rpartition("/")[2])
    return next(row for row in kept(life) if row.id == key)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("đất đai", "Đất đai"),
        ("DAT  DAI", "Đất đai"),
        ("Đất đai", "Đất đai"),
        ("Đất đai đô thị", "Đất đai đô thị"),
        ("", ""),
    ],
)
def test_a_field_is_kept_as_the_dossiers_spell_it(life, words, field):
    client = life.sign_in("inspector")
    assert '<option value="Đất đai">' in client.get("/violations/new").text
    assert entered(life, client, field_text=words).field_text == field


def test_what_was_left_empty_is_the_dossiers_so_that_rules_count_it(life, overdue):
    client = life.sign_in("inspector")
    code = f"000.00.20.H32-2108-{overdue.dossier_id:05d}"
    row = entered(life, client, dossier_code=code)
    facts = (overdue.field_text, overdue.procedure_code, overdue.officer)
    assert all(facts)
    assert (row.field_text, row.procedure_code, row.officer) == facts
    other = entered(
        life, client, type="V07", dossier_code=code, officer="Lê Thị Khác", field_text="hộ tịch"
    )
    assert (other.field_text, other.officer) == ("hộ tịch", "Lê Thị Khác")


def test_a_dossiers_page_can_fill_the_form(life):
    client = life.sign_in("inspector")
    form = form_on(
        client.get("/violations/new?type=V11&agency=H32.10&dossier_code=A-1&officer=Tư").text,
        "/violations/new",
    )
    assert (form["type"], form["dossier_code"], form["officer"]) == (["V11"], ["A-1"], ["Tư"])
    assert form["agency"] == [str(life.agencies["H32.10"].id)]


def test_the_same_act_twice_is_told_with_its_number(life, overdue):
    client = life.sign_in("inspector")
    code = f"000.00.20.H32-2108-{overdue.dossier_id:05d}"
    fields = {"type": "V16", "dossier_code": code, "occurred_on": "17/08/2021"}
    answer = post(client, "/violations/new", typed(life, client, **fields))
    assert answer.status_code == 409
    assert f"VP-{overdue.id}" in words(answer.text)


# --- the catalogue -----------------------------------------------------------------------


def test_the_catalogue_shows_the_basis_of_a_day_and_no_other_as_law(life):
    client = life.sign_in("clerk")
    today = words(client.get("/violations/catalogue").text)
    assert today.count("Nghị định 61/2018/NĐ-CP, Điều 5 khoản 1 từ 21/06/2018") == 7
    assert today.count("Chưa có căn cứ") == 16
    assert "tỉnh khác" not in today
    later = words(client.get("/violations/catalogue?on=01/07/2025").text)
    assert later.count("Chưa có căn cứ") == 23
    assert "Không đọc được ngày" in words(client.get("/violations/catalogue?on=x").text)


def test_the_admin_enters_and_takes_out_bases_by_date(life):
    client = life.sign_in("admin")
    assert "tỉnh khác" in words(client.get("/violations/catalogue").text)
    address = "/violations/catalogue/V16/new"
    data = filled(
        form_of(client, address), basis="Quyết định 12/2021/QĐ-UBND", valid_from="01/01/2021"
    )
    assert post(client, address, data).status_code == 303
    assert "Quyết định 12/2021/QĐ-UBND" in words(client.get("/violations/catalogue").text)
    twice = post(client, address, data)
    assert twice.status_code == 422
    assert "Đã có căn cứ khác cho một phần thời gian này" in twice.text
    with life.office.reading() as unit:
        [row] = all_entered(unit.connection)
    token = csrf_of(client.get("/account").text)
    gone = post(client, f"/violations/catalogue/V16/{row.id}/remove", {"csrf_token": token})
    assert gone.status_code == 303
    again = post(client, f"/violations/catalogue/V16/{row.id}/remove", {"csrf_token": token})
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"valid_from": ""}, "Cần điền mục này"),
        ({"valid_from": "01/02/2021", "valid_to": "31/01/2021"}, "Ngày cuối phải sau ngày đầu"),
        ({"valid_from": "01/02/2021", "basis": "x" * 501}, "Nội dung quá dài"),
    ],
)
def test_a_wrong_basis_is_told_at_its_field(life, fields, error):
    client = life.sign_in("admin")
    address = "/violations/catalogue/V16/new"
    answer = post(client, address, filled(form_of(client, address), **fields))
    assert answer.status_code == 422
    assert error in answer.text


def test_a_type_nobody_knows_has_no_form(life):
    assert life.sign_in("admin").get("/violations/catalogue/V99/new").status_code == 404
