"""The official layout of a draft, as the annex of Nghị định 30/2020/NĐ-CP draws it.

A4, margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman 13–14; the state's
lines at the right, the issuing body at the left; page numbers in the middle of the upper margin
from the second page on; an annex in a section of its own. Number and date stay empty.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from docx import Document
from docx.document import Document as _Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from web.summaries.signing import Letterhead

Align = WD_ALIGN_PARAGRAPH
Draft = _Document
FONT = "Times New Roman"
BODY, SMALL = 14, 13
WIDE_CM = 16.5
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
_AFTER_NUMBERING = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid")
"""What the format wants after an element: an editor that finds them otherwise repairs the file."""
_UNSHOWN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def new_draft(title: str) -> Draft:
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
    _language(style.element.get_or_add_rPr())
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    _page(draft.sections[0], landscape=False)
    return draft


def _language(properties: Any) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")
    properties.append(language)


def _page(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = Mm(210), Mm(297)
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section)


def _page_number(section: Section) -> None:
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = Align.CENTER
    run = line.add_run()
    run.font.size = Pt(SMALL)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields


def put(
    where: Draft | _Cell,
    text: str,
    *,
    size: int = BODY,
    bold: bool = False,
    italic: bool = False,
    align: Align = Align.CENTER,
) -> Paragraph:
    """Add a line; a cell's first line is the empty one it was made with."""
    line = _first_line(where) or where.add_paragraph()
    line.alignment = align
    run = line.add_run(text.translate(_UNSHOWN))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return line


def _first_line(where: Draft | _Cell) -> Paragraph | None:
    if not isinstance(where, _Cell):
        return None
    line = where.paragraphs[0]
    return None if len(where.paragraphs) > 1 or line.runs else line


def body(draft: Draft, text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """Add a paragraph of the text: justified, its first line indented."""
    line = put(draft, text, bold=bold, italic=italic, align=Align.JUSTIFY)
    line.paragraph_format.first_line_indent = Cm(1.27)
    line.paragraph_format.space_before = Pt(6)
    line.paragraph_format.line_spacing = 1.15
    line.paragraph_format.keep_with_next = bold
    return line


def ruled(where: Draft | _Cell, *, inset: float) -> None:
    """Add a line drawn under what stands above, `inset` centimetres from both edges."""
    line = _first_line(where) or where.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Cm(inset)
    line.paragraph_format.line_spacing = Pt(5)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = line._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders
    properties.insert_element_before(borders, *_AFTER_BORDERS)


def letterhead(
    draft: Draft,
    frame: Letterhead,
    year: int,
    *,
    number: str = "",
    dated: date | None = None,
    about: str = "",
) -> None:
    """Set the issuing body with the number at the left, the state's lines at the right.

    Number and date stay empty where the clerk gave none; `about` stands under the number, where
    a letter says what it is about.
    """
    left, right = _side_by_side(draft, (6.1, 10.4))
    if frame.above:
        put(left, frame.above, size=SMALL)
    put(left, frame.body, size=SMALL, bold=True)
    ruled(left, inset=2.0)
    put(left, f"Số: {number}" if number else f"Số:          /{frame.symbol}", size=SMALL)
    if about:
        put(left, about, size=12)
    put(left, "DỰ THẢO", size=SMALL, bold=True).paragraph_format.space_before = Pt(4)
    put(right, STATE, size=SMALL, bold=True)
    put(right, MOTTO, bold=True)
    ruled(right, inset=1.95)
    day = f"ngày       tháng       năm {year}"
    if dated:
        day = f"ngày {dated.day:02} tháng {dated.month:02} năm {dated.year}"
    put(right, f"{frame.place}, {day}", italic=True)


def heading(draft: Draft, kind: str, *about: str) -> None:
    """Set the name of the kind of document and what it is about, with the line under it."""
    put(draft, kind, bold=True).paragraph_format.space_before = Pt(14)
    for line in about:
        put(draft, line, bold=True)
    ruled(draft, inset=6.0)


def signature(draft: Draft, frame: Letterhead) -> None:
    """Set who gets it at the left, who signs at the right; the name stays empty."""
    put(draft, "", size=8).paragraph_format.keep_with_next = True
    left, right = _side_by_side(draft, (8.0, 8.5))
    put(left, "Nơi nhận:", size=12, bold=True, italic=True, align=Align.LEFT)
    for receiver in frame.receivers:
        put(left, f"- {receiver}", size=11, align=Align.LEFT)
    for line in frame.signer:
        put(right, line, bold=True)
    for _ in range(4):
        put(right, "")


def _side_by_side(draft: Draft, widths: tuple[float, float]) -> tuple[_Cell, _Cell]:
    table = draft.add_table(rows=1, cols=2)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _no_split(table.rows[0]._tr)  # noqa: SLF001 - python-docx has no such switch
    _margins(table, 0)
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Cm(width)
    left, right = table.rows[0].cells
    return left, right


def _margins(table: Table, twips: int) -> None:
    """Set how far the words of a table's cells stay from their sides."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no such switch
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def annex(draft: Draft, title: str, of: str) -> None:
    """Begin an annex: a section on its side with page numbers of its own, and its heading."""
    section = draft.add_section(WD_SECTION.NEW_PAGE)
    _page(section, landscape=True)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    properties = section._sectPr  # noqa: SLF001 - python-docx has no page numbering
    properties.insert_element_before(numbering, *_AFTER_NUMBERING)
    put(draft, "PHỤ LỤC", bold=True)
    put(draft, title, bold=True)
    put(draft, of, italic=True).paragraph_format.space_after = Pt(6)


def grid(
    draft: Draft,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    size: int = 11,
    left: frozenset[int] = frozenset(),
    bold_last: bool = False,
) -> None:
    """Add a ruled table whose heading is repeated on each page; rows are never torn apart.

    `widths` are centimetres; columns named by `left` are set from the left, others centred.
    """
    table = draft.add_table(rows=2, cols=len(head))
    table.style, table.autofit = "Table Grid", False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _margins(table, 57)
    first, pattern = table.rows
    for place, (cell, words) in enumerate(zip(first.cells, head, strict=True)):
        put(cell, words, size=size, bold=True)
        cell.width = table.columns[place].width = Cm(widths[place])
    for place, cell in enumerate(pattern.cells):
        put(cell, "", size=size, align=Align.LEFT if place in left else Align.CENTER)
        cell.width = Cm(widths[place])
    repeated = OxmlElement("w:tblHeader")
    first._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - python-docx has no such switch
    _no_split(first._tr)  # noqa: SLF001
    _no_split(pattern._tr)  # noqa: SLF001
    _fill(table, pattern._tr, rows, bold_last=bold_last)  # noqa: SLF001


def _fill(table: Table, pattern: Any, rows: Sequence[Sequence[str]], *, bold_last: bool) -> None:
    """Copy one empty row as often as there are rows: a long annex is written in one stroke."""
    body_of_table = table._tbl  # noqa: SLF001 - rows are added without looking at all the others
    for number, row in enumerate(rows, start=1):
        line = deepcopy(pattern)
        for run, words in zip(line.iter(qn("w:r")), row, strict=True):
            _say(run, words, bold=bold_last and number == len(rows))
        body_of_table.append(line)
    body_of_table.remove(pattern)


def _say(run: Any, words: str, *, bold: bool) -> None:
    for old in run.findall(qn("w:t")):
        run.remove(old)
    for number, line in enumerate(words.translate(_UNSHOWN).split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        text = OxmlElement("w:t")
        text.set(qn("xml:space"), "preserve")
        text.text = line
        run.append(text)
    weight = run.find(qn("w:rPr")).find(qn("w:b"))
    if bold and weight is not None:
        del weight.attrib[qn("w:val")]


def _no_split(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def saved(draft: Draft) -> bytes:
    """Return the document as a file."""
    stream = io.BytesIO()
    draft.save(stream)
    return stream.getvalue()
