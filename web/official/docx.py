"""A paper as DOCX, for a clerk to go on with: the layout of Nghị định 30/2020/NĐ-CP's annex.

A4, margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman 13–14; page numbers
in the middle of the upper margin from the second page on; an annex in a section of its own.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from docx import Document
from docx.document import Document as _Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell

from web.official.docx_parts import (
    flatten,
    keep_whole,
    number_pages,
    put,
    rule,
    say,
    set_margins,
    speak_vietnamese,
)
from web.official.paper import (
    BODY,
    DRAFT,
    MOTTO,
    RECEIVERS,
    SMALL,
    STATE,
    Align,
    Annex,
    Foot,
    Grid,
    Head,
    Line,
    Paper,
    Title,
)

FONT = "Times New Roman"
_AFTER_NUMBERING = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid")
"""What the format wants after an element: an editor that finds them otherwise repairs the file."""


def as_docx(paper: Paper) -> bytes:
    """Return the paper as a file that an office program opens without repair."""
    draft = _empty(paper.title)
    for block in paper.blocks:
        _SETTING[type(block)](draft, block)
    stream = io.BytesIO()
    draft.save(stream)
    return stream.getvalue()


def _empty(title: str) -> _Document:
    """Return an empty A4 document with the decree's margins and its type."""
    draft = Document()
    draft.core_properties.title = title
    draft.core_properties.author = ""
    draft.core_properties.language = "vi-VN"
    style = draft.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), FONT)
    speak_vietnamese(style.element.get_or_add_rPr())
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    _page(draft.sections[0], landscape=False)
    return draft


def _page(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = Mm(210), Mm(297)
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number_pages(section)


def _line(draft: _Document, one: Line) -> None:
    line = put(draft, one.text, size=one.size, bold=one.bold, italic=one.italic, align=one.align)
    if one.is_body:
        line.paragraph_format.first_line_indent = Cm(1.27)
        line.paragraph_format.space_before = Pt(6)
        line.paragraph_format.line_spacing = 1.15
        line.paragraph_format.keep_with_next = one.bold


def _head(draft: _Document, head: Head) -> None:
    left, right = _side_by_side(draft, (6.1, 10.4))
    if head.above:
        put(left, head.above, size=SMALL)
    put(left, head.body, size=SMALL, bold=True)
    rule(left, inset=2.0)
    put(left, head.number, size=SMALL)
    if head.about:
        put(left, head.about, size=12)
    put(left, DRAFT, size=SMALL, bold=True).paragraph_format.space_before = Pt(4)
    put(right, STATE, size=SMALL, bold=True)
    put(right, MOTTO, bold=True)
    rule(right, inset=1.95)
    put(right, head.place_and_day, italic=True)


def _title(draft: _Document, title: Title) -> None:
    put(draft, title.kind, bold=True).paragraph_format.space_before = Pt(14)
    for line in title.about:
        put(draft, line, bold=True)
    rule(draft, inset=6.0)


def _foot(draft: _Document, foot: Foot) -> None:
    """Set who receives and who signs; the last words said stay with them on one page."""
    if draft.paragraphs:
        draft.paragraphs[-1].paragraph_format.keep_with_next = True
    put(draft, "", size=8).paragraph_format.keep_with_next = True
    left, right = _side_by_side(draft, (8.0, 8.5))
    put(left, RECEIVERS, size=12, bold=True, italic=True, align=Align.LEFT)
    for receiver in foot.receivers:
        put(left, f"- {receiver}", size=11, align=Align.LEFT)
    for line in foot.signer:
        put(right, line, bold=True)
    for _ in range(4):
        put(right, "")


def _side_by_side(draft: _Document, widths: tuple[float, float]) -> tuple[_Cell, _Cell]:
    table = draft.add_table(rows=1, cols=2)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    keep_whole(table.rows[0]._tr)  # noqa: SLF001 - python-docx has no such switch
    set_margins(table, 0)
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Cm(width)
    left, right = table.rows[0].cells
    return left, right


def _annex(draft: _Document, annex: Annex) -> None:
    """Begin an annex: a section on its side with page numbers of its own, and its heading."""
    section = draft.add_section(WD_SECTION.NEW_PAGE)
    flatten(draft.paragraphs[-1])
    _page(section, landscape=True)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    properties = section._sectPr  # noqa: SLF001 - python-docx has no page numbering
    properties.insert_element_before(numbering, *_AFTER_NUMBERING)
    put(draft, annex.name, bold=True)
    put(draft, annex.title, bold=True)
    put(draft, annex.of, italic=True).paragraph_format.space_after = Pt(6)


def _grid(draft: _Document, grid: Grid) -> None:
    """Set a ruled table whose heading is repeated on each page; rows are never torn apart."""
    table = draft.add_table(rows=2, cols=len(grid.head))
    table.style, table.autofit = "Table Grid", False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_margins(table, 57)
    first, pattern = table.rows
    for place, (cell, words) in enumerate(zip(first.cells, grid.head, strict=True)):
        put(cell, words, size=grid.size, bold=True)
        cell.width = table.columns[place].width = Cm(grid.widths[place])
    for place, cell in enumerate(pattern.cells):
        align = Align.LEFT if place in grid.left else Align.CENTER
        put(cell, "", size=grid.size, align=align)
        cell.width = Cm(grid.widths[place])
    repeated = OxmlElement("w:tblHeader")
    first._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - python-docx has no such switch
    keep_whole(first._tr)  # noqa: SLF001
    keep_whole(pattern._tr)  # noqa: SLF001
    _fill(table, pattern._tr, grid.rows, bold_last=grid.bold_last)  # noqa: SLF001


def _fill(table: Table, pattern: Any, rows: Sequence[Sequence[str]], *, bold_last: bool) -> None:
    """Copy one empty row as often as there are rows: a long annex is written in one stroke."""
    body_of_table = table._tbl  # noqa: SLF001 - rows are added without looking at all the others
    for number, row in enumerate(rows, start=1):
        line = deepcopy(pattern)
        for run, words in zip(line.iter(qn("w:r")), row, strict=True):
            say(run, words, bold=bold_last and number == len(rows))
        body_of_table.append(line)
    body_of_table.remove(pattern)


_SETTING: dict[type, Callable[[_Document, Any], None]] = {
    Head: _head,
    Title: _title,
    Line: _line,
    Grid: _grid,
    Annex: _annex,
    Foot: _foot,
}
