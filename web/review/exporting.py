"""The desk as a file: the view that is shown, every row of it, in its order."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response

from models.review.desk import OnDesk, chunks_of
from web.exports.files import table_file
from web.exports.tables import TableColumn, Value
from web.identity import current_actor
from web.labels import label
from web.review.listing import conditions, view_asked
from web.review.saying import count_words, group_words
from web.speech import gettext as _
from web.wiring import office, reading_unit


def export(kind: str) -> Response:
    """Return the whole view as XLSX or CSV."""
    title = _("Các vụ vi phạm nhiều lần")
    return table_file(kind, "vi-pham-nhieu-lan", _headings(), _values(), title, conditions)


def _headings() -> list[TableColumn]:
    words = (
        _("Số"),
        _("Quy tắc"),
        _("Tên quy tắc"),
        _("Cơ quan, lĩnh vực"),
        _("Mức"),
        _("Điểm và ngưỡng"),
        _("Bước xử lý"),
        _("Người xử lý"),
        _("Bắt đầu"),
        _("Phải trả lời đến"),
    )
    return [TableColumn(one) for one in words]


def _values() -> Iterator[list[Value]]:
    connection, today = reading_unit().connection, office().today()
    for rows in chunks_of(connection, current_actor(), view_asked(), today):
        for row in rows:
            yield _cells(row)


def _cells(row: OnDesk) -> list[Value]:
    return [
        row.number,
        row.rule_code,
        str(row.body.get("title", "")),
        group_words(row.group, row.agency_name),
        row.level,
        count_words(row.body, row.level, row.score),
        label(row.state, "case_state"),
        row.holder,
        row.opened_on,
        row.answer_by,
    ]
