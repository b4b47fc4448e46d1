"""Parts of a DOCX that its library has no words for: lines, ruled edges, fields, rows."""

from __future__ import annotations

from typing import Any

from docx.document import Document as _Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from web.official.paper import BODY, SMALL, Align

_ALIGNED = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
"""What the format wants after an element: an editor that finds them otherwise repairs the file."""
_UNSHOWN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def put(
    where: _Document | _Cell,
    text: str,
    *,
    size: int = BODY,
    bold: bool = False,
    italic: bool = False,
    align: Align = Align.CENTER,
) -> Paragraph:
    """Add a line; a cell's first line is the empty one it was made with."""
    line = _first_line(where) or where.add_paragraph()
    line.alignment = _ALIGNED[align]
    run = line.add_run(text.translate(_UNSHOWN))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return line


def _first_line(where: _Document | _Cell) -> Paragraph | None:
    if not isinstance(where, _Cell):
        return None
    line = where.paragraphs[0]
    return None if len(where.paragraphs) > 1 or line.runs else line


def rule(where: _Document | _Cell, *, inset: float) -> None:
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


def flatten(line: Paragraph) -> None:
    """Make the empty line that ends a section too low to begin a page of its own."""
    form = line.paragraph_format
    form.line_spacing, form.space_before, form.space_after = Pt(1), Pt(0), Pt(0)


def number_pages(section: Section) -> None:
    """Put the page's number into the middle of the upper margin, the first page without."""
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = _ALIGNED[Align.CENTER]
    run = line.add_run()
    run.font.size = Pt(SMALL)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields


def speak_vietnamese(properties: Any) -> None:
    """Say that the words are Vietnamese, else an editor underlines each of them."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")
    properties.append(language)


def set_margins(table: Table, twips: int) -> None:
    """Set how far the words of a table's cells stay from their sides."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no such switch
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def say(run: Any, words: str, *, bold: bool) -> None:
    """Put words into a run that has some or none, each line on its own."""
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


def keep_whole(row: Any) -> None:
    """Let a row of a table not be torn apart between two pages."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
