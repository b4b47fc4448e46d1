"""One act from its form to its outcome: nothing typed is lost, nothing is done twice."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from models.directives.facts import DirectiveFile, Link
from web.directives.forms import act_form, chosen_files, given_by
from web.directives.hints import grouped, hints_of
from web.directives.offering import offered, suggested
from web.directives.showing import case_of, hands_of, heading_of, names_in, read_file
from web.directives.telling import told
from web.directives.uploads import UnfitFile, keep_uploads
from web.identity import current_actor
from web.labels import label
from web.papers.filling import filled
from web.placing import place_errors
from web.refusals import sentence
from web.speech import gettext as _
from web.wiring import close_reading, office
from workflow.directives.records import Action, Sight
from workflow.directives.rules import raise_if_shut, refusal_of
from workflow.directives.table import BY_ACTION
from workflow.directives.usecases import take_action
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale

Answer = str | tuple[str, int] | Response
PICKED_BEFORE = frozenset({"evidence", "request", "proposed"})
"""What a link can have picked already: a piece, a request, a proposal."""


class Deed:
    """One action on one directive by the signed-in person, as a page with a form."""

    def __init__(self, number: str, action: str) -> None:
        if action not in set(Action):
            raise NotFound
        self.action = Action(action)
        self.row = BY_ACTION[self.action]
        self.number = number
        self.look()

    def look(self) -> None:
        """Read the directive as it stands now."""
        self.file, self.ground = read_file(self.number)
        if self.file.sight is not Sight.FULL:
            raise Forbidden("not_yours", who=list(self.row.by))
        self.case = case_of(self.file, self.ground)

    def page(self) -> Answer:
        """Show the form; a shut door answers with its reason instead."""
        raise_if_shut(self.action, self.case)
        form = self.form()
        for name in PICKED_BEFORE & set(request.args):
            if name in form:
                form[name].data = request.args[name]
        return self.render(form)

    def form(self) -> FlaskForm:
        """Return the form, filled from the request or prefilled from the directive."""
        can_pick = offered(self.case, self.row.needs)
        known = suggested(self.action, self.case, can_pick)
        return act_form(self.row, can_pick, self.file.directive, known)

    def carry_out(self) -> Answer:
        """Do what the form says and go back to the directive; else say why, form in hand."""
        form = self.form()
        try:
            self._act(form)
        except Stale:
            return self._told_what_changed(form)
        except UnfitFile as error:
            form["files"].errors = [error.words]
            return self.render(form, 422)
        except (Invalid, Refused) as error:
            status = place_errors(form, error)
            return self.render(form, 403 if isinstance(error, Forbidden) else status)
        flash(_("Đã ghi nhận: %(what)s.", what=label(self.action, "action")), "success")
        return redirect(url_for("directives.show", number=self.number), 303)

    def _act(self, form: FlaskForm) -> None:
        seen = form["version"].data or ""
        if seen != str(self.file.directive.version):
            raise Stale
        raise_if_shut(self.action, self.case)
        given = given_by(form, self.row)
        files = chosen_files(form, self.row)
        if self.action is Action.RECORD_REPORT:
            lead_id = self.file.directive.lead_agency_id
            given = filled(given, lead_id=lead_id, files=bool(files))
        close_reading()
        if files:
            given["files"] = keep_uploads(files)
        with office().writing() as unit:
            take_action(
                unit.directives,
                current_actor(),
                self.number,
                self.action,
                given,
                ground=office().ground(unit),
                version=int(seen),
            )

    def _told_what_changed(self, form: FlaskForm) -> Answer:
        seen = str(form["version"].data or "")
        close_reading()
        self.look()
        since = changed_since(self.file, int(seen) if seen.isdecimal() else 0)
        form["version"].data = str(self.file.directive.version)
        refusal = refusal_of(self.action, self.case)
        shut = sentence(refusal.code, refusal.params) if refusal else ""
        return self.render(form, 409, since=told(since, names_in(self.file)), shut=shut)

    def render(self, form: FlaskForm, status: int = 200, **more: Any) -> Answer:
        """Return the page of the form."""
        d = self.file.directive
        hints = hints_of(self.row, self.case, self.file)
        page = render_template(
            "directives/act.html",
            form=form,
            row=self.row,
            action=self.action.value,
            file=self.file,
            d=d,
            heading=heading_of(d.content),
            clock=hands_of(self.ground).of(d.state, d.due_on, d.completed_on, d.suspended_since),
            hints=hints,
            groups=grouped(self.row, hints),
            lost_files=[f.filename for f in chosen_files(form, self.row)],
            max_bytes=office().settings.upload_bytes,
            **more,
        )
        return page, status


def changed_since(file: DirectiveFile, version: int) -> tuple[Link, ...]:
    """Return what happened after the version somebody saw: each act raises it by one."""
    return file.links[version:]
