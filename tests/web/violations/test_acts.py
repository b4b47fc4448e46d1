"""One violation contested and judged: what is refused, kept and told."""

from __future__ import annotations

import io

import pytest
from forms import filled, form_on
from violating import kept
from violation_pages import NASTY, contest, form_of, post, words
from world import csrf_of

from workflow.violations.records import ViolationState


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
