"""Setting the reporting periods of standing work, for one agency or all of a clause."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField

from models.directives.facts import DirectiveFile
from models.periods.page import standing_work
from web.choosing import RadioField
from web.deadlines.telling import recurs_told
from web.directives.fields import Needed, WholeField
from web.directives.showing import heading_of, read_file
from web.identity import current_actor
from web.labels import choices
from web.periods.standing import choice_refusal
from web.periods.words import PERIOD_FIELDS
from web.placing import place_errors
from web.speech import ngettext
from web.wiring import close_reading, office, reading_unit
from workflow.directives.records import Sight
from workflow.doors import NOT_THEIRS
from workflow.errors import Forbidden, NotFound, Refused, Stale, WorkflowError
from workflow.periods.choosing import CHOOSE_RHYTHM, Choice, choose_rhythm
from workflow.periods.planning import rule_for
from workflow.periods.records import Rhythm
from workflow.periods.rhythm import write_rule

Answer = str | tuple[str, int] | Response


class RhythmForm(FlaskForm):
    """How often an ongoing directive reports, and on which day of the month."""

    version = HiddenField()
    rhythm = RadioField(PERIOD_FIELDS["rhythm"], [Needed()], validate_choice=False)
    due_day = WholeField(PERIOD_FIELDS["due_day"], [Needed()])
    for_all = BooleanField(PERIOD_FIELDS["for_all"])


class Choosing:
    """The form that sets the periods of one directive, and what it does."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.file, self.ground = read_file(number)
        if self.file.sight is not Sight.FULL:
            raise NotFound
        d = self.file.directive
        self.work = standing_work(reading_unit().connection, d.id) if d.has_periods else None
        self.refusal = choice_refusal(self.file, self.work, self.ground)
        if self.refusal and self.refusal.code in NOT_THEIRS:
            raise Forbidden(self.refusal.code, action=CHOOSE_RHYTHM, **self.refusal.params)

    def page(self) -> Answer:
        """Show the form; a shut door answers with its reason instead."""
        if self.refusal:
            raise Refused(self.refusal.code, action=CHOOSE_RHYTHM, **self.refusal.params)
        chosen = self.work.plan.rhythm if self.work else None
        form = self._form(rhythm=chosen.value if chosen else "")
        return self.render(form)

    def _form(self, **known: Any) -> RhythmForm:
        form = RhythmForm(
            data={"version": str(self.file.directive.version), "for_all": True}
            | {"due_day": self.ground.limits.period_due_day}
            | known
        )
        form.rhythm.choices = choices("rhythm")
        return form

    def carry_out(self) -> Answer:
        """Set the periods and go back to the directive; else say why, form in hand."""
        form = self._form()
        try:
            done = self._choose(form)
        except Forbidden:
            raise
        except WorkflowError as error:
            return self.render(form, place_errors(form, error))
        flash(
            ngettext(
                "Đã lập kỳ báo cáo cho %(num)s nhiệm vụ.",
                "Đã lập kỳ báo cáo cho %(num)s nhiệm vụ.",
                len(done),
            ),
            "success",
        )
        return redirect(url_for("directives.show", number=self.number) + "#periods", 303)

    def _choose(self, form: RhythmForm) -> tuple[str, ...]:
        seen = str(form.version.data or "")
        if not seen.isdecimal():
            raise Stale
        rhythm = str(form.rhythm.data or "")
        day = form.due_day.value
        choice = Choice(
            rhythm=Rhythm(rhythm) if rhythm in set(Rhythm) else None,
            due_day=day if isinstance(day, int) else 0,
            for_all=bool(form.for_all.data),
        )
        close_reading()
        with office().writing() as unit:
            ground = office().ground(unit)
            return choose_rhythm(
                unit.periods, current_actor(), self.number, choice, ground=ground,
                version=int(seen),
            )  # fmt: skip

    def render(self, form: RhythmForm, status: int = 200) -> Answer:
        """Return the page of the form."""
        page = render_template(
            "periods/rhythm.html",
            form=form,
            file=self.file,
            d=self.file.directive,
            heading=heading_of(self.file.directive.content),
            rule=self._rule(self.file),
            tied=len(self.file.tied),
        )
        return page, status

    def _rule(self, file: DirectiveFile) -> str:
        """Return the document's own rule in words, with the day it leaves open filled in."""
        rule = rule_for(file.clause.deadline, None, self.ground.limits.period_due_day)
        return recurs_told(write_rule(rule)) if rule else ""
