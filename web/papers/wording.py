"""The words of a reminder, ready for a letter or a chat; Vietnamese whoever sends them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import force_locale

from web.directives.clock import Hands
from web.labels import vn_date
from web.speech import gettext as _
from workflow.directives.records import Directive
from workflow.directives.usecases import Ground

LONGEST_CONTENT = 300


def letter_words(lead: str, text: str, directives: Sequence[Directive], ground: Ground) -> str:
    """Return a whole letter: to whom, what is asked, every directive with deadline and link."""
    with force_locale("vi"):
        hands = Hands(ground.calendar, ground.day, ground.limits.soon_days)
        lines = [
            f"{place}. {line_words(one, hands)}" for place, one in enumerate(directives, start=1)
        ]
        head = _("Kính gửi: %(who)s", who=lead)
        listed = _("Nhiệm vụ được đôn đốc (%(n)s):", n=len(directives))
        return "\n".join([head, text, listed, *lines])


def line_words(directive: Directive, hands: Hands) -> str:
    """Return one directive as a line of a letter: number, content, deadline, link."""
    content = " ".join(directive.content.split())
    if len(content) > LONGEST_CONTENT:
        content = content[:LONGEST_CONTENT].rsplit(" ", 1)[0] + "…"
    parts = [f"{directive.number}: {content}", due_words(directive, hands)]
    return ". ".join(part.rstrip(".") for part in parts) + "\n   " + link_to(directive.number)


def due_words(directive: Directive, hands: Hands) -> str:
    """Return a directive's deadline and what it means today."""
    if directive.due_on is None:
        return _("Không thời hạn")
    clock = hands.of(
        directive.state, directive.due_on, directive.completed_on, directive.suspended_since
    )
    due = _("Hạn %(day)s", day=vn_date(directive.due_on))
    return f"{due}, {clock.words}" if clock.words else due


def chat_words(directive: Directive, ground: Ground) -> str:
    """Return one directive as a message for a chat: number, deadline, what is asked, link."""
    with force_locale("vi"):
        hands = Hands(ground.calendar, ground.day, ground.limits.soon_days)
        return "\n".join(
            [
                _("Đôn đốc nhiệm vụ %(number)s", number=directive.number),
                " ".join(directive.content.split()),
                _("Chủ trì: %(who)s", who=directive.lead_name),
                due_words(directive, hands),
                _("Xem và báo cáo tại: %(link)s", link=link_to(directive.number)),
            ]
        )


def link_to(number: str) -> str:
    """Return the full address of a directive; it opens there once its reader has signed in."""
    return url_for("directives.show", number=number, _external=True)
