"""The Friday report as a draft: what is said of the figures, the table, the annex of late work.

A draft is an official paper of the province: its words are Vietnamese in every language of the
pages.
"""

from __future__ import annotations

from models.summaries.said import Said
from web.official.paper import Paper
from web.official.signing import Letterhead
from web.summaries.reading import LateWork, Report
from web.summaries.sentences import (
    day,
    general,
    number,
    of_documents,
    of_standing,
    of_the_late,
    of_the_silent,
)
from web.summaries.standing_work import MissingWork, StandingWork, told_of_owed
from workflow.directives.records import Action, State
from workflow.summaries.records import Figure, Span, Tally

MOST_ROWS = 1_000
LONGEST_CELL = 600
THE_REST = "Phần còn lại có trong bảng tính kèm theo."
TABLE_HEAD = (
    "STT", "Cơ quan, địa phương", "Kỳ trước chuyển sang", "Giao mới", "Tổng số",
    "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Đang làm, trong hạn", "Đang làm, quá hạn",
    "Tạm dừng",
)  # fmt: skip
TABLE_WIDTHS = (1.1, 3.5, 1.8, 1.3, 1.3, 1.5, 1.5, 1.5, 1.5, 1.5)
ANNEX_HEAD = (
    "STT", "Nhiệm vụ", "Văn bản giao", "Chủ trì", "Phối hợp", "Thời hạn", "Quá hạn (ngày)",
    "Cập nhật gần nhất", "Nguyên nhân, khó khăn, vướng mắc", "Kiến nghị, đề xuất",
)  # fmt: skip
ANNEX_WIDTHS = (1.0, 4.8, 2.3, 2.5, 2.5, 2.2, 1.6, 3.1, 2.6, 2.6)
MISSING_HEAD = (
    "STT", "Nhiệm vụ", "Văn bản giao", "Chủ trì", "Kỳ chưa báo cáo", "Quá hạn lâu nhất (ngày)",
    "Nguyên nhân, khó khăn, vướng mắc", "Kiến nghị, đề xuất",
)  # fmt: skip
MISSING_WIDTHS = (1.0, 5.0, 2.5, 3.0, 6.9, 1.8, 2.5, 2.5)
ANNEX, ANNEX_LATE, ANNEX_MISSING = "Phụ lục", "Phụ lục I", "Phụ lục II"


def draft_of(report: Report, frame: Letterhead, standing: StandingWork) -> Paper:
    """Return the report as a paper: a draft, its number and date left to the clerk."""
    span = report.scope.span
    paper = Paper(f"Báo cáo thực hiện nhiệm vụ {_days(span)}")
    paper.letterhead(frame, span.last.year)
    paper.heading(
        "BÁO CÁO",
        "Tình hình thực hiện nhiệm vụ được giao",
        *of_documents(report.documents),
        f"(từ ngày {day(span.first)} đến ngày {day(span.last)})",
    )
    paper.body("1. Tình hình chung", bold=True)
    for sentence in general(report):
        paper.body(sentence)
    paper.body("2. Kết quả theo cơ quan, địa phương", bold=True)
    paper.line("", size=4)
    paper.grid(TABLE_HEAD, _table(report), TABLE_WIDTHS, left=frozenset({1}), bold_last=True)
    both = bool(report.late and standing.missing)
    stands = bool(standing or report.whole[Figure.STANDING])
    if stands:
        _standing(paper, report, standing, ANNEX_MISSING if both else ANNEX)
    place = 4 if stands else 3
    paper.body(f"{place}. Nhiệm vụ quá hạn", bold=True)
    paper.body(of_the_late(report, ANNEX_LATE if both else ANNEX))
    if report.late_inputs:
        paper.body(f"{place + 1}. Phối hợp chậm trả lời", bold=True)
        paper.body(of_the_silent(report))
    paper.body(f"{frame.issuer} báo cáo tình hình thực hiện nhiệm vụ nêu trên./.")
    paper.signature(frame)
    if report.late:
        _annex(paper, report, frame)
    if standing.missing:
        _annex_of_missing(paper, report, frame, standing)
    return paper


def _days(span: Span) -> str:
    return f"từ {day(span.first)} đến {day(span.last)}"


def _table(report: Report) -> list[tuple[str, ...]]:
    rows = [
        (str(place), one.name, *_counts(one.tally))
        for place, one in enumerate(report.counted, start=1)
    ]
    return [*rows, ("", "Cộng", *_counts(report.whole))]


def _counts(tally: Tally) -> tuple[str, ...]:
    shown = (tally[Figure.CARRIED], tally[Figure.NEW], tally.given)
    rest = (
        Figure.DONE_ON_TIME,
        Figure.DONE_LATE,
        Figure.OPEN_IN_TIME,
        Figure.OPEN_LATE,
        Figure.SUSPENDED,
    )
    return tuple(map(number, (*shown, *(tally[one] for one in rest))))


def _standing(paper: Paper, report: Report, standing: StandingWork, annex: str) -> None:
    paper.body("3. Nhiệm vụ thường xuyên, định kỳ", bold=True)
    paper.body(of_standing(report.whole[Figure.STANDING], standing.tallies))
    silent = [f"{one.name} ({number(one.missing)})" for one in standing.tallies if one.missing]
    if silent:
        paper.body(f"Chưa báo cáo: {'; '.join(silent)}.")
    if standing.missing:
        said = told_of_owed(standing, report.scope.span.last)
        paper.body(f"{said} Danh mục tại {annex} kèm theo.")


def _belongs_to(report: Report, frame: Letterhead) -> str:
    return (
        f"(Kèm theo Báo cáo số          /{frame.symbol} ngày       tháng       năm "
        f"{report.scope.span.last.year} của {frame.issuer})"
    )


def _annex_of_missing(
    paper: Paper, report: Report, frame: Letterhead, standing: StandingWork
) -> None:
    paper.annex("DANH MỤC KỲ BÁO CÁO CHƯA NỘP", _belongs_to(report, frame))
    shown = standing.missing[:MOST_ROWS]
    rows = [_missing_row(place, one) for place, one in enumerate(shown, start=1)]
    left = frozenset({1, 3, 4, 6, 7})
    paper.grid(MISSING_HEAD, rows, MISSING_WIDTHS, size=10, left=left)
    if len(standing.missing) > MOST_ROWS:
        paper.line(THE_REST, italic=True, size=12)


def _missing_row(place: int, one: MissingWork) -> tuple[str, ...]:
    line, said = one.first, one.said
    return (
        str(place),
        f"{shortened(line.content)}\n({line.number})",
        f"{line.reference}\n{day(line.issued_on)}" if line.issued_on else line.reference,
        line.agency_name,
        "\n".join(owed.words for owed in one.owed),
        number(one.days),
        shortened(_joined(said.difficulties, said.reason)),
        shortened(_joined(said.proposal, asked_for(said))),
    )


def _annex(paper: Paper, report: Report, frame: Letterhead) -> None:
    paper.annex("DANH MỤC NHIỆM VỤ QUÁ HẠN CHƯA HOÀN THÀNH", _belongs_to(report, frame))
    rows = [_late_row(place, one) for place, one in enumerate(report.late[:MOST_ROWS], start=1)]
    left = frozenset({1, 3, 4, 7, 8, 9})
    paper.grid(ANNEX_HEAD, rows, ANNEX_WIDTHS, size=10, left=left)
    if len(report.late) > MOST_ROWS or report.left_out:
        paper.line(THE_REST, italic=True, size=12)


def _late_row(place: int, one: LateWork) -> tuple[str, ...]:
    line, said = one.line, one.said
    due = day(line.due_on) if line.due_on else ""
    if line.first_due_on and line.first_due_on != line.due_on:
        due = f"{due}\n(đầu: {day(line.first_due_on)})"
    told = f"{day(said.on)}: {said.done}" if said.on else "Chưa cập nhật"
    if line.state == State.REPORTED:
        told = f"Đã báo cáo, chờ xác nhận. {told}"
    return (
        str(place),
        f"{shortened(line.content)}\n({line.number})",
        f"{line.reference}\n{day(line.issued_on)}",
        line.lead_name,
        shortened("; ".join(one.beside)),
        due,
        number(one.days),
        _joined(shortened(told), _held(one)),
        shortened(_joined(said.difficulties, said.reason)),
        shortened(_joined(said.proposal, asked_for(said))),
    )


def _held(one: LateWork) -> str:
    """Say to whom the days are charged, where not all of them are the lead's."""
    whose = one.whose
    if whose is None or whose.lead == one.days:
        return ""
    others = (
        (whose.above, "do cấp trên giữ quá hạn trả lời"),
        (whose.before, "trước khi cơ quan này nhận chủ trì"),
    )
    told = [f"{number(days)} ngày {words}" for days, words in others if days]
    days = [f"{number(whose.lead)} ngày tính cho cơ quan chủ trì", *told]
    return f"(Trong số ngày quá hạn: {'; '.join(days)}.)"


def asked_for(said: Said) -> str:
    """Say which day or lead was last asked for; nothing where none was."""
    if said.asked == Action.DECLINE:
        return "Đề nghị giao lại"
    if said.asked != Action.REQUEST_EXTENSION:
        return ""
    return f"Đề nghị gia hạn đến {day(said.until)}" if said.until else "Đề nghị gia hạn"


def _joined(*texts: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def shortened(text: str) -> str:
    """Return a text no longer than a cell of the annex bears."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1].rstrip() + "…"
