"""Adds up the letters of a workbook: one long text can stand in a million cells."""

from __future__ import annotations

from web.uploads.archive import Archive, Part
from web.uploads.sheets import SheetLimits, SheetScan
from web.uploads.xml import Attributes, feed, parser_for, plain
from workflow.errors import Refused


def check_letters(
    archive: Archive, scans: dict[str, SheetScan], strings: list[Part], limits: SheetLimits
) -> None:
    """Refuse `too_much_text` where the letters of all cells are too many."""
    lengths = [length for part in strings for length in _lengths(archive, part, limits)]
    longest = max(lengths, default=0)
    for name, scan in scans.items():
        if scan.shared * longest > limits.max_letters:
            letters = _letters_of(archive, archive.parts[name], lengths)
            if letters > limits.max_letters:
                raise Refused("too_much_text", limit=limits.max_letters)


def _lengths(archive: Archive, part: Part, limits: SheetLimits) -> list[int]:
    lengths: list[int] = []

    def start(name: str, _: Attributes) -> None:
        if plain(name) == "si":
            lengths.append(0)
            if len(lengths) > limits.max_cells:
                raise Refused("too_many_cells", limit=limits.max_cells)

    def add(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    parser = parser_for(start)
    parser.CharacterDataHandler = add
    feed(parser, archive.unpack(part))
    return lengths


def _letters_of(archive: Archive, part: Part, lengths: list[int]) -> int:
    """Add up the letters of the cells that point at shared texts."""
    letters: int = 0
    pointer: list[str] = []
    points = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal points
        settle()
        if plain(name) == "c":
            points = attributes.get("t") == "s"
        parser.CharacterDataHandler = pointer.append if points and plain(name) == "v" else None

    def settle() -> None:
        nonlocal letters
        figures = "".join(pointer).strip()
        pointer.clear()
        if figures.isdecimal() and int(figures) < len(lengths):
            letters += lengths[int(figures)]

    parser = parser_for(start)
    feed(parser, archive.unpack(part))
    settle()
    return letters
