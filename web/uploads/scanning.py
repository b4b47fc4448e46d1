"""Counts what a workbook holds before any of it is built up in memory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers.expat import ExpatError

from web.uploads.archive import Archive, Part
from web.uploads.letters import check_letters
from web.uploads.sheets import SheetLimits, SheetScan
from web.uploads.xml import Attributes, feed, parser_for, pieces, plain
from workflow.errors import Refused

_CELL = re.compile(rb"<(?:[\w.-]+:)?(?:c|mergeCell)[\s/>]")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,9})")
_LETTERS = 26
_TRUE = frozenset({"1", "true"})
_CARRIED = 64
_VALUE_TAGS = frozenset({"v", "f", "is"})
_PAGE_ENDS = frozenset(
    f"{page}{end}" for page in ("odd", "even", "first") for end in ("Header", "Footer")
)
_DRAWINGS = re.compile(r"(?:^|/)drawings/[^/]+\.xml$")


class _SheetReader:
    """Follows the cells of a sheet as the parser meets them."""

    def __init__(self, limits: SheetLimits, styles: Mapping[str, str]) -> None:
        self.limits = limits
        self.styles = styles
        self.scan = SheetScan()
        self.blocks = 0
        self.parser = parser_for(self.start)
        self._row = self._column = -1
        self._type = self._form = ""
        self._counted = self._is_formula = False
        self._texts: dict[str, list[str]] = {}
        self._tags: dict[str, str] = {}
        self._within = ""

    def start(self, name: str, attributes: Attributes) -> None:
        tag = self._tags.get(name) or self._tags.setdefault(name, plain(name))
        if tag == "c":
            self.close_cell()
            self._open_cell(attributes)
        elif tag in _VALUE_TAGS:
            self._value(tag)
        elif tag == "row":
            self.close_cell()
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if attributes.get("hidden", "") in _TRUE and self._row < self.limits.max_rows:
                self.scan.hidden_rows.add(self._row)
        else:
            self.close_cell()
            self._other(tag, attributes)

    def _other(self, tag: str, attributes: Attributes) -> None:
        if tag == "dimension":
            self._check_area(attributes.get("ref", ""))
        elif tag == "mergeCell":
            self.blocks += 1
            self.scan.merged += self._check_area(attributes.get("ref", ""))
            self._check(self.scan.merged, self.limits.max_cells, "too_many_cells")
            self._check(self.blocks, self.limits.max_rows, "too_many_cells")
        elif tag in _PAGE_ENDS:
            self.scan.stamps.append("")
            self.parser.CharacterDataHandler = self._stamp
        elif self.scan.stamps:
            self.parser.CharacterDataHandler = None

    def _stamp(self, text: str) -> None:
        self.scan.stamps[-1] += text

    def _open_cell(self, attributes: Attributes) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        if found:
            self._row, self._column = int(found[2]) - 1, _column_number(found[1])
        else:
            self._column += 1
        self._type = attributes.get("t", "")
        self._form = self.styles.get(attributes.get("s", ""), "")
        self._counted = self._is_formula = False

    def _value(self, tag: str) -> None:
        scan = self.scan
        if self._row < 0 or self._column < 0:
            raise Refused("broken_file")
        if not self._counted:
            self._counted = True
            scan.cells += 1
            scan.shared += self._type == "s"
            if self._form:
                scan.short_dates[self._row, self._column] = self._form
            scan.last_row = max(scan.last_row, self._row)
            scan.last_column = max(scan.last_column, self._column)
            self._check(scan.cells, self.limits.max_cells, "too_many_cells")
            self._check(scan.last_row + 1, self.limits.max_rows, "too_many_rows")
            self._check(scan.last_column + 1, self.limits.max_columns, "too_many_columns")
        self._is_formula = self._is_formula or tag == "f"
        if self._is_formula or self._type == "e":
            self._within = tag
            self.parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        self._texts.setdefault(self._within, []).append(text)

    def close_cell(self) -> None:
        """Note a cell that would be lost: an error, or a formula without a result."""
        if not self._is_formula and self._type != "e":
            return
        self.parser.CharacterDataHandler = None
        texts = {tag: "".join(parts).strip() for tag, parts in self._texts.items()}
        self._texts.clear()
        value, formula = texts.get("v", ""), texts.get("f", "")
        if self._type == "e" and value:
            self.scan.lost[self._row, self._column] = value
        elif self._is_formula and not value:
            self.scan.lost[self._row, self._column] = f"={formula}"
        self._type, self._is_formula = "", False

    def _check_area(self, reference: str) -> int:
        area = _area(reference)
        self._check(area, self.limits.max_cells, "too_many_cells")
        return area

    @staticmethod
    def _check(count: int, most: int, code: str) -> None:
        if count > most:
            raise Refused(code, limit=most)


def count_cells(archive: Archive, limits: SheetLimits) -> None:
    """Refuse `too_many_cells` by the tags alone, before any part is parsed.

    Cells that hold nothing count too; what the parsers then meet is bounded.
    """
    for part in archive.parts.values():
        counted, tail = 0, b""
        for chunk in archive.unpack(part):
            seen = tail + chunk
            counted += len(_CELL.findall(seen)) - len(_CELL.findall(tail))
            tail = seen[-_CARRIED:]
            if counted > limits.max_cells:
                raise Refused("too_many_cells", limit=limits.max_cells)


def scan_workbook(
    archive: Archive, limits: SheetLimits, styles: Mapping[str, str]
) -> tuple[dict[str, SheetScan], list[str]]:
    """Scan every part that is a sheet, by what it says it is; return also stamped texts.

    `styles` are those that show a date without its day (`styles_without_day`).

    Refused: `too_many_rows`, `too_many_columns`, `too_many_cells`, `too_much_text`, and
    `broken_file` or `unsafe_xml` where a part cannot be read. Stamped texts are those of
    text boxes, page heads and feet, where a marking of secrecy may stand.
    """
    scans: dict[str, SheetScan] = {}
    strings: list[Part] = []
    stamps: list[str] = []
    for part in archive.parts.values():
        root = _root(archive, part)
        if root == "worksheet":
            scans[part.name] = _scan_sheet(archive, part, limits, styles)
            stamps += scans[part.name].stamps
        elif root == "sst":
            strings.append(part)
        elif _DRAWINGS.search(part.name):
            stamps += _stamps(archive, part)
    check_letters(archive, scans, strings, limits)
    return scans, stamps


def _root(archive: Archive, part: Part) -> str:
    """Return the name of a part's first element, or "" where it is no XML."""
    found: list[str] = []
    parser = parser_for(lambda name, _: found.append(plain(name)))
    try:
        for piece in pieces(archive.unpack(part)):
            parser.Parse(piece, False)
            if found:
                break
    except ExpatError:
        # Not XML, or broken further on: `inspect_office` has judged that already.
        pass
    return found[0] if found else ""


def _scan_sheet(
    archive: Archive, part: Part, limits: SheetLimits, styles: Mapping[str, str]
) -> SheetScan:
    reader = _SheetReader(limits, styles)
    feed(reader.parser, archive.unpack(part))
    reader.close_cell()
    return reader.scan


def _stamps(archive: Archive, part: Part) -> list[str]:
    """Return the texts of the text boxes in a drawing."""
    texts: list[str] = []

    def start(name: str, _: Attributes) -> None:
        wanted = plain(name) == "t"
        if wanted:
            texts.append("")
        parser.CharacterDataHandler = add if wanted else None

    def add(text: str) -> None:
        texts[-1] += text

    parser = parser_for(start)
    feed(parser, archive.unpack(part))
    return texts


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def _area(reference: str) -> int:
    """Return how many cells a reference such as A1:H29 covers; 1 where it cannot be read."""
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    places = [(int(c[2]), _column_number(c[1])) for c in corners if c]
    if len(places) != len(corners) or not places:
        return 1
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
