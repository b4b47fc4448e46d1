"""The study of lateness as a draft: the department's report to the People's Committee.

A draft is an official paper of the province: its words are Vietnamese in every language of the
pages, its number and date are left to the clerk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Response
from flask_babel import force_locale

from models.causes.together import Kept
from web.agencies.naming import names_to_choose
from web.causes.exporting import sampled_rows
from web.causes.overview import Line, held_of, lines_of, signs, what_if_of
from web.causes.sampling import drawn
from web.causes.viewing import population
from web.dossiers.asking import Asked, sentence_of
from web.dossiers.listing import day_of
from web.exports.files import attached
from web.formats import vn_date, vn_number
from web.official.files import DOCX_TYPE, PDF_TYPE, paper_file
from web.official.paper import Paper
from web.official.signing import Letterhead
from web.summaries.files import chosen_sign
from web.wiring import office
from workflow.causes.counterfactual import WhatIf
from workflow.causes.sampling import Sample
from workflow.causes.study import Study

TYPES = {"docx": DOCX_TYPE, "pdf": PDF_TYPE}
MOST_LINES = 15
HEAD, WIDTHS = ("STT", "{}", "Số hồ sơ", "Tỷ lệ (%)", "Cộng dồn (%)"), (1.2, 8.3, 2.2, 2.2, 2.5)
TABLES = (
    ("cause", "Theo nguyên nhân đã xác định", "Nguyên nhân chính"),
    ("step", "Theo bước vượt hạn nhiều nhất của hồ sơ", "Bước"),
    ("fault", "Theo nơi giữ bước vượt hạn", "Nơi giữ"),
    ("agency", "Theo cơ quan giải quyết", "Cơ quan"),
    ("field", "Theo lĩnh vực", "Lĩnh vực"),
)
IF_HEAD = ("STT", "Nếu bước này đúng hạn", "Số hồ sơ vượt", "Quá hạn hiện nay", "Quá hạn còn lại")
IF_WIDTHS = (1.2, 7.2, 2.6, 2.7, 2.7)
SAMPLE_HEAD = (
    "STT", "Mã hồ sơ", "Cơ quan giải quyết", "Lĩnh vực", "Tiếp nhận", "Hạn", "Kết thúc",
    "Bước vượt hạn nhiều nhất", "Nơi giữ", "Nguyên nhân chính đã ghi", "Khách quan, chủ quan",
)  # fmt: skip
SAMPLE_WIDTHS = (1.0, 3.6, 3.0, 1.8, 2.0, 2.0, 2.0, 2.9, 2.7, 2.8, 1.9)


def draft_sent(asked: Asked, kind: str, sign: str) -> Response:
    """Return the study of a view as DOCX, to go on with, or as PDF."""
    found, sample = population(asked, "agency", "field", "cause"), drawn(asked)
    frame = chosen_sign(signs(), sign).letterhead
    with force_locale("vi"):
        paper = _paper(asked, found, sample, frame)
    name = f"nguyen-nhan-tre-han-{office().today():%Y-%m-%d}.{kind}"
    return attached(paper_file(paper, kind), TYPES[kind], name)


def _paper(asked: Asked, found: Kept, sample: Sample, frame: Letterhead) -> Paper:
    paper, taken = Paper("Báo cáo phân tích nguyên nhân hồ sơ trễ hạn"), found.sums.study()
    paper.letterhead(frame, office().today().year)
    paper.heading("BÁO CÁO", "Phân tích nguyên nhân hồ sơ trễ hạn", f"({_scope(asked)})")
    paper.body("1. Tình hình chung", bold=True)
    for sentence in _general(found, taken, day_of(asked)):
        paper.body(sentence)
    paper.body("2. Hồ sơ quá hạn đến từ đâu", bold=True)
    for kind, title, key in TABLES:
        _table(paper, title, key, lines_of(kind, found, taken))
    paper.body("3. Nếu một bước đúng hạn của nó", bold=True)
    _what_if(paper, found)
    paper.body("4. Mẫu hồ sơ để đọc", bold=True)
    paper.body(_of_sample(sample))
    paper.body(f"{frame.issuer} báo cáo kết quả phân tích nêu trên./.")
    paper.signature(frame)
    if sample.size:
        title = "MẪU HỒ SƠ QUÁ HẠN ĐỂ ĐỌC"
        number = f"(Kèm theo Báo cáo số          /{frame.symbol} của {frame.issuer})"
        paper.annex(title, number)
        rows = [
            (str(place), *map(_cell, row))
            for place, row in enumerate(sampled_rows(asked, sample), start=1)
        ]
        left = frozenset({1, 2, 3, 7, 8, 9, 10})
        paper.grid(SAMPLE_HEAD, rows, SAMPLE_WIDTHS, size=10, left=left)
    return paper


def _scope(asked: Asked) -> str:
    said = " · ".join(part["label"] for part in sentence_of(asked, dict(names_to_choose())))
    return f"{said or 'tất cả'}; tính đến ngày {vn_date(day_of(asked))}"


def _general(found: Kept, taken: Study, day: date) -> Iterator[str]:
    whole = found.overall
    yield (
        f"Tính đến hết ngày {vn_date(day)} có {vn_number(whole.dossiers)} hồ sơ quá hạn (đã xong "
        f"trễ, hoặc chưa xong mà đã quá hạn); {vn_number(whole.logged)} hồ sơ có nhật ký các bước, "
        f"{vn_number(whole.caused)} hồ sơ đã xác định nguyên nhân."
    )
    if taken.dossiers:
        held = (
            f"{one.words} {vn_number(one.days)} ngày ({one.percent}%)" for one in held_of(taken)
        )
        yield f"Bình quân mỗi hồ sơ có nhật ký, thời gian làm việc do: {'; '.join(held)}."


def _table(paper: Paper, title: str, key: str, lines: Sequence[Line]) -> None:
    """Set one table, the most first; what is left out is said, as are figures that are missing."""
    if not lines:
        paper.body(f"{title}: chưa có số liệu.")
        return
    paper.body(f"{title}:")
    rows = [
        (str(place), one.words, vn_number(one.number), str(one.share), str(one.running))
        for place, one in enumerate(lines[:MOST_LINES], start=1)
    ]
    head = tuple(words.format(key) for words in HEAD)
    paper.grid(head, rows, WIDTHS, size=12, left=frozenset({1}))
    if len(lines) > MOST_LINES:
        left = vn_number(len(lines) - MOST_LINES)
        paper.line(f"Còn {left} mục nữa trong bảng tính kèm theo.", italic=True, size=12)


def _what_if(paper: Paper, found: Kept) -> None:
    answer = what_if_of(found)
    if answer["why_not"]:
        paper.body(answer["why_not"])
        return
    answers: Sequence[WhatIf] = answer["what_if"][:MOST_LINES]
    if not answers:
        paper.body("Không bước nào vượt hạn của nó trong các hồ sơ này.")
        return
    best = answers[0]
    paper.body(
        f"Nếu bước “{best.step}” đúng hạn của nó, số hồ sơ quá hạn giảm từ "
        f"{vn_number(best.overdue_before)} xuống {vn_number(best.overdue_after)}. Số liệu tính lại "
        "từ nhật ký của đúng các hồ sơ này theo cùng quy tắc; hồ sơ chưa xong vẫn tính là quá hạn."
    )
    rows = [
        (
            str(place), one.step, vn_number(one.broken), vn_number(one.overdue_before),
            vn_number(one.overdue_after),
        )
        for place, one in enumerate(answers, start=1)
    ]  # fmt: skip
    paper.grid(IF_HEAD, rows, IF_WIDTHS, size=12, left=frozenset({1}))


def _of_sample(sample: Sample) -> str:
    if not sample.size:
        return "Không có hồ sơ quá hạn nào để đọc."
    return (
        f"Rút ngẫu nhiên {vn_number(sample.size)} trong {vn_number(sample.population)} hồ sơ, mỗi "
        f"cơ quan theo tỷ lệ của mình, số khởi tạo {sample.seed} (ai rút lại bằng số này cũng được "
        f"đúng danh sách ở phụ lục); sai số {vn_number(sample.margin)} điểm phần trăm, độ tin cậy "
        "95%."
    )


def _cell(value: object) -> str:
    if isinstance(value, date):
        return vn_date(value)
    return "" if value is None else str(value)
