"""The addresses of papers, and something behind each."""

from __future__ import annotations

from typing import Any

from doings_of_papers import PAPER as KNOWN
from world import World

from workflow.directives.records import Action
from workflow.papers.keeping import attach_file, keep_papers
from workflow.papers.records import LetterDraft, Line
from workflow.papers.reminding import send_letters

ACTS = "/papers/<key>/<any(accept, update, report, record_report):action>"
JUDGE = "/papers/<key>/judge"
PAPER = "/papers/list/<int(max=2147483647):paper_id>"
IMPORT = "/papers/list/imports/<int(max=2147483647):import_id>"
LETTER = "/papers/letters/<int(max=2147483647):letter_id>"
CLERKS = {"head", "clerk", "other_clerk", "district", "commune", "foreign"}
POSTS = {
    # rule: who may post there, for the document of H32.03 and H32.04
    ACTS: {"head", "clerk", "officer", "other_clerk"},
    JUDGE: {"office", "inspector"},
    "/papers/remind": {"office"} | CLERKS,
    f"{LETTER}/number": {"office"},
    "/papers/list/new": {"office"},
    f"{IMPORT}/undo": {"office"},
    f"{PAPER}/file": {"office"},
    f"{PAPER}/mend": {"office"},
    f"{PAPER}/remove": {"office"},
}


def furnish(world: World, own: str, beside: str) -> dict[str, Any]:
    """Urge the agency beside by letter, and keep a paper with its file."""
    mai, at, file = world.actor("office"), world.clock(), world.file("công văn", "cv.pdf")
    line = Line(number=beside, action=Action.REMIND, given={"text": "x"})
    agency = world.agencies["H32.04"].id
    draft = LetterDraft(agency_id=agency, text="x", lines=(line,), number="1/VP")
    with world.unit() as unit:
        ground = world.office.ground(unit)
        [letter] = send_letters(unit.papers, mai, [draft], ground=ground)
        keep_papers(unit.papers, mai, [KNOWN], source="pasted", at=at)
        [paper] = unit.papers.papers_like([KNOWN])
        attach_file(unit.papers, mai, paper.id, file, at=at)
    key = "-".join(own.split("-")[:2])
    return {"letter": letter.id, "paper": paper.id, "papers of": key, "copied": own}


def places(world: World) -> dict[str, tuple[str, str]]:
    """Return every place by name: the rule it stands for, and its address."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    acts, paper = f"/papers/{made['papers of']}", f"/papers/list/{made['paper']}"
    return {
        "papers, accept": (ACTS, f"{acts}/accept"),
        "papers, record": (ACTS, f"{acts}/record_report"),
        "papers, judge": (JUDGE, f"{acts}/judge"),
        "papers, remind": ("/papers/remind", "/papers/remind"),
        "letters that urge": ("/papers/letters", "/papers/letters"),
        "letter that urges": (LETTER, f"/papers/letters/{made['letter']}"),
        "letter as a draft": (
            f"{LETTER}/draft.<any(docx, pdf):kind>",
            f"/papers/letters/{made['letter']}/draft.docx",
        ),
        "letters as drafts": ("/papers/letters/files.zip", "/papers/letters/files.zip"),
        "reminder to copy": ("/papers/copy/<number>", f"/papers/copy/{made['copied']}"),
        "list of papers": ("/papers/list", "/papers/list"),
        "new list of papers": ("/papers/list/new", "/papers/list/new"),
        "paper": (PAPER, paper),
        "paper to mend": (f"{PAPER}/mend", f"{paper}/mend"),
        "paper's file": (f"{PAPER}/file", f"{paper}/file"),
        "number of a paper": ("/papers/known", "/papers/known?report_number=45"),
    }


def address(world: World, rule: str) -> str:
    """Return an address of a rule that takes posts, leading to something that is there."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    rule = rule.replace("<any(accept, update, report, record_report):action>", "accept")
    rule = rule.replace("<key>", made["papers of"])
    rule = rule.replace("<int(max=2147483647):import_id>", "1")
    rule = rule.replace("<int(max=2147483647):letter_id>", str(made["letter"]))
    return rule.replace("<int(max=2147483647):paper_id>", str(made["paper"]))
