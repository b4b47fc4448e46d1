"""The rates of a view as a workbook: numerators and denominators beside each rate."""

from __future__ import annotations

from flask import Response

from models.directives.lists import names_by_code
from models.dossiers.filters import ways_to
from models.dossiers.rates import By, Rated, rates_by_each, total_of
from web.dossiers.asking import Asked, sentence_of
from web.dossiers.listing import viewer
from web.exports.files import book_file
from web.exports.tables import Sheet, TableColumn, Value
from web.formats import vn_datetime
from web.rates.ordering import Order, in_order
from web.rates.showing import kind_words, lines_of, told_day
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.shares import hundredths


def export_of(asked: Asked) -> Response:
    """Return a workbook with a sheet for each way to tell the rates of a view."""
    connection, who = reading_unit().connection, viewer(asked)
    ways = ways_to(asked.view, who)
    groups = rates_by_each(connection, ways, who)
    sheets = [_sheet(asked, groups[by], by) for by in By]
    return book_file("ty-le-dung-han", sheets, _("Tỷ lệ đúng hạn"))


def _sheet(asked: Asked, groups: tuple[Rated, ...], by: By) -> Sheet:
    words = kind_words()[by.value]
    rows = [_row(line.words, line.of) for line in lines_of(in_order(groups, by, Order()), by)]
    rows.append(_row(_("Cộng"), total_of(groups)))
    return Sheet(
        columns=[TableColumn(words, 44), *map(TableColumn, _headings())],
        rows=rows,
        title=_("TỶ LỆ GIẢI QUYẾT HỒ SƠ ĐÚNG HẠN"),
        meta=_meta(asked),
        tab=words,
    )


def _headings() -> list[str]:
    return [
        _("Đã tiếp nhận"),
        _("Xong đúng hạn"),
        _("Xong trễ hạn"),
        _("Chưa xong, đã quá hạn"),
        _("Chưa xong, còn trong hạn"),
        _("Không hẹn ngày trả"),
        _("Tỷ lệ theo ngày hẹn đầu (%)"),
        _("Tỷ lệ theo ngày hẹn cuối (%)"),
        _("Chênh lệch (điểm phần trăm)"),
    ]


def _row(words: str, of: Rated) -> list[Value]:
    first = of.first
    shares = [first.rate, of.last.rate, of.gap]
    return [
        words,
        first.received,
        first.on_time,
        first.late,
        first.open_late,
        first.open_in_time,
        first.unpromised,
        *(None if share is None else hundredths(share, 2) for share in shares),
    ]


def _meta(asked: Asked) -> dict[str, str]:
    names = dict(names_by_code(reading_unit().connection))
    said = " · ".join(part["label"] for part in sentence_of(asked, names)) or _("tất cả")
    return {
        _("Phạm vi"): said,
        _("Tính đến ngày"): told_day(asked),
        _("Cách tính"): _("đúng hạn / (đúng hạn + trễ hạn + chưa xong đã quá hạn)"),
        _("Lập lúc"): vn_datetime(office().clock()),
    }
