"""Letters that urged, and the words of a reminder ready to be sent on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField

from models.directives.facts import DirectiveFile
from models.papers.lists import (
    PAGE,
    Letter,
    LetterView,
    count_letters,
    letter_of,
    letters_of,
)
from models.papers.queries import Reference
from web.addresses import asked_key, from_start, narrowed_to
from web.agencies.naming import names_to_choose
from web.directives.fields import DayField, typed_day
from web.directives.showing import hands_of, heading_of, read_file
from web.identity import current_actor
from web.papers.drafts import archive_sent, draft_sent, is_theirs, ways_for
from web.papers.listing import period_parts
from web.papers.outcomes import Answer
from web.papers.owing import Owing
from web.papers.wording import Said, chat_words, letter_chat, usual_answer_day
from web.placing import place_errors
from web.returning import local_path
from web.speech import gettext as say
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Role
from workflow.directives.records import Sight
from workflow.directives.standing import Standing
from workflow.directives.usecases import Ground
from workflow.errors import Forbidden, Invalid
from workflow.papers.numbering import number_letter

KEY = re.compile(r"\d{1,9}")
LONGEST = 100
KEPT = ("of", "before", "agency", "since", "until")
"""What of the list's address says which letters an archive holds."""

IN_ONE_ARCHIVE = 200
"""So many letters are drafted at once; of a longer list, from the page on that is shown."""


def letters_page() -> Answer:
    """Show the letters one may read, the newest first; those just made, where they are named."""
    view, names = _view(), names_to_choose()
    found, beyond = _shown(view, PAGE)
    unit, actor = reading_unit(), current_actor()
    total, is_exact = count_letters(unit.connection, actor, office().today(), view)
    beginning = KEPT if total > IN_ONE_ARCHIVE else tuple(n for n in KEPT if n != "before")
    mine = [one for one in found if is_theirs(one, current_actor())]
    page = render_template(
        "papers/letters.html",
        letters=found,
        mine={one.id for one in mine},
        view=view,
        total=total,
        is_exact=is_exact,
        agencies=names,
        sentence=_sentence(view, dict(names)),
        next_url=from_start(before=beyond) if beyond is not None else None,
        kept={name: request.args[name] for name in beginning if request.args.get(name)},
        in_part=IN_ONE_ARCHIVE if total > IN_ONE_ARCHIVE else 0,
        ways=ways_for(mine[0]) if mine else (),
        just_made="of" in request.args,
    )
    return page, 200


def _view() -> LetterView:
    asked = request.args
    named = tuple(int(key) for key in asked.get("of", "").split(",") if KEY.fullmatch(key))
    return LetterView(
        agency=asked.get("agency", "")[:LONGEST],
        since=typed_day(asked.get("since", "")),
        until=typed_day(asked.get("until", "")),
        among=named if "of" in asked else None,
    )


def _sentence(view: LetterView, names: Mapping[str, str]) -> list[dict[str, str]]:
    agency = names.get(view.agency, view.agency)
    return narrowed_to([("agency", agency), *period_parts(view.since, view.until)])


def _shown(view: LetterView, most: int) -> tuple[tuple[Letter, ...], int | None]:
    connection, actor, day = reading_unit().connection, current_actor(), office().today()
    return letters_of(connection, actor, day, view, before=asked_key("before"), most=most)


def letters_archive() -> Response:
    """Send the drafts of all letters of the list, on whichever of its pages, signed as chosen."""
    return archive_sent(_shown(_view(), IN_ONE_ARCHIVE)[0], request.args.get("sign", ""))


def letter_draft(letter_id: int, kind: str) -> Response:
    """Send one letter as a draft in the official layout, DOCX or PDF."""
    connection, day = reading_unit().connection, office().today()
    letter = letter_of(connection, current_actor(), letter_id, day)
    return draft_sent(letter, request.args.get("sign", ""), kind)


class HeadForm(FlaskForm):
    """The number and date that the clerk gave a letter."""

    number = StringField(_("Số, ký hiệu văn bản"))
    dated = DayField(_("Ngày văn bản"))


def take_head(letter_id: int) -> Answer:
    """Keep the number and date of a letter; else its page, with what was typed.

    A number given in the list goes back to it; the day of the letter stays where none is given.
    """
    form = HeadForm()
    dated = form.dated.value
    old = letter_of(reading_unit().connection, current_actor(), letter_id, office().today())
    close_reading()
    if isinstance(dated, str):
        return letter_page(letter_id, form, place_errors(form, Invalid({"dated": "not_a_date"})))
    try:
        with office().writing() as unit:
            actor, number, at = current_actor(), form.number.data or "", office().clock()
            new = number_letter(unit.papers, actor, letter_id, number, dated, at=at)
    except Invalid as error:
        return letter_page(letter_id, form, place_errors(form, error))
    if old.number and old.number != new.number:
        flash(say("Đã thay số %(old)s bằng %(new)s; số cũ còn trong nhật ký.",
                  old=old.number, new=new.number), "success")  # fmt: skip
    back = local_path(request.form.get("back"), url_for("papers.letter", letter_id=letter_id))
    return redirect(back, 303)


def letter_page(letter_id: int, form: HeadForm | None = None, status: int = 200) -> Answer:
    """Show one letter with its text and how the work it named stands now."""
    unit = reading_unit()
    ground = office().ground(unit)
    letter = letter_of(unit.connection, current_actor(), letter_id, ground.day)
    hands = hands_of(ground)
    rows = [
        (one, hands.of(one.state, one.due_on, one.completed_on, one.suspended_since))
        for one in letter.lines
    ]
    mine = is_theirs(letter, current_actor())
    form = form or HeadForm(data={"number": letter.number, "dated": letter.dated})
    page = render_template(
        "papers/letter.html",
        letter=letter,
        rows=rows,
        chat=letter_chat(letter, hands_of(ground)),
        form=form if mine else None,
        ways=ways_for(letter) if mine else (),
    )
    return page, status


def copy_page(number: str) -> Answer:
    """Show the words of one directive's reminder, ready for a chat."""
    file, ground = read_file(number)
    if file.sight is not Sight.FULL:
        raise Forbidden("not_yours", who=[Standing.LEAD, Standing.OVERSEER])
    return render_template(
        "papers/copy.html",
        d=file.directive,
        heading=heading_of(file.directive.content),
        text=chat_words(file.directive, _said(file, ground)),
    )


def _said(file: DirectiveFile, ground: Ground) -> Said:
    """Return what a message says beside the directive; who was asked of it only passes it on."""
    paper = Reference(number=file.paper.reference, dated=file.paper.issued_on)
    above = current_actor().role in {Role.OFFICE, Role.LEADER, Role.INSPECTOR}
    return Said(
        ground=ground,
        sender=current_actor().agency_name,
        answer_by=usual_answer_day(ground) if above else None,
        papers={file.directive.document_id: paper},
        owing=Owing([file.directive], hands_of(ground)),
    )
