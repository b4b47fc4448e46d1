"""The columns of the list: their words, their order, what each cell says on a page or in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from models.directives.inside import Held
from models.directives.listed import Listed
from models.directives.looking import is_own
from models.directives.orders import Order, SortBy
from web.columns import columns_shown, heading, hidden_of, sorting
from web.directives.clock import Clock
from web.exports.tables import Value
from web.formats import vn_date, vn_datetime
from web.identity import current_actor
from web.labels import label
from web.speech import gettext as say
from workflow.directives.records import State

Cell = Callable[[Listed, Clock, list[str], Held], Value]
NOBODY = Held()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: how it sorts, whether one sees it at first, and its value in a file.

    A column of two things (the date and what it means) is two columns in a file.
    """

    words: LazyString
    values: tuple[tuple[LazyString, Cell], ...]
    sort: SortBy | None = None
    at_first: bool = True


def _one(
    words: LazyString, cell: Cell, sort: SortBy | None = None, *, first: bool = True
) -> Column:
    return Column(words=words, values=((words, cell),), sort=sort, at_first=first)


COLUMNS: Mapping[str, Column] = {
    "number": _one(_("Số"), lambda row, *_: row.number, SortBy.NUMBER),
    "content": _one(_("Nhiệm vụ"), lambda row, *_: row.content),
    "lead": _one(_("Chủ trì"), lambda row, *_: row.lead_name, SortBy.LEAD),
    "due": Column(
        words=_("Thời hạn"),
        values=(
            (_("Thời hạn"), lambda row, *_: row.due_on),
            (_("Tình trạng thời hạn"), lambda _, clock, *__: _timeliness(clock)),
            (_("Số ngày quá hạn"), lambda _, clock, *__: clock.over or None),
        ),
        sort=SortBy.DUE,
    ),
    "state": Column(
        words=_("Trạng thái"),
        values=(
            (_("Trạng thái"), lambda row, *_: label(row.state, "state")),
            (_("Ghi chú"), lambda row, *_: "; ".join(marks(row))),
        ),
        sort=SortBy.STATE,
    ),
    "handler": _one(_("Người xử lý"), lambda *a: a[3].who, first=False),
    "internal": _one(_("Hạn nội bộ"), lambda *a: a[3].internal_due_on, first=False),
    "document": _one(_("Văn bản"), lambda row, *_: row.reference, first=False),
    "coordinating": _one(_("Phối hợp"), lambda *a: "; ".join(a[2]), first=False),
    "output": _one(_("Sản phẩm"), lambda row, *_: row.expected_output, first=False),
    "priority": _one(_("Mức khẩn"), lambda row, *_: label(row.priority, "priority"), first=False),
    "progress": _one(_("Tiến độ (%)"), lambda row, *_: row.progress, first=False),
    "assigned": _one(_("Giao ngày"), lambda row, *_: row.assigned_on, first=False),
    "accepted": _one(_("Tiếp nhận"), lambda row, *_: row.accepted_on, first=False),
    "first_due": _one(_("Thời hạn đầu tiên"), lambda row, *_: row.first_due_on, first=False),
    "completed": _one(_("Ngày báo cáo"), lambda row, *_: row.completed_on, first=False),
    "updated": _one(_("Cập nhật"), lambda row, *_: row.updated_at, SortBy.UPDATED, first=False),
}
"""Every column by its key, in the order they stand; `content` is the one that cannot be hidden."""
LEAD = "content"
INSIDE = frozenset({"handler", "internal"})
"""What an agency alone sees of its own routing (product.md, section 3: `route`)."""


def _timeliness(clock: Clock) -> str:
    return label(clock.code, "timeliness") if clock.code else clock.words


def marks(row: Listed) -> list[str]:
    """Return the facts beside the state that somebody must answer or know."""
    found = []
    if row.decline_standing:
        found.append(say("đang đề nghị giao lại"))
    if row.extension_asked_to and row.state is not State.REPORTED:
        found.append(_asks_extension(row))
    if row.proposed_on:
        found.append(say("có kiến nghị chờ trả lời"))
    if row.returned_count and row.state is State.IN_PROGRESS:
        found.append(say("cần làm lại"))
    if row.carried_over:
        found.append(say("ghi nhận từ nơi khác"))
    return found


def _asks_extension(row: Listed) -> str:
    return say("đề nghị gia hạn đến %(day)s", day=vn_date(row.extension_asked_to))


def hidden_columns() -> frozenset[str]:
    """Return the columns that the address hides, or those hidden at first.

    Whoever is not one of an agency's own people has no columns of what stands inside. They came
    after views were kept by what they `hide`: one that names neither was kept without them.
    """
    hidden = hidden_of(COLUMNS, LEAD)
    is_old = columns_shown() is None and "hide" in request.args and not hidden & INSIDE
    return hidden | INSIDE if is_old or not is_own(current_actor()) else hidden


def headings(order: Order, hidden: frozenset[str]) -> dict[str, dict[str, object]]:
    """Return the columns as the table macro reads them, those that the reader can have."""
    left_out = frozenset() if is_own(current_actor()) else INSIDE
    return {
        key: heading(key, column, hidden, LEAD)
        | sorting(column.sort, order, rises_first=True)
        | {"number": key == "progress"}
        for key, column in COLUMNS.items()
        if key not in left_out
    }


def told(key: str, row: Listed, beside: list[str], held: Held = NOBODY) -> str:
    """Return the words of a cell that the page shows plainly."""
    plain = {
        "handler": lambda: held.who,
        "internal": lambda: vn_date(held.internal_due_on),
        "document": lambda: row.reference,
        "coordinating": lambda: ", ".join(beside),
        "output": lambda: row.expected_output,
        "priority": lambda: label(row.priority, "priority"),
        "progress": lambda: "" if row.progress is None else f"{row.progress} %",
        "assigned": lambda: vn_date(row.assigned_on),
        "accepted": lambda: vn_date(row.accepted_on),
        "first_due": lambda: vn_date(row.first_due_on),
        "completed": lambda: vn_date(row.completed_on),
        "updated": lambda: vn_datetime(row.updated_at),
    }
    return plain[key]() if key in plain else ""
