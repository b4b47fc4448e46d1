"""What something else explains: the list of marks, what each covers, and entering one."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for

from models.agencies.queries import agency_choices
from models.escalation.marks import marks
from models.unit import Unit
from web.escalation.blueprint import LARGEST, Answer, blueprint
from web.escalation.drafting import require_drafting
from web.escalation.forms import MarkForm, ReasonForm
from web.escalation.heat import scope_of_reader
from web.escalation.showing import may_draft
from web.identity import current_actor
from web.placing import tried
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.errors import NotFound
from workflow.escalation.suppressing import end_suppression, suppress

ONE = f"/suppressed/<int(max={LARGEST}):mark>"


@blueprint.get("/suppressed")
def suppressed() -> Answer:
    """Show every mark: what it covers, why, by whom, until when."""
    unit, today = reading_unit(), office().today()
    found = marks(unit.connection, scope_of_reader(), today)
    return render_template("escalation/suppressed.html", marks=found, may_mark=may_draft())


def _form() -> MarkForm:
    unit, form = reading_unit(), MarkForm()
    codes = sorted({one.code for one in unit.escalation.judging_versions()})
    form.offer(codes, agency_choices(unit.connection))
    return form


def _page(form: MarkForm) -> str:
    return render_template("escalation/mark.html", form=form)


@blueprint.get("/suppressed/new")
def new_mark() -> Answer:
    """Show the form of a mark."""
    require_drafting()
    return _page(_form())


@blueprint.post("/suppressed/new")
def take_mark() -> Answer:
    """Enter a mark; no episode changes by it."""
    require_drafting()
    form, actor = _form(), current_actor()

    def act(unit: Unit) -> None:
        reason, expires = str(form.reason.data or ""), form.expires_on.needed_day
        suppress(
            unit.suppressions, actor, form.scope(),
            reason=reason, expires_on=expires, at=office().clock(),
        )  # fmt: skip

    return tried(form, lambda: _page(form), act) or _done(_("Đã đánh dấu."))


@blueprint.get(f"{ONE}/end")
def end_mark(mark: int) -> Answer:
    """Show the form that ends a mark."""
    return _end_page(ReasonForm(), mark)


@blueprint.post(f"{ONE}/end")
def take_end_mark(mark: int) -> Answer:
    """End a mark before it expires."""
    require_drafting()
    form, actor = ReasonForm(), current_actor()

    def act(unit: Unit) -> None:
        reason, at = str(form.reason.data or ""), office().clock()
        end_suppression(unit.suppressions, actor, mark, reason=reason, at=at)

    return tried(form, lambda: _end_page(form, mark), act) or _done(_("Đã bỏ đánh dấu."))


def _end_page(form: ReasonForm, mark: int) -> str:
    require_drafting()
    found = marks(reading_unit().connection, scope_of_reader(), office().today())
    chosen = next((one for one in found if one.of.id == mark), None)
    if chosen is None:
        raise NotFound
    return render_template("escalation/end_mark.html", form=form, mark=chosen)


def _done(words: str) -> Answer:
    flash(words, "success")
    return redirect(url_for("escalation.suppressed"), 303)
