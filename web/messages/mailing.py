"""Sending one letter: its name stands before, every attempt is kept, night and holidays wait."""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from models.accounts.queries import person
from models.unit import Unit
from web.jobs.held import Figures, Held, Hopeless, PutOff
from web.messages.naming import Naming, names_for
from web.messages.pressing import is_pressing
from web.messages.subject import SubjectLine
from web.messages.transport import MailRefused, Transport, transport_of
from web.messages.words import link_of, sentence_of
from web.wiring import Office
from workflow.days import PROVINCE_ZONE, local_day
from workflow.jobs.records import Job
from workflow.messages.mailing import Letter, LetterItem
from workflow.messages.records import MailState

LISTED = 200
"""How many items a letter lists; it always counts all."""


class NotSent(Exception):
    """The mail server did not take a letter; the job is tried again."""


def send_letter(held: Held) -> Figures:
    """Send the letter that a job names, unless it was sent before.

    Outside office hours it is put off. The attempt is written down before the letter
    leaves, its answer after: a worker killed in between leaves an attempt without an
    answer, and the letter is sent again under the same Message-ID.
    """
    letter = _ready_letter(held)
    taker = transport_of(held.office.settings.background.mail)
    if letter is None or taker is None or not letter.address:
        _drop(held, letter)
        return {}
    with held.office.writing() as unit:
        held.hold(unit)
        serial = unit.mails.begin_attempt(letter.id, held.at)
    _hand_over(held, letter, taker, serial)
    return {}


def _ready_letter(held: Held) -> Letter | None:
    office, mail = held.office, held.job.payload["mail"]
    assert isinstance(mail, int)  # noqa: S101 - written by `gather`
    with office.reading() as unit:
        letter = unit.mails.letter(mail)
        if letter is None or letter.state in {MailState.SENT, MailState.DROPPED}:
            return None
        calendar = office.calendar(unit)
    moment = office.settings.background.hours.next_open(held.at, calendar)
    if moment > held.at:
        raise PutOff(moment)
    return letter


def _drop(held: Held, letter: Letter | None) -> None:
    """Nobody is there to read it any more; the notices stay in the inbox."""
    if letter is not None:
        with held.office.writing() as unit:
            held.hold(unit)
            unit.mails.mark(letter.id, MailState.DROPPED)


def _hand_over(held: Held, letter: Letter, taker: Transport, serial: int) -> None:
    try:
        answer = taker.send(written(held.office, letter, held))
    except MailRefused as refused:
        with held.office.writing() as unit:
            unit.mails.end_attempt(
                letter.id, serial, held.office.clock(), sent=False, answer=refused.answer
            )
        if refused.for_good:
            raise Hopeless(f"smtp {refused.answer}") from None
        raise NotSent(refused.answer) from None
    with held.office.writing() as unit:
        unit.mails.end_attempt(letter.id, serial, held.office.clock(), sent=True, answer=answer)


def bury_letter(unit: Unit, job: Job) -> None:
    """Mark a letter as given up together with its job."""
    mail = job.payload["mail"]
    assert isinstance(mail, int)  # noqa: S101 - written by `gather`
    unit.mails.mark(mail, MailState.DEAD)


def written(office: Office, letter: Letter, held: Held) -> EmailMessage:
    """Return a letter in its reader's language, as plain text with links."""
    background = office.settings.background
    told = _pressing_first(letter.items, held)
    names = _named(office, letter.reader_id, told, held)
    with (
        current_app.test_request_context(base_url=background.public_url),
        force_locale(letter.locale),
    ):
        items = [
            {
                "says": sentence_of(item),
                "of": of,
                "link": link_of(item, external=True),
                "is_pressing": pressing,
            }
            for (item, pressing), of in zip(told, names, strict=True)
        ]
        count = len(letter.items)
        subject = _subject(items[0]) if count == 1 else _subject_of_many(letter.items, held)
        body = render_template(
            "messages/letter.txt",
            name=letter.name,
            items=items,
            count=count,
            more=count - len(items),
            address=background.public_url,
        )
    message = EmailMessage()
    message["Subject"] = SubjectLine(f"[Đôn Đốc] {subject}")
    message["From"] = Address("Đôn Đốc", addr_spec=background.mail.sender)
    message["To"] = Address(letter.name, addr_spec=letter.address)
    message["Date"] = format_datetime(held.at.astimezone(PROVINCE_ZONE))
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


_Judged = tuple[LetterItem, bool]


def _is_pressing(item: LetterItem, held: Held) -> bool:
    return is_pressing(item.kind, item.params, local_day(held.at))


def _pressing_first(items: Sequence[LetterItem], held: Held) -> list[_Judged]:
    """Return what a letter lists: what is urgent first, each part as it came."""
    judged = [(item, _is_pressing(item, held)) for item in items]
    return sorted(judged, key=lambda one: not one[1])[:LISTED]


def _named(
    office: Office, reader_id: int, told: Sequence[_Judged], held: Held
) -> list[Naming | None]:
    """Return whose work and which each item is, as far as the letter's reader reads it today."""
    day, items = local_day(held.at), [item for item, _pressing in told]
    found: list[Naming | None] = [None] * len(items)
    with office.reading() as unit:
        reader = person(unit.connection, reader_id)
        if reader is None:
            return found
        for seat in reader.seats_on(day):
            names = names_for(unit, reader.acting(seat), day, items)
            found = [known or names.of(item) for known, item in zip(found, items, strict=True)]
    return found


def _subject(item: dict[str, Any]) -> str:
    """Return the subject of a letter with one notice: what it says, and of whose work."""
    of: Naming | None = item["of"]
    return f"{item['says']} {of.whose}" if of else str(item["says"])


def _subject_of_many(items: Sequence[LetterItem], held: Held) -> str:
    """Return how many notices a letter tells of, and how many of them are urgent."""
    pressing = sum(_is_pressing(item, held) for item in items)
    if pressing:
        return str(_("%(n)s thông báo mới, %(urgent)s gấp", n=len(items), urgent=pressing))
    return str(_("%(n)s thông báo mới", n=len(items)))
