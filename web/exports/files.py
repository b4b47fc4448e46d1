"""Handing a table out as a file: in the kind asked for, named by what it is and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from flask import Response, stream_with_context

from web.exports.tables import Sheet, TableColumn, Value, csv_lines, xlsx, xlsx_book
from web.formats import vn_datetime
from web.speech import gettext as _
from web.wiring import office

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(
    kind: str,
    stem: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    title: str,
    conditions: Callable[[], Mapping[str, str]] = dict,
) -> Response:
    """Return a table as `kind`, "csv" (sent as it is read) or "xlsx", as `<stem>-<day>.<kind>`.

    A workbook bears above its rows the title, what `conditions` says the rows were chosen by
    and the moment; a CSV has headings and rows alone, for programs.
    """
    name = f"{_of_today(stem)}.{kind}"
    if kind == "csv":
        return attached(stream_with_context(csv_lines(columns, rows)), CSV_TYPE, name)
    meta = {**conditions(), _("Lập lúc"): vn_datetime(office().clock())}
    return attached(xlsx(columns, rows, title, meta), XLSX_TYPE, name)


def book_file(stem: str, sheets: Iterable[Sheet], title: str) -> Response:
    """Return a workbook of several sheets as `<stem>-<day>.xlsx`."""
    return attached(xlsx_book(sheets, title), XLSX_TYPE, f"{_of_today(stem)}.xlsx")


def in_one_line(parts: Iterable[Mapping[str, str]]) -> str:
    """Return in one line what a view was narrowed to, as the page's parts say it."""
    return " · ".join(part["label"] for part in parts) or _("tất cả")


def attached(
    body: bytes | str | Iterable[str], content_type: str, name: str, *, status: int = 200
) -> Response:
    """Return a file to keep; `name` is of ASCII letters, as every program can save it."""
    answer = Response(body, status, content_type=content_type)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _of_today(stem: str) -> str:
    return f"{stem}-{office().today():%Y-%m-%d}"
