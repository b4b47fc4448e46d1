"""One act on a case from its form to its outcome: nothing typed is lost, nothing done twice."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_wtf import FlaskForm

from models.review.facts import CaseFile
from models.unit import Unit
from web.acts import Act, Answer
from web.directives.forms import Choices, act_form, chosen_files, given_by
from web.identity import current_actor
from web.labels import label
from web.papers.filling import with_listed_file
from web.refusals import sentence
from web.review.changed import changed_since
from web.review.hints import grouped, hints_under, labels_for, reads_of, words_known
from web.review.limits import limit_shown, papers_beside
from web.review.links import case_url
from web.review.listing import shown
from web.review.saying import DeskClock
from web.review.serving import OF_THE_AGENCY, cases_beside
from web.review.showing import heading_of, paper_shown, read_case
from web.speech import gettext as _
from web.speech import ngettext
from web.uploads.kept import keep_uploads
from web.wiring import close_reading, office, reading_unit
from workflow.agencies.rules import may_lead
from workflow.directives.needs import Kind, Need
from workflow.errors import NotFound, Stale
from workflow.review.checks import open_measures
from workflow.review.issuing import issue_directive
from workflow.review.records import PaperKind, ReviewAction
from workflow.review.rules import raise_if_shut, refusal_of
from workflow.review.table import BY_ACTION
from workflow.review.usecases import take_action

ALSO, MEASURE = "also", "measure"


class Deed(Act):
    """One act on one case by the signed-in person, as a page with a form."""

    def __init__(self, number: str, action: str) -> None:
        if action not in set(ReviewAction):
            raise NotFound
        self.action = ReviewAction(action)
        self.row = BY_ACTION[self.action]
        self.number = number
        self.look()

    def look(self) -> None:
        """Read the case as it stands now."""
        self.file, self.case = read_case(self.number)

    def page(self) -> Answer:
        """Show the form; a shut door answers with its reason instead."""
        raise_if_shut(self.action, self.case)
        return self.render(self.form())

    def form(self) -> FlaskForm:
        """Return the form, filled from the request or prefilled from the case."""
        known = words_known(self.row, self.file, self.case, province_name())
        return act_form(self.row, self.offered(), self.case.escalation, known)

    def offered(self) -> dict[str, Choices]:
        """Return what can be picked: agencies that can lead, inspectors who can take the case."""
        return {need.name: self._offered(need) for need in self.row.needs if _is_picked(need)}

    def _offered(self, need: Need) -> Choices:
        if need.kind is Kind.PERSON:
            one = self.case.escalation
            able = self.case.roster.able(self.case.organisation, one.concerned)
            return [(str(p.account_id), p.name) for p in able if p.account_id != one.holder_id]
        agencies = reading_unit().agencies.agencies()
        return [(str(a.id), a.name) for a in agencies if may_lead(a, self.case.day)]

    def done(self) -> str:
        """Say what was done, and over how many cases one paper did it."""
        what, served = label(self.action, "review_action"), len(also_asked()) + 1
        words = _("Đã ghi nhận: %(what)s.", what=what)
        if served > 1:
            words = ngettext(
                "Đã ghi nhận: %(what)s, dùng chung cho %(num)s vụ việc.",
                "Đã ghi nhận: %(what)s, dùng chung cho %(num)s vụ việc.",
                served,
                what=what,
            )
        return words

    def back(self) -> str:
        """Return the page of the case."""
        return url_for("review.show", number=self.number)

    def do(self, form: FlaskForm) -> None:
        """Do what the form says to the case, and to those that it ticks."""
        seen = form["version"].data or ""
        if seen != str(self.case.escalation.version):
            raise Stale
        raise_if_shut(self.action, self.case)
        given = with_cases_named(given_by(form, self.row), self.number, also_asked())
        if files := chosen_files(form, self.row):
            given["files"] = keep_uploads(files)
        if self.action is ReviewAction.RECORD_EXPLANATION:
            given = with_listed_file(given, lead_id=self.case.escalation.agency_id)
        close_reading()
        with office().writing() as unit:
            self._take(unit, given, int(seen))

    def _take(self, unit: Unit, given: dict[str, object], version: int) -> None:
        actor, ground = current_actor(), office().desk_ground(unit)
        if self.action is ReviewAction.ISSUE_DIRECTIVE:
            issue_directive(
                unit.review,
                unit.documents,
                actor,
                self.number,
                given,
                ground=ground,
                version=version,
                before_is_strict=office().settings.before_is_strict,
            )
            return
        take_action(
            unit.review,
            actor,
            self.number,
            self.action,
            given,
            ground=ground,
            version=version,
            also=also_asked(),
        )

    def tell_what_changed(self, form: FlaskForm) -> Answer:
        """Return the form again over the case as it stands now."""
        seen = str(form["version"].data or "")
        known = int(seen) if seen.isdecimal() and seen.isascii() else 0
        close_reading()
        self.look()
        form["version"].data = str(self.case.escalation.version)
        refusal = refusal_of(self.action, self.case)
        shut = sentence(refusal.code, refusal.params) if refusal else ""
        since = changed_since({self.number: known, **also_asked()})
        return self.render(form, 409, since=since, shut=shut)

    def render(self, form: FlaskForm, status: int = 200, **more: Any) -> Answer:
        """Return the page of the form."""
        self._narrow(form)
        clock = DeskClock(self.case.calendar, self.case.day)
        beside = cases_beside(self.row, self.case)
        ticked = also_asked() if form.is_submitted() else asked_together(self.action, self.file)
        page = render_template(
            "review/act.html",
            form=form,
            row=self.row,
            action=self.action.value,
            e=self.case.escalation,
            file=self.file,
            heading=heading_of(self.file),
            limit=limit_shown(self.case, clock),
            papers=[
                paper_shown(paper, self.number) for paper in papers_beside(self.action, self.file)
            ],
            case_url=case_url,
            hints=hints_under(self.row, self.case),
            labels=labels_for(self.action),
            reads=reads_of(self.row, self.case),
            groups=grouped(self.row),
            others=[
                shown(other, clock, self.case.actor) | {"chosen": other.number in ticked}
                for other in beside.served
            ],
            left_out=beside.left,
            lost_files=[f.filename for f in chosen_files(form, self.row)],
            max_bytes=office().settings.upload_bytes,
            **more,
        )
        return page, status

    def _narrow(self, form: FlaskForm) -> None:
        """Show of the measures those that the case allows; the hint says what shuts the others."""
        if MEASURE not in form:
            return
        able = open_measures(self.row.checks, self.case) | {"", form[MEASURE].data or ""}
        shown = [one for one in form[MEASURE].choices if one.value in able]
        form[MEASURE].choices = shown
        if len(shown) == 1 and not form.is_submitted():
            form[MEASURE].data = shown[0].value


def _is_picked(need: Need) -> bool:
    return need.kind in {Kind.AGENCY, Kind.PERSON}


def also_asked() -> dict[str, int]:
    """Return the other cases that the form ticks, each with the version the person saw."""
    found = {}
    for text in request.form.getlist(ALSO):
        number, _colon, version = text.rpartition(":")
        if number and version.isdecimal() and version.isascii():
            found[number] = int(version)
    return found


def asked_together(action: ReviewAction, file: CaseFile) -> frozenset[str]:
    """Return the cases that one letter asked about: one explanation answers them all."""
    if action not in OF_THE_AGENCY:
        return frozenset()
    letters = [paper for paper in file.papers if paper.kind is PaperKind.LETTER]
    return frozenset(max(letters, key=lambda paper: paper.id).cases) if letters else frozenset()


def with_cases_named(
    given: dict[str, object], number: str, also: dict[str, int]
) -> dict[str, object]:
    """Let the words of a paper that serves several cases name each of them."""
    text = str(given.get("text") or "")
    left = [one for one in sorted({number, *also}) if one not in text.replace(",", " ").split()]
    if not also or not text or not left:
        return given
    named = ", ".join(sorted({number, *also}))
    return given | {"text": f"{text}\n{_('Các vụ việc: %(numbers)s.', numbers=named)}"}


def province_name() -> str:
    """Return the name of the province's People's Committee, which issues documents."""
    agencies = reading_unit().agencies.agencies()
    return next((agency.name for agency in agencies if agency.parent_id is None), "")
