"""The columns of the list: their words, their order, what each cell says on a page or in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from models.violations.lists import Listed, Order, SortBy
from web.columns import heading, hidden_of, sorting
from web.exports.tables import Value
from web.formats import vn_datetime
from web.labels import label, label_or_own_words

Cell = Callable[[Listed], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its value in a file, how it sorts, whether one sees it at first."""

    words: LazyString
    cell: Cell
    sort: SortBy | None = None
    at_first: bool = True


COLUMNS: Mapping[str, Column] = {
    "number": Column(words=_("Số"), cell=lambda row: row.number, sort=SortBy.NUMBER),
    "type": Column(
        words=_("Vi phạm"), cell=lambda row: f"{row.type} {label(row.type, 'violation_type')}"
    ),
    "agency": Column(words=_("Cơ quan"), cell=lambda row: row.agency),
    "occurred": Column(
        words=_("Ngày xảy ra"), cell=lambda row: row.occurred_on, sort=SortBy.OCCURRED
    ),
    "thing": Column(
        words=_("Hồ sơ, nhiệm vụ"), cell=lambda row: row.dossier_code or row.directive_number or ""
    ),
    "state": Column(words=_("Trạng thái"), cell=lambda row: label(row.state, "violation_state")),
    "field": Column(words=_("Lĩnh vực"), cell=lambda row: row.field_text, at_first=False),
    "procedure": Column(words=_("Mã thủ tục"), cell=lambda row: row.procedure_code, at_first=False),
    "officer": Column(words=_("Cán bộ"), cell=lambda row: row.officer, at_first=False),
    "source": Column(
        words=_("Nguồn phát hiện"),
        cell=lambda row: label(row.source, "violation_source"),
        at_first=False,
    ),
    "severity": Column(
        words=_("Mức độ"), cell=lambda row: label(row.severity, "severity"), at_first=False
    ),
    "recorded": Column(words=_("Ghi nhận lúc"), cell=lambda row: row.recorded_at, at_first=False),
    "reason": Column(
        words=_("Lý do"),
        cell=lambda row: label_or_own_words(row.reason, "violation_reason"),
        at_first=False,
    ),
}
"""Every column by its key, in the order they stand; `type` is the one that cannot be hidden."""
LEAD = "type"


def hidden_columns() -> frozenset[str]:
    """Return the columns that the address hides, or those hidden at first."""
    return hidden_of(COLUMNS, LEAD)


def headings(order: Order, hidden: frozenset[str]) -> dict[str, dict[str, object]]:
    """Return the columns as the table macro reads them."""
    return {
        key: heading(key, column, hidden, LEAD) | sorting(column.sort, order, rises_first=False)
        for key, column in COLUMNS.items()
    }


def told(key: str, row: Listed) -> str:
    """Return the words of a cell that the page shows plainly."""
    if key == "recorded":
        return vn_datetime(row.recorded_at)
    return str(COLUMNS[key].cell(row))
