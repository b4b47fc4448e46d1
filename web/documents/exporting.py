"""The list of documents as a file: the columns shown, every row of the view, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flask import Response, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from models.documents.queries import ListedDocument, ListView, every_document, filters_of
from web.columns import columns_shown
from web.documents.listing import sentence_of
from web.exports.files import in_one_line, table_file
from web.exports.tables import TableColumn, Value
from web.identity import current_actor
from web.labels import label
from web.speech import gettext as say
from web.wiring import office, reading_unit
from workflow.directives.records import State

Cell = Callable[[ListedDocument], Value]


def _count_of(state: State) -> Cell:
    return lambda document: document.counts.get(state, 0)


COLUMNS: Mapping[str, tuple[tuple[LazyString, Cell], ...]] = {
    "number": ((_("Mã"), lambda d: d.key),),
    "subject": (
        (_("Số, ký hiệu"), lambda d: d.reference),
        (_("Trích yếu"), lambda d: d.subject),
        (_("Cơ quan ban hành"), lambda d: d.issuer),
        (_("Nguồn giao"), lambda d: label(d.source, "source")),
        (_("Độ khẩn"), lambda d: label(d.urgency, "urgency")),
    ),
    "date": ((_("Ngày ban hành"), lambda d: d.issued_on),),
    "overseer": ((_("Theo dõi"), lambda d: d.overseer),),
    "progress": (
        (_("Số nhiệm vụ"), lambda d: d.directives),
        (_("Chờ tiếp nhận"), _count_of(State.ASSIGNED)),
        (_("Đang thực hiện"), _count_of(State.IN_PROGRESS)),
        (_("Chờ xác nhận"), _count_of(State.REPORTED)),
        (_("Hoàn thành"), _count_of(State.VERIFIED)),
        (_("Dừng thực hiện"), _count_of(State.WITHDRAWN)),
        (_("Quá hạn"), lambda d: d.late),
    ),
    "state": ((_("Tình trạng"), lambda d: label(d.state, "document_state")),),
}
"""The columns of the list by key; one column of the page may be several in a file."""

LEAD = "subject"


def export_of(view: ListView, kind: str) -> Response:
    """Return a view of the list as a file."""
    named = columns_shown()
    hidden = set(request.args.get("hide", "").split(","))
    if named is not None:
        hidden = set(COLUMNS) - named - {LEAD}
    shown = [pair for key, pairs in COLUMNS.items() if key not in hidden for pair in pairs]
    headings = [TableColumn(str(words)) for words, _cell in shown]
    rows = _rows(view, [cell for _words, cell in shown])
    return table_file(
        kind, "van-ban", headings, rows, say("Danh sách văn bản"), lambda: _said(view)
    )


def _rows(view: ListView, cells: list[Cell]) -> Iterator[list[Value]]:
    connection, actor, today = reading_unit().connection, current_actor(), office().today()
    for document in every_document(connection, actor, view, today):
        yield [cell(document) for cell in cells]


def _said(view: ListView) -> dict[str, str]:
    filters = filters_of(reading_unit().connection, current_actor(), office().today())
    return {say("Điều kiện"): in_one_line(sentence_of(view, filters))}
