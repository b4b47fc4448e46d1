"""Several directives chosen in the list, one act for all of them, a result for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from models.directives.chosen import chosen_by, words_for_due
from models.directives.listed import Listed
from models.papers.queries import pending_reports
from web.directives.begun import begins, begun_at_line, files_sent, said_alike
from web.directives.called import labels_of
from web.directives.clock import Hands
from web.directives.drafting import told_together
from web.directives.forms import PICKED, Choices, act_form, chosen_files, given_by
from web.directives.offering import offered
from web.directives.showing import evidence_line
from web.directives.warning import owed_words
from web.errors import status_of
from web.identity import current_actor
from web.labels import label
from web.papers.outcomes import end_with
from web.papers.prepared import told_at_line, with_prepared
from web.placing import place_errors
from web.refusals import sentence
from web.returning import local_path
from web.speech import gettext as _
from web.uploads.kept import Brought, bring
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, SUBMITTING_ROLES, Actor, Role
from workflow.deadlines.rules import days_over
from workflow.directives.asked import GOING_BACK, PREPARED_FILES, SPOKEN
from workflow.directives.ending import PERIODS_REASON, owed_periods
from workflow.directives.guards import Case
from workflow.directives.instructing import NEW_CLAUSE
from workflow.directives.needs import Need
from workflow.directives.records import Action, Directive, State
from workflow.directives.rules import refusal_of
from workflow.directives.table import BY_ACTION
from workflow.directives.usecases import Ground
from workflow.errors import Invalid, NotFound
from workflow.papers.lines import MOST_LINES, act_on_lines
from workflow.papers.records import Line

Answer = str | tuple[str, int] | Response
_OF_SUBMITTERS = (Action.ACCEPT, Action.ROUTE, Action.DECLINE, Action.GIVE_BACK)
BY_ROLE: dict[Role, tuple[Action, ...]] = {
    **dict.fromkeys(AGENCY_ROLES, (Action.ACCEPT,)),
    **dict.fromkeys(SUBMITTING_ROLES, _OF_SUBMITTERS),
    Role.OFFICE: (Action.REMIND, Action.VERIFY, Action.RETURN, Action.DIRECT, Action.INSIST),
    Role.INSPECTOR: (Action.VERIFY, Action.RETURN),
    Role.LEADER: (Action.DIRECT,),
}
"""What can be said once for many; an act that asks for something of each has its own page."""
MOST_APART = 20
"""How many tasks of one letter can each name whom it should go to; each brings its own list."""
JUDGE = frozenset({Action.VERIFY, Action.RETURN})
FOLLOW = "follow"
"""Naming who follows is no act on the work: it has a page of its own."""


@dataclass(frozen=True, slots=True)
class _Asked:
    needs: tuple[Need, ...]
    version: int = 0


def offered_acts(rows: Sequence[Listed] | None = None) -> list[tuple[str, str]]:
    """Return what this person can do to several directives at once, with its words.

    Of what stands on a page accepting is offered only where something waits to be accepted, and
    letting tasks stay where they are only where an agency asks for another lead.
    """
    role = current_actor().role
    acts = BY_ROLE.get(role, ()) if role is not None else ()
    if rows is not None and not any(row.state is State.ASSIGNED for row in rows):
        acts = tuple(one for one in acts if one is not Action.ACCEPT)
    if rows is not None and not any(row.decline_standing for row in rows):
        acts = tuple(one for one in acts if one is not Action.INSIST)
    found = [(action.value, label(action, "action")) for action in acts]
    return [*found, (FOLLOW, _("Giao theo dõi"))] if role is Role.OFFICE else found


def asked_for_many() -> dict[str, list[str]]:
    """Return what the list's form sent, for the page of another act."""
    kept = ("chosen", "back")
    return {name: request.args.getlist(name) for name in kept if name in request.args}


class Together:
    """One act of the signed-in person on the directives they chose."""

    def __init__(self) -> None:
        asked = request.values.get("action", "")
        if asked not in set(Action) or asked not in dict(offered_acts()):
            raise NotFound
        self.action = Action(asked)
        self.numbers = list(dict.fromkeys(request.values.getlist("chosen")))[:MOST_LINES]
        self.back = local_path(request.values.get("back"), url_for("directives.index"))
        self.brought = Brought()

    def page(self) -> Answer:
        """Show what was chosen, which of it the act is open to, and the one form.

        Who urges goes on to a letter for each agency over what was chosen.
        """
        if not self.numbers:
            return redirect(self.back)
        if self.action is Action.REMIND:
            return redirect(url_for("papers.remind", number=self.numbers))
        return self._render(self._form())

    def carry_out(self) -> Answer:
        """Do it to each, and tell how each ended; else the form again."""
        form = self._form()
        given = self._given(form)
        owing = self._owing() if PERIODS_REASON.name in given else set()
        lines = [self._line(number, given, owing) for number in self.numbers]
        close_reading()
        try:
            with office().writing() as unit:
                ground = office().ground(unit)
                outcomes = act_on_lines(unit.papers, current_actor(), lines, ground=ground)
        except Invalid as error:
            fields = {name.rpartition(" ")[2]: code for name, code in error.errors.items()}
            place_errors(form, Invalid(fields))
            if self.brought.unfit:
                form["files"].errors = self.brought.words
            return self._render(form, status_of(error))
        passed = set(request.form.getlist("passed")) - set(self.numbers)
        return end_with(outcomes, passed, label(self.action, "action"), self.back)

    def _given(self, form: FlaskForm) -> dict[str, object]:
        """Return what is said once for all; the files are kept, for a second try too."""
        asked = _Asked(_asked_of(current_actor(), self.action))
        given = given_by(form, asked)
        if "files" in form:
            of = f"{self.action} {' '.join(self.numbers)}"
            self.brought = bring(chosen_files(form, asked), of=of)
        if self.brought.given:
            given["files"] = self.brought.given
        return given

    def _owing(self) -> set[str]:
        """Return which of those chosen are standing work over unsettled periods."""
        unit = reading_unit()
        day = office().ground(unit).day
        found = chosen_by(unit.connection, current_actor(), day, self.numbers, most=MOST_LINES)
        return {one.number for one in found if owed_periods(one, day)}

    def _line(self, number: str, given: dict[str, object], owing: set[str]) -> Line:
        if number not in owing:
            given = {name: said for name, said in given.items() if name != PERIODS_REASON.name}
        own = {need.name: request.form.get(f"{need.name}-{number}", "") for need in self._of_each}
        picked: dict[str, object] = {
            name: int(key) for name, key in own.items() if key.isascii() and key.isdecimal()
        }
        if begun := files_sent(number):
            picked[PREPARED_FILES.name] = begun
        seen = request.form.get(f"version-{number}", "")
        version = int(seen) if seen.isascii() and seen.isdecimal() else 0
        return Line(number=number, action=self.action, given=given | picked, version=version)

    def _form(self) -> FlaskForm:
        asked = _Asked(_asked_of(current_actor(), self.action))
        can_pick, known = self._offered(asked.needs)
        return act_form(asked, can_pick, asked, known)

    @property
    def _of_each(self) -> tuple[Need, ...]:
        """What may be said of each task apart."""
        return tuple(need for need in BY_ACTION[self.action].needs if need.of_each)

    def _offered(self, needs: tuple[Need, ...]) -> tuple[dict[str, Choices], dict[str, Any]]:
        """Return what can be picked, alike for all, and what officers began alike for all."""
        if not any(need.kind in PICKED for need in needs):
            return {}, {}
        unit, actor = reading_unit(), current_actor()
        ground = office().ground(unit)
        most = MOST_LINES if begins(self.action) else 1
        found = chosen_by(unit.connection, actor, ground.day, self.numbers, most=most)
        cases = [_case(one, ground) for one in with_prepared(self.action, found)]
        known = said_alike(self.action, cases) if request.method == "GET" else {}
        return (offered(cases[0], needs) if cases else {}), known

    def _render(self, form: FlaskForm, status: int = 200) -> Answer:
        unit = reading_unit()
        ground = office().ground(unit)
        found = chosen_by(
            unit.connection, current_actor(), ground.day, self.numbers, most=MOST_LINES
        )
        rows = self._rows(with_prepared(self.action, found), ground)
        apart = self._of_each if 1 < len(rows) <= MOST_APART else ()
        if rows and all(row["begun"] and row["begun"]["files"] for row in rows):
            form["files"].flags.required = False
        page = render_template(
            "directives/together.html",
            form=form,
            action=self.action.value,
            needs=_shown(_asked_of(current_actor(), self.action), rows),
            labels=labels_of(self.action),
            hints=_hints(self.action, rows, ground.day, apart),
            rows=rows,
            apart=apart,
            going=sum(not row["reason"] for row in rows),
            back=self.back,
            kept_files=self.brought.references,
            lost_files=self.brought.lost,
            max_bytes=office().settings.upload_bytes,
        )
        return page, status

    def _rows(self, found: Sequence[Directive], ground: Ground) -> list[dict[str, Any]]:
        """Return each directive with its clock, and why the act is shut for it where it is.

        Who judges reads the report and its files beside it.
        """
        hands = Hands(ground.calendar, ground.day, ground.limits.soon_days)
        keys = [one.id for one in found] if self.action in JUDGE else []
        reports = pending_reports(reading_unit().connection, keys) if keys else {}
        words = words_for_due(reading_unit().connection, found)
        rows: list[dict[str, Any]] = []
        for one in found:
            refusal = refusal_of(self.action, _case(one, ground))
            reason = sentence(refusal.code, refusal.params) if refusal else ""
            clock = hands.of(one.state, one.due_on, one.completed_on)
            files = [evidence_line(piece) for piece in one.result_evidence] if keys else []
            rows.append(
                {
                    "of": one,
                    "clock": clock,
                    "due_words": words.get(one.id, ""),
                    "owed": owed_words(one, ground.day) if keys and not reason else "",
                    "reason": reason,
                    "report": reports.get(one.id),
                    "files": files,
                    "prepared": told_at_line(one),
                    "drafts": told_together(_case(one, ground)),
                    "begun": begun_at_line(self.action, _case(one, ground)),
                }
            )
        return rows


def _hints(
    action: Action, rows: Sequence[dict[str, Any]], day: date, apart: Sequence[Need]
) -> dict[str, str]:
    """Return the words under the fields that are filled once for all."""
    files = _("Một lần cho mọi nhiệm vụ đã chọn; tệp được gắn vào từng nhiệm vụ.")
    if any(row["begun"] for row in rows):
        files += " " + _("Tệp chuyên viên đã trình thì chọn ở dòng của nhiệm vụ.")
    hints = {"due_on": _unchanged(action, rows, day), "files": files}
    of_all = _("Cho mọi nhiệm vụ; nhiệm vụ nào khác thì chọn ở dòng của nó.")
    return hints | {need.name: of_all for need in apart}


def _unchanged(action: Action, rows: Sequence[dict[str, Any]], day: date) -> str:
    """Say what a return without a new date does to work whose day has come."""
    going = [row["of"].due_on for row in rows if not row["reason"]]
    over = sum(days_over(due, None, day) > 0 for due in going)
    if action is not Action.RETURN or not over:
        return _("Để trống thì giữ hạn hiện nay của từng nhiệm vụ.")
    return _("Để trống thì giữ hạn hiện nay; %(n)s nhiệm vụ đã qua hạn sẽ quá hạn ngay.", n=over)


def _case(directive: Directive, ground: Ground) -> Case:
    return Case(
        directive=directive,
        actor=current_actor(),
        day=ground.day,
        calendar=ground.calendar,
        limits=ground.limits,
    )


def _shown(needs: tuple[Need, ...], rows: Sequence[dict[str, Any]]) -> tuple[Need, ...]:
    """Return the needs that have something to ask: a reason only where a period is not settled."""
    owes = any(row["owed"] for row in rows)
    return tuple(need for need in needs if owes or need != PERIODS_REASON)


def _asked_of(actor: Actor, action: Action) -> tuple[Need, ...]:
    """Return what the form asks: a leader is not asked whose opinion it is.

    New work is given from one directive, and not once from each that was chosen.
    """
    spoken = SPOKEN if actor.role is Role.LEADER else ()
    left_out = (GOING_BACK, PREPARED_FILES, *NEW_CLAUSE, *spoken)
    return tuple(need for need in BY_ACTION[action].needs if need not in left_out)
