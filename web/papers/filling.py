"""What the office's list of papers knows of a number, so that nothing is typed twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import render_template, request
from flask_wtf import FlaskForm

from models.papers.lists import paper_of, papers_numbered, papers_offered
from web.addresses import asked_key
from web.identity import current_actor
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import Role
from workflow.directives.records import Action
from workflow.evidence.records import StoredFile
from workflow.papers.records import Direction, KnownPaper, ListedPaper, paper_key

NUMBER, PAPER, LETTER = "report_number", "paper", "number"
DATED, PAPER_DATED = "report_date", "paper_date"
NAMED_WHOLE = re.compile(r"(?<!\s)\s+ngày\s+\d.*", re.IGNORECASE)
"""What follows the number where a paper is named by number and date."""
OF_LETTER = re.compile(r"(to-\d{1,9}-)number")


BY_SUPERIOR = frozenset({Action.AMEND, Action.WITHDRAW, Action.SUSPEND, Action.RESUME})
"""What rests on a document of whoever gave the work, and on no letter of who does it."""


def is_office() -> bool:
    """Whether the signed-in person acts for the office, whose list it is, today."""
    actor = current_actor()
    return actor.role is Role.OFFICE and actor.holds_role_on(office().today())


def the_paper(
    number: object,
    *,
    direction: Direction | None,
    lead_id: int | None,
    dated: object = None,
) -> KnownPaper | None:
    """Return the one paper that bears exactly this number; None where it is not clear which.

    Numbers begin anew each year: where a date was read beside it, only a paper of that day is.
    """
    if not isinstance(number, str) or not number.strip() or not is_office():
        return None
    found = papers_numbered(reading_unit().connection, number, direction=direction, lead_id=lead_id)
    exact = [one for one in found if paper_key(one.listed.number) == paper_key(number)]
    theirs = [one for one in exact if lead_id and one.listed.agency_id == lead_id]
    chosen = theirs or exact
    if isinstance(dated, date):
        chosen = [one for one in chosen if one.listed.dated == dated]
    return chosen[0] if len(chosen) == 1 else None


def filled(
    given: Mapping[str, object], *, lead_id: int | None, files: tuple[object, ...]
) -> dict[str, object]:
    """Return what was given with a paper, the blanks filled from the office's list.

    A report came in; the document an act rests on may have left as well. The number typed is
    kept as typed; date, signer and day received are taken from the one paper that bears
    it. Its file always comes along, before the `files` that came with the form.
    """
    given = dict(given) | ({"files": files} if files else {})
    paper = _incoming(given.get(NUMBER), given.get(DATED), lead_id)
    known: dict[str, object] = {}
    if paper is not None:
        known = {
            DATED: paper.listed.dated,
            "signer": paper.listed.signer,
            "received_on": paper.listed.received_on,
            "arrival_number": paper.listed.arrival_number,
        }
    elif paper := _named(given.get(PAPER), given.get(PAPER_DATED), lead_id):
        known = {PAPER_DATED: paper.listed.dated}
    if paper is None:
        return given
    if paper.file is not None:
        given["files"] = (paper.file, *(one for one in files if not _same(one, paper.file)))
    return {name: value for name, value in known.items() if value} | given


def _incoming(number: object, dated: object, lead_id: int | None) -> KnownPaper | None:
    return the_paper(number, direction=Direction.INCOMING, lead_id=lead_id, dated=dated)


def _named(number: object, dated: object, lead_id: int | None) -> KnownPaper | None:
    return the_paper(number, direction=None, lead_id=lead_id, dated=dated)


def _same(brought: object, file: StoredFile) -> bool:
    """Whether what came with the form is the paper's own file once more."""
    return isinstance(brought, StoredFile) and brought.sha256 == file.sha256


def coming_along(form: FlaskForm, lead_id: int | None) -> KnownPaper | None:
    """Return the paper of the list whose file `filled` adds to what a form says, if it has one."""
    if "files" not in form:
        return None
    if NUMBER in form and DATED in form:
        paper = _incoming(form[NUMBER].data, form[DATED].value, lead_id)
    elif PAPER in form and PAPER_DATED in form:
        paper = _named(form[PAPER].data, form[PAPER_DATED].value, lead_id)
    else:
        return None
    return paper if paper is not None and paper.file is not None else None


def known_by_id(paper_id: int) -> dict[str, object]:
    """Return what the form of a report is filled with from one paper; nothing for others."""
    if not is_office():
        return {}
    listed = paper_of(reading_unit().connection, paper_id).listed
    known: dict[str, object] = {
        NUMBER: listed.number,
        DATED: listed.dated,
        "signer": listed.signer,
        "received_on": listed.received_on,
        "arrival_number": listed.arrival_number,
    }
    return {name: value for name, value in known.items() if value}


def letter_by_id(paper_id: int | None) -> dict[str, object]:
    """Return what the form of an explanation is filled with from one letter; nothing for others."""
    if paper_id is None or not is_office():
        return {}
    listed = paper_of(reading_unit().connection, paper_id).listed
    return {PAPER: listed.number, "paper_on": listed.dated, "text": listed.subject}


def with_listed_file(given: Mapping[str, object], *, lead_id: int | None) -> dict[str, object]:
    """Return what was given with an agency's letter, date and file taken from the office's list."""
    paper = _incoming(given.get(PAPER), given.get("paper_on"), lead_id)
    if paper is None:
        return dict(given)
    files = given.get("files") or ()
    brought = tuple(files) if isinstance(files, list | tuple) else ()
    if paper.file is not None:
        brought = (paper.file, *(one for one in brought if not _same(one, paper.file)))
    return {"paper_on": paper.listed.dated} | dict(given) | ({"files": brought} if brought else {})


def act_by_paper(paper_id: int, action: Action) -> dict[str, object]:
    """Return what the form of an act is filled with that rests on one paper of the list.

    An agency's own letter changes no work: where the document is asked that does (product.md,
    section 3) it is named as the ground only.
    """
    if not is_office():
        return {}
    listed = paper_of(reading_unit().connection, paper_id).listed
    if listed.direction is Direction.INCOMING and action in BY_SUPERIOR:
        words = _(
            "Căn cứ văn bản %(number)s ngày %(day)s của %(who)s.",
            number=listed.number,
            day=vn_day(listed.dated),
            who=listed.counterpart,
        )
        return {"reason": words}
    return {PAPER: listed.number, PAPER_DATED: listed.dated}


def date_of_outgoing(number: str, lead_id: int) -> date | None:
    """Return the date of the outgoing paper that bears a letter's number, where it is known."""
    paper = the_paper(number, direction=Direction.OUTGOING, lead_id=lead_id)
    return paper.listed.dated if paper else None


def known_part() -> str:
    """Return what the list knows of the number being typed, as the part under its field."""
    field = request.headers.get("HX-Trigger-Name", "") or request.args.get("field", NUMBER)
    typed = NAMED_WHOLE.sub("", request.args.get(field, ""))
    letter = OF_LETTER.fullmatch(field)
    lead_id = asked_key("lead")
    found: tuple[KnownPaper, ...] = ()
    if is_office() and not typed.strip() and field == PAPER:
        found = papers_offered(reading_unit().connection, lead_id)
    elif typed.strip() and is_office():
        direction = {NUMBER: Direction.INCOMING, PAPER: None}.get(field, Direction.OUTGOING)
        connection = reading_unit().connection
        found = papers_numbered(connection, typed, direction=direction, lead_id=lead_id)
    rows = [{"paper": one, "fill": _fill(field, letter, one)} for one in found]
    return render_template("papers/known.html", rows=rows, typed=typed)


def giving_work(number: str) -> list[dict[str, Any]]:
    """Return the papers whose number begins so, each with what it fills of a document's form."""
    if not is_office():
        return []
    found = papers_numbered(reading_unit().connection, number, direction=None, lead_id=None)
    heads = [(one, _head_of(one.listed)) for one in found]
    return [
        {"paper": one, "fill": head | {"issued_on": vn_day(one.listed.dated)}}
        for one, head in heads
    ]


def document_by_paper(paper_id: int) -> dict[str, object]:
    """Return what the form of a new document is filled with from one paper; nothing for others."""
    return _head_of(paper_of(reading_unit().connection, paper_id).listed) if is_office() else {}


def _head_of(listed: ListedPaper) -> dict[str, object]:
    """Return the head of the document that a paper of the list is; one that came has its sender."""
    came = listed.direction is Direction.INCOMING
    head: dict[str, object] = {
        "reference": listed.number,
        "issued_on": listed.dated,
        "subject": listed.subject,
        "signer": listed.signer,
        "issuer": listed.counterpart if came else "",
    }
    return {name: value for name, value in head.items() if value}


def file_of_document(number: str, issued_on: date | None) -> StoredFile | None:
    """Return the file that the list has of the document of this number and day."""
    if issued_on is None:
        return None
    paper = the_paper(number, direction=None, lead_id=None, dated=issued_on)
    return paper.file if paper else None


def _fill(field: str, letter: re.Match[str] | None, paper: KnownPaper) -> dict[str, Any]:
    """Return which fields of the form a paper fills, by their names."""
    listed = paper.listed
    if letter:
        return {field: listed.number, f"{letter[1]}dated": vn_day(listed.dated)}
    if field == PAPER and request.args.get("dated") == "paper_on":
        return {field: listed.number, "paper_on": vn_day(listed.dated), "text": listed.subject}
    if field == PAPER and "dated" in request.args:
        return {field: listed.number, PAPER_DATED: vn_day(listed.dated)}
    if field == PAPER:
        return {field: f"{listed.number} ngày {vn_day(listed.dated)}"}
    if field != NUMBER:
        return {field: listed.number}
    return {
        field: listed.number,
        DATED: vn_day(listed.dated),
        "signer": listed.signer,
        "received_on": vn_day(listed.received_on),
        "arrival_number": listed.arrival_number,
    }


def vn_day(day: date | None) -> str:
    """Return a day as a date field reads it, in every language."""
    return day.strftime("%d/%m/%Y") if day else ""
