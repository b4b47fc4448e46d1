"""Tables as XLSX and CSV: real numbers and dates, and no cell that a program could run."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from web.exports.heights import LINE, height_of
from workflow.errors import Refused


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that opens a page of this site; in CSV, and beyond what a sheet bears, the text."""

    text: str
    url: str

    def __str__(self) -> str:
        return self.text


Value = str | int | float | Decimal | bool | date | datetime | Linked | None

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FONT = "Times New Roman"
MOST_ROWS = 1_000_000
LONGEST_CELL = 32_767
MOST_LINKS = 60_000
"""How many links a sheet gets; office programs refuse a sheet of more than 65,530."""
MOST_HEIGHTS = 20_000
"""How many rows are measured; nobody reads on paper what stands below them."""
_CUT = " […]"
_EXACT_INTEGERS = 2**53
_FIRST_EXCEL_YEAR = 1900
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_SAMPLE, _NARROWEST, _WIDEST = 200, 6, 60
_WRAPS_FROM, _HEADING_LINES = 40, 4
_SHEET_NAME, _NOT_IN_SHEET_NAME = 31, re.compile(r"[\[\]:*?/\\']")
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NO_META: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column's heading, and its width in letters where the content should not decide."""

    heading: str
    width: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook; its tab bears `tab`, or the title where there is none."""

    columns: Sequence[TableColumn | str]
    rows: Iterable[Sequence[Value]]
    title: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    tab: str = ""


def xlsx(
    columns: Sequence[TableColumn | str],
    rows: Iterable[Sequence[Value]],
    title: str = "",
    meta: Mapping[str, str] = _NO_META,
    *,
    created: datetime = _CREATED,
) -> bytes:
    """Return a workbook with one sheet: title, lines of `meta`, frozen heading, rows.

    Texts stay texts whatever they begin with, less control characters that XML cannot hold;
    moments with a zone are shown in Vietnam's. The same arguments give the same
    bytes. Refused `export_too_large` beyond a million rows.
    """
    sheet = Sheet(columns=columns, rows=rows, title=title, meta=meta)
    return xlsx_book([sheet], title, created=created)


def xlsx_book(sheets: Iterable[Sheet], title: str = "", *, created: datetime = _CREATED) -> bytes:
    """Return a workbook of several sheets, each written as `xlsx` writes its one."""
    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "nan_inf_to_errors": False}  # fmt: skip
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": title, "created": created})
    book.formats[0].set_font_name(FONT)
    try:
        for one in sheets:
            _add(book, one)
    finally:
        book.close()
    return stream.getvalue()


def _add(book: xlsxwriter.Workbook, one: Sheet) -> None:
    name = _NOT_IN_SHEET_NAME.sub(" ", one.tab or one.title)[:_SHEET_NAME].strip()
    sheet = book.add_worksheet(name or None)
    headings = [c if isinstance(c, TableColumn) else TableColumn(c) for c in one.columns]
    taken = iter(one.rows)
    sample = list(islice(taken, _SAMPLE))
    widths = [c.width or _width(c, place, sample) for place, c in enumerate(headings)]
    above = _lines_above(one.title, one.meta)
    _write(book, sheet, headings, widths, chain(sample, taken), above)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)


def _lines_above(title: str, meta: Mapping[str, str]) -> list[str]:
    lines = [title] if title else []
    return lines + [f"{name}: {value}" for name, value in meta.items()]


def _write(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    columns: Sequence[TableColumn],
    widths: Sequence[int],
    rows: Iterable[Sequence[Value]],
    above: Sequence[str],
) -> None:
    bold = book.add_format({"bold": True, "font_name": FONT, "font_size": 13})
    head = book.add_format({"bold": True, "font_name": FONT, "bg_color": "#E7EDF5", "border": 1,
                            "text_wrap": True, "valign": "vcenter"})  # fmt: skip
    for place, line in enumerate(above):
        sheet.write_string(place, 0, _fitting(line), bold if place == 0 else None)
    heading_row = len(above) + 1 if above else 0
    _heighten(sheet, heading_row, [column.heading for column in columns], widths)
    for place, column in enumerate(columns):
        sheet.write_string(heading_row, place, _fitting(column.heading), head)
    write_cell = _cell_writer(book, sheet)
    last = heading_row
    for last, row in enumerate(rows, start=heading_row + 1):
        if last - heading_row > MOST_ROWS:
            raise Refused("export_too_large", limit=MOST_ROWS)
        if last - heading_row <= MOST_HEIGHTS:
            _heighten(sheet, last, row, widths)
        for place, value in enumerate(row):
            write_cell(last, place, value)
    sheet.freeze_panes(heading_row + 1, 0)
    sheet.repeat_rows(heading_row)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if columns and last > heading_row:
        sheet.autofilter(heading_row, 0, last, len(columns) - 1)


def _heighten(sheet: Worksheet, place: int, row: Sequence[Value], widths: Sequence[int]) -> None:
    """Give a row the height that its texts need; before its cells are written."""
    texts = zip(row, widths, strict=False)
    height = height_of((str(v), wide) for v, wide in texts if isinstance(v, str | Linked))
    if height > LINE:
        sheet.set_row(place, height)


def _cell_writer(
    book: xlsxwriter.Workbook, sheet: Worksheet
) -> Callable[[int, int, Value], object]:
    base = {"font_name": FONT, "valign": "top"}
    texts = book.add_format({**base, "text_wrap": True})
    days = book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"})
    moments = book.add_format({**base, "num_format": "dd/mm/yyyy hh:mm", "align": "left"})
    figures = book.add_format(base)
    links = book.add_format({**base, "font_color": "#1F5A9E", "underline": 1})

    def write(row: int, place: int, value: Value) -> object:
        if value is None or value == "":
            return sheet.write_blank(row, place, None, figures)
        if isinstance(value, bool):
            return sheet.write_boolean(row, place, value, figures)
        if isinstance(value, int | float | Decimal) and _is_exact(value):
            return sheet.write_number(row, place, value, figures)
        if isinstance(value, date) and value.year >= _FIRST_EXCEL_YEAR:
            return _write_day(sheet, row, place, value, moments if _has_time(value) else days)
        if isinstance(value, Linked) and value.url and sheet.hlink_count < MOST_LINKS:
            return sheet.write_url(row, place, value.url, links, _fitting(value.text))
        return sheet.write_string(row, place, _fitting(_text(value)), texts)

    return write


def _write_day(sheet: Worksheet, row: int, place: int, value: date, shown: Format) -> object:
    moment = _local(value) if isinstance(value, datetime) else value
    return sheet.write_datetime(row, place, moment, shown)


def _has_time(value: date) -> bool:
    return isinstance(value, datetime)


def _is_exact(value: float | Decimal) -> bool:
    if isinstance(value, int):
        return abs(value) <= _EXACT_INTEGERS
    return math.isfinite(value)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZONE).replace(tzinfo=None) if moment.tzinfo else moment


def _fitting(text: str) -> str:
    text = _UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(_CUT)] + _CUT


def _width(column: TableColumn, place: int, sample: Iterable[Sequence[Value]]) -> int:
    texts = (_text(row[place]) for row in sample if place < len(row))
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    heading = max(map(len, column.heading.split()), default=0)
    heading = max(heading, -(-len(column.heading) // _HEADING_LINES))
    wanted = max(longest, heading) + 2
    return max(_NARROWEST, min(wanted, _WIDEST if wanted > _WRAPS_FROM else wanted))


def csv_text(columns: Sequence[TableColumn | str], rows: Iterable[Sequence[Value]]) -> str:
    """Return the table as CSV with a byte order mark, every cell quoted; see `csv_lines`."""
    return "".join(csv_lines(columns, rows))


def csv_lines(
    columns: Sequence[TableColumn | str], rows: Iterable[Sequence[Value]], *, delimiter: str = ","
) -> Iterator[str]:
    """Yield the table as CSV line by line: CRLF, dates as ISO, texts made harmless.

    A text that a spreadsheet program could run is led by an apostrophe (`harmless`);
    `restored` gives the text back, so that a table read again keeps its values.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n", delimiter=delimiter)
    headings = [one.heading if isinstance(one, TableColumn) else one for one in columns]
    yield "\ufeff"
    for row in chain([headings], rows):
        writer.writerow([_csv_value(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _csv_value(value: Value) -> str:
    return harmless(str(value)) if isinstance(value, str | Linked) else _text(value)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


_PASSED_OVER = (
    "[\\s\\x00-\\x1f\"'`\u2018\u2019\u201c\u201d\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_SKIPPED = f"{_PASSED_OVER}*"
# Behind each tab and line end another look begins, so that this one stops there: a cell of
# thirty thousand line ends, each looked through to the last, would take seconds.
_SKIPPED_TO_NEXT = f"(?:(?![\\t\\r\\n]){_PASSED_OVER})*"
_RUNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_FIRST = f"(?={_SKIPPED}{_RUNS}|{_SKIPPED}[\\t\\r\\n])"
_LATER = f"(?={_SKIPPED_TO_NEXT}{_RUNS})"
_HARM = re.compile(f"\\A{_FIRST}|(?<=[;\\t\\r\\n]){_LATER}")
_HARMLESS = re.compile(f"\\A'{_FIRST}|(?<=[;\\t\\r\\n])'{_LATER}")


def harmless(text: str) -> str:
    """Return `text` with an apostrophe before all that a program could take for a formula.

    That is: = + - @ and their full-width forms at the start, after spaces or quotes, or after
    a sign that parts cells in another locale (; tab, line end); and a leading tab or line end.
    """
    return _HARM.sub("'", text)


def restored(text: str) -> str:
    """Return the text that `harmless` was given."""
    return _HARMLESS.sub("", text)
