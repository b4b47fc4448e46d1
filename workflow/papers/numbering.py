"""The number and date of a letter: given once it is known, told of in every directive it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from workflow.accounts.records import Actor, Role
from workflow.days import local_day
from workflow.documents.secrecy import refuse_secret
from workflow.errors import Invalid, NotFound
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.papers.ports import LetterMemory
from workflow.papers.records import Direction, KnownPaper, LetterHead, ListedPaper, paper_key
from workflow.text import clean

LONGEST_NUMBER = 200
SUBJECT_OF_LETTER = "Đôn đốc thực hiện nhiệm vụ"
"""What the list of papers calls a letter; it is kept, and so Vietnamese like its number."""


def number_letter(
    memory: LetterMemory,
    actor: Actor,
    letter_id: int,
    number: str,
    dated: date | None,
    *,
    at: datetime,
) -> LetterHead:
    """Give a letter the number and date that the clerk gave it; an earlier one is replaced.

    The history of the letter and of each directive it names tells it, and the office's list of
    papers shows it. For the office and for whoever sent it; NotFound for others, as if it were
    not there. Invalid when another letter of the agency bears the number in that year.
    """
    letter, day = memory.letter(letter_id), local_day(at)
    is_office = actor.role is Role.OFFICE and actor.holds_role_on(day)
    if letter is None or not (is_office or letter.sent_by == actor.account_id):
        raise NotFound
    wanted = clean(number)
    after = replace(letter, number=wanted, dated=dated or letter.dated)
    errors = head_errors(wanted, dated, day)
    if not wanted:
        errors["number"] = "required"
    elif is_taken(memory, actor, wanted, after.dated, but=letter.id):
        errors["number"] = "letter_number_taken"
    if errors:
        raise Invalid(errors)
    memory.set_head(after)
    if is_office:
        list_letter(memory, actor, after, at=at, before=letter)
    _tell(memory, actor, letter, after, at)
    return after


def _tell(
    memory: LetterMemory, actor: Actor, letter: LetterHead, after: LetterHead, at: datetime
) -> None:
    told = {"number": after.number, "dated": after.dated}
    before = {"number": letter.number, "dated": letter.dated}
    key, act = str(letter.id), "number_letter"
    given = {"paper": after.number, "dated": after.dated}
    for number in after.lines:
        memory.append(entry_by(actor, at, Subject.DIRECTIVE, number, act, given=given))
    memory.append(entry_by(actor, at, Subject.LETTER, key, act, before=before, after=told))


def head_errors(number: str, dated: date | None, day: date) -> dict[str, str]:
    """Return what is wrong with a number and a date, by field; a secret number is Refused."""
    refuse_secret((number,))
    errors = {}
    if len(number) > LONGEST_NUMBER:
        errors["number"] = "too_long"
    if dated and dated > day:
        errors["dated"] = "date_future"
    return errors


def is_taken(
    letters: LetterMemory, actor: Actor, number: str, dated: date, *, but: int | None = None
) -> bool:
    """Whether another letter of the actor's agency bears this number in the year of `dated`."""
    key = paper_key(number)
    others = letters.letters_of_year(actor, dated.year, number)
    return any(paper_key(one.number) == key and one.id != but for one in others)


def list_letter(
    letters: LetterMemory,
    actor: Actor,
    letter: LetterHead,
    *,
    at: datetime,
    before: LetterHead | None = None,
) -> None:
    """Let the office's list of papers show a numbered letter, under the number it bears now."""
    agency = letters.directives.agency(letter.agency_id)
    listed = ListedPaper(
        direction=Direction.OUTGOING,
        number=letter.number,
        dated=letter.dated,
        counterpart=agency.name if agency else "",
        subject=SUBJECT_OF_LETTER,
        agency_id=letter.agency_id,
    )
    if _listed(letters, letter):
        return
    old = _listed(letters, before) if before and before.number else None
    if old is None:
        letters.add_papers([listed], actor, at)
    else:
        moved = replace(old.listed, number=letter.number, dated=letter.dated)
        letters.set_paper(replace(old, listed=moved))


def _listed(memory: LetterMemory, letter: LetterHead) -> KnownPaper | None:
    """Return the outgoing paper of the list that is this letter, whatever its spelling."""
    found = memory.papers_bearing(letter.number)
    return next(
        (
            one
            for one in found
            if one.listed.direction is Direction.OUTGOING
            and one.listed.dated == letter.dated
            and one.listed.agency_id in {None, letter.agency_id}
        ),
        None,
    )
