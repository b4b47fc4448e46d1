"""One act on one violation, from its form to its outcome: nothing typed is lost."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from models.history.queries import entries_about
from models.violations.page import ViolationFacts, open_facts
from web.acts import Act, Answer
from web.history.naming import told_by_name
from web.identity import current_actor
from web.labels import label
from web.refusals import sentence
from web.speech import gettext as _
from web.uploads.kept import keep_uploads
from web.violations.foreseeing import foreseen
from web.violations.forms import ActForm, chosen
from web.violations.showing import case_of
from web.violations.words import HINTS, reason_called
from web.wiring import close_reading, office, reading_unit
from workflow.errors import Invalid, NotFound, Stale
from workflow.history.records import Subject
from workflow.violations.judging import Said, act_on
from workflow.violations.records import ViolationAction
from workflow.violations.rules import raise_if_shut, refusal_of
from workflow.violations.table import BY_ACTION

MOST_TOLD = 3
"""Entries shown to who is told that somebody acted in between."""


def action_of(text: str) -> ViolationAction:
    """Return the act that an address names; NotFound for anything else."""
    known = {one.value: one for one in BY_ACTION}
    if text not in known:
        raise NotFound
    return known[text]


class Deed(Act):
    """One act on one violation by the signed-in person, as a page with a form."""

    def __init__(self, violation_id: int, action: str) -> None:
        self.action = action_of(action)
        self.id = violation_id
        self.look()

    def look(self) -> None:
        """Read the violation as it stands now."""
        connection, day = reading_unit().connection, office().today()
        self.file: ViolationFacts = open_facts(connection, current_actor(), self.id, day)
        self.case = case_of(self.file.violation)

    def page(self) -> Answer:
        """Show the form; a shut door answers with its reason instead."""
        raise_if_shut(self.action, self.case)
        return self.render(ActForm(version=str(self.file.violation.version)))

    def form(self) -> ActForm:
        """Return the form as it was sent."""
        return ActForm()

    def done(self) -> str:
        """Say what was done."""
        return _("Đã ghi nhận: %(what)s.", what=label(self.action, "violation_action"))

    def back(self) -> str:
        """Return the page of the violation."""
        return url_for("violations.show", violation_id=self.id)

    def do(self, form: ActForm) -> None:
        """Do what the form says to the violation."""
        seen = str(form.version.data or "")
        if seen != str(self.file.violation.version):
            raise Stale
        raise_if_shut(self.action, self.case)
        if not form.validate():
            raise Invalid({})
        close_reading()
        said = said_by(form)
        with office().writing() as unit:
            act_on(
                unit.violations,
                current_actor(),
                self.id,
                self.action,
                said,
                at=office().clock(),
                version=int(seen),
                limits=office().settings.review,
            )

    def tell_what_changed(self, form: ActForm) -> Answer:
        """Return the form again over the violation as it stands now."""
        close_reading()
        self.look()
        form.version.data = str(self.file.violation.version)
        refusal = refusal_of(self.action, self.case)
        shut = sentence(refusal.code, refusal.params) if refusal else ""
        about = Subject.VIOLATION, self.file.violation.number
        since = told_by_name(entries_about(reading_unit().connection, *about, limit=MOST_TOLD))
        return self.render(form, 409, since=since, shut=shut)

    def render(self, form: ActForm, status: int = 200, **more: Any) -> Answer:
        """Return the page of the form."""
        falls = self.action is ViolationAction.OVERTURN
        page = render_template(
            "violations/act.html",
            foreseen=foreseen([self.file.violation]) if falls else None,
            form=form,
            action=self.action.value,
            reason_called=reason_called(BY_ACTION[self.action]),
            hint=HINTS[self.action],
            file=self.file,
            v=self.file.violation,
            name=label(self.file.violation.type, "violation_type"),
            lost_files=[one.filename for one in chosen(form.files)],
            max_bytes=office().settings.upload_bytes,
            **more,
        )
        return page, status


def said_by(form: ActForm) -> Said:
    """Return what a form says, its files checked and kept; UnfitFile if one may not be."""
    return Said(reason=form.reason.data or "", files=keep_uploads(chosen(form.files)))
