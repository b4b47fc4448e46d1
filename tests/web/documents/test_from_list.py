"""A document that the office's list of papers knows: nothing of it is typed or chosen again."""

import html
import io
import json
import re

import pytest
from forms import filled, form_on

PDF = b"%PDF-1.4\nx\n%%EOF\n"
SUBJECT = "V/v chấn chỉnh kỷ cương"
HEADING = "Số, ký hiệu\tNgày văn bản\tTrích yếu\tNơi nhận\tNgười ký"
ROW = f"2847/UBND-KSTTHC\t20/08/2021\t{SUBJECT}\tCác sở\tNguyễn Hữu Thành"


@pytest.fixture
def office(world):
    client = world.sign_in("office")
    data = filled(form_on(client.get("/papers/list/new").text, "/new"), text=f"{HEADING}\n{ROW}")
    data |= {"direction": ["outgoing"]}
    client.post("/papers/list/new", data=data, content_type="multipart/form-data")
    data = form_on(client.get("/papers/list/1").text, "/file") | {
        "file": (io.BytesIO(PDF), "a.pdf")
    }
    assert client.post("/papers/list/1/file", data=data).status_code == 303
    return client


def draft(client, file=None, **more):
    data = {
        "reference": "2847/UBND-KSTTHC", "issued_on": "20/08/2021", "subject": SUBJECT,
        "clauses-0-content": "Rà soát hồ sơ trễ hạn",
    }  # fmt: skip
    form = filled(form_on(client.get("/documents/new").text, "/new"), **(data | more))
    form |= {"file": file} if file else {}
    answer = client.post("/documents/new", data=form, content_type="multipart/form-data")
    assert answer.status_code == 303
    return answer.location


def offered(client, **asked):
    part = client.get("/documents/number", query_string=asked, headers={"HX-Request": "true"}).text
    return [json.loads(html.unescape(words)) for words in re.findall(r'data-fill="([^"]+)"', part)]


def test_its_number_offers_what_the_list_knows_of_it(office):
    assert offered(office, reference="2847/ubnd", issuer="UBND tỉnh") == [
        {
            "reference": "2847/UBND-KSTTHC",
            "issued_on": "20/08/2021",
            "subject": SUBJECT,
            "signer": "Nguyễn Hữu Thành",
        }
    ]
    assert offered(office, reference="999/UBND") == []
    assert offered(office, reference="") == []


def test_the_file_of_the_list_comes_along(office):
    page = office.get(draft(office)).text
    assert ">a.pdf</a>" in page


def test_a_file_that_was_chosen_stands_and_another_day_is_another_document(office):
    chosen = office.get(draft(office, file=(io.BytesIO(PDF.replace(b"x", b"y")), "b.pdf"))).text
    assert ">b.pdf</a>" in chosen
    assert ">a.pdf</a>" not in chosen
    assert ">a.pdf</a>" not in office.get(draft(office, issued_on="21/08/2021")).text


def test_a_paper_that_came_names_who_issued_it(office):
    data = form_on(office.get("/papers/list/new").text, "/new")
    row = "Số, ký hiệu\tNgày văn bản\tTrích yếu\tCơ quan gửi\n16/CT-TTg\t27/05/2021\tx\tThủ tướng"
    data = filled(data, text=row) | {"direction": ["incoming"]}
    office.post("/papers/list/new", data=data, content_type="multipart/form-data")
    [found] = offered(office, reference="16/CT")
    assert found["issuer"] == "Thủ tướng"


def test_its_page_leads_to_the_form_filled(office):
    page = office.get("/papers/list/1").text
    assert 'href="/documents/new?listed=1"' in page
    form = form_on(office.get("/documents/new?listed=1").text, "/new")
    told = [form[name] for name in ("reference", "issued_on", "subject", "signer")]
    assert told == [["2847/UBND-KSTTHC"], ["20/08/2021"], [SUBJECT], ["Nguyễn Hữu Thành"]]
    assert office.get("/documents/new?listed=99").status_code == 404
