"""Issuing a draft, or discarding it: each after a page that says what will happen."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField

from models.documents.page import names_in
from web.documents.blueprint import blueprint
from web.documents.previewing import plan_now
from web.documents.showing import head_facts
from web.documents.standing import open_draft_or_404
from web.documents.words import problem_told
from web.identity import current_actor
from web.labels import label
from web.refusals import in_words
from web.wiring import close_reading, office, reading_unit
from workflow.directives.records import Directive
from workflow.documents.records import Document
from workflow.documents.rules import lacking
from workflow.documents.usecases import discard_draft, issue_document
from workflow.errors import Forbidden, NotFound, WorkflowError


class IssueForm(FlaskForm):
    """What the person saw when they agreed: the version, and how many directives."""

    version = HiddenField()
    agreed = HiddenField()


@blueprint.get("/drafts/<int:document_id>/issue")
def confirm(document_id: int) -> ResponseReturnValue:
    """Say exactly what issuing the draft would make, and for whom."""
    return _confirmation(open_draft_or_404(document_id))


@blueprint.post("/drafts/<int:document_id>/issue")
def issue(document_id: int) -> ResponseReturnValue:
    """Issue the draft; on a refusal say the reason beside what would be made now."""
    form: Any = IssueForm()
    try:
        made = _issue(document_id, _number(form.version.data), _number(form.agreed.data))
    except (Forbidden, NotFound):
        raise
    except WorkflowError as error:
        return _confirmation(open_draft_or_404(document_id), in_words(error)), 409
    flash(
        ngettext(
            "Đã ban hành: giao %(num)s nhiệm vụ.", "Đã ban hành: giao %(num)s nhiệm vụ.", len(made)
        ),
        "success",
    )
    key = "-".join(made[0].number.split("-")[:2])
    return redirect(url_for("documents.show", key=key), 303)


def _issue(document_id: int, version: int, agreed: int) -> tuple[Directive, ...]:
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        ground = office().ground(unit)
        return issue_document(
            unit.documents, actor, document_id, ground=ground, version=version, agreed=agreed
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


def _confirmation(document: Document, refusal: str = "") -> str:
    plan = plan_now(document)
    reader = (current_actor(), office().today())
    names = names_in(reading_unit().connection, document, reader)
    agreed = sum(len(one.recipients.leads) for one in plan)
    waits = [(one.clause.position, problem_told(p)) for one in plan for p in one.waits]
    missing = [label(name, "field") for name in lacking(document)]
    taken = any(one.is_issued for one in names.same_number)
    form = IssueForm(formdata=None, version=str(document.version), agreed=str(agreed))
    return render_template(
        "documents/issue.html",
        document=document,
        head=document.head,
        facts=head_facts(document, names),
        plan=plan,
        agreed=agreed,
        agencies=len({a.id for one in plan for a in one.recipients.leads}),
        waits=waits,
        lacking=missing,
        may_issue=not waits and not missing and not taken,
        others=names.same_number,
        refusal=refusal,
        form=form,
    )


def _number(text: str | None) -> int:
    """Return a number that came back with the form; what is none agrees with nothing."""
    return int(text) if text and text.isascii() and text.isdecimal() else 0
