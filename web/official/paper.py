"""A paper in the official layout, as data: what stands on it, in order, before any file is made.

A feature says what its paper tells; `docx` and `pdf` set the same paper, each in its format. The
layout is that of the annex of Nghị định 30/2020/NĐ-CP. Number and date may stay empty: they are
the clerk's to give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from web.official.signing import Letterhead

BODY, SMALL = 14, 13
"""Sizes of type in points: the text, and the state's lines with the issuing body."""
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
RECEIVERS = "Nơi nhận:"
ANNEX = "PHỤ LỤC"
ROMAN = ("I", "II", "III", "IV", "V")


class Align(StrEnum):
    """How the words of a line stand between its ends."""

    LEFT = "left"
    CENTER = "center"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Head:
    """The issuing body with the number at the left, the state's lines at the right."""

    above: str
    body: str
    number: str
    about: str
    place_and_day: str


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the kind of paper and what it is about, with the line under it."""

    kind: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph; an empty one leaves room of its size."""

    text: str
    size: int = BODY
    bold: bool = False
    italic: bool = False
    align: Align = Align.CENTER
    is_body: bool = False
    """Whether it is of the text: its first line indented, and set wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A ruled table whose heading is repeated on each page; `widths` are centimetres."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    size: int
    left: frozenset[int]
    """The columns whose words stand at the left; the others are centred."""
    bold_last: bool


@dataclass(frozen=True, slots=True)
class Annex:
    """The beginning of an annex: a page on its side, pages counted anew, and its heading."""

    title: str
    of: str
    name: str = ANNEX


@dataclass(frozen=True, slots=True)
class Foot:
    """Who gets it at the left, who signs at the right; the name stays empty."""

    receivers: tuple[str, ...]
    signer: tuple[str, ...]


Block = Head | Title | Line | Grid | Annex | Foot


@dataclass(slots=True)
class Paper:
    """A paper that grows from the top; `title` is what the file says of itself."""

    title: str
    blocks: list[Block] = field(default_factory=list)

    def letterhead(
        self,
        frame: Letterhead,
        year: int,
        *,
        number: str = "",
        dated: date | None = None,
        about: str = "",
    ) -> None:
        """Set the head of the first page; `about` stands under the number, as in a letter."""
        day = f"ngày       tháng       năm {year}"
        if dated:
            day = f"ngày {dated.day:02} tháng {dated.month:02} năm {dated.year}"
        said = f"Số: {number}" if number else f"Số:          /{frame.symbol}"
        self.blocks.append(Head(frame.above, frame.body, said, about, f"{frame.place}, {day}"))

    def heading(self, kind: str, *about: str) -> None:
        """Set the name of the kind of paper and what it is about."""
        self.blocks.append(Title(kind, about))

    def line(self, text: str, *, size: int = BODY, italic: bool = False) -> None:
        """Set a line in the middle; an empty one leaves room."""
        self.blocks.append(Line(text=text, size=size, italic=italic))

    def body(self, text: str, *, bold: bool = False) -> None:
        """Set a paragraph of the text: justified, its first line indented."""
        self.blocks.append(Line(text=text, bold=bold, align=Align.JUSTIFY, is_body=True))

    def grid(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        size: int = 11,
        left: frozenset[int] = frozenset(),
        bold_last: bool = False,
    ) -> None:
        """Set a ruled table; rows are never torn apart."""
        self.blocks.append(
            Grid(
                head=tuple(head),
                rows=tuple(map(tuple, rows)),
                widths=tuple(widths),
                size=size,
                left=left,
                bold_last=bold_last,
            )
        )

    def annex(self, title: str, of: str) -> None:
        """Begin an annex; all that follows stands in it. Of several each has its Roman number."""
        self.blocks.append(Annex(title, of))
        annexes = [(at, b) for at, b in enumerate(self.blocks) if isinstance(b, Annex)]
        if len(annexes) > 1:
            for place, (at, block) in enumerate(annexes):
                self.blocks[at] = replace(block, name=f"{ANNEX} {ROMAN[place]}")

    def signature(self, frame: Letterhead) -> None:
        """Set the foot of the paper."""
        self.blocks.append(Foot(frame.receivers, frame.signer))
