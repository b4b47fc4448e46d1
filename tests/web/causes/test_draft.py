"""The draft of the land department's report: what the page says, on paper."""

import io
import re
from datetime import date

import caseload
import docx
import pytest
from docx.oxml.ns import qn
from world import csrf_of

YEAR = "from=2021-01-01"


@pytest.fixture
def stocked(world):
    start, limit = date(2021, 6, 1), date(2021, 6, 8)
    for _ in range(31):
        caseload.one(
            world,
            ended_on=date(2021, 6, 18),
            promised_on=date(2021, 6, 10),
            steps=[
                caseload.step(1, "Thẩm tra", "Chi nhánh VPĐKĐĐ", start, date(2021, 6, 18), limit)
            ],
        )
    return world


def draft(client, more=""):
    answer = client.get(f"/causes/draft.docx?{YEAR}{more}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith("nguyen-nhan-tre-han-2021-08-23.docx")
    return docx.Document(io.BytesIO(answer.data))


def words_of(paper):
    return "\n".join(part.text or "" for part in paper.element.body.iter(qn("w:t")))


def test_the_draft_says_what_the_page_says(stocked):
    client = stocked.sign_in("clerk")
    paper = draft(client)
    said = words_of(paper)
    page = client.get(f"/causes/?{YEAR}").text
    assert "có 31 hồ sơ quá hạn" in said
    assert "giảm từ 31 xuống 0" in said
    assert "giảm từ 31 xuống 0" in page
    seed = re.search(r'name="seed"[^>]*value="(\d+)"', client.get(f"/causes/sample?{YEAR}").text)
    assert f"số khởi tạo {seed[1]}" in said
    assert "Rút ngẫu nhiên 20 trong 31 hồ sơ" in said
    assert 21 in [len(table.rows) for table in paper.tables]


def test_number_and_date_are_left_to_the_clerk_and_the_signer_is_chosen(stocked):
    client = stocked.sign_in("clerk")
    said = words_of(draft(client, "&sign=deputy"))
    assert re.search(r"Số: +/BC-STNMT", said)
    assert "ngày       tháng       năm 2021" in said
    assert "KT. GIÁM ĐỐC" in said
    assert 'value="deputy"' in client.get(f"/causes/?{YEAR}").text


def test_the_same_seed_draws_the_same_annex_and_another_another(stocked):
    client = stocked.sign_in("clerk")
    one, same, other = (words_of(draft(client, f"&seed={n}&size=5")) for n in (1, 1, 2))
    assert one == same != other


def test_the_paper_is_vietnamese_whatever_the_page_is_read_in(stocked):
    client = stocked.sign_in("clerk")
    said = words_of(draft(client))
    page = client.get(f"/causes/?{YEAR}").text
    client.post("/language", data={"language": "en", "csrf_token": csrf_of(page)})
    assert 'lang="en"' in client.get(f"/causes/?{YEAR}").text
    assert words_of(draft(client)) == said


def test_few_dossiers_give_a_draft_that_says_so(world):
    caseload.one(world, ended_on=date(2021, 6, 18), promised_on=date(2021, 6, 10))
    said = words_of(draft(world.sign_in("clerk")))
    assert "Chỉ có 0 hồ sơ quá hạn có nhật ký, ít hơn mức 30" in said


def test_it_comes_as_pdf_too(stocked):
    answer = stocked.sign_in("clerk").get(f"/causes/draft.pdf?{YEAR}")
    assert answer.data.startswith(b"%PDF-")
