"""One letter for each agency with all its late work; each line is urged and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from workflow.accounts.records import Actor, Role
from workflow.days import local_day
from workflow.directives.records import Action
from workflow.directives.usecases import Ground
from workflow.errors import Invalid, NotFound, Stale
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.messages.records import Notice, Urgency
from workflow.papers.lines import act_on_lines
from workflow.papers.ports import LetterMemory
from workflow.papers.records import LetterDraft, LetterHead, Line, Outcome, SentLetter
from workflow.text import clean, clean_lines

LONGEST_TEXT = 100_000
LONGEST_NUMBER = 200


def send_letters(
    memory: LetterMemory, actor: Actor, drafts: Sequence[LetterDraft], *, ground: Ground
) -> tuple[SentLetter, ...]:
    """Urge agencies, each by one letter over several directives (product.md, section 3).

    Every line is a `remind` of its directive, which counts it and tells the lead; the letter
    has its own row, history entry and notice over the lines that could be done, and none when
    there is not one. Stale, and nothing sent, when a line's lead is not the letter's agency.
    Invalid as `act_on_lines` has it, or field by field for the
    letter: "<agency> <field>".
    """
    checked = [_checked(draft, ground.day) for draft in drafts]
    lines = [line for draft in checked for line in draft.lines]
    told = {one.number: one for one in act_on_lines(memory, actor, lines, ground=ground)}
    return tuple(
        _send(memory, actor, draft, tuple(told[line.number] for line in draft.lines), ground)
        for draft in checked
    )


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

    For the office and for whoever sent it; NotFound for others, as if it were not there.
    """
    letter, day = memory.letter(letter_id), local_day(at)
    is_office = actor.role is Role.OFFICE and actor.holds_role_on(day)
    if letter is None or not (is_office or letter.sent_by == actor.account_id):
        raise NotFound
    wanted = clean(number)
    errors = _head_errors(wanted, dated, day)
    if not wanted:
        errors["number"] = "required"
    if errors:
        raise Invalid(errors)
    after = replace(letter, number=wanted, dated=dated or letter.dated)
    memory.set_head(after)
    told = {"number": after.number, "dated": after.dated}
    before = {"number": letter.number, "dated": letter.dated}
    key = str(letter_id)
    memory.append(
        entry_by(actor, at, Subject.LETTER, key, "number_letter", before=before, after=told)
    )
    return after


def _head_errors(number: str, dated: date | None, day: date) -> dict[str, str]:
    errors = {}
    if len(number) > LONGEST_NUMBER:
        errors["number"] = "too_long"
    if dated and dated > day:
        errors["dated"] = "date_future"
    return errors


def _checked(draft: LetterDraft, day: date) -> LetterDraft:
    """Return a letter cleaned, each of its lines a reminder that names it."""
    number, text = clean(draft.number), clean_lines(draft.text)
    errors = _head_errors(number, draft.dated, day)
    if not text or len(text) > LONGEST_TEXT:
        errors["text"] = "too_long" if text else "required"
    if errors:
        raise Invalid({f"{draft.agency_id} {name}": code for name, code in errors.items()})
    named = {"paper": number} if number else {}
    lines = tuple(
        Line(
            number=line.number,
            action=Action.REMIND,
            given={**line.given, **named},
            version=line.version,
        )
        for line in draft.lines
    )
    return replace(draft, number=number, text=text, lines=lines, dated=draft.dated or day)


def _send(
    memory: LetterMemory,
    actor: Actor,
    draft: LetterDraft,
    outcomes: tuple[Outcome, ...],
    ground: Ground,
) -> SentLetter:
    done = [one.directive for one in outcomes if one.directive is not None]
    for one in done:
        if one.lead_agency_id != draft.agency_id:
            raise Stale("stale", number=one.number)
    if not done:
        return SentLetter(agency_id=draft.agency_id, outcomes=outcomes)
    key = memory.add_letter(draft, [one.id for one in done], actor, ground.at)
    agency = memory.directives.agency(draft.agency_id)
    given = {
        "agency": agency.name if agency else "",
        "paper": draft.number,
        "dated": draft.dated,
        "lines": [one.number for one in done],
        "text": draft.text,
    }
    sent = entry_by(actor, ground.at, Subject.LETTER, str(key), "remind_letter", given=given)
    memory.append(sent)
    memory.directives.post_all([_notice(key, draft.agency_id, len(done), ground.at)])
    return SentLetter(agency_id=draft.agency_id, outcomes=outcomes, id=key)


def _notice(key: int, agency_id: int, count: int, at: datetime) -> Notice:
    return Notice(
        key=f"letter.reminded:{key}",
        kind="letter.reminded",
        subject="letter",
        subject_key=str(key),
        at=at,
        to_agency=agency_id,
        params={"count": count},
        urgency=Urgency.URGENT,
    )
