"""Letters that urge as files: a draft in the official layout, or several in one archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import Response

from models.accounts.queries import person
from models.papers.lists import Letter
from web.exports.files import attached
from web.identity import current_actor
from web.official.files import paper_file
from web.official.paper import Paper
from web.official.signing import Letterhead, Signing
from web.summaries.files import TYPES, chosen_sign, signing_of
from web.wiring import reading_unit
from workflow.accounts.records import Actor, Role
from workflow.days import local_day
from workflow.errors import NotFound
from workflow.text import fold

ABOUT = "V/v đôn đốc thực hiện nhiệm vụ"
OPENING = (
    "Thực hiện nhiệm vụ theo dõi, đôn đốc việc thực hiện các nhiệm vụ được giao, {issuer} có ý "
    "kiến như sau:"
)
LONGEST_NAME = 60
RECEIVERS = ("Như trên;", "Lưu: VT.")
REPORT_SYMBOL = "BC-"
NOT_ON_PAPER = ("http://", "https://", "Nơi gửi: ")


def is_theirs(letter: Letter, actor: Actor) -> bool:
    """Whether somebody may number and draft a letter: the office, and whoever sent it."""
    return actor.role is Role.OFFICE or letter.sent_by_id == actor.account_id


def ways_for(letter: Letter) -> tuple[Signing, ...]:
    """Return the ways a letter can be signed: those of the agency it was sent for."""
    actor, unit = current_actor(), reading_unit()
    agency_id = actor.agency_id
    if letter.sent_by_id not in actor.hands:
        sender = person(unit.connection, letter.sent_by_id)
        seats = sender.seats_on(local_day(letter.sent_at)) if sender else ()
        agency_id = sender.acting(seats[0]).agency_id if sender and seats else agency_id
    return signing_of(unit.agencies.agencies(), agency_id)


def draft_sent(letter: Letter, sign: str, kind: str) -> Response:
    """Return one letter as DOCX or PDF; NotFound for whom it is not theirs to draft."""
    if not is_theirs(letter, current_actor()):
        raise NotFound
    paper = _draft(letter, chosen_sign(ways_for(letter), sign).letterhead)
    return _file(paper_file(paper, kind), name_of(letter), kind)


def archive_sent(letters: Sequence[Letter], sign: str) -> Response:
    """Return several letters as DOCX in one ZIP, signed as chosen where their sender may sign so.

    NotFound when none is theirs to draft.
    """
    actor = current_actor()
    mine = [one for one in letters if is_theirs(one, actor)]
    if not mine:
        raise NotFound
    frames = {one.sent_by_id: one for one in mine}
    ways = {key: chosen_sign(ways_for(one), sign).letterhead for key, one in frames.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in mine:
            paper = _draft(one, ways[one.sent_by_id])
            archive.writestr(f"{name_of(one)}.docx", paper_file(paper, "docx"))
    return _file(stream.getvalue(), "cong-van-don-doc", "zip")


def name_of(letter: Letter) -> str:
    """Return what the file of a letter is called, without its kind: its agency tells it apart."""
    agency = "-".join(re.findall(r"[a-z0-9]+", fold(letter.agency)))[:LONGEST_NAME].rstrip("-")
    return f"cong-van-don-doc-{letter.id}-{agency}".rstrip("-")


def _file(body: bytes, name: str, kind: str) -> Response:
    return attached(body, TYPES[kind], f"{name}.{kind}")


def _draft(letter: Letter, frame: Letterhead) -> Paper:
    symbol = frame.symbol.removeprefix(REPORT_SYMBOL)
    frame = replace(frame, symbol=symbol, receivers=RECEIVERS)
    paper = Paper(f"{ABOUT}: {letter.agency}")
    number, dated = letter.number, letter.dated if letter.number else None
    paper.letterhead(frame, letter.dated.year, number=number, dated=dated, about=ABOUT)
    head, *lines = _told(letter.text)
    paper.line("", size=8)
    paper.line(head)
    paper.body(OPENING.format(issuer=frame.issuer))
    for place, line in enumerate(lines, start=1):
        paper.body(f"{line.rstrip('.')}./." if place == len(lines) else line)
    paper.signature(frame)
    return paper


def _told(text: str) -> Iterator[str]:
    """Yield the lines of a letter that stand on paper: no links, and the foot says who sends."""
    for line in text.splitlines():
        if line.strip() and not line.strip().startswith(NOT_ON_PAPER):
            yield line
