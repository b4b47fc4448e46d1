"""The list of violations as its page shows it, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from models.directives.lists import names_by_code
from models.violations.filters import ListFilter, Looker, Ways, ways_to
from models.violations.lists import Listed, chunks_of, edge_text, fields_of, page_of, total_of
from web.addresses import TURNING, page_at, this_page, ways_to_look
from web.agencies.naming import names_to_choose
from web.directives.links import agency_url
from web.exports.files import in_one_line, table_file
from web.exports.tables import TableColumn, Value
from web.identity import current_actor
from web.labels import choices, label
from web.speech import gettext as _
from web.violations.columns import COLUMNS, headings, hidden_columns, told
from web.violations.doors import for_many, may_record
from web.violations.filters import Asked, read_address, sentence_of
from web.wiring import office, reading_unit
from workflow.violations.catalogue import CATALOGUE

PLAIN = tuple(key for key, column in COLUMNS.items() if not column.at_first)
QUICK = ("state", "source")


def asked_for() -> Asked:
    """Return the view that this request's address asks for."""
    return read_address(request.args)


def tidy_address() -> BaseResponse | None:
    """Return the way to the same view without what an empty field of the form left behind."""
    if all(request.args.values()):
        return None
    return redirect(this_page())


def looker() -> Looker:
    """Return who looks at a list, today."""
    return Looker(actor=current_actor(), day=office().today())


def ways_of(view: ListFilter) -> Ways:
    """Return the conditions of a view within what the signed-in person may read."""
    return ways_to(reading_unit().connection, view, looker())


def list_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the list reads, in a fixed number of statements."""
    connection = reading_unit().connection
    ways = ways_of(asked.view)
    page = page_of(connection, ways, asked.order, asked.edge)
    total, exact = total_of(connection, ways)
    names = names_to_choose()
    hidden = hidden_columns()
    columns = headings(asked.order, hidden)
    return {
        "asked": asked,
        "view": asked.view,
        "rows": [_shown(row, hidden) for row in page.rows],
        "total": total,
        "exact": exact,
        "columns": columns,
        "shown_columns": {key: c for key, c in columns.items() if not c["hidden"]},
        "sentence": sentence_of(asked, dict(names)),
        "agencies": names,
        "fields": fields_of(connection, ways_of(ListFilter())),
        "types": [(kind.code, f"{kind.code} {label(kind.code, 'violation_type')}")
                  for kind in CATALOGUE],
        "choices": choices,
        "quick": quick_views(),
        "acts": for_many(current_actor(), office().today()),
        "may_record": may_record(current_actor(), office().today()),
        "next_url": _turn(after=edge_text(page.after)),
        "prev_url": _turn(before=edge_text(page.before)),
        "xlsx_url": export_url("xlsx"),
        "csv_url": export_url("csv"),
    }  # fmt: skip


def _turn(**edge: str | None) -> str | None:
    if not any(edge.values()):
        return None
    return this_page(**({"after": None, "before": None} | edge))


def _shown(row: Listed, hidden: frozenset[str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "type": row.type,
        "name": label(row.type, "violation_type"),
        "agency": row.agency,
        "agency_url": agency_url(row.agency_code) if row.agency_code else None,
        "is_known": row.agency_id is not None,
        "occurred_on": row.occurred_on,
        "thing": row.dossier_code or row.directive_number or "",
        "state": row.state.value,
        "after_the_fact": row.after_the_fact,
        "told": [(key, told(key, row)) for key in PLAIN if key not in hidden],
    }


def quick_views() -> list[dict[str, object]]:
    """Return the ways to look that are asked for most, the present one marked."""
    ways: list[tuple[str, dict[str, str]]] = [
        (_("Tất cả"), {}),
        (_("Đang tính"), {"state": "standing"}),
        (_("Có dấu hiệu"), {"state": "recorded"}),
        (_("Đang giải trình"), {"state": "contested"}),
        (_("Đã kết luận"), {"state": "settled"}),
        (_("Không tính vi phạm"), {"state": "overturned"}),
        (_("Ghi nhận bằng tay"), {"source": "by_hand"}),
    ]
    return ways_to_look(QUICK, ways)


def export_url(kind: str) -> str:
    """Return the address of this view as a file."""
    kept = {k: v for k, v in request.args.items() if k not in TURNING and v}
    return page_at("violations.export", kept, kind=kind)


def export(asked: Asked, kind: str) -> Response:
    """Return the whole view as a file: the columns shown, every row of it, in its order."""
    return table_file(
        kind, "vi-pham", _headings(), _values(asked), _("Danh sách vi phạm"), lambda: _said(asked)
    )


def _said(asked: Asked) -> dict[str, str]:
    names = dict(names_by_code(reading_unit().connection))
    return {_("Điều kiện"): in_one_line(sentence_of(asked, names))}


def _file_columns() -> list[str]:
    hidden = hidden_columns()
    return [key for key in COLUMNS if key not in hidden]


def _headings() -> list[TableColumn]:
    return [TableColumn(str(COLUMNS[key].words)) for key in _file_columns()]


def _values(asked: Asked) -> Iterator[list[Value]]:
    connection = reading_unit().connection
    cells = [COLUMNS[key].cell for key in _file_columns()]
    for rows in chunks_of(connection, ways_of(asked.view), asked.order):
        for row in rows:
            yield [cell(row) for cell in cells]
