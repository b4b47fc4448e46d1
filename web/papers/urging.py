"""Letters that urge: what a view of the list shows, one letter for each agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField

from models.directives.chosen import chosen_by
from models.directives.filters import ListFilter
from models.papers.queries import references_of, reported_among, urged_lines
from web.directives.fields import DayField
from web.directives.filters import read_address
from web.directives.listing import looker
from web.directives.showing import hands_of
from web.errors import status_of
from web.formats import vn_date
from web.identity import current_actor
from web.labels import label
from web.papers.filling import date_of_outgoing
from web.papers.forms import line_form, place_line_errors, seen_numbers, seen_version
from web.papers.outcomes import Answer, end_with
from web.papers.owing import Owing
from web.papers.reading import Lead, Shut, case_of, clock_of, leads_of
from web.papers.sheets import Asked
from web.papers.wording import Said, letter_words, usual_answer_day
from web.refusals import field_error, sentence
from web.speech import gettext as say
from web.speech import ngettext
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import SUBMITTING_ROLES, Role
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import Action, Directive
from workflow.directives.rules import refusal_of
from workflow.directives.table import BY_ACTION
from workflow.directives.usecases import Ground
from workflow.doors import Refusal
from workflow.errors import Forbidden, Invalid
from workflow.papers.lines import MOST_LINES
from workflow.papers.records import LetterDraft, Line, Outcome, SentLetter
from workflow.papers.reminding import send_letters

NOTHING = Asked(needs=())
ONCE = ("text", "answer_by", "lines")


class UrgeForm(FlaskForm):
    """What every letter asks."""

    text = TextAreaField(_("Nội dung đôn đốc"))
    answer_by = DayField(_("Trả lời chậm nhất ngày"))


class LetterForm(FlaskForm):
    """One letter: whether it goes, its number and date."""

    include = BooleanField(_("Gửi văn bản này"))
    number = StringField(_("Số, ký hiệu văn bản"))
    dated = DayField(_("Ngày văn bản"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A letter on the form: its agency, its own fields, its lines with theirs.

    `at_first` says that it was offered as one that goes; one that was not goes once a line of
    it is ticked.
    """

    lead: Lead
    at_first: bool
    form: LetterForm
    rows: tuple[tuple[Directive, FlaskForm], ...]


class Urging:
    """The letters of the signed-in person over what a view shows."""

    def __init__(self) -> None:
        self.actor = current_actor()
        if self.actor.role not in {Role.OFFICE, *SUBMITTING_ROLES}:
            raise Forbidden("not_yours", who=list(BY_ACTION[Action.REMIND].by))
        self.ground: Ground = office().ground(reading_unit())
        self.left_reported = 0
        self.only_late = False
        self.shut: list[Shut] = []
        self.owing = Owing((), hands_of(self.ground))

    def page(self) -> Answer:
        """Show a letter for each agency with late work in the view, every line ticked."""
        asked = read_address(request.args, reader=self.actor.account_id).view
        numbers = request.args.getlist("number") or None
        if numbers is None and asked.timeliness is None:
            asked = replace(asked, timeliness=Timeliness.OVERDUE)
            self.only_late = True
        if numbers is None:
            self.left_reported = reported_among(reading_unit().connection, asked, looker())
        opened = self._open(asked, numbers)
        self.shut = self._shut_among(numbers or (), opened)
        asks = say("Đề nghị khẩn trương thực hiện và báo cáo kết quả.")
        form = UrgeForm(data={"text": asks, "answer_by": usual_answer_day(self.ground)})
        return self._render(form, self._blocks(opened))

    def carry_out(self) -> Answer:
        """Send the letters that are ticked, and tell how each line ended; else the form again."""
        numbers = seen_numbers()
        shown = self._open(ListFilter(), numbers)
        form, blocks = UrgeForm(), self._blocks(shown)
        try:
            said = self._said(form, shown)
            sent = self._send([d for block in blocks if (d := self._draft(form, block, said))])
        except Invalid as error:
            letters: dict[str, FlaskForm] = {str(b.lead.id): b.form for b in blocks}
            lines = {d.number: f for b in blocks for d, f in b.rows}
            place_line_errors(error.errors, form, letters | lines, say=field_error, once=ONCE)
            return self._render(form, blocks, status_of(error))
        gone = set(numbers) - {one.number for one in shown}
        return self._told(sent, numbers, [_shut(number) for number in sorted(gone)])

    def _send(self, drafts: Sequence[LetterDraft]) -> tuple[SentLetter, ...]:
        close_reading()
        with office().writing() as unit:
            ground = office().ground(unit)
            return send_letters(unit.papers, self.actor, drafts, ground=ground)

    def _open(self, view: ListFilter, numbers: Sequence[str] | None) -> list[Directive]:
        """Return what may be urged now; what is not this person's to urge is not shown."""
        found = urged_lines(reading_unit().connection, view, looker(), numbers)
        self.owing = Owing(found, hands_of(self.ground), _period_asked())
        return [d for d in found if refusal_of(Action.REMIND, case_of(d, self.ground)) is None]

    def _shut_among(self, numbers: Sequence[str], opened: Sequence[Directive]) -> list[Shut]:
        """Return what of the chosen is not urged, each with its reason."""
        beyond = set(numbers) - {one.number for one in opened}
        if not beyond:
            return []
        connection, day = reading_unit().connection, self.ground.day
        found = chosen_by(connection, self.actor, day, beyond, most=MOST_LINES)
        refused = [(one, refusal_of(Action.REMIND, case_of(one, self.ground))) for one in found]
        return [
            Shut(directive=one, reason=sentence(why.code, why.params))
            for one, why in refused
            if why is not None
        ]

    def _blocks(self, directives: Sequence[Directive]) -> list[Block]:
        return [self._block(lead, directives) for lead in leads_of(directives)]

    def _block(self, lead: Lead, directives: Sequence[Directive]) -> Block:
        """Return the letter to one agency; ticked where a line of it is."""
        rows = tuple(
            (d, line_form(NOTHING, d, ticked=self._is_urgent(d)))
            for d in directives
            if d.lead_agency_id == lead.id
        )
        ticked = any(self._is_urgent(d) for d, _form in rows)
        form = LetterForm(prefix=f"to-{lead.id}-", data={"include": ticked})
        return Block(lead=lead, at_first=ticked, form=form, rows=rows)

    def _is_urgent(self, directive: Directive) -> bool:
        """Whether a line is ticked at first: not urged today, nor waiting for the office itself."""
        return directive.reminded_on != self.ground.day and not directive.decline_standing

    def _said(self, form: UrgeForm, shown: Sequence[Directive]) -> Said:
        answer_by = form.answer_by.value
        if isinstance(answer_by, str):
            raise Invalid({"answer_by": "not_a_date"})
        if answer_by is not None and answer_by < self.ground.day:
            raise Invalid({"answer_by": "date_past"})
        keys = {one.document_id for one in shown}
        return Said(
            ground=self.ground,
            sender=self.actor.agency_name,
            answer_by=answer_by,
            papers=references_of(reading_unit().connection, keys),
            owing=self.owing,
        )

    def _draft(self, form: UrgeForm, block: Block, said: Said) -> LetterDraft | None:
        chosen = [(d, f) for d, f in block.rows if f["include"].data]
        held_back = block.at_first and not block.form.include.data
        if held_back or not chosen:
            return None
        text, number = form.text.data or "", block.form.number.data or ""
        whole = letter_words(block.lead.name, text, [d for d, _f in chosen], said)
        dated = block.form.dated.value or date_of_outgoing(number, block.lead.id)
        if isinstance(dated, str):
            raise Invalid({f"{block.lead.id} dated": "not_a_date"})
        return LetterDraft(
            agency_id=block.lead.id,
            text=whole if text.strip() else "",
            number=number,
            dated=dated,
            lines=tuple(
                Line(
                    number=d.number,
                    action=Action.REMIND,
                    given={"text": text},
                    version=seen_version(f),
                )
                for d, f in chosen
            ),
        )

    def _told(
        self, sent: Sequence[SentLetter], numbers: Sequence[str], gone: Sequence[Outcome]
    ) -> Answer:
        outcomes = [*gone, *(outcome for letter in sent for outcome in letter.outcomes)]
        left_out = set(numbers) - {one.number for one in outcomes}
        made = [letter.id for letter in sent if letter.id is not None]
        back = url_for("papers.letters_list", of=",".join(map(str, made)) or None)
        if not all(one.is_done for one in outcomes):
            return end_with(outcomes, left_out, label(Action.REMIND, "action"), back)
        flash(sent_words(len(made), len(outcomes), len(left_out)), "success")
        if len(made) == 1:
            back = url_for("papers.letter", letter_id=made[0])
        return redirect(back, 303)

    def _render(self, form: UrgeForm, blocks: Sequence[Block], status: int = 200) -> Answer:
        shown: dict[str, Any] = {
            "form": form,
            "blocks": blocks,
            "lines": sum(len(block.rows) for block in blocks),
            "periods": sum(self.owing.count(d) for block in blocks for d, _form in block.rows),
            "periods_of": lambda rows: sum(self.owing.count(d) for d, _form in rows),
            "clock_of": clock_of(self.ground),
            "notes_of": notes_of,
            "owed_of": self.owing.words,
            "left_reported": self.left_reported,
            "only_late": self.only_late,
            "shut": self.shut,
            "rows": [{"of": d, "form": f} for block in blocks for d, f in block.rows],
            "back": url_for("directives.index", time=Timeliness.OVERDUE.value),
        }
        return render_template("papers/urge.html", **shown), status


def _period_asked() -> date | None:
    """Return the day on which the one period falls due that the address is about; None for all."""
    try:
        return date.fromisoformat(request.args.get("period", ""))
    except ValueError:
        return None


def notes_of(directive: Directive) -> list[str]:
    """Return what to know of a directive before urging it: when it was urged, what it waits for."""
    found = []
    if directive.reminders and directive.reminded_on:
        day = vn_date(directive.reminded_on)
        found.append(say("đã đôn đốc %(day)s, lần %(n)s", day=day, n=directive.reminders))
    if directive.decline_standing:
        found.append(say("đang đề nghị giao lại, chờ cơ quan theo dõi trả lời"))
    return found


def sent_words(letters: int, lines: int, left_out: int) -> str:
    """Return one sentence on letters that went out."""
    made = ngettext("Đã lập %(num)s công văn", "Đã lập %(num)s công văn", letters)
    named = ngettext("%(num)s nhiệm vụ", "%(num)s nhiệm vụ", lines)
    if not left_out:
        return f"{made}, {named}."
    stay = ngettext("%(num)s nhiệm vụ không gửi", "%(num)s nhiệm vụ không gửi", left_out)
    return f"{made}, {named}; {stay}."


def _shut(number: str) -> Outcome:
    """Return the end of a line whose work was reported, ended or moved away meanwhile."""
    return Outcome(number=number, action=Action.REMIND, refusal=Refusal(code="gate_shut"))
