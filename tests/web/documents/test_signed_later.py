"""A document that was issued without its signed file gets it later, once."""

import io

import pytest
from forms import form_on

PDF = b"%PDF-1.4\nx\n%%EOF\n"


@pytest.fixture
def address(world):
    [made] = world.issue()
    return "/documents/" + made.number.rpartition("-")[0]


def attach(client, address, name="cv.pdf", content=PDF):
    data = form_on(client.get(address).text, "/file") | {"file": (io.BytesIO(content), name)}
    return client.post(f"{address}/file", data=data)


def test_the_office_attaches_it_and_who_leads_reads_it(world, address):
    office, clerk = world.sign_in("office"), world.sign_in("clerk")
    assert "Chưa có tệp kèm theo." in clerk.get(address).text
    assert attach(office, address).status_code == 303
    page = clerk.get(address).text
    assert f'href="{address}/file"' in page
    with clerk.get(f"{address}/file") as sent:
        assert sent.data == PDF
    told = office.get(f"{address}/history").text
    assert "Gắn văn bản đã ký" in told
    assert "cv.pdf" in told


def test_a_file_that_stands_is_not_replaced(world, address):
    office = world.sign_in("office")
    late = form_on(office.get(address).text, "/file")
    attach(office, address)
    assert f'action="{address}/file"' not in office.get(address).text
    again = office.post(f"{address}/file", data=late | {"file": (io.BytesIO(PDF), "khac.pdf")})
    assert again.status_code == 409
    assert "cv.pdf" in again.text
    assert ">cv.pdf</a>" in office.get(address).text


def test_what_cannot_be_kept_is_told_at_the_field(world, address):
    office = world.sign_in("office")
    refused = attach(office, address, "cv.pdf", b"MZ not a document")
    assert refused.status_code == 422
    assert 'id="file-error"' in refused.text
    assert attach(office, address, "", b"").status_code == 422
    secret = attach(office, address, "12-UBND (Mật).pdf")
    assert secret.status_code in {409, 422}
    assert f'action="{address}/file"' in office.get(address).text, "nothing was kept"


def test_nobody_else_attaches_one(world, address):
    clerk = world.sign_in("clerk")
    assert f'action="{address}/file"' not in clerk.get(address).text
    token = form_on(clerk.get("/account/password").text, "/password")["csrf_token"]
    data = {"csrf_token": token, "file": (io.BytesIO(PDF), "cv.pdf")}
    assert clerk.post(f"{address}/file", data=data).status_code == 403
