"""The columns of the list of dossiers: their words, and what each says in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from models.dossiers.lists import Listed
from web.columns import heading, hidden_of
from web.dossiers.clock import Standing
from web.exports.tables import Value
from web.labels import label
from workflow.looks.usecases import initials_of

Cell = Callable[[Listed, Standing, Standing], Value]
NO_APOLOGY = _("chưa thấy ghi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: whether one sees it at first, and its values in a file."""

    words: LazyString
    values: tuple[tuple[LazyString, Cell], ...]
    at_first: bool = True


def _apology(row: Listed, standing: Standing) -> Value:
    """Return the day of the apology; where none is recorded of a late one, that it is not."""
    return row.apology_on or (str(NO_APOLOGY) if standing.is_late else None)


def _one(words: LazyString, cell: Cell, *, first: bool = True) -> Column:
    return Column(words=words, values=((words, cell),), at_first=first)


COLUMNS: Mapping[str, Column] = {
    "code": Column(
        words=_("Mã hồ sơ"),
        values=(
            (_("Mã hồ sơ"), lambda row, *_: row.code),
            (_("Nguồn"), lambda row, *_: row.source),
        ),
    ),
    "agency": _one(_("Cơ quan giải quyết"), lambda row, *_: row.agency_name or row.agency_text),
    "procedure": Column(
        words=_("Thủ tục"),
        values=(
            (_("Lĩnh vực"), lambda row, *_: row.field_text),
            (_("Mã thủ tục"), lambda row, *_: row.procedure_code),
            (_("Thủ tục"), lambda row, *_: row.procedure_text),
        ),
    ),
    "received": _one(_("Tiếp nhận"), lambda row, *_: row.received_on),
    "due": Column(
        words=_("Hẹn trả"),
        values=(
            (_("Hẹn trả lần đầu"), lambda row, *_: row.promised_on),
            (_("Hẹn trả lần cuối"), lambda row, *_: row.promised_last_on),
            (_("Hạn sau khi trừ thời gian chờ"), lambda _, first, __: first.due_on),
            (_("Theo ngày hẹn đầu"), lambda _, first, __: first.label),
            (_("Theo ngày hẹn cuối"), lambda *cells: cells[2].label),
            (_("Văn bản xin lỗi"), lambda row, first, _last: _apology(row, first)),
        ),
    ),
    "ended": _one(_("Kết thúc"), lambda row, *_: row.ended_on),
    "status": _one(
        _("Trạng thái"), lambda row, *_: label(str(row.status), "dossier_status"), first=False
    ),
    "applicant": _one(
        _("Người nộp (viết tắt)"), lambda row, *_: initials_of(row.applicant), first=False
    ),
    "channel": _one(_("Kênh nộp"), lambda row, *_: label(row.channel, "channel"), first=False),
    "supplements": _one(
        _("Số lần yêu cầu bổ sung"), lambda row, *_: row.supplement_requests, first=False
    ),
}
"""Every column by its key, in the order they stand; `code` is the one that cannot be hidden."""
LEAD = "code"
NUMBERS = frozenset({"supplements"})


def hidden_columns() -> frozenset[str]:
    """Return the columns that the address hides, or those hidden at first."""
    return hidden_of(COLUMNS, LEAD)


def headings(hidden: frozenset[str]) -> dict[str, dict[str, object]]:
    """Return the columns as the table macro reads them."""
    return {
        key: heading(key, column, hidden, LEAD) | {"number": key in NUMBERS}
        for key, column in COLUMNS.items()
    }
