"""The use cases of papers: several lines at once, letters, the office's list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from doings import Doing, doing
from world import World

from workflow.directives.records import Action
from workflow.papers.keeping import attach_file, change_paper, keep_papers, remove_paper
from workflow.papers.lines import act_on_lines
from workflow.papers.numbering import number_letter
from workflow.papers.records import Direction, LetterDraft, Line, ListedPaper
from workflow.papers.reminding import send_letters
from workflow.papers.undoing import undo_import

PAPER = ListedPaper(
    direction=Direction.INCOMING,
    number="45/BC-STNMT",
    dated=date(2021, 8, 20),
    counterpart="Sở Tài nguyên và Môi trường",
    subject="Báo cáo",
    signer="Võ Thủ Trưởng",
)


def two_lines(world: World, action: Action, given: dict[str, Any]) -> tuple[Line, ...]:
    made = world.issue(world.clause(1), world.clause(2))
    return tuple(Line(number=one.number, action=action, given=given) for one in made)


@doing("papers.lines.act_on_lines")
def _lines(world: World) -> Doing:
    """Two lines of one report with its file."""
    given = world.signed() | {"result": "Xong", "files": (world.file(),)}
    chosen, clerk = two_lines(world, Action.REPORT, given), world.actor("clerk")
    return lambda unit: act_on_lines(unit.papers, clerk, chosen, ground=world.office.ground(unit))


@doing("papers.reminding.send_letters")
def _letters(world: World) -> Doing:
    chosen = two_lines(world, Action.REMIND, {"text": "Khẩn trương"})
    draft = LetterDraft(
        agency_id=world.agencies["H32.03"].id, text="Kính gửi", lines=chosen, number="12/VP"
    )
    mai = world.actor("office")
    return lambda unit: send_letters(unit.papers, mai, [draft], ground=world.office.ground(unit))


@doing("papers.numbering.number_letter")
def _number(world: World) -> Doing:
    mai, at = world.actor("office"), world.clock()
    chosen = two_lines(world, Action.REMIND, {"text": "x"})
    draft = LetterDraft(agency_id=world.agencies["H32.03"].id, text="x", lines=chosen)
    with world.unit() as unit:
        [letter] = send_letters(unit.papers, mai, [draft], ground=world.office.ground(unit))
    return lambda unit: number_letter(unit.papers, mai, letter.id, "12/VP", None, at=at)


@doing("papers.keeping.keep_papers")
def _keep(world: World) -> Doing:
    """One paper that is new, and one that says more than what is known."""
    mai, at = world.actor("office"), world.clock()

    def keep(unit: Any, *papers: ListedPaper) -> object:
        return keep_papers(unit.papers, mai, papers, source="pasted", at=at)

    bare = ListedPaper(
        direction=PAPER.direction, number=PAPER.number, dated=PAPER.dated,
        counterpart=PAPER.counterpart,
    )  # fmt: skip
    other = ListedPaper(
        direction=Direction.OUTGOING, number="9/VP", dated=PAPER.dated, counterpart="Sở Xây dựng"
    )
    with world.unit() as unit:
        keep(unit, bare)
    return lambda unit: keep(unit, PAPER, other)


@doing("papers.undoing.undo_import")
def _undo(world: World) -> Doing:
    """An import that added one paper and changed another."""
    mai, at = world.actor("office"), world.clock()
    kept(world)
    papers = [replace(PAPER, subject="Khác"), replace(PAPER, number="46/BC")]
    with world.unit() as unit:
        keep_papers(unit.papers, mai, papers, source="", at=at)
    return lambda unit: undo_import(unit.papers, mai, 2, at=at)


@doing("papers.keeping.attach_file")
def _attach(world: World) -> Doing:
    mai, at, file = world.actor("office"), world.clock(), world.file()
    with world.unit() as unit:
        keep_papers(unit.papers, mai, [PAPER], source="pasted", at=at)
        [known] = unit.papers.papers_like([PAPER])
    return lambda unit: attach_file(unit.papers, mai, known.id, file, at=at)


def kept(world: World) -> int:
    """Keep one paper and return its key."""
    with world.unit() as unit:
        keep_papers(unit.papers, world.actor("office"), [PAPER], source="", at=world.clock())
        return unit.papers.papers_like([PAPER])[0].id


@doing("papers.keeping.change_paper")
def _change(world: World) -> Doing:
    key, mai, at = kept(world), world.actor("office"), world.clock()
    mended = replace(PAPER, subject="Đã sửa")
    return lambda unit: change_paper(unit.papers, mai, key, mended, at=at)


@doing("papers.keeping.remove_paper")
def _remove(world: World) -> Doing:
    key, mai, at = kept(world), world.actor("office"), world.clock()
    return lambda unit: remove_paper(unit.papers, mai, key, at=at)
