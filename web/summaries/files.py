"""The report as files: a draft in the official layout, its tables as a workbook, or both."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import has_request_context, url_for
from flask_babel import force_locale

from models.directives.filters import Looker
from models.summaries.lines import Line, lines_of
from models.summaries.queries import Issued
from models.summaries.standing import Scope
from models.unit import Unit
from web.agencies.naming import groups_to_choose
from web.exports.files import XLSX_TYPE
from web.exports.tables import Linked, Sheet, TableColumn, Value, xlsx_book
from web.formats import vn_date, vn_datetime
from web.labels import label
from web.official.files import DOCX_TYPE, PDF_TYPE, paper_file
from web.official.files import KINDS as DRAFTS
from web.official.signing import Signing, ways_to_sign
from web.speech import gettext as _
from web.summaries.asking import span_words
from web.summaries.drafting import draft_of
from web.summaries.reading import LateWork, Report, report_of
from web.summaries.standing_work import MissingWork, PeriodTally, StandingWork, standing_of
from web.wiring import office
from workflow.agencies.records import Agency
from workflow.shares import hundredths
from workflow.summaries.records import BECAME, BESIDE, GIVEN, Tally

TYPES = {"docx": DOCX_TYPE, "pdf": PDF_TYPE, "xlsx": XLSX_TYPE, "zip": "application/zip"}
MOST_ANNEX = 5_000
SHOWN = (*GIVEN, *BECAME, *BESIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """A report with all that its files tell."""

    report: Report
    rows: tuple[Line, ...]
    standing: StandingWork
    made_at: datetime

    @property
    def name(self) -> str:
        """What the files are called, without their kind."""
        span = self.report.scope.span
        return f"bao-cao-{span.first:%Y%m%d}-{span.last:%Y%m%d}"


def read_files(unit: Unit, scope: Scope, looker: Looker, made_at: datetime) -> Files:
    """Read a report whole: its figures, every late directive, every row behind the sums."""
    return Files(
        report=report_of(unit, scope, looker, most_late=MOST_ANNEX, with_partners=True),
        rows=lines_of(unit.connection, scope, looker, BECAME, limit=None).rows,
        standing=standing_of(unit, scope, looker),
        made_at=made_at,
    )


def signing_of(agencies: Sequence[Agency], agency_id: int | None) -> tuple[Signing, ...]:
    """Return the ways a draft of an agency can be signed; of none: those of the office."""
    own = next((one for one in agencies if one.id == agency_id), None)
    own = own or next((one for one in agencies if one.is_office), None)
    return ways_to_sign(own, agencies) if own else ()


def chosen_sign(ways: Sequence[Signing], code: str) -> Signing:
    """Return the way to sign that was chosen, else the first."""
    return next((way for way in ways if way.code == code), ways[0])


def file_of(files: Files, kind: str, sign: Signing) -> bytes:
    """Return the report as `docx`, `pdf`, `xlsx`, or draft and workbook in a `zip`."""
    if kind in DRAFTS:
        return _draft(files, sign, kind)
    if kind == "xlsx":
        return workbook_of(files)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as both:
        for one, body in (("docx", _draft(files, sign, "docx")), ("xlsx", workbook_of(files))):
            both.writestr(f"{files.name}.{one}", body)
    return stream.getvalue()


def _draft(files: Files, sign: Signing, kind: str) -> bytes:
    with force_locale("vi"):
        paper = draft_of(files.report, sign.letterhead, files.standing)
    return paper_file(paper, kind)


def workbook_of(files: Files) -> bytes:
    """Return the figures, the annex and every directive counted, each on a sheet of its own."""
    meta = _meta(files)
    sheets = [_figures(files.report, meta), _annex(files.report, meta), _rows(files, meta)]
    if files.report.inputs:
        sheets.append(_inputs(files.report, meta))
    if files.standing.tallies:
        sheets.append(_standing(files.standing.tallies, meta))
    if files.standing.missing:
        sheets.append(_missing(files.standing.missing, meta))
    return xlsx_book(sheets, _("Báo cáo thực hiện nhiệm vụ"))


def _meta(files: Files) -> dict[str, str]:
    scope = files.report.scope
    said = {_("Kỳ báo cáo"): span_words(scope.span)}
    if scope.documents:
        said[_("Văn bản")] = "; ".join(_named(one) for one in files.report.documents)
    if scope.source:
        said[_("Nguồn giao")] = label(scope.source, "source")
    if scope.agency:
        groups = dict(groups_to_choose(office().today()))
        said[_("Cơ quan")] = groups.get(scope.agency, scope.agency)
    return said | {_("Lập lúc"): vn_datetime(files.made_at)}


def _named(document: Issued) -> str:
    """Return a document as people name it: its number and day, not the system's own number."""
    if document.issued_on is None:
        return document.reference
    return _("%(number)s ngày %(day)s", number=document.reference, day=vn_date(document.issued_on))


def _figures(report: Report, meta: dict[str, str]) -> Sheet:
    def row(words: str, tally: Tally) -> list[Value]:
        shares = (tally.rate, tally.first_rate)
        counts = [tally[one] for one in SHOWN]
        rates = [None if one is None else hundredths(one) for one in shares]
        return [words, tally.given, *counts, tally.dated_done, *rates]

    headings = [label(one, "summary_figure") for one in SHOWN]
    rates = [
        _("Hoàn thành, có thời hạn"),
        _("Tỷ lệ đúng hạn (%)"),
        _("Tỷ lệ đúng hạn theo hạn đầu (%)"),
    ]
    return Sheet(
        columns=[
            TableColumn(_("Cơ quan"), 40),
            *map(TableColumn, (_("Tổng số"), *headings, *rates)),
        ],
        rows=[
            *(row(one.name, one.tally) for one in report.agencies),
            row(_("Cộng"), report.whole),
        ],
        title=_("TỔNG HỢP THỰC HIỆN NHIỆM VỤ"),
        meta=meta,
        tab=_("Tổng hợp"),
    )


def _annex(report: Report, meta: dict[str, str]) -> Sheet:
    headings = (
        _("Số"), _("Nhiệm vụ"), _("Văn bản giao"), _("Chủ trì"), _("Phối hợp"), _("Thời hạn"),
        _("Thời hạn đầu tiên"), _("Số ngày quá hạn"), _("Trong đó tính cho chủ trì"),
        _("Cập nhật gần nhất"), _("Việc đã làm"), _("Khó khăn, vướng mắc"),
        _("Kiến nghị, đề xuất"), _("Đề nghị gần nhất"), _("Lý do của đề nghị"), _("Xin đến ngày"),
    )  # fmt: skip
    return Sheet(
        columns=[TableColumn(words) for words in headings],
        rows=[_late_cells(one) for one in report.late],
        title=_("NHIỆM VỤ QUÁ HẠN CHƯA HOÀN THÀNH"),
        meta=meta,
        tab=_("Quá hạn"),
    )


def _opening(number: str) -> Linked:
    """Return the number of a directive, opening it; a command knows no site to open it on."""
    known = has_request_context()
    return Linked(
        number, url_for("directives.show", number=number, _external=True) if known else ""
    )


def _late_cells(one: LateWork) -> list[Value]:
    line, said = one.line, one.said
    return [
        _opening(line.number), line.content, line.reference, line.lead_name, "; ".join(one.beside),
        line.due_on, line.first_due_on, one.days, one.own, said.on, said.done,
        said.difficulties, said.proposal, label(said.asked, "action") if said.asked else "",
        said.reason, said.until,
    ]  # fmt: skip


def _rows(files: Files, meta: dict[str, str]) -> Sheet:
    headings = (
        _("Số"), _("Nhiệm vụ"), _("Văn bản giao"), _("Chủ trì"), _("Ngày giao"), _("Thời hạn"),
        _("Thời hạn đầu tiên"), _("Ngày hoàn thành"), _("Trạng thái"), _("Tính vào"),
    )  # fmt: skip
    return Sheet(
        columns=[TableColumn(words) for words in headings],
        rows=[
            [
                _opening(line.number), line.content, line.reference, line.lead_name,
                line.assigned_on, line.due_on or line.deadline_text, line.first_due_on,
                line.completed_on,
                label(line.state, "state"), label(line.figure or "", "summary_figure"),
            ]
            for line in files.rows
        ],
        title=_("CÁC NHIỆM VỤ TRONG BÁO CÁO"),
        meta=meta,
        tab=_("Nhiệm vụ"),
    )  # fmt: skip


def _inputs(report: Report, meta: dict[str, str]) -> Sheet:
    headings = (
        _("Cơ quan phối hợp"), _("Số"), _("Chủ trì"), _("Nội dung đề nghị"), _("Đề nghị ngày"),
        _("Trả lời chậm nhất ngày"), _("Số ngày quá hạn"),
    )  # fmt: skip
    last = report.scope.span.last
    return Sheet(
        columns=[TableColumn(words) for words in headings],
        rows=[
            [one.agency_name, _opening(one.number), one.lead_name, one.what, one.asked_on,
             one.due_on, one.days_late(last)]
            for one in report.inputs
        ],
        title=_("PHỐI HỢP CHƯA TRẢ LỜI ĐÚNG HẠN"),
        meta=meta,
        tab=_("Phối hợp"),
    )  # fmt: skip


def _standing(standing: Sequence[PeriodTally], meta: dict[str, str]) -> Sheet:
    headings = (
        _("Cơ quan"), _("Kỳ đến hạn"), _("Báo cáo đúng hạn"), _("Báo cáo quá hạn"),
        _("Chưa báo cáo"),
    )  # fmt: skip
    return Sheet(
        columns=[TableColumn(words) for words in headings],
        rows=[[one.name, one.due, one.on_time, one.late, one.missing] for one in standing],
        title=_("KỲ BÁO CÁO CỦA NHIỆM VỤ THƯỜNG XUYÊN, ĐỊNH KỲ"),
        meta=meta,
        tab=_("Thường xuyên, định kỳ"),
    )


def _missing(missing: Sequence[MissingWork], meta: dict[str, str]) -> Sheet:
    headings = (
        _("Số"), _("Nhiệm vụ"), _("Văn bản giao"), _("Chủ trì"), _("Kỳ chưa báo cáo"),
        _("Số kỳ"), _("Hạn sớm nhất"), _("Số ngày quá hạn"), _("Khó khăn, vướng mắc"),
        _("Kiến nghị, đề xuất"),
    )  # fmt: skip
    return Sheet(
        columns=[TableColumn(words) for words in headings],
        rows=[
            [
                _opening(one.first.number), one.first.content, one.first.reference,
                one.first.agency_name, "; ".join(owed.words for owed in one.owed),
                len(one.owed), one.owed[0].due_on, one.days, one.said.difficulties,
                one.said.proposal,
            ]
            for one in missing
        ],
        title=_("KỲ CHƯA BÁO CÁO CỦA NHIỆM VỤ THƯỜNG XUYÊN, ĐỊNH KỲ"),
        meta=meta,
        tab=_("Kỳ chưa báo cáo"),
    )  # fmt: skip
