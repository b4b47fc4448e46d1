"""The study of lateness as a workbook: what the department reports to the People's Committee."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response

from models.causes.chosen import chosen_dossiers
from models.causes.queries import Primary, primaries
from models.causes.together import Kept
from models.directives.lists import names_by_code
from web.causes.overview import Line, held_of, lines_of, what_if_of
from web.causes.sampling import drawn
from web.causes.viewing import clock_and_moment, population
from web.dossiers.asking import Asked, sentence_of
from web.dossiers.listing import day_of
from web.dossiers.studying import fields_studied
from web.dossiers.zones import zone_of
from web.exports.files import book_file
from web.exports.tables import Sheet, TableColumn, Value
from web.formats import vn_date, vn_datetime, vn_number
from web.identity import current_actor
from web.labels import label
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.causes.breaking import worst_break
from workflow.causes.records import BY_CODE
from workflow.causes.sampling import Sample
from workflow.causes.study import Study
from workflow.dossiers.timing import due_on

Row = list[Value]


def export_of(asked: Asked) -> Response:
    """Return the workbook of a view: overview, by agency, by step, by cause, what if, sample."""
    found = population(asked, "agency", "field", "cause")
    taken = found.sums.study()
    sample = drawn(asked)
    sheets = [
        _overview(asked, found, taken),
        _bars(_("Theo cơ quan"), _("Cơ quan giải quyết"), lines_of("agency", found, taken)),
        _bars(_("Theo lĩnh vực"), _("Lĩnh vực"), lines_of("field", found, taken)),
        _bars(
            _("Theo bước"),
            _("Bước vượt hạn nhiều nhất của hồ sơ"),
            lines_of("step", found, taken),
        ),
        _bars(_("Theo nơi giữ"), _("Nơi giữ bước vượt hạn"), lines_of("fault", found, taken)),
        _causes(lines_of("cause", found, taken)),
        _what_if(found),
        _sample(asked, sample),
    ]
    return book_file("nguyen-nhan-tre-han", sheets, _("Phân tích nguyên nhân hồ sơ trễ hạn"))


def _meta(asked: Asked) -> dict[str, str]:
    names = dict(names_by_code(reading_unit().connection))
    said = " · ".join(part["label"] for part in sentence_of(asked, names))
    return {
        _("Phạm vi"): said or _("tất cả"),
        _("Tính đến ngày"): vn_date(day_of(asked)),
        _("Lập lúc"): vn_datetime(office().clock()),
        _("Cơ quan lập"): current_actor().agency_name,
    }


def _overview(asked: Asked, found: Kept, taken: Study) -> Sheet:
    return Sheet(
        columns=[TableColumn(_("Nội dung"), 58), TableColumn(_("Số liệu"), 16)],
        rows=list(_overview_rows(found, taken)),
        title=_("PHÂN TÍCH NGUYÊN NHÂN HỒ SƠ TRỄ HẠN"),
        meta=_meta(asked),
        tab=_("Tổng quan"),
    )


def _overview_rows(found: Kept, taken: Study) -> Iterator[Row]:
    whole = found.overall
    yield [_("Hồ sơ quá hạn (đã xong trễ hoặc chưa xong đã quá hạn)"), whole.dossiers]
    yield [_("trong đó có nhật ký các bước"), whole.logged]
    yield [_("trong đó đã xác định nguyên nhân"), whole.caused]
    for held in held_of(taken):
        words = _("Thời gian bình quân do %(who)s giữ (ngày làm việc)", who=held.words)
        yield [words, held.days]


def _bars(tab: str, heading: str, lines: list[Line]) -> Sheet:
    with_days = any(line.days is not None for line in lines)
    columns = [heading, _("Số hồ sơ"), _("Tỷ lệ (%)"), _("Cộng dồn (%)")]
    rows: list[Row] = [[line.words, line.number, line.share, line.running] for line in lines]
    if with_days:
        columns.append(_("Số ngày làm việc vượt hạn"))
        rows = [[*row, line.days] for row, line in zip(rows, lines, strict=True)]
    return Sheet(columns=[TableColumn(c) for c in columns], rows=rows, title=tab)


def _causes(lines: list[Line]) -> Sheet:
    return Sheet(
        columns=[
            _("Nguyên nhân chính"), _("Khách quan, chủ quan"), _("Số hồ sơ"), _("Tỷ lệ (%)"),
            _("Cộng dồn (%)"), _("Số ngày làm việc bị mất"),
        ],
        rows=[[x.words, x.note, x.number, x.share, x.running, x.days] for x in lines],
        title=_("Theo nguyên nhân"),
    )  # fmt: skip


def _what_if(found: Kept) -> Sheet:
    answer = what_if_of(found)
    meta = {_("Chưa tính"): answer["why_not"]} if answer["why_not"] else {}
    rows: list[Row] = [
        [w.step, w.broken, w.days_over, w.overdue_before, w.overdue_after, w.saved]
        for w in answer["what_if"]
    ]
    return Sheet(
        columns=[
            _("Nếu bước này đúng hạn"),
            _("Số hồ sơ bước này vượt hạn (kể cả khi bước khác vượt nhiều hơn)"),
            _("Số ngày vượt"),
            _("Quá hạn hiện nay"), _("Quá hạn còn lại"), _("Giảm được"),
        ],
        rows=rows,
        title=_("Nếu bước đúng hạn"),
        meta=meta,
    )  # fmt: skip


def sampled_rows(asked: Asked, sample: Sample) -> list[Row]:
    """Return the dossiers of a sample in its order, as the workbook and the draft tell them."""
    actor, day = current_actor(), office().today()
    connection = reading_unit().connection
    found = chosen_dossiers(connection, actor, sample.keys, day, zone_of, fields_studied(actor))
    given = primaries(connection, sample.keys)
    by_id = {one.id: one for one in found}
    return [_sampled(by_id[key], given.get(key), asked) for key in sample.keys if key in by_id]


def _sample(asked: Asked, sample: Sample) -> Sheet:
    return Sheet(
        columns=[
            _("Mã hồ sơ"), _("Cơ quan giải quyết"), _("Lĩnh vực"), _("Tiếp nhận"),
            _("Hạn tính"), _("Kết thúc"), _("Bước vượt hạn nhiều nhất"), _("Nơi giữ"),
            _("Nguyên nhân chính đã ghi"), _("Khách quan, chủ quan"),
        ],
        rows=sampled_rows(asked, sample),
        title=_("Mẫu hồ sơ để đọc"),
        meta={
            _("Cỡ mẫu"): f"{sample.size}/{sample.population}",
            _("Số khởi tạo mẫu"): str(sample.seed),
            _("Sai số (điểm phần trăm, độ tin cậy %(n)s %%)", n=95): vn_number(sample.margin),
        },
    )  # fmt: skip


def _sampled(one: Any, given: Primary | None, asked: Asked) -> Row:
    clock, moment = clock_and_moment(asked)
    course = one.course
    worst = worst_break(course, clock, moment) if course else None
    due = due_on(course, day_of(asked), clock.calendar, asked.view.by) if course else None
    return [
        one.code,
        one.agency,
        one.field,
        course.received_on if course else None,
        due,
        course.ended_on if course else None,
        worst.name if worst else "",
        worst.holder.text if worst else "",
        f"{given.code.value} {label(given.code, 'cause')}" if given else "",
        label(BY_CODE[given.code].side, "cause_side") if given else "",
    ]
