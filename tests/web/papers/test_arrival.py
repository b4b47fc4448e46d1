"""The number the office's clerk gives a paper when it comes: kept once, found, never typed again."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from forms import filled, form_on

from workflow.directives.records import Action

HEADING = "Ngày đến\tSố đến\tTác giả\tSố, ký hiệu\tNgày tháng\tTrích yếu\tNgười ký"
ROW = "23/08/2021\t1112\tSở Tài nguyên và Môi trường\t45/BC-STNMT\t20/08/2021\tBáo cáo\tVõ Ký"
FILL = {
    "report_number": "45/BC-STNMT", "report_date": "20/08/2021", "signer": "Võ Ký",
    "received_on": "23/08/2021", "arrival_number": "1112",
}  # fmt: skip


@pytest.fixture
def mai(world):
    client = world.sign_in("office")
    data = filled(form_on(client.get("/papers/list/new").text, "/new"), text=f"{HEADING}\n{ROW}")
    answer = client.post(
        "/papers/list/new", data=data | {"direction": ["incoming"]},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == 303, "every column is read: nothing to tell"
    return client


def test_it_is_shown_searched_and_mended(mai):
    assert "số 1112" in mai.get("/papers/list").text
    assert "45/BC-STNMT" in mai.get("/papers/list?q=1112").text
    assert "45/BC-STNMT" not in mai.get("/papers/list?q=1113").text
    form = form_on(mai.get("/papers/list/1/mend").text, "/mend")
    assert form["arrival_number"] == ["1112"]
    answer = mai.post("/papers/list/1/mend", data=filled(form, arrival_number="1113"))
    assert answer.status_code == 303
    page = mai.get("/papers/list/1").text
    assert "Số đến" in page
    assert "1113" in page


@pytest.mark.parametrize("typed", ["1112", "45/bc"])
def test_typing_it_under_a_report_finds_the_paper_and_fills_every_field(mai, typed):
    part = mai.get(f"/papers/known?report_number={typed}&field=report_number").text
    [fill] = [json.loads(unescape(one)) for one in re.findall('data-fill="([^"]+)"', part)]
    assert fill == FILL


def test_a_recorded_report_keeps_it_from_the_list(world, mai):
    [one] = world.issue(world.clause())
    address = f"/directives/{one.number}/record_report"
    data = filled(
        form_on(mai.get(address).text, "/record_report"), result="Xong", report_number="45/BC-STNMT"
    )
    data["received_on"] = [""]
    assert mai.post(address, data=data).status_code == 303
    page = " ".join(mai.get(f"/directives/{one.number}").text.split())
    assert "số đến 1112" in page
    assert "số đến 1112" in mai.get("/papers/2021-0001/judge").text.replace("\n", " ")


def test_what_is_typed_with_a_report_stands_in_the_list(world, mai):
    [one] = world.issue(world.clause())
    day = world.office.today()
    world.act(
        "office", one.number, Action.RECORD_REPORT, result="Xong", report_number="46/BC",
        report_date=day, received_on=day, signer="Võ Ký", arrival_number="1200",
    )  # fmt: skip
    assert "46/BC" in mai.get("/papers/list?q=1200").text


def test_signs_within_cells_of_a_file_do_not_pass_for_its_separator(world, mai):
    rows = [["Số, ký hiệu", "Ngày tháng", "Tác giả", "Trích yếu"]]
    subject = "Về việc: a; b; c; d; e; f | g | h | i | k | l"
    rows += [[f"{n}/BC-SYT", "20/08/2021", "Sở Y tế", subject] for n in range(1, 4)]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    data = filled(form_on(mai.get("/papers/list/new").text, "/new"), direction="incoming")
    data["file"] = [(io.BytesIO(out.getvalue().encode()), "so.csv")]
    answer = mai.post("/papers/list/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 200, "columns that the list does not have are told"
    assert unescape(mai.get("/papers/list?q=3/BC-SYT").text).count(subject) > 0


def test_of_two_who_mend_one_paper_the_second_is_told_and_loses_no_word(world, mai):
    form = form_on(mai.get("/papers/list/1/mend").text, "/mend")
    other = world.sign_in("office2")
    first = other.post("/papers/list/1/mend", data=filled(form_on(
        other.get("/papers/list/1/mend").text, "/mend"), arrival_number="1113"))  # fmt: skip
    assert first.status_code == 303
    second = mai.post("/papers/list/1/mend", data=filled(form, signer="Lê Ký"))
    assert second.status_code == 409
    assert "Người khác vừa thay đổi mục này" in second.text
    assert "Trong sổ hiện ghi: 1113" in second.text
    again = form_on(second.text, "/mend")
    assert (again["signer"], again["arrival_number"]) == (["Lê Ký"], ["1112"])
    assert "số 1113" in mai.get("/papers/list").text
    assert mai.post("/papers/list/1/mend", data=again).status_code == 303
