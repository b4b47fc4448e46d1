"""A paper as PDF/A, to read, print or file as it stands: the same layout as the DOCX.

The words reach the template as data: nothing that a person wrote is ever read as markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from typst import Compiler, Fonts

from web.official.paper import (
    DRAFT,
    MOTTO,
    RECEIVERS,
    STATE,
    Annex,
    Block,
    Foot,
    Grid,
    Head,
    Line,
    Paper,
    Title,
)

TEMPLATE = Path(__file__).with_name("layout.typ")
FACES = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")
"""The decree's face, then those that stand in for it; the last one comes with the typesetter."""
_KINDS: dict[type, str] = {
    Head: "head",
    Title: "title",
    Line: "line",
    Grid: "grid",
    Annex: "annex",
    Foot: "foot",
}
_WORDS = {"state": STATE, "motto": MOTTO, "draft": DRAFT, "receivers": RECEIVERS}


def as_pdf(paper: Paper) -> bytes:
    """Return the paper as a file of the standard for archives, PDF/A-2b."""
    told = {
        "title": paper.title,
        "face": _face(),
        "words": _WORDS,
        "blocks": [_told(block) for block in paper.blocks],
    }
    compiler = Compiler(
        TEMPLATE, font_paths=_fonts(), sys_inputs={"paper": json.dumps(told, ensure_ascii=False)}
    )
    made = compiler.compile(format="pdf", pdf_standards="a-2b")
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made


def _told(block: Block) -> dict[str, object]:
    told = asdict(block)
    if isinstance(block, Grid):
        told["left"] = sorted(block.left)
    return {"block": _KINDS[type(block)], **told}


@cache
def _fonts() -> Fonts:
    """Look once for the faces of this machine."""
    return Fonts()


@cache
def _face() -> str:
    standing = set(_fonts().families())
    return next(face for face in FACES if face in standing)
