"""Letters that urged, and the words of a reminder ready to be sent on."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField

from models.papers.lists import letter_of, letters_of
from web.addresses import asked_key, from_start
from web.directives.fields import DayField
from web.directives.showing import hands_of, heading_of, read_file
from web.identity import current_actor
from web.papers.outcomes import Answer
from web.papers.wording import chat_words
from web.placing import place_errors
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Role
from workflow.directives.records import Sight
from workflow.directives.standing import Standing
from workflow.errors import Forbidden, Invalid
from workflow.papers.reminding import number_letter


def letters_page() -> Answer:
    """Show the letters one may read, the newest first."""
    found, beyond = letters_of(
        reading_unit().connection,
        current_actor(),
        office().today(),
        before=asked_key("before"),
    )
    next_url = from_start(before=beyond) if beyond is not None else None
    return render_template("papers/letters.html", letters=found, next_url=next_url)


class HeadForm(FlaskForm):
    """The number and date that the clerk gave a letter."""

    number = StringField(_("Số, ký hiệu văn bản"))
    dated = DayField(_("Ngày văn bản"))


def take_head(letter_id: int) -> Answer:
    """Keep the number and date of a letter; else the page again, with what was typed."""
    form = HeadForm()
    dated = form.dated.value
    close_reading()
    if isinstance(dated, str):
        return letter_page(letter_id, form, place_errors(form, Invalid({"dated": "not_a_date"})))
    try:
        with office().writing() as unit:
            actor, number, at = current_actor(), form.number.data or "", office().clock()
            number_letter(unit.papers, actor, letter_id, number, dated, at=at)
    except Invalid as error:
        return letter_page(letter_id, form, place_errors(form, error))
    return redirect(url_for("papers.letter", letter_id=letter_id), 303)


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
    actor = current_actor()
    mine = actor.role is Role.OFFICE or letter.sent_by_id == actor.account_id
    form = form or HeadForm(data={"number": letter.number, "dated": letter.dated})
    page = render_template(
        "papers/letter.html", letter=letter, rows=rows, form=form if mine else None
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
        text=chat_words(file.directive, ground),
    )
