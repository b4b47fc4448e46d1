"""Work that a sheet carries over: begun, paused or finished elsewhere, and so from its issue on."""

from __future__ import annotations

import html
import io
import re
from datetime import date

import pytest
from fixtures.sheets import tasks, workbook_bytes
from forms import filled, form_on
from world import csrf_of

from workflow.directives.records import Action, State
from workflow.documents.records import CarriedState
from workflow.documents.usecases import issue_document
from workflow.errors import Refused

HEADING = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Tình trạng", "Kết quả", "Ngày hoàn thành"]
ABOVE = ["DANH MỤC NHIỆM VỤ GIAO", "(Kèm theo Công văn số 12/UBND-NC ngày 12/7/2021)"]
PAUSED = "Tạm dừng từ ngày 05/8/2021"


def draft(world, client, *rows):
    """Take in a sheet and return its draft with the address of its page."""
    token = csrf_of(client.get("/documents/import").text)
    sheet = io.BytesIO(workbook_bytes(tasks(*rows, heading=HEADING, above=ABOVE)))
    data = {"csrf_token": token, "secrecy": "none", "file": (sheet, "giao-viec.xlsx")}
    answer = client.post("/documents/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    key = int(answer.location.rsplit("/", 1)[1])
    with world.office.reading() as unit:
        return unit.documents.document(key), f"/documents/drafts/{key}"


def issued(client, address):
    page = client.get(f"{address}/issue")
    assert client.post(f"{address}/issue", data=form_on(page.text, "/issue")).status_code == 303
    return html.unescape(page.text)


def words_of(page):
    return " ".join(html.unescape(page.text).split())


@pytest.fixture
def office(world):
    return world.sign_in("office")


def test_paused_work_is_issued_paused_from_its_own_day_and_goes_on(world, clock, office):
    row = [1, "Việc dừng", "Sở Xây dựng", "20/8/2021", PAUSED, "Đã lập danh mục", None]
    _document, address = draft(world, office, row)
    before = issued(office, address)
    assert "Đang tạm dừng (ghi nhận từ nơi khác)" in before
    d = world.directive("2021-0001-01")
    assert (d.state, d.suspended_since, d.carried_over) == (
        State.IN_PROGRESS, date(2021, 8, 5), True,
    )  # fmt: skip
    page = words_of(office.get("/directives/2021-0001-01"))
    assert "Tạm dừng từ 05/08/2021, ghi nhận từ nơi khác" in page
    assert "Đã lập danh mục" in page
    listed = words_of(office.get("/directives/?hide=none"))
    assert "ghi nhận từ nơi khác" in listed.lower()
    paper = words_of(office.get("/documents/2021-0001"))
    assert "Đang tạm dừng (ghi nhận từ nơi khác)" in paper
    assert "05/08/2021" in paper
    clock.at = clock.at.replace(month=9)
    world.act("office", d.number, Action.RESUME, paper="20/UBND", due_on=date(2021, 10, 29))
    assert world.directive(d.number).suspended_since is None
    page = words_of(world.sign_in("office").get("/directives/2021-0001-01"))
    assert "Tạm dừng từ 05/08/2021 đến hết 22/09/2021" in page


def test_paused_work_without_a_day_is_paused_from_the_day_it_was_entered(world, office):
    row = [1, "Việc dừng", "Sở Xây dựng", "30/9/2021", "Tạm dừng", None, None]
    _document, address = draft(world, office, row)
    assert "tính từ hôm nay, ngày vào sổ" in issued(office, address)
    assert world.directive("2021-0001-01").suspended_since == date(2021, 8, 23)


def test_the_report_of_a_period_counts_it_as_suspended(world, office):
    rows = (
        [1, "Việc dừng", "Sở Xây dựng", "20/8/2021", PAUSED, None, None],
        [2, "Việc xong", "Sở Xây dựng", "20/8/2021", "Đã hoàn thành", None, "19/08/2021"],
        [3, "Việc chạy", "Sở Xây dựng", "20/8/2021", "Đang thực hiện", None, None],
    )
    _document, address = draft(world, office, *rows)
    issued(office, address)
    told = row_of_report(office, "from=2021-07-01&to=2021-08-23")
    assert (told["suspended"], told["done_on_time"], told["open_late"]) == ("1", "1", "1"), told
    before = row_of_report(office, "from=2021-07-01&to=2021-08-04&late=yes")
    assert (before["suspended"], before["open_in_time"]) == ("0", "2"), "it ran until the fifth"


def row_of_report(client, query):
    """Return the first row of the report's table by its columns."""
    page = client.get(f"/summaries/?{query}", follow_redirects=True).text
    row = page.partition('id="summary"')[2].partition("<tbody>")[2].partition("</tr>")[0]
    cells = re.findall(r'data-col="(\w+)"[^>]*><div>(.*?)</div></td>', row, re.DOTALL)
    return {key: re.sub(r"<[^>]+>", "", cell).strip() for key, cell in cells}


def test_a_day_that_has_not_come_waits_and_is_put_right_in_its_row(world, office):
    row = [1, "Việc xong", "Sở Xây dựng", "30/9/2021", "Đã hoàn thành", None, "24/08/2021"]
    document, address = draft(world, office, row)
    assert "ngày ghi ở nơi khác chưa tới" in words_of(office.get(address))
    with pytest.raises(Refused) as refused, world.unit() as unit:
        ground = world.office.ground(unit)
        issue_document(unit.documents, world.actor("office"), document.id, ground=ground)
    assert refused.value.code == "clauses_wait"
    there = f"{address}/rows/{document.clauses[0].id}"
    typed = filled(form_on(office.get(there).text, there), carried_on="23/08/2021")
    assert office.post(there, data=typed).status_code == 303
    issued(office, address)
    assert world.directive("2021-0001-01").completed_on == date(2021, 8, 23)


def test_a_row_that_ended_before_it_was_given_is_told_and_not_refused(world, office):
    row = [1, "Việc xong", "Sở Xây dựng", "30/9/2021", "Đã hoàn thành", None, "01/07/2021"]
    _document, address = draft(world, office, row)
    told = "Ngày ghi ở nơi khác (01/07/2021) đứng trước ngày giao (12/07/2021)"
    assert told in words_of(office.get(address))
    assert told in " ".join(issued(office, address).split())


def test_a_state_nobody_understood_is_chosen_by_a_person(world, office):
    row = [1, "Việc lạ", "Sở Xây dựng", "30/9/2021", "Tạm dừng đến tháng 9", "Đã họp", None]
    document, address = draft(world, office, row)
    there = f"{address}/rows/{document.clauses[0].id}"
    form = form_on(office.get(there).text, there)
    without_state = filled(form, carried_on="05/08/2021")
    assert office.post(there, data=without_state).status_code == 422
    typed = filled(form, carried_state="paused", carried_on="05/08/2021", carried_result="Đã họp")
    assert office.post(there, data=typed).status_code == 303
    with world.office.reading() as unit:
        [clause] = unit.documents.document(document.id).clauses
    assert (clause.carried_state, clause.carried_on) == (CarriedState.PAUSED, date(2021, 8, 5))
    issued(office, address)
    assert world.directive("2021-0001-01").suspended_since == date(2021, 8, 5)


def test_finished_work_without_a_day_shows_no_empty_day(world, office):
    row = [1, "Việc xong", "Sở Xây dựng", "30/9/2021", "Đã hoàn thành", "Đã ban hành", None]
    _document, address = draft(world, office, row)
    assert "Đã ban hành" in words_of(office.get(address))
    issued(office, address)
    page = words_of(office.get("/directives/2021-0001-01"))
    assert "không ai kết luận ở đây" in page
    assert "xác nhận ngày" not in page


SOURCED = [*HEADING, "Số văn bản", "Ngày văn bản"]


def taken_in(world, client, *sources):
    rows = [
        [n, f"Việc {n}", "Sở Xây dựng", "30/9/2021", "Đang thực hiện", None, None, *source]
        for n, source in enumerate(sources, 1)
    ]
    token = csrf_of(client.get("/documents/import").text)
    sheet = io.BytesIO(workbook_bytes(tasks(*rows, heading=SOURCED)))
    data = {"csrf_token": token, "secrecy": "none", "file": (sheet, "giao-viec.xlsx")}
    answer = client.post("/documents/import", data=data, content_type="multipart/form-data")
    return answer.location


ONE = ("1200/UBND-NC", "05/03/2021")


@pytest.mark.parametrize(
    ("sources", "number", "day"),
    [
        ((ONE, ONE), "1200/UBND-NC", "05/03/2021"),
        ((ONE, ("Số: 1200 / UBND-NC", "05/03/2021")), "1200/UBND-NC", "05/03/2021"),
        ((ONE, ("1201/UBND-NC", "05/03/2021")), "", ""),
        ((ONE, ("1200/UBND-NC", "06/03/2021")), "", ""),
        ((ONE, ("", "")), "", ""),
        ((("Thông báo 12/TB-UBND về đất đai", "05/03/2021"),) * 2, "", ""),
    ],
)
def test_the_head_begins_with_the_document_that_every_row_names(
    world, office, sources, number, day
):
    address = taken_in(world, office, *sources)
    for part in ("", "?part=head"):
        page = office.get(f"{address}/edit{part}").text
        data = form_on(page, "/edit")
        assert (data["reference"], data["issued_on"]) == ([number], [day])
        assert ("theo mọi dòng của bảng" in html.unescape(page)) is bool(number)
