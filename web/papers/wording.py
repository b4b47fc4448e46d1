"""The words of a reminder, ready for a letter or a chat; Vietnamese whoever sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_babel import force_locale

from models.papers.lists import Letter, LetterLine
from models.papers.queries import Reference
from web.directives.clock import Hands
from web.formats import vn_date
from web.papers.owing import Owing
from web.speech import gettext as _
from workflow.directives.records import Directive
from workflow.directives.usecases import Ground
from workflow.errors import Invalid

LONGEST_CONTENT = 300
SHORT_CONTENT = 80
INDENT = "   "


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a reminder says beside its directives: who sends it, by when it is answered.

    `papers` are the documents that gave the work, by their ids; `owing` is what standing work
    among the directives owes.
    """

    ground: Ground
    sender: str
    answer_by: date | None = None
    papers: Mapping[int, Reference] = field(default_factory=dict)
    owing: Owing | None = None

    @property
    def hands(self) -> Hands:
        """What says how a directive stands against its due day."""
        return Hands(self.ground.calendar, self.ground.day, self.ground.limits.soon_days)


def usual_answer_day(ground: Ground) -> date | None:
    """Return the last day of the province's answer time; None beyond the calendar."""
    try:
        return ground.calendar.due_on(ground.day, ground.limits.answer_within_working_days)
    except Invalid:
        return None


def letter_words(lead: str, text: str, directives: Sequence[Directive], said: Said) -> str:
    """Return a whole letter: to whom, what is asked, every directive, by when, who sends it.

    Each directive stands with the document that gave it, its deadline and its link.
    """
    with force_locale("vi"):
        lines = [
            f"{place}. {line_words(one, said)}" for place, one in enumerate(directives, start=1)
        ]
        head = _("Kính gửi: %(who)s", who=lead)
        return "\n".join([head, text, _listed(directives, said), *lines, *_end(said)])


def _listed(directives: Sequence[Directive], said: Said) -> str:
    """Return the words above the lines: how many there are, and how many missing periods."""
    periods = sum(map(said.owing.count, directives)) if said.owing else 0
    if not periods:
        return _("Nhiệm vụ được đôn đốc (%(n)s):", n=len(directives))
    return _(
        "Nhiệm vụ được đôn đốc (%(n)s), có %(periods)s kỳ báo cáo quá hạn:",
        n=len(directives),
        periods=periods,
    )


def _end(said: Said) -> list[str]:
    found = []
    if said.answer_by:
        found.append(_("Đề nghị trả lời chậm nhất ngày %(day)s.", day=vn_date(said.answer_by)))
    return [*found, sender_words(said.sender)]


def sender_words(sender: str) -> str:
    """Return the line that says who sends a reminder."""
    return _("Nơi gửi: %(who)s", who=sender)


def line_words(directive: Directive, said: Said) -> str:
    """Return one directive as a line of a letter: number, content, document, deadline, link."""
    content = " ".join(directive.content.split())
    if len(content) > LONGEST_CONTENT:
        content = content[:LONGEST_CONTENT].rsplit(" ", 1)[0] + "…"
    parts = [
        f"{directive.number}: {content}",
        paper_words(said.papers.get(directive.document_id)),
        due_words(directive, said),
    ]
    told = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{told}.\n{INDENT}{link_to(directive.number)}"


def paper_words(paper: Reference | None) -> str:
    """Return the document that gave the work, by number and date."""
    if paper is None or not paper.number:
        return ""
    if paper.dated is None:
        return _("Giao tại văn bản %(number)s", number=paper.number)
    day = vn_date(paper.dated)
    return _("Giao tại văn bản %(number)s ngày %(day)s", number=paper.number, day=day)


def due_words(directive: Directive, said: Said) -> str:
    """Return a directive's deadline and what it means today; of standing work what it owes."""
    if owed := said.owing.words(directive) if said.owing else "":
        return owed
    hands = said.hands
    if directive.due_on is None:
        return _("Không thời hạn")
    clock = hands.of(
        directive.state, directive.due_on, directive.completed_on, directive.suspended_since
    )
    due = _("Hạn %(day)s", day=vn_date(directive.due_on))
    return f"{due}, {clock.words}" if clock.words else due


def chat_words(directive: Directive, said: Said) -> str:
    """Return one directive as a message for a chat: number, document, deadline, who asks, link."""
    with force_locale("vi"):
        lines = [
            _("Đôn đốc nhiệm vụ %(number)s", number=directive.number),
            " ".join(directive.content.split()),
            paper_words(said.papers.get(directive.document_id)),
            _("Chủ trì: %(who)s", who=directive.lead_name),
            due_words(directive, said),
            *_end(said),
            _("Xem và báo cáo tại: %(link)s", link=link_to(directive.number)),
        ]
        return "\n".join(line for line in lines if line)


def letter_chat(letter: Letter, hands: Hands) -> str:
    """Return a letter as a message for a chat: whose, which tasks and how late, where it stands.

    `hands` are of its own, for they keep the words of the language they spoke first.
    """
    with force_locale("vi"):
        dated = vn_date(letter.dated)
        about = (
            _("Công văn đôn đốc số %(number)s ngày %(day)s", number=letter.number, day=dated)
            if letter.number
            else _("Công văn đôn đốc ngày %(day)s", day=dated)
        )
        what = _("Nhiệm vụ được đôn đốc (%(n)s):", n=len(letter.lines))
        where = url_for("papers.letter", letter_id=letter.id, _external=True)
        head = f"{about}. {_('Kính gửi: %(who)s', who=letter.agency)}"
        lines = [_short(one, hands) for one in letter.lines]
        return "\n".join([head, what, *lines, _("Xem và báo cáo tại: %(link)s", link=where)])


def _short(one: LetterLine, hands: Hands) -> str:
    """Return a line of a letter in a few words: what it is about, and how it stands."""
    content = " ".join(one.content.split())
    if len(content) > SHORT_CONTENT:
        content = content[:SHORT_CONTENT].rsplit(" ", 1)[0] + "…"
    clock = hands.of(one.state, one.due_on, one.completed_on, one.suspended_since)
    told = f"{one.number}: {content}"
    return f"{told} ({clock.words})" if clock.words else told


def link_to(number: str) -> str:
    """Return the full address of a directive; it opens there once its reader has signed in."""
    return url_for("directives.show", number=number, _external=True)
