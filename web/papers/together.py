"""An agency's paper over several directives of a document, and the same recorded for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_wtf import FlaskForm

from web.addresses import asked_key
from web.directives.called import labels_of
from web.directives.forms import Read, chosen_files, given_by
from web.directives.quoting import not_asked_of
from web.directives.warning import waiting_words
from web.errors import status_of
from web.identity import current_actor
from web.labels import label
from web.papers.again import gone_back, said_alike, said_before
from web.papers.elsewhere import (
    ALSO,
    WHICH,
    by_document,
    is_widening,
    lines_beyond,
    may_widen,
    offered,
)
from web.papers.filling import NUMBER, coming_along, filled, is_office, known_by_id
from web.papers.forms import (
    line_form,
    paper_form,
    place_line_errors,
    seen_numbers,
    seen_version,
)
from web.papers.outcomes import Answer, end_with
from web.papers.periods import asked_once, not_asked, periods_for
from web.papers.prepared import (
    asks_for_files,
    offer_files,
    said_of_line,
    said_once,
    told_at_line,
    with_prepared,
)
from web.papers.reading import Lines, clock_of, leads_of, lines_for, seen_again
from web.papers.sheets import Asked, Sheet, sheet_of
from web.refusals import field_error
from web.uploads.kept import Brought, bring
from web.wiring import close_reading, office
from workflow.accounts.records import Role
from workflow.directives.records import Action, Directive
from workflow.errors import Invalid
from workflow.papers.lines import OF_PERIOD, act_on_lines
from workflow.papers.records import KnownPaper, Line

ONCE = frozenset({"lines"})
NO_PERIOD = 0


def _own_name() -> str:
    """A head signs what a head files; whose name a clerk needs is not read, to ask no more."""
    actor = current_actor()
    return actor.name if actor.role is Role.AGENCY_HEAD else ""


def _only_lead(lines: Lines) -> int | None:
    """Return the agency whose paper it is, where the lines are of one."""
    leads = leads_of(lines.open)
    return leads[0].id if len(leads) == 1 else None


class Together:
    """One act of the signed-in person on several directives of one document."""

    def __init__(self, key: str, action: str) -> None:
        self.sheet: Sheet = sheet_of(Action(action))
        self.brought = Brought()
        lines: Lines = lines_for(key, [self.sheet.action])
        self.lead_id = _only_lead(lines)
        self.beyond = lines_beyond(self.sheet.action, lines, self.lead_id)
        every = (*lines.open, *self.beyond)
        self.periods, silent = periods_for(self.sheet.action, every, lines.ground)
        self.silent = {one.directive.number for one in silent}
        still_open = tuple(one for one in lines.open if one.number not in self.silent)
        self.gone = gone_back(self.sheet.action, every, self.periods)
        self.lines = replace(
            lines,
            open=with_prepared(self.sheet.action, still_open),
            shut=(*lines.shut, *silent),
        )

    def page(self) -> Answer:
        """Show the form; the office first says whose paper it records, if there are several."""
        leads = leads_of(self.lines.open)
        if self.sheet.action is Action.RECORD_REPORT and len(leads) > 1:
            return render_template(
                "papers/choose.html", document=self.lines.document, leads=leads, sheet=self.sheet
            )
        paper = paper_form(self._once, self._known())
        return self._render(paper, self._forms(self.lines.open), self.lines.open)

    @property
    def _once(self) -> Asked:
        return asked_once(self.sheet, self.periods, self.lines.open)

    def _known(self) -> dict[str, object]:
        """Return what the form of a paper shows before anybody typed."""
        if self.sheet.action is not Action.RECORD_REPORT:
            return {"signer": _own_name()} | self._alike() | said_once(self.lines.open)
        chosen = asked_key("paper")
        known = known_by_id(chosen) if chosen is not None else {}
        return {"received_on": self.lines.ground.day} | self._alike() | known

    def _alike(self) -> dict[str, object]:
        return said_alike(self.gone, [one.number for one in self.lines.open])

    def carry_out(self) -> Answer:
        """Do it for every line that is ticked, and tell how each ended; else the form again."""
        numbers = seen_numbers()
        again = (*seen_again(self.lines.document, numbers), *self.beyond)
        shown = with_prepared(self.sheet.action, again)
        paper, forms = paper_form(self._once), self._forms(shown, seen=frozenset(numbers))
        if is_widening():
            self._bring(paper)
            return self._render(paper, forms, shown)
        try:
            lines = self._read(paper, forms)
            lines += [self._gone(number) for number in numbers if number not in forms]
            with office().writing() as unit:
                ground = office().ground(unit)
                outcomes = act_on_lines(unit.papers, current_actor(), lines, ground=ground)
        except Invalid as error:
            once = self.sheet.once.names - {self.sheet.spread} | ONCE
            place_line_errors(error.errors, paper, forms, say=field_error, once=once)
            return self._render(paper, forms, shown, status_of(error))
        left_out = set(numbers) - {line.number for line in lines}
        return end_with(outcomes, left_out, label(self.sheet.action, "action"), self._back)

    def _forms(
        self, directives: Sequence[Directive], seen: frozenset[str] | None = None
    ) -> dict[str, FlaskForm]:
        return {
            one.number: self._form(one, is_new=seen is not None and one.number not in seen)
            for one in directives
        }

    def _form(self, directive: Directive, *, is_new: bool) -> FlaskForm:
        known = said_of_line(directive) or said_before(self.gone.get(directive.number))
        ticked = self._is_ticked(directive)
        form = line_form(
            self._asked(directive), directive, ticked=ticked, known=known, is_new=is_new
        )
        offer_files(form, directive)
        return form

    def _is_ticked(self, directive: Directive) -> bool:
        """Whether a line is in the paper unless somebody says otherwise.

        An agency says itself what it reports: ticked is what an officer prepared, or the only
        line there is. Of a paper that the office records, what is late or due soon is the likely
        part.
        """
        if directive.number in self.periods or self._waits(directive):
            return False
        if directive in self.beyond:
            return directive.standing_report is not None
        if self.sheet.action is Action.ACCEPT or len(self.lines.open) == 1:
            return True
        if self.sheet.action is not Action.RECORD_REPORT:
            return directive.standing_report is not None
        ground, due_on = self.lines.ground, directive.due_on
        soon = ground.day + timedelta(days=max(ground.limits.soon_days))
        return due_on is not None and due_on <= soon

    def _waits(self, directive: Directive) -> str:
        """Return what a report would go past unanswered, in words."""
        return waiting_words(directive) if self.sheet.action in OF_PERIOD else ""

    def _asked(self, directive: Directive) -> Asked:
        silent = not_asked_of(directive)
        if not directive.open_parts:
            silent.add("open_parts_reason")
        if not asks_for_files(directive):
            silent.add("prepared_files")
        silent |= not_asked(self.sheet.action, self.periods, directive.number)
        return self.sheet.own_without(silent)

    def _read(self, paper: FlaskForm, forms: dict[str, FlaskForm]) -> list[Line]:
        """Return the lines that are ticked, each with what the paper says and its own words."""
        once = given_by(paper, self.sheet.once)
        self._bring(paper)
        if self.sheet.action is Action.RECORD_REPORT:
            once = filled(once, lead_id=self.lead_id, files=self.brought.given)
        elif self.brought.given:
            once["files"] = self.brought.given
        spread = once.pop(self.sheet.spread, None)
        own = {number: self._own(form) for number, form in forms.items() if form["include"].data}
        close_reading()
        said = {self.sheet.spread: spread} if spread else {}
        return [
            Line(
                number=number,
                action=self.sheet.action,
                given={**once, **said, **words},
                version=seen_version(forms[number]),
                period=self._period(number),
            )
            for number, words in own.items()
        ]

    def _bring(self, paper: FlaskForm) -> None:
        if "files" in paper:
            files = chosen_files(paper, self.sheet.once)
            self.brought = bring(files, of=self.lines.document.key)

    def _period(self, number: str) -> int | None:
        """Return which period a line reports; of standing work without one: none there is."""
        if number in self.silent:
            return NO_PERIOD
        return self.periods[number].serial if number in self.periods else None

    def _own(self, form: FlaskForm) -> dict[str, object]:
        needs = tuple(need for need in self.sheet.own.needs if need.name in form)
        return given_by(form, Asked(needs=needs))

    def _gone(self, number: str) -> Line:
        """Return a line that left the reader's scope meanwhile: it is told as not found."""
        return Line(number=number, action=self.sheet.action, version=0)

    def _listed(self, paper: FlaskForm) -> KnownPaper | None:
        """Return the paper of the list whose file comes along, where a paper is recorded."""
        recorded = self.sheet.action is Action.RECORD_REPORT
        return coming_along(paper, self.lead_id) if recorded else None

    @property
    def _back(self) -> str:
        """Where a paper of the office's list was opened, the list: the next one waits there."""
        if self.sheet.action is Action.RECORD_REPORT and asked_key("paper") is not None:
            return url_for("paper_list.index")
        return url_for("documents.show", key=self.lines.document.key)

    def _rows(
        self, forms: dict[str, FlaskForm], directives: Sequence[Directive]
    ) -> list[dict[str, Any]]:
        return [
            {
                "of": d,
                "form": forms[d.number],
                "asked": self._asked(d),
                "waits": self._waits(d),
                "period": self.periods.get(d.number),
                "prepared": told_at_line(d),
                "gone": self.gone.get(d.number),
            }
            for d in directives
        ]

    def _render(
        self,
        paper: FlaskForm,
        forms: dict[str, FlaskForm],
        directives: Sequence[Directive],
        status: int = 200,
    ) -> Answer:
        if self.brought.unfit:
            paper["files"].errors = self.brought.words
        rows = self._rows(forms, directives)
        others, names = offered(self.sheet.action, self.lines, self.lead_id, directives)
        known_url = url_for("papers.number_known", lead=self.lead_id)
        shown: dict[str, Any] = {
            "others": others,
            "asks_which": WHICH if may_widen(self.sheet.action, self.lead_id) else "",
            "groups": by_document(rows, self.lines.document, names),
            "added": request.form.get(ALSO, ""),
            "document": self.lines.document,
            "action": self.sheet.action.value,
            "sheet": self.sheet,
            "paper": paper,
            "rows": rows,
            "shut": self.lines.shut,
            "clock_of": clock_of(self.lines.ground),
            "lead": directives[0].lead_name if directives else "",
            "reads": {NUMBER: Read(url=known_url)} if is_office() else {},
            "back": self._back,
            "listed": self._listed(paper),
            "kept_files": self.brought.references,
            "lost_files": self.brought.lost,
            "max_bytes": office().settings.upload_bytes,
        }
        shown["labels"] = labels_of(self.sheet.action)
        return render_template("papers/together.html", **shown), status
