"""Taking up or handing on several cases of the desk: chosen in the list, told row by row."""

from __future__ import annotations

from collections.abc import Collection

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from models.review.desk import rows_of
from models.review.people import organisation_on, roster_on
from web.acts import Answer
from web.directives.forms import Choices, act_form, given_by
from web.identity import current_actor
from web.labels import label
from web.placing import place_errors
from web.refusals import sentence
from web.returning import local_path
from web.review.hints import labels_for
from web.review.listing import shown
from web.review.saying import DeskClock
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Role
from workflow.directives.needs import Kind
from workflow.errors import Forbidden, NotFound, WorkflowError
from workflow.review.records import EscalationState, ReviewAction
from workflow.review.table import BY_ACTION
from workflow.review.together import FOR_MANY, MOST_AT_ONCE, Outcome, act_on_many

ID = "id"
DESKS = frozenset({Role.INSPECTOR, Role.LEADER})


def acts_for_many() -> tuple[ReviewAction, ...]:
    """Return what the signed-in person can do to several cases at once."""
    actor = current_actor()
    held = actor.holds_role_on(office().today())
    return FOR_MANY if held and actor.role in DESKS else ()


def acts_among(states: Collection[EscalationState]) -> tuple[ReviewAction, ...]:
    """Return what of it can be done to a list of cases that stand in some states."""
    return tuple(act for act in acts_for_many() if set(BY_ACTION[act].to) & set(states))


class _Several:
    """Several cases have no version of their own: each says its own beside its number."""

    version = 0


SEVERAL = _Several()


class Together:
    """One act on several cases by the signed-in person, as a page with a form."""

    def __init__(self) -> None:
        action = request.args.get("action", "")
        if action not in {one.value for one in FOR_MANY}:
            raise NotFound
        self.action = ReviewAction(action)
        if self.action not in acts_for_many():
            raise Forbidden("not_yours", who=list(BY_ACTION[self.action].by))
        self.row = BY_ACTION[self.action]
        self.back = local_path(request.args.get("next"), url_for("review.index"))
        self.seen = _chosen(request.values.getlist(ID))

    def page(self) -> Answer:
        """Show the form over the cases that were marked."""
        if not self.seen:
            flash(_("Hãy chọn ít nhất một vụ việc."), "error")
            return redirect(self.back, 303)
        return self.render(self.form())

    def form(self) -> FlaskForm:
        """Return the form of the act, the same for every case."""
        offered = {n.name: self._people() for n in self.row.needs if n.kind is Kind.PERSON}
        return act_form(self.row, offered, SEVERAL, {})

    def _people(self) -> Choices:
        unit, ground = reading_unit(), office().desk_ground(reading_unit())
        organisation = organisation_on(unit.connection, ground.day, ground.desk.home_affairs)
        able = roster_on(unit.connection, ground.day).able(organisation, frozenset())
        return [(str(person.account_id), person.name) for person in able]

    def carry_out(self) -> Answer:
        """Do it and tell how it ended for each; else say why, form in hand."""
        form = self.form()
        given = given_by(form, self.row)
        close_reading()
        try:
            with office().writing() as unit:
                outcomes = act_on_many(
                    unit.review,
                    current_actor(),
                    self.seen,
                    self.action,
                    given,
                    ground=office().desk_ground(unit),
                )
        except WorkflowError as error:
            return self.render(form, place_errors(form, error))
        return self._told(outcomes)

    def _told(self, outcomes: tuple[Outcome, ...]) -> Answer:
        done = sum(one.is_done for one in outcomes)
        if done == len(outcomes):
            what = label(self.action, "review_action")
            words = ngettext(
                "%(what)s: xong %(num)s vụ việc.",
                "%(what)s: xong %(num)s vụ việc.",
                done,
                what=what,
            )
            flash(words, "success")
            return redirect(self.back, 303)
        rows = [
            {
                "number": one.number,
                "agency": one.case.agency_name if one.case else "",
                "reason": sentence(one.refusal.code, one.refusal.params) if one.refusal else "",
            }
            for one in sorted(outcomes, key=lambda one: one.is_done)
        ]
        return render_template(
            "review/outcomes.html",
            action=self.action.value,
            rows=rows,
            done=done,
            left=len(outcomes) - done,
        )

    def render(self, form: FlaskForm, status: int = 200) -> Answer:
        """Return the page of the form with the cases that were chosen."""
        unit, today = reading_unit(), office().today()
        clock, actor = DeskClock(office().calendar(unit), today), current_actor()
        rows = rows_of(unit.connection, actor, sorted(self.seen), today)
        page = render_template(
            "review/together.html",
            form=form,
            row=self.row,
            action=self.action.value,
            back=self.back,
            labels=labels_for(self.action),
            rows=[shown(row, clock, actor) for row in rows],
            seen=self.seen,
            total=len(self.seen),
        )
        return page, status


def _chosen(texts: list[str]) -> dict[str, int | None]:
    """Return the cases that were marked, each with the version the person saw."""
    found: dict[str, int | None] = {}
    for text in texts[:MOST_AT_ONCE]:
        number, _colon, version = text.partition(":")
        if number:
            seen = version.isascii() and version.isdecimal()
            found[number] = int(version) if seen else None
    return found
