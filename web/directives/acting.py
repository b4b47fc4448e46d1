"""One act from its form to its outcome: nothing typed is lost, nothing is done twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask_wtf import FlaskForm

from models.directives.facts import DirectiveFile, Link, Report
from web.acts import Act, Answer
from web.addresses import asked_key
from web.directives.asides import INSTEAD, reads_of, way_for_many
from web.directives.beside import routes_of
from web.directives.doors import door_label
from web.directives.drafting import begun_told, can_draft, is_to_write
from web.directives.forms import Choices, act_form, chosen_files, given_by
from web.directives.hints import grouped, hints_of, without_divisions
from web.directives.joining import HEIRS, begun_beside, ended_told, following_beside
from web.directives.judged import judged_of
from web.directives.offering import filed_before, offered, suggested
from web.directives.showing import case_of, hands_of, heading_of, names_in, read_file
from web.directives.telling import told
from web.directives.warning import warned_of
from web.directives.wished import wished_lead
from web.identity import current_actor
from web.labels import label
from web.papers.filling import act_by_paper, coming_along, filled
from web.refusals import sentence
from web.speech import gettext as _
from web.uploads.kept import Brought, bring
from web.wiring import close_reading, office
from workflow.accounts.records import Role
from workflow.directives.asked import PAPER_DATE
from workflow.directives.cooperating import inputs_of_actor
from workflow.directives.drafting import as_written, draft_act, raise_if_not_to_draft
from workflow.directives.joining import JOINING
from workflow.directives.matters import Prepared
from workflow.directives.records import Action, Sight
from workflow.directives.row import Row
from workflow.directives.rules import raise_if_shut, refusal_of
from workflow.directives.table import BY_ACTION
from workflow.directives.usecases import take_action
from workflow.errors import Forbidden, NotFound, Stale
from workflow.papers.records import KnownPaper

PICKED_BEFORE = frozenset({"evidence", "request", "proposed", "asked_input"})
"""What a link can have picked already: a piece, a request, a proposal."""


READ_FOR = {
    "reports": frozenset(
        {
            Action.VERIFY, Action.RETURN, Action.RECALL, Action.REOPEN, Action.ACCEPT_EVIDENCE,
            Action.REJECT_EVIDENCE, Action.REPORT, Action.RECORD_REPORT,
        }
    ),
    "history": frozenset(
        {
            Action.DECIDE_EXTENSION, Action.REASSIGN, Action.INSIST, Action.RESUME,
            Action.CORRECT, Action.AMEND,
        }
    ),
    "inputs": frozenset(
        {
            Action.REPORT, Action.RECORD_REPORT, Action.REQUEST_INPUT, Action.GIVE_INPUT,
            Action.TAKE_BACK_INPUT,
        }
    ),
    "proposals": frozenset({Action.ANSWER}),
    "evidence": frozenset(Action)
    - {Action.ROUTE, Action.HAND_DOWN, Action.CORRECT, Action.AMEND},
    "pauses": frozenset[Action](),
}  # fmt: skip
"""For whose forms a part of the file is read; others show nothing of it."""
WHERE_THEY_STAND = frozenset({"reference", "paper"})
"""What has to be given of words that somebody else records, though the act can go without it."""
REPORTS = frozenset({Action.REPORT, Action.RECORD_REPORT})
WENT_BACK = frozenset({"recalled", "returned"})
"""How a report ended that has to be filed again."""


class Deed(Act):
    """One action on one directive by the signed-in person, as a page with a form."""

    def __init__(self, number: str, action: str) -> None:
        if action not in set(Action):
            raise NotFound
        self.action = Action(action)
        self.row = BY_ACTION[self.action]
        self.number = number
        self.brought = Brought()
        self.look()

    def look(self, *, whole: bool = False) -> None:
        """Read the directive as it stands now: as far as the form shows it, or whole."""
        leave = frozenset() if whole else left_unread(self.action)
        self.file, self.ground = read_file(self.number, leave=leave)
        if self.file.sight is not Sight.FULL:
            raise Forbidden("not_yours", who=list(self.row.by))
        self.case = case_of(self.file, self.ground)
        self.writes = is_to_write(self.action, self.case) or (
            request.form.get("draft") == "yes" and can_draft(self.action, self.case)
        )
        if self.writes:
            self.row = as_written(self.action)
        self.heirs = following_beside(self.row, self.case, self.file)

    def page(self) -> Answer:
        """Show the form; a shut door answers with its reason instead."""
        self._raise_if_shut()
        form = self.form()
        for name in PICKED_BEFORE & set(request.args):
            if name in form:
                form[name].data = request.args[name]
        return self.render(form)

    def _raise_if_shut(self) -> None:
        (raise_if_not_to_draft if self.writes else raise_if_shut)(self.action, self.case)

    def form(self) -> FlaskForm:
        """Return the form, filled from the request or prefilled from the directive."""
        can_pick = offered(self.case, self.row.needs, self.file.coordinating, self.action)
        known = self._known(can_pick)
        if request.method == "POST":  # what was offered counts only where it was sent
            known = {name: value for name, value in known.items() if name in request.form}
        form = act_form(self.row, can_pick, self.file.directive, known)
        if self._records_words():
            for name in WHERE_THEY_STAND:
                if name in form:
                    form[name].flags.required = True
        return form

    def _known(self, can_pick: Mapping[str, Choices]) -> dict[str, Any]:
        """Return what a first look finds filled in."""
        known = suggested(self.action, self.case, can_pick)
        if self.action is Action.REASSIGN:
            known["agency"] = wished_lead(self.case, self.file, can_pick["agency"])
        if JOINING in self.row.needs:
            heirs = self.heirs if HEIRS in request.args else {}
            known |= begun_beside(self.case, self.file, heirs)
        if report := self._taken_back():
            known |= filed_before(report, self.row)
        if self._records_words():
            known["said_by"] = self.file.assigner
        if PAPER_DATE in self.row.needs and (listed := asked_key("listed")):
            known |= act_by_paper(listed, self.action)
        return known

    def _records_words(self) -> bool:
        """Whether somebody else's words or decision are recorded, and where they stand."""
        role = self.case.actor.role
        if self.action is Action.DECIDE_EXTENSION:
            return role is Role.OFFICE
        return self.action is Action.DIRECT and role is not Role.LEADER

    def _taken_back(self) -> Report | None:
        """Return the report that went back, which the next one begins from."""
        last = self.file.reports[0] if self.file.reports else None
        again = self.action in REPORTS and last is not None and last.outcome in WENT_BACK
        return last if again else None

    def _prepared(self) -> Prepared | None:
        """Return the report of an officer that a first report begins with."""
        begins = self.action is Action.REPORT and self._taken_back() is None
        return self.file.directive.standing_report if begins else None

    def done(self) -> str:
        """Say what was done, or handed in."""
        if self.writes:
            return _("Đã trình: %(what)s.", what=label(self.action, "action"))
        return _("Đã ghi nhận: %(what)s.", what=door_label(self.action, self.case))

    def back(self) -> str:
        """Return the page of the directive."""
        return url_for("directives.show", number=self.number)

    def do(self, form: FlaskForm) -> None:
        """Do what the form says to the directive; its files are kept for a second try."""
        seen = form["version"].data or ""
        if seen != str(self.file.directive.version):
            raise Stale
        self._raise_if_shut()
        given = given_by(form, self.row)
        self._bring(form)
        if self.action is Action.RECORD_REPORT or PAPER_DATE in self.row.needs:
            lead_id = self.file.directive.lead_agency_id
            given = filled(given, lead_id=lead_id, files=self.brought.given)
        elif self.brought.given:
            given["files"] = self.brought.given
        close_reading()
        with office().writing() as unit:
            (draft_act if self.writes else take_action)(
                unit.directives,
                current_actor(),
                self.number,
                self.action,
                given,
                ground=office().ground(unit),
                version=int(seen),
            )

    def _bring(self, form: FlaskForm) -> None:
        """Keep what came with the form: a second try finds it there."""
        if "files" in form:
            self.brought = bring(chosen_files(form, self.row), of=self.number)

    def tell_what_changed(self, form: FlaskForm) -> Answer:
        """Return the form again over the directive as it stands now."""
        seen = str(form["version"].data or "")
        close_reading()
        self.look(whole=True)
        since = changed_since(self.file, int(seen) if seen.isdecimal() else 0)
        form["version"].data = str(self.file.directive.version)
        refusal = refusal_of(self.action, self.case)
        shut = sentence(refusal.code, refusal.params) if refusal else ""
        if refusal is None:
            self._bring(form)
        return self.render(form, 409, since=told(since, names_in(self.file)), shut=shut)

    def _listed(self, form: FlaskForm) -> KnownPaper | None:
        """Return the paper of the list whose file comes along, where a paper is named."""
        named = self.action is Action.RECORD_REPORT or PAPER_DATE in self.row.needs
        return coming_along(form, self.file.directive.lead_agency_id) if named else None

    def render(self, form: FlaskForm, status: int = 200, **more: Any) -> Answer:
        """Return the page of the form."""
        d = self.file.directive
        hints = hints_of(self.row, self.case, self.file)
        if "division" in form and not any(one.value for one in form["division"].iter_choices()):
            hints = without_divisions(hints)
        page = render_template(
            "directives/act.html",
            form=form,
            row=self.row,
            action=self.action.value,
            doing=door_label(self.action, self.case),
            file=self.file,
            d=d,
            heading=heading_of(d.content),
            clock=hands_of(self.ground).of(d.state, d.due_on, d.completed_on, d.suspended_since),
            hints=hints,
            judged=judged_of(self.action, self.case, self.file),
            heirs=ended_told((a for a in self.file.coordinating if a.id in self.heirs), self.heirs),
            warned=warned_of(self.action, self.case, self.ground),
            taken_back=self._taken_back(),
            prepared=self._prepared(),
            begun=begun_told(self.action, self.case),
            hands_on=not self.writes and can_draft(self.action, self.case),
            routes=routes_of(self.case),
            inputs_asked=inputs_of_actor(self.case) if self.action is Action.GIVE_INPUT else (),
            reads=reads_of(self.row, self.file),
            way_for_many=way_for_many(self.action, self.file),
            instead=INSTEAD.get(self.action),
            groups=grouped(self.row, hints),
            folded=grouped(self.row, hints, folded=True),
            is_unfolded=any(form[name].errors or form[name].data for name in hints.folded),
            listed=self._listed(form),
            kept_files=self.brought.references,
            lost_files=self.brought.lost or _never_brought(form, self.row, self.brought),
            max_bytes=office().settings.upload_bytes,
            **more,
        )
        return page, status


def left_unread(action: Action) -> frozenset[str]:
    """Return what of a file the form of an act shows nothing of: each page has its statements."""
    return frozenset(name for name, actions in READ_FOR.items() if action not in actions)


def _never_brought(form: FlaskForm, row: Row, brought: Brought) -> list[str]:
    """Return the names of files that nobody looked into: the act was shut before."""
    chosen = chosen_files(form, row)
    return [] if brought.given else [file.filename or "" for file in chosen]


def changed_since(file: DirectiveFile, version: int) -> tuple[Link, ...]:
    """Return what happened after the version somebody saw: each act raises it by one."""
    return file.links[version:]
