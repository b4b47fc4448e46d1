"""Which rows under the heading are tasks, and which are sections, totals, notes or nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workflow.documents.cells import CellValue, Grid, cell_text
from workflow.documents.columns import Column
from workflow.documents.heading import SheetHeading, heading_again
from workflow.documents.reading import SkippedRow, SkipReason
from workflow.text import fold

_TASK_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3})*[.)]?|\d{1,4}[.]?[a-zđ]\)?")
_CODE = re.compile(
    r"(?=\D*\d)[\[(]?(?:[a-zđ]{1,6}[ .\-]?)?[\divxlc]{1,6}(?:[.,\-]\w{1,4}){0,4}[.)\]]{0,2}"
)
_SECTION_NUMBER = re.compile(r"(?:[IVXLC]{1,6}|[ivx]{1,5}|[A-HĐ])(?:[.]\d{1,2})*[.)]?")
_NUMBERING = re.compile(r"[\[(]?(?:\d{1,2}|[a-zđ])(?:\s*=.*)?[\])]?")
_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong)\b[^a-z]*(?:nhiem vu[^a-z]*)?")
_FAREWELL = re.compile(
    r"(?:noi nhan|nguoi lap|luu ?:|(?:tm|kt|tl|tuq)(?:[.]|\s+(?:uy ban|ubnd|chu tich|giam doc|"
    r"chanh|truong|bo truong|thu truong)\b))"
)
_NOTE = re.compile(r"(?:ghi chu\s*:|luu y\s*:|\(?ky, ?(?:ghi ro|dong dau)|\*)")
_SIGNATURE = re.compile(
    r"(?:q[.\s]|chu tich|pho chu tich|giam doc|pho giam doc|thu truong|ky ten|dong dau|"
    r"chanh van phong|[^,]{0,30}, ?ngay .{0,12}thang)"
)
_SOMEBODY = re.compile(
    r"(?:so|ban|bo|cuc|chi cuc|vu|vien|phong|ubnd|uy ban|cac|tat ca|van phong|thanh tra|cong an|"
    r"trung tam|truong|don vi|co quan)\b"
)
_SOME_DAY = re.compile(r"\d|thuong xuyen|hang (?:ngay|tuan|thang|quy|nam)")
_SAYS_WHO_OR_WHEN = (
    Column.LEAD,
    Column.LEAD_AND_COORDINATING,
    Column.COORDINATING,
    Column.DEADLINE,
    Column.EXPECTED_OUTPUT,
)
_FEWEST_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row that holds a task: its place (from 0), its heading, its values and its section."""

    at: int
    heading: SheetHeading
    values: Mapping[int, CellValue]
    section: str

    def value(self, column: Column) -> CellValue:
        """Return the value in the column that holds `column`, or None."""
        place = self.heading.place_of(column)
        return None if place is None else self.values.get(place)

    def text(self, column: Column) -> str:
        """Return the text in the column that holds `column`."""
        return cell_text(self.value(column))


@dataclass(slots=True)
class Layout:
    """The rows of a sheet told apart."""

    tasks: list[TaskRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)


def lay_out(grid: Grid, heading: SheetHeading) -> Layout:
    """Tell the rows under `heading` apart; blank rows are nothing and appear nowhere."""
    layout = Layout()
    section = ""
    below = range(heading.last_row + 1, len(grid))
    headings = {at: found for at in below if (found := heading_again(grid, at))}
    starts = list(headings)
    closing = _closing_row(grid, heading, starts)
    at = heading.last_row + 1
    while at < len(grid):
        row = TaskRow(at, heading, _values(grid[at]), section)
        again = headings.get(at)
        reason = SkipReason.HEADING if again else _why_no_task(row, grid, closing)
        if at >= closing and at + 1 in headings and not _closes(row):
            reason = SkipReason.SECTION
        if reason is SkipReason.SECTION:
            section = _line(row)
        if reason and row.values:
            layout.skipped.append(SkippedRow(at + 1, reason, _line(row)))
        elif row.values:
            layout.tasks.append(row)
        if again:
            heading, closing = again, _closing_row(grid, again, starts)
        at = max(at, again.last_row if again else at) + 1
    return layout


def _why_no_task(row: TaskRow, grid: Grid, closing: int) -> SkipReason | None:
    if not _holds_more_than_number(row):
        return SkipReason.EMPTY_ROW
    if _is_numbering(row):
        return SkipReason.NUMBERING
    if not _says_who_or_when(row) and _TOTAL.fullmatch(fold(_first_text(row))):
        return SkipReason.TOTAL
    if row.at >= closing or _is_note(row):
        return SkipReason.NOTE
    return SkipReason.SECTION if _is_section(row, grid) else None


def _closing_row(grid: Grid, heading: SheetHeading, others: Sequence[int]) -> int:
    """Return the first row of the notes and signatures that stand after the last task.

    Above another table (`others` are the rows of the headings) only what plainly takes leave
    is one.
    """
    place = bisect_right(others, heading.last_row)
    until = others[place] if place < len(others) else len(grid)
    places = range(heading.last_row + 1, until)
    rows = [TaskRow(at, heading, _values(grid[at]), "") for at in places]
    numbered = max((row.at for row in rows if _is_numbered(row)), default=heading.last_row)
    after = [row for row in rows if row.at > numbered]
    end = next((row.at for row in after if _takes_leave(row)), until)
    last = max(
        (row.at for row in after if row.at < end and _is_plainly_task(row)), default=numbered
    )
    farewell = next((row.at for row in after if row.at > last and _closes(row)), end)
    if until < len(grid):
        return farewell
    has_numbers = heading.place_of(Column.ORDINAL) is not None
    tasks = [
        row.at
        for row in after
        if last < row.at < farewell and _stands_as_task(row, alone=not has_numbers)
    ]
    return max(tasks, default=last) + 1


def _stands_as_task(row: TaskRow, *, alone: bool = False) -> bool:
    return bool(row.text(Column.CONTENT)) and (alone or _says_who_or_when(row))


def _is_plainly_task(row: TaskRow) -> bool:
    """Tell whether a row names a task and, beyond doubt, who or by when: no signature does."""
    who = fold(row.text(Column.LEAD) or row.text(Column.LEAD_AND_COORDINATING))
    when = fold(row.text(Column.DEADLINE))
    return _stands_as_task(row) and bool(_SOMEBODY.match(who) or _SOME_DAY.search(when))


def _is_numbered(row: TaskRow) -> bool:
    number = fold(row.text(Column.ORDINAL))
    is_code = bool(_CODE.fullmatch(number) and row.text(Column.CONTENT))
    return (is_code or bool(_TASK_NUMBER.fullmatch(number))) and _holds_more_than_number(row)


def _holds_more_than_number(row: TaskRow) -> bool:
    number = row.text(Column.ORDINAL)
    if len(row.values) > 1 or not row.values:
        return bool(row.values)
    return not number or not (_TASK_NUMBER.fullmatch(fold(number)) or _is_section_number(number))


def _is_section_number(number: str) -> bool:
    return bool(_SECTION_NUMBER.fullmatch(number))


def _is_numbering(row: TaskRow) -> bool:
    texts = [fold(cell_text(value)) for value in row.values.values()]
    told_apart = len(set(texts)) == len(texts) >= _FEWEST_NUMBERS
    return told_apart and all(map(_NUMBERING.fullmatch, texts))


def _says_who_or_when(row: TaskRow) -> bool:
    return any(row.value(column) is not None for column in _SAYS_WHO_OR_WHEN)


def _closes(row: TaskRow) -> bool:
    """Tell whether a row takes leave; one with a task and who or when must say so plainly."""
    if _stands_as_task(row):
        return _takes_leave(row)
    return any(_begins(row, words) for words in (_FAREWELL, _NOTE, _SIGNATURE))


def _takes_leave(row: TaskRow) -> bool:
    if _stands_as_task(row):
        return bool(_FAREWELL.match(fold(row.text(Column.CONTENT))))
    return _begins(row, _FAREWELL)


def _is_note(row: TaskRow) -> bool:
    """Tell whether a row among the tasks is none; a task may begin with "Giám đốc …"."""
    if not _closes(row) or _is_numbered(row):
        return False
    return _takes_leave(row) or (len(row.values) == 1 and not _is_words_of_task(row))


def _is_words_of_task(row: TaskRow) -> bool:
    return bool(row.text(Column.CONTENT)) and not _begins(row, _NOTE)


def _begins(row: TaskRow, words: re.Pattern[str]) -> bool:
    return any(words.match(fold(cell_text(value))) for value in row.values.values())


def _is_section(row: TaskRow, grid: Grid) -> bool:
    """Tell whether a row only names the tasks below it: no one leads it, nothing is due."""
    if _says_who_or_when(row):
        return False
    number = row.text(Column.ORDINAL)
    if _TASK_NUMBER.fullmatch(fold(number)):
        return _has_parts_below(row, grid)
    title = _first_text(row) if not number else row.text(Column.CONTENT)
    alone = len(row.values) == 1
    if _is_section_number(number) and "." in number.rstrip(".)"):
        return _has_parts_below(row, grid)
    return (
        _is_section_number(number)
        or (bool(number) and alone)
        or (alone and (title.isupper() or title.endswith(":") or not row.text(Column.CONTENT)))
    )


def _has_parts_below(row: TaskRow, grid: Grid) -> bool:
    """Tell whether the next row goes on with the number ("2", then "2.1").

    Below "I.2" a plain number or none goes on too; "I.3" and "II" do not.
    """
    place = row.heading.place_of(Column.ORDINAL) or 0
    number = row.text(Column.ORDINAL)
    stem = number.rstrip(".)") + "."
    for below in grid[row.at + 1 :]:
        if any(value is not None for value in below):
            next_number = cell_text(below[place]) if place < len(below) else ""
            is_smaller = not (
                _TASK_NUMBER.fullmatch(fold(number)) or _is_section_number(next_number)
            )
            return next_number.startswith(stem) or is_smaller
    return False


def _values(row: Sequence[CellValue]) -> dict[int, CellValue]:
    return {place: value for place, value in enumerate(row) if cell_text(value)}


def _first_text(row: TaskRow) -> str:
    return next((cell_text(value) for value in row.values.values()), "")


def _line(row: TaskRow) -> str:
    return " | ".join(cell_text(value).replace("\n", " ") for value in row.values.values())
