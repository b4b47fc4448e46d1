"""Reports of one document verified or sent back together, with a verdict for each line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, url_for

from models.papers.queries import Pending, pending_reports, references_of
from web.directives.showing import evidence_line
from web.directives.warning import late_when_back, owed_words
from web.errors import status_of
from web.identity import current_actor
from web.papers.elsewhere import by_document
from web.papers.forms import (
    LEAVE,
    RETURN,
    JudgedLine,
    JudgedPaper,
    judged_line,
    place_line_errors,
    seen_numbers,
    seen_version,
)
from web.papers.others import others_who_judge
from web.papers.outcomes import Answer, end_with
from web.papers.reading import Lines, clock_of, leads_of, lines_for, seen_anywhere
from web.refusals import field_error
from web.speech import gettext as _
from web.wiring import close_reading, office, reading_unit
from workflow.directives.ending import PERIODS_REASON, owed_periods
from workflow.directives.records import Action, Directive, State
from workflow.documents.keys import document_of
from workflow.errors import Invalid
from workflow.papers.lines import act_on_lines
from workflow.papers.records import Line

FIELDS = {
    "verdict": "decision",
    "comment": "remark",
    "reason": "remark",
    "periods_reason": "remark",
}
"""Where the form asks for what the acts need."""


class Judging:
    """The verdicts of the signed-in person on reports that wait in one document."""

    def __init__(self, key: str) -> None:
        self.lines: Lines = lines_for(key, [Action.VERIFY, Action.RETURN], with_same_paper=True)

    def page(self) -> Answer:
        """Show what waits, with each line's report and evidence."""
        forms = {one.number: judged_line(one) for one in self.lines.open}
        return self._render(JudgedPaper(), forms, self.lines.open)

    def carry_out(self) -> Answer:
        """Say every verdict, and tell how each line ended; else the form again."""
        numbers = seen_numbers()
        shown = seen_anywhere(numbers)
        paper, forms = JudgedPaper(), {one.number: judged_line(one) for one in shown}
        if isinstance(paper.due_on.value, str):
            paper.due_on.errors = [field_error("not_a_date")]
            return self._render(paper, forms, shown, 422)
        lines = [line for one in shown if (line := self._line(one, forms[one.number], paper))]
        lines += [_gone(number) for number in numbers if number not in forms]
        close_reading()
        try:
            with office().writing() as unit:
                ground = office().ground(unit)
                outcomes = act_on_lines(unit.papers, current_actor(), lines, ground=ground)
        except Invalid as error:
            errors = {_at_its_field(name): code for name, code in error.errors.items()}
            place_line_errors(errors, paper, forms, say=field_error, once={"lines"})
            return self._render(paper, forms, shown, status_of(error))
        left_out = set(numbers) - {line.number for line in lines}
        back = url_for("documents.show", key=self.lines.document.key)
        return end_with(outcomes, left_out, _("Xem xét báo cáo"), back)

    def _line(self, of: Directive, form: JudgedLine, paper: JudgedPaper) -> Line | None:
        """Return what is said of one line, its own words before the paper's; None when left.

        Where standing work ends over unsettled periods, the remark is the reason it asks for.
        """
        decision = str(form.decision.data or paper.decision.data or LEAVE)
        if not form.include.data or decision == LEAVE:
            return None
        remark = form.remark.data or paper.remark.data or ""
        given: dict[str, object]
        if decision == RETURN:
            due_on: date | str | None = form.due_on.value or paper.due_on.value
            given = {"reason": remark, "due_on": due_on}
        else:
            grade = form.grade.data or paper.grade.data or ""
            owes = owed_periods(of, self.lines.ground.day)
            said = PERIODS_REASON.name if owes else "comment"
            given = {"verdict": decision, "grade": grade, said: remark}
        return Line(
            number=of.number,
            action=Action.RETURN if decision == RETURN else Action.VERIFY,
            given={name: value for name, value in given.items() if value},
            version=seen_version(form),
        )

    def _row(self, one: Directive, form: JudgedLine, report: Pending | None) -> dict[str, Any]:
        return {
            "of": one,
            "form": form,
            "report": report,
            "late": late_when_back(one, self.lines.ground),
            "owed": owed_words(one, self.lines.ground.day),
            "files": [evidence_line(piece) for piece in one.result_evidence],
        }

    def _names(self, directives: Sequence[Directive]) -> dict[str, str]:
        """Return what each document is called; a statement only where there are others."""
        own = self.lines.document
        others = {
            one.document_id: document_of(one.number)
            for one in directives
            if one.document_id != own.id
        }
        found = references_of(reading_unit().connection, others) if others else {}
        return {own.key: own.reference} | {others[key]: one.number for key, one in found.items()}

    def _render(
        self,
        paper: JudgedPaper,
        forms: dict[str, JudgedLine],
        directives: Sequence[Directive],
        status: int = 200,
    ) -> Answer:
        keys = [one.id for one in directives]
        reports = pending_reports(reading_unit().connection, keys) if keys else {}
        rows = [self._row(one, forms[one.number], reports.get(one.id)) for one in directives]
        shown: dict[str, Any] = {
            "document": self.lines.document,
            "paper": paper,
            "rows": rows,
            "groups": by_document(rows, self.lines.document, self._names(directives)),
            "leads": leads_of(directives),
            "shut": self.lines.shut,
            "clock_of": clock_of(self.lines.ground),
            "back": url_for("documents.show", key=self.lines.document.key),
        }
        waiting = [one for one in self.lines.shut if one.directive.state is State.REPORTED]
        shown["waiting"] = waiting
        shown["shut"] = [one for one in self.lines.shut if one not in waiting]
        if waiting:
            shown["others"] = others_who_judge()
        return render_template("papers/judge.html", **shown), status


def _gone(number: str) -> Line:
    return Line(number=number, action=Action.VERIFY, version=0)


def _at_its_field(name: str) -> str:
    number, space, field = name.rpartition(" ")
    return f"{number}{space}{FIELDS.get(field, field)}"
