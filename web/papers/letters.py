"""Letters that urged, and the words of a reminder ready to be sent on."""

from __future__ import annotations

from flask import render_template

from models.papers.lists import letter_of, letters_of
from web.addresses import asked_key, from_start
from web.directives.showing import hands_of, heading_of, read_file
from web.identity import current_actor
from web.papers.outcomes import Answer
from web.papers.wording import chat_words
from web.wiring import office, reading_unit
from workflow.directives.records import Sight
from workflow.directives.standing import Standing
from workflow.errors import Forbidden


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


def letter_page(letter_id: int) -> Answer:
    """Show one letter with its text and how the work it named stands now."""
    unit = reading_unit()
    ground = office().ground(unit)
    letter = letter_of(unit.connection, current_actor(), letter_id, ground.day)
    hands = hands_of(ground)
    rows = [
        (one, hands.of(one.state, one.due_on, one.completed_on, one.suspended_since))
        for one in letter.lines
    ]
    return render_template("papers/letter.html", letter=letter, rows=rows)


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
