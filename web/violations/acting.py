"""One act on one violation, from its form to its outcome: nothing typed is lost."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from models.history.queries import entries_about
from models.violations.page import ViolationFacts, open_facts
from web.directives.uploads import UnfitFile, keep_uploads
from web.history.naming import told_by_name
from web.identity import current_actor
from web.labels import label
from web.placing import place_errors
from web.refusals import sentence
from web.speech import gettext as _
from web.violations.foreseeing import foreseen
from web.violations.forms import ActForm, chosen
from web.violations.showing import case_of
from web.wiring import close_reading, office, reading_unit
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale
from workflow.history.records import Subject
from workflow.violations.judging import Said, act_on
from workflow.violations.records import ViolationAction
from workflow.violations.rules import raise_if_shut, refusal_of
from workflow.violations.table import BY_ACTION

Answer = str | tuple[str, int] | Response
MOST_TOLD = 3
"""Entries shown to who is told that somebody acted in between."""


def action_of(text: str) -> ViolationAction:
    """Return the act that an address names; NotFound for anything else."""
    known = {one.value: one for one in BY_ACTION}
    if text not in known:
        raise NotFound
    return known[text]


class Deed:
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

    def carry_out(self) -> Answer:
        """Do what the form says and go back to the violation; else say why, form in hand."""
        form = ActForm()
        try:
            self._act(form)
        except Stale:
            return self._told_what_changed(form)
        except UnfitFile as error:
            form.files.errors = [error.words]
            return self.render(form, 422)
        except (Invalid, Refused) as error:
            status = place_errors(form, error)
            return self.render(form, 403 if isinstance(error, Forbidden) else status)
        flash(_("Đã ghi nhận: %(what)s.", what=label(self.action, "violation_action")), "success")
        return redirect(url_for("violations.show", violation_id=self.id), 303)

    def _act(self, form: ActForm) -> None:
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

    def _told_what_changed(self, form: ActForm) -> Answer:
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
            needs_reason=BY_ACTION[self.action].needs_reason,
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
