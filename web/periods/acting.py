"""One act on a period, from its form to its outcome: nothing typed is lost."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_wtf import FlaskForm

from models.periods.page import reports_of
from web.acts import Act, Answer
from web.directives.acting import changed_since
from web.directives.forms import act_form, chosen_files, given_by
from web.directives.judged import Judged, of_report
from web.directives.offering import begun_with
from web.directives.quoting import not_asked_of
from web.directives.showing import names_in
from web.directives.telling import told
from web.identity import current_actor
from web.labels import label
from web.papers.filling import coming_along, filled
from web.periods.hints import asked_here, grouped, hints_of, reads_of
from web.periods.showing import facts_of, read_period
from web.periods.telling import period_url
from web.refusals import sentence
from web.speech import gettext as _
from web.uploads.kept import Brought, bring
from web.wiring import close_reading, office, reading_unit
from workflow.directives.asked import PREPARED_FILES
from workflow.directives.matters import Prepared
from workflow.directives.needs import Need
from workflow.doors import NOT_THEIRS
from workflow.errors import NotFound, Stale
from workflow.papers.records import KnownPaper
from workflow.periods.records import PeriodAction
from workflow.periods.rules import raise_if_shut, refusal_of
from workflow.periods.table import BY_ACTION
from workflow.periods.usecases import act_on_period

JUDGES = frozenset({PeriodAction.CONFIRM, PeriodAction.RETURN, PeriodAction.RECALL})


class Deed(Act):
    """One act on one period by the signed-in person, as a page with a form."""

    def __init__(self, number: str, serial: int, action: str) -> None:
        if action not in set(PeriodAction):
            raise NotFound
        self.action = PeriodAction(action)
        self.row = BY_ACTION[self.action]
        self.number, self.serial = number, serial
        self.brought = Brought()
        self.look()

    def look(self) -> None:
        """Read the period as it stands now."""
        self.of = read_period(self.number, self.serial)

    def page(self) -> Answer:
        """Show the form; a shut door answers with its reason instead."""
        raise_if_shut(self.action, self.of.case)
        return self.render(self.form())

    def form(self) -> FlaskForm:
        """Return the form, filled from the request, or from what an officer prepared."""
        directive = self.of.file.directive
        stands = directive.standing_report if self.action is PeriodAction.REPORT else None
        files = [(file.sha256, file.name) for file in stands.files] if stands else []
        known = begun_with(stands) if stands else {}
        form = act_form(self.row, {PREPARED_FILES.name: files}, directive, known)
        for name in asked_here(self.action, self.of.case):
            form[name].flags.required = True
        return form

    def done(self) -> str:
        """Say what was done."""
        return _("Đã ghi nhận: %(what)s.", what=label(self.action, "period_action"))

    def back(self) -> str:
        """Return the page of the period."""
        return period_url(self.number, self.serial)

    def do(self, form: FlaskForm) -> None:
        """Do what the form says to the period; its files are kept for a second try."""
        seen = form["version"].data or ""
        if self._is_theirs() and seen != str(self.of.file.directive.version):
            raise Stale
        raise_if_shut(self.action, self.of.case)
        given = given_by(form, self.row)
        if "files" in form:
            of = f"{self.number} {self.serial}"
            self.brought = bring(chosen_files(form, self.row), of=of)
        if self.action is PeriodAction.RECORD:
            lead_id = self.of.file.directive.lead_agency_id
            given = filled(given, lead_id=lead_id, files=self.brought.given)
        elif self.brought.given:
            given["files"] = self.brought.given
        close_reading()
        with office().writing() as unit:
            act_on_period(
                unit.periods,
                current_actor(),
                self.number,
                self.serial,
                self.action,
                given,
                ground=office().ground(unit),
                version=int(seen),
            )

    def _is_theirs(self) -> bool:
        """Whether the act is this person's at all: whoever it is not learns nothing of versions."""
        refusal = refusal_of(self.action, self.of.case)
        return refusal is None or refusal.code not in NOT_THEIRS

    def tell_what_changed(self, form: FlaskForm) -> Answer:
        """Return the form again over the period as it stands now."""
        seen = str(form["version"].data or "")
        close_reading()
        self.look()
        since = changed_since(self.of.file, int(seen) if seen.isdecimal() else 0)
        form["version"].data = str(self.of.file.directive.version)
        refusal = refusal_of(self.action, self.of.case)
        shut = sentence(refusal.code, refusal.params) if refusal else ""
        return self.render(form, 409, since=told(since, names_in(self.of.file)), shut=shut)

    def _lost(self, form: FlaskForm) -> list[str]:
        """Return the names of what has to be chosen anew."""
        chosen = [] if self.brought.given else chosen_files(form, self.row)
        return self.brought.lost or [file.filename or "" for file in chosen]

    def _asked(self, form: FlaskForm) -> list[Need]:
        """Return what the form asks: prepared files only where there are some."""
        name = PREPARED_FILES.name
        empty = name in form and not (form[name].choices or form[name].errors)
        silent = not_asked_of(self.of.file.directive) | ({name} if empty else set())
        return [need for need in self.row.needs if need.name not in silent]

    def _prepared(self, form: FlaskForm) -> Prepared | None:
        """Return the report of an officer that the form begins with."""
        begins = PREPARED_FILES.name in form
        return self.of.file.directive.standing_report if begins else None

    def _judged(self) -> tuple[Judged, ...]:
        """Return the report that is judged or taken back, to stand above the choice."""
        if self.action not in JUDGES:
            return ()
        reports = reports_of(reading_unit().connection, self.of.period.id)[:1]
        return tuple(of_report(one, self.of.pieces, self.of.file.directive) for one in reports)

    def _listed(self, form: FlaskForm) -> KnownPaper | None:
        """Return the paper of the list whose file comes along, where a paper is recorded."""
        recorded = self.action is PeriodAction.RECORD
        return coming_along(form, self.of.file.directive.lead_agency_id) if recorded else None

    def render(self, form: FlaskForm, status: int = 200, **more: Any) -> Answer:
        """Return the page of the form."""
        page = render_template(
            "periods/act.html",
            **facts_of(self.of),
            form=form,
            needs=self.row.needs,
            prepared=self._prepared(form),
            groups=grouped(self._asked(form)),
            action=self.action.value,
            hints=hints_of(self.action, self.of.case),
            reads=reads_of(self.action, self.of.case),
            judged=self._judged(),
            listed=self._listed(form),
            kept_files=self.brought.references,
            lost_files=self._lost(form),
            max_bytes=office().settings.upload_bytes,
            **more,
        )
        return page, status
