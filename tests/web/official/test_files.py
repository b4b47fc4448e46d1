"""One paper, two files: the same words stand in both, and none of them is read as anything else."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from web.official.files import KINDS, paper_file
from web.official.paper import Paper
from web.official.signing import Letterhead

FRAME = Letterhead(
    above="UBND TỈNH KHÁNH HÒA",
    body="VĂN PHÒNG",
    symbol="BC-VP",
    place="Khánh Hòa",
    issuer="Văn phòng UBND tỉnh",
    signer=("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    receivers=("Chủ tịch UBND tỉnh;", "Lưu: VT."),
)
HOSTILE = r"Ngưỡng <Đức Phổ> & #let x = 1 $y^2$ *ổ* _ễ_ `ự` \ặ //ỵ @nhãn [#panic()] =HYPERLINK"
ROWS = tuple((str(place), f"Sở thứ {place}\n(đơn vị)", HOSTILE) for place in range(1, 90))


@pytest.fixture(scope="module")
def paper():
    made = Paper("Báo cáo <thử> & kiểm")
    made.letterhead(FRAME, 2021, number="12/BC-VP", dated=date(2021, 9, 5), about="V/v thử")
    made.heading("BÁO CÁO", "Tình hình thực hiện", "(tháng 9)")
    made.body("1. Tình hình chung", bold=True)
    made.body(HOSTILE)
    made.line("", size=4)
    made.grid(("STT", "Cơ quan", "Nội dung"), ROWS, (1.1, 5, 8), left=frozenset({1, 2}))
    made.signature(FRAME)
    made.annex("DANH MỤC QUÁ HẠN", "(Kèm theo Báo cáo)")
    made.grid(("STT", "Cơ quan", "Nội dung"), ROWS, (1.1, 5, 12), size=10, bold_last=True)
    return made


def pages_of(body):
    """Return the words of each page of a PDF."""
    held = pypdfium2.PdfDocument(body)
    try:
        return [page.get_textpage().get_text_bounded() for page in held]
    finally:
        held.close()


def words_of(body, kind):
    """Return the words of a file, without the room between them, in no order."""
    if kind == "pdf":
        text = " ".join(pages_of(body))
    else:
        parts = docx.Document(io.BytesIO(body)).element.body.iter(qn("w:t"))
        text = " ".join(part.text or "" for part in parts)
    return set(re.sub(r"\s+", " ", text).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_the_paper_stands_in_the_file(paper, kind):
    said = words_of(paper_file(paper, kind), kind)
    for words in (
        "UBND TỈNH KHÁNH HÒA", "12/BC-VP", "V/v thử", "DỰ THẢO", "Độc lập - Tự do - Hạnh phúc",
        "Khánh Hòa, ngày 05 tháng 09 năm 2021", "BÁO CÁO", HOSTILE, "Sở thứ 89", "Nơi nhận:",
        "PHÓ CHÁNH VĂN PHÒNG", "PHỤ LỤC", "DANH MỤC QUÁ HẠN",
    ):  # fmt: skip
        assert set(words.split()) <= said, words


def test_pages_are_counted_within_their_part_and_the_first_bears_no_number(paper):
    pages = pages_of(paper_file(paper, "pdf"))
    annex = next(place for place, text in enumerate(pages) if "PHỤ LỤC" in text)
    tops = [text.split()[0] for text in pages]
    assert annex > 1
    assert tops[1:annex] == [str(number) for number in range(2, annex + 1)]
    assert tops[annex] == "PHỤ"
    assert tops[annex + 1 :] == [str(number) for number in range(2, len(pages) - annex + 1)]


def test_the_heading_of_a_table_stands_on_each_of_its_pages(paper):
    pages = pages_of(paper_file(paper, "pdf"))
    assert all("STT" in text for text in pages if "Sở thứ" in text)


def test_a_pdf_is_of_the_standard_for_archives(paper):
    body = paper_file(paper, "pdf")
    assert b"pdfaid" in body
    assert "Báo cáo <thử> & kiểm" in pypdfium2.PdfDocument(body).get_metadata_dict()["Title"]
