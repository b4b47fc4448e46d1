"""What the draft of the Friday report says in sentences, and what of it the page says too."""

import io
from datetime import date, timedelta

import docx
import pytest
from docx.oxml.ns import qn
from standing import standing

from workflow.directives.records import Action

DAYS = "from=2021-08-23&to=2021-09-30"


def words_of(client, days=DAYS):
    answer = client.get(f"/summaries/export.docx?{days}")
    paper = docx.Document(io.BytesIO(answer.data))
    return "\n".join(part.text or "" for part in paper.element.body.iter(qn("w:t")))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_without_anything_done_no_rate_is_told(world):
    world.issue(world.clause(coordinating=(), deadline="30/9/2021"))
    said = words_of(world.sign_in("office"))
    assert "Chưa có nhiệm vụ nào hoàn thành." in said
    assert "chưa tính được" not in said


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_rate_says_of_how_many_it_is(world):
    numbers = [
        made.number
        for made in world.issue(
            world.clause(1, coordinating=(), deadline="30/9/2021"),
            world.clause(2, coordinating=(), deadline=""),
        )
    ]
    for number in numbers:
        world.report(number)
        world.act("office", number, Action.VERIFY, verdict="met")
    world.clock.at += timedelta(days=38)
    client = world.sign_in("office")
    said = words_of(client)
    assert "đúng hạn 2 (gồm 1 nhiệm vụ không xét thời hạn), quá hạn 0." in said
    assert "tính trên 1 nhiệm vụ có thời hạn: 100,0%" in said
    assert ">1/1</span>" in client.get(f"/summaries/?{DAYS}").text


def test_standing_work_extensions_and_new_leads_are_each_a_sentence(world):
    standing(world)
    late, moved = world.issue(
        world.clause(1, coordinating=(), deadline="10/9/2021"),
        world.clause(2, coordinating=(), deadline="30/9/2021"),
    )
    for one in (late, moved):
        world.act("clerk", one.number, Action.ACCEPT)
    world.act(
        "clerk", late.number, Action.REQUEST_EXTENSION, reason="Chờ kết quả đo đạc",
        due_on=date(2021, 10, 15),
    )  # fmt: skip
    world.act(
        "office", moved.number, Action.REASSIGN, reason="Đúng lĩnh vực",
        agency=world.agencies["H32.04"].id,
    )  # fmt: skip
    world.clock.at += timedelta(days=38)
    client = world.sign_in("office")
    said = words_of(client)
    assert "1 nhiệm vụ thường xuyên, định kỳ tính riêng theo kỳ báo cáo: 1 kỳ đến hạn" in said
    assert "Trong kỳ có 1 lượt đề nghị gia hạn." in said
    assert "Trong kỳ đã chuyển cơ quan chủ trì 1 lượt." in said
    assert "Chờ kết quả đo đạc" in said
    assert "Đề nghị gia hạn đến 15/10/2021" in said
    page = client.get(f"/summaries/?{DAYS}").text
    assert "Chờ kết quả đo đạc" in page
    assert "1 nhiệm vụ thường xuyên, định kỳ, ngoài các số trên: 1 kỳ đến hạn" in page
