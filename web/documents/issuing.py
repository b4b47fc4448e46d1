"""Issuing a draft, or discarding it: each after a page that says what will happen."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField

from models.documents.page import names_in
from web.calendar.words import off_day
from web.choosing import SelectField
from web.documents.blueprint import blueprint
from web.documents.deadlines import PeriodPlan, clause_view, owes_from, periods_planned
from web.documents.previewing import plan_now
from web.documents.showing import head_facts
from web.documents.standing import open_draft_or_404
from web.documents.words import problem_told
from web.identity import current_actor
from web.labels import choices, label
from web.periods.words import PERIOD_FIELDS
from web.refusals import in_words
from web.speech import ngettext
from web.wiring import close_reading, office, reading_unit
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Directive
from workflow.documents.clauses import noted_beside
from workflow.documents.issuing import over_at_issue
from workflow.documents.keys import document_of
from workflow.documents.records import Document
from workflow.documents.rules import lacking, may_issue, refuse_ahead
from workflow.documents.usecases import discard_draft, issue_document
from workflow.errors import Forbidden, NotFound, Refused, WorkflowError
from workflow.periods.records import Rhythm


class IssueForm(FlaskForm):
    """What the person saw when they agreed: the version, and how many directives.

    `rhythm` is how often the ongoing work of the document reports, where it names none.
    """

    version = HiddenField()
    agreed = HiddenField()
    rhythm = SelectField(PERIOD_FIELDS["rhythm"], validate_choice=False)


@blueprint.get("/drafts/<int:document_id>/issue")
def confirm(document_id: int) -> ResponseReturnValue:
    """Say exactly what issuing the draft would make, and for whom."""
    return _confirmation(open_draft_or_404(document_id))


@blueprint.post("/drafts/<int:document_id>/issue")
def issue(document_id: int) -> ResponseReturnValue:
    """Issue the draft; on a refusal say the reason beside what would be made now."""
    form = IssueForm()
    try:
        made = _issue(document_id, form)
    except (Forbidden, NotFound):
        raise
    except WorkflowError as error:
        document = open_draft_or_404(document_id)
        return _confirmation(document, in_words(error), str(form.rhythm.data or "")), 409
    flash(_given_told(len(made)), "success")
    return redirect(url_for("documents.show", key=document_of(made[0].number)), 303)


def _given_told(number: int) -> str:
    return ngettext(
        "Đã ban hành: giao %(num)s nhiệm vụ.", "Đã ban hành: giao %(num)s nhiệm vụ.", number
    )


def _issue(document_id: int, form: IssueForm) -> tuple[Directive, ...]:
    actor, rhythm = current_actor(), str(form.rhythm.data or "")
    close_reading()
    with office().writing() as unit:
        return issue_document(
            unit.documents,
            actor,
            document_id,
            ground=office().ground(unit),
            version=_number(form.version.data),
            agreed=_number(form.agreed.data),
            rhythm=Rhythm(rhythm) if rhythm in set(Rhythm) else None,
        )


@blueprint.get("/drafts/<int:document_id>/discard")
def confirm_discard(document_id: int) -> ResponseReturnValue:
    """Ask before a draft is thrown away."""
    document = open_draft_or_404(document_id)
    return render_template("documents/discard.html", document=document, head=document.head)


@blueprint.post("/drafts/<int:document_id>/discard")
def discard(document_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    open_draft_or_404(document_id)
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        discard_draft(unit.documents, actor, document_id, ground=office().ground(unit))
    flash(_("Đã bỏ dự thảo."), "success")
    return redirect(url_for("documents.index"), 303)


def _confirmation(document: Document, refusal: str = "", rhythm: str = "") -> str:
    calendar = office().calendar(reading_unit())
    plan = plan_now(document, calendar)
    reader = (current_actor(), office().today())
    names = names_in(reading_unit().connection, document, reader)
    agreed = sum(len(one.recipients.leads) for one in plan)
    waits = [(one.clause.position, problem_told(p)) for one in plan for p in one.waits]
    missing = [label(name, "field") for name in lacking(document)]
    early = _not_yet(document)
    has_ongoing = sum(one.clause.deadline.kind is DeadlineKind.ONGOING for one in plan)
    return render_template(
        "documents/issue.html",
        document=document,
        head=document.head,
        facts=head_facts(document, names),
        plan=plan,
        agreed=agreed,
        noted_beside=noted_beside,
        agencies=len({a.id for one in plan for a in one.recipients.leads}),
        waits=waits,
        lacking=missing,
        may_issue=may_issue(
            document,
            office().today(),
            rows_wait=bool(waits),
            is_number_taken=any(one.is_issued for one in names.same_number),
        ),
        others=names.same_number,
        refusal=refusal or early,
        form=_form(document, agreed, rhythm),
        over=over_at_issue(plan, document.head.issued_on),
        ongoing=has_ongoing,
        reading_for=lambda clause: clause_view(clause, document.head.issued_on, calendar),
        off_for=lambda day: off_day(day, calendar),
        rhythms=_rhythms(document, calendar) if has_ongoing else (),
        due_day=office().settings.limits.period_due_day,
    )


def _rhythms(
    document: Document, calendar: WorkingCalendar
) -> list[tuple[str, tuple[PeriodPlan, ...]]]:
    """Return what each rhythm would plan for the ongoing clauses: each different plan once."""
    told = []
    for rhythm in Rhythm:
        plans = [
            periods_planned(
                clause.deadline,
                owes_from(clause, document.head.issued_on),
                calendar,
                rhythm=rhythm,
            )
            for clause in document.clauses
            if clause.deadline.kind is DeadlineKind.ONGOING
        ]
        told.append((label(rhythm, "rhythm"), tuple(dict.fromkeys(p for p in plans if p))))
    return told


def _not_yet(document: Document) -> str:
    """Return why the document's day shuts the door, before anybody knocks; empty if not."""
    try:
        refuse_ahead(document.head, office().today())
    except Refused as error:
        return in_words(error)
    return ""


def _form(document: Document, agreed: int, rhythm: str) -> IssueForm:
    """Return the form of what is shown now; a rhythm that was chosen stays chosen."""
    seen = {"version": str(document.version), "agreed": str(agreed), "rhythm": rhythm}
    form = IssueForm(formdata=None, **seen)
    form.rhythm.choices = choices("rhythm", empty=_("Chọn sau, từng nhiệm vụ"))
    return form


def _number(text: str | None) -> int:
    """Return a number that came back with the form; what is none agrees with nothing."""
    return int(text) if text and text.isascii() and text.isdecimal() else 0
