"""Pages of papers: one act for many lines, letters that urge, the office's list of papers."""

from __future__ import annotations

from flask import Response

from models.papers.lists import paper_of
from web.addresses import LARGEST_KEY
from web.documents.sending import send_signed
from web.papers import imported, known, letters, listing, one
from web.papers.blueprint import blueprint, list_blueprint
from web.papers.filling import known_part
from web.papers.judging import Judging
from web.papers.outcomes import Answer
from web.papers.together import Together
from web.papers.urging import Urging
from web.wiring import reading_unit

__all__ = ["blueprint", "list_blueprint"]

ACTS = "/<key>/<any(accept, update, report, record_report):action>"
PAPER = f"/<int(max={LARGEST_KEY}):paper_id>"


@blueprint.get(ACTS)
def together(key: str, action: str) -> Answer:
    """Show one act on all directives of a document that it is open on."""
    return Together(key, action).page()


@blueprint.post(ACTS)
def take_together(key: str, action: str) -> Answer:
    """Carry it out, and tell how each line ended."""
    return Together(key, action).carry_out()


@blueprint.get("/<key>/judge")
def judge(key: str) -> Answer:
    """Show the reports of a document that wait for a verdict."""
    return Judging(key).page()


@blueprint.post("/<key>/judge")
def take_judgement(key: str) -> Answer:
    """Say a verdict of each, and tell how each line ended."""
    return Judging(key).carry_out()


@blueprint.get("/remind")
def remind() -> Answer:
    """Show the letters that would urge what a view of the list shows."""
    return Urging().page()


@blueprint.post("/remind")
def take_letters() -> Answer:
    """Send the letters that are ticked."""
    return Urging().carry_out()


@blueprint.get("/letters")
def letters_list() -> Answer:
    """Show the letters that were sent."""
    return letters.letters_page()


@blueprint.get("/letters/files.zip")
def letter_files() -> Response:
    """Send the drafts of the letters that the list shows, in one archive."""
    return letters.letters_archive()


@blueprint.get(f"/letters/<int(max={LARGEST_KEY}):letter_id>/draft.<any(docx, pdf):kind>")
def letter_file(letter_id: int, kind: str) -> Response:
    """Send one letter as a draft in the official layout."""
    return letters.letter_draft(letter_id, kind)


@blueprint.get(f"/letters/<int(max={LARGEST_KEY}):letter_id>")
def letter(letter_id: int) -> Answer:
    """Show one letter."""
    return letters.letter_page(letter_id)


@blueprint.post(f"/letters/<int(max={LARGEST_KEY}):letter_id>/number")
def take_number(letter_id: int) -> Answer:
    """Keep the number that a letter was given."""
    return letters.take_head(letter_id)


@blueprint.get("/copy/<number>")
def copy(number: str) -> Answer:
    """Show one directive's reminder, ready for a chat."""
    return letters.copy_page(number)


@list_blueprint.get("")
def index() -> Answer:
    """Show the office's list of papers."""
    return listing.list_page()


@list_blueprint.get("/new")
def new() -> Answer:
    """Show where a list is pasted or imported."""
    return known.new_page()


@list_blueprint.post("/new")
def take_list() -> Answer:
    """Take a list in."""
    return known.take_list()


@list_blueprint.post(f"/imports/<int(max={LARGEST_KEY}):import_id>/undo")
def undo(import_id: int) -> Answer:
    """Take back what one import brought."""
    return imported.take_back(import_id)


@list_blueprint.get(PAPER)
def show(paper_id: int) -> Answer:
    """Show one paper of the list."""
    return one.paper_page(paper_id)


@list_blueprint.get(f"{PAPER}/file")
def file(paper_id: int) -> Response:
    """Send the file of one paper."""
    known.require_office_now()
    return send_signed(paper_of(reading_unit().connection, paper_id).file)


@list_blueprint.post(f"{PAPER}/file")
def take_file(paper_id: int) -> Answer:
    """Keep the file of one paper."""
    return one.take_file(paper_id)


@list_blueprint.get(f"{PAPER}/mend")
def mend(paper_id: int) -> Answer:
    """Show the form that mends one paper."""
    return one.mend_page(paper_id)


@list_blueprint.post(f"{PAPER}/mend")
def take_mended(paper_id: int) -> Answer:
    """Keep what one paper says now."""
    return one.take_mended(paper_id)


@list_blueprint.post(f"{PAPER}/remove")
def remove(paper_id: int) -> Answer:
    """Take one paper off the list."""
    return one.take_off(paper_id)


@blueprint.get("/known")
def number_known() -> str:
    """Say which papers bear the number being typed, and what they would fill."""
    return known_part()
