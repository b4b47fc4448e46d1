"""One letter for each agency with all its late work; each line is urged and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from workflow.accounts.records import Actor, Role
from workflow.directives.records import Action
from workflow.directives.usecases import Ground
from workflow.documents.secrecy import refuse_secret
from workflow.errors import Invalid, Stale
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.messages.records import Notice, Urgency
from workflow.papers.lines import act_on_lines
from workflow.papers.numbering import head_errors, is_taken, list_letter
from workflow.papers.ports import LetterMemory
from workflow.papers.records import (
    LetterDraft,
    LetterHead,
    Line,
    Outcome,
    SentLetter,
    paper_key,
)
from workflow.text import clean, clean_lines

LONGEST_TEXT = 100_000


def send_letters(
    memory: LetterMemory, actor: Actor, drafts: Sequence[LetterDraft], *, ground: Ground
) -> tuple[SentLetter, ...]:
    """Urge agencies, each by one letter over several directives (product.md, section 3).

    Every line is a `remind` of its directive, which counts it; the letter has its own row and
    history entry, and the one notice that tells its agency, over the lines that could be done,
    and none when there is not one. A numbered letter of the office stands in its list of
    papers. Stale, and nothing sent, when a line's lead is not the letter's agency. Invalid as
    `act_on_lines` has it, or field by field for the letter: "<agency> <field>"; no two letters
    of an agency bear the same number in one year.
    """
    checked = [_checked(draft, ground.day) for draft in drafts]
    _refuse_same_numbers(memory, actor, checked)
    lines = [line for draft in checked for line in draft.lines]
    done = act_on_lines(memory, actor, lines, ground=ground, told=False)
    told = {one.number: one for one in done}
    return tuple(
        _send(memory, actor, draft, tuple(told[line.number] for line in draft.lines), ground)
        for draft in checked
    )


def _refuse_same_numbers(memory: LetterMemory, actor: Actor, drafts: Sequence[LetterDraft]) -> None:
    """Refuse a number that another letter bears already, or an earlier one of those sent now."""
    seen: set[tuple[int, str]] = set()
    wrong = {}
    for draft in drafts:
        if not draft.number or draft.dated is None:
            continue
        mark = (draft.dated.year, paper_key(draft.number))
        if mark in seen or is_taken(memory, actor, draft.number, draft.dated):
            wrong[f"{draft.agency_id} number"] = "letter_number_taken"
        seen.add(mark)
    if wrong:
        raise Invalid(wrong)


def _checked(draft: LetterDraft, day: date) -> LetterDraft:
    """Return a letter cleaned, each of its lines a reminder that names it."""
    number, text = clean(draft.number), clean_lines(draft.text)
    refuse_secret((text,))
    errors = head_errors(number, draft.dated, day)
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
    if draft.number and draft.dated and actor.role is Role.OFFICE:
        head = LetterHead(
            id=key, number=draft.number, dated=draft.dated, sent_by=actor.account_id,
            agency_id=draft.agency_id, lines=tuple(one.number for one in done),
        )  # fmt: skip
        list_letter(memory, actor, head, at=ground.at)
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
