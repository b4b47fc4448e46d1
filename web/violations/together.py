"""One act on several violations: chosen in the list, done with one form, told row by row."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from models.violations.lists import ids_of, rows_of
from models.violations.queries import visible_to
from models.violations.together import cases_resting_on, violations_read
from web.acts import Answer
from web.identity import current_actor
from web.labels import label
from web.placing import place_errors
from web.refusals import sentence
from web.speech import gettext as _
from web.speech import ngettext
from web.uploads.kept import UnfitFile
from web.violations.acting import action_of, said_by
from web.violations.doors import for_many
from web.violations.filters import read_address
from web.violations.foreseeing import foreseen
from web.violations.forms import TogetherForm, chosen
from web.violations.listing import ways_of
from web.violations.words import reason_called
from web.wiring import close_reading, office, reading_unit
from workflow.errors import Forbidden, Invalid, WorkflowError
from workflow.violations.guards import Case
from workflow.violations.judging import MOST_AT_ONCE, Outcome, act_on_many
from workflow.violations.records import Violation, ViolationAction, number_of
from workflow.violations.rules import refusal_of
from workflow.violations.table import BY_ACTION

SHOWN = 50
ALL, PAGE = "all", "page"
KEY = re.compile(r"[0-9]{1,9}")
CHOOSING = frozenset({"id", "action", "of", "page"})


class Together:
    """One act on several violations by the signed-in person, as a page with a form."""

    def __init__(self) -> None:
        self.action = action_of(request.args.get("action", ""))
        if self.action not in for_many(current_actor(), office().today()):
            raise Forbidden("not_yours", who=[BY_ACTION[self.action].by])

    def page(self) -> Answer:
        """Show the form over what was chosen: by hand, or everything that a filter shows."""
        form = TogetherForm()
        form.ids.data = ",".join(map(str, self._chosen()))
        if not form.violation_ids:
            flash(_("Hãy chọn ít nhất một vi phạm."), "error")
            return redirect(_list_url(), 303)
        return self.render(form)

    def _chosen(self) -> list[int]:
        connection = reading_unit().connection
        of = request.args.get("of", "")
        if of == ALL:
            view = read_address(request.args).view
            return ids_of(connection, ways_of(view), MOST_AT_ONCE)
        keys = request.args.get("page", "").split(",")
        if of != PAGE:
            keys = request.args.getlist("id")
        return [int(key) for key in keys[:MOST_AT_ONCE] if KEY.fullmatch(key)]

    def carry_out(self) -> Answer:
        """Do it, and tell how it ended for each; else say why, form in hand."""
        form = TogetherForm()
        try:
            outcomes = self._act(form)
        except (WorkflowError, UnfitFile) as error:
            return self.render(form, place_errors(form, error))
        left = [one for one in outcomes if not one.is_done]
        done = len(outcomes) - len(left)
        if not left:
            what = label(self.action, "violation_action")
            words = ngettext(
                "%(what)s: xong %(num)s vi phạm.",
                "%(what)s: xong %(num)s vi phạm.",
                done,
                what=what,
            )
            flash(words, "success")
            return redirect(_list_url(), 303)
        return self._told(outcomes, done)

    def _act(self, form: TogetherForm) -> tuple[Outcome, ...]:
        if not form.validate():
            raise Invalid({})
        close_reading()
        said = said_by(form)
        with office().writing() as unit:
            return act_on_many(
                unit.violations,
                current_actor(),
                form.violation_ids,
                self.action,
                said,
                at=office().clock(),
                limits=office().settings.review,
            )

    def _told(self, outcomes: tuple[Outcome, ...], done: int) -> Answer:
        rows = [
            {
                "id": one.id,
                "number": number_of(one.id) if one.violation else "",
                "type": one.violation.type if one.violation else "",
                "agency": one.violation.agency_name if one.violation else "",
                "reason": sentence(one.refusal.code, one.refusal.params) if one.refusal else "",
            }
            for one in sorted(outcomes, key=lambda one: one.is_done)
        ]
        return render_template(
            "violations/outcomes.html",
            action=self.action.value,
            rows=rows,
            done=done,
            left=len(outcomes) - done,
            back=_list_url(),
        )

    def _judged(self, ids: list[int]) -> tuple[list[tuple[str, int]], list[Violation]]:
        """Return why some cannot be done, each reason with how many, and those that can."""
        unit, day = reading_unit(), office().today()
        actor, limits = current_actor(), office().settings.review
        organisation = unit.violations.organisation(day)
        reasons: Counter[str] = Counter()
        going = []
        for one in violations_read(unit.connection, ids):
            case = Case(
                violation=one, actor=actor, day=day, organisation=organisation, limits=limits
            )
            refusal = refusal_of(self.action, case)
            if refusal is None:
                going.append(one)
            else:
                reasons[sentence(refusal.code, refusal.params)] += 1
        return reasons.most_common(), going

    def render(self, form: TogetherForm, status: int = 200) -> Answer:
        """Return the page of the form."""
        ids = form.violation_ids
        mine = visible_to(current_actor(), office().today())
        connection, day = reading_unit().connection, office().today()
        rows = rows_of(connection, mine, ids[:SHOWN])
        falls = self.action is ViolationAction.OVERTURN
        shut, going = self._judged(ids)
        page = render_template(
            "violations/together.html",
            form=form,
            action=self.action.value,
            reason_called=reason_called(BY_ACTION[self.action]),
            total=len(ids),
            rows=rows,
            more=max(0, len(ids) - len(rows)),
            shut=shut,
            foreseen=foreseen(going) if falls else None,
            cases=cases_resting_on(connection, current_actor(), ids, day) if falls else 0,
            is_cut=request.args.get("of") == ALL and len(ids) == MOST_AT_ONCE,
            back=_list_url(),
            lost_files=[one.filename for one in chosen(form.files)],
            max_bytes=office().settings.upload_bytes,
        )
        return page, status


def _list_url() -> str:
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if name not in CHOOSING and value
    }
    return url_for("violations.index", **kept)
