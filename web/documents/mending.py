"""Settling what waits in a draft, each where it stands: words, deadlines, whole rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models.documents.page import names_in
from web.documents.blueprint import blueprint
from web.documents.choices import Offered, named_in, offered_by
from web.documents.deadlines import clause_view
from web.documents.forms import choice_form, deadline_form, row_form
from web.documents.placing import place_row_error
from web.documents.previewing import Waiting, after_mending, mark_of, plan_now, waiting_view
from web.documents.reader import Reader
from web.documents.shape import TypedForm
from web.documents.sharing import marks_of, take_over
from web.documents.standing import open_draft_or_404
from web.documents.typed import (
    Year,
    choice_typed,
    clause_typed,
    data_of_clause,
    deadline_typed,
)
from web.documents.words import problem_told
from web.identity import current_actor
from web.placing import place_errors
from web.wiring import close_reading, office, reading_unit
from workflow.documents import mending
from workflow.documents.clauses import Choice, fingerprint, row_of, rows_by_words, year_of
from workflow.documents.records import Clause, Document
from workflow.errors import Invalid, Stale, WorkflowError


@dataclass(slots=True)
class Mend:
    """A person at one row of a draft."""

    document: Document
    clause: Clause

    @classmethod
    def at(cls, document_id: int, row: int) -> Mend:
        """Open a row; 404 when the draft or the row is not there."""
        document = open_draft_or_404(document_id)
        return cls(document, row_of(document.clauses, row))

    @property
    def offered(self) -> Offered:
        """What the selects offer: who stood on the document's day."""
        return offered_by(
            reading_unit(),
            office().today(),
            day=self.document.head.issued_on,
            kept=named_in(self.document, request.form),
        )

    def waiting(self) -> Waiting:
        """Return the thing that the address names; 404 when it waits no more."""
        mark = request.values.get("problem", "")
        plan = next(one for one in plan_now(self.document) if one.clause.id == self.clause.id)
        found = next((p for p in plan.waits if mark_of(p) == mark), None)
        if found is None:
            abort(404)
        names = names_in(reading_unit().connection, self.document)
        return waiting_view(self.clause, found, names, rows_by_words(self.document.clauses))

    def back(self) -> ResponseReturnValue:
        """Go back to the draft, at this row."""
        return redirect(after_mending(self.document.id, self.clause.id), 303)

    def render(self, template: str, *, form: TypedForm, **values: Any) -> str:
        """Render a form by itself, or only its part where the page asked for that.

        Its fields get ids of their own: several forms can stand open on one page.
        """
        for field in form:
            field.id = f"{field.name}-{self.clause.id}{values.get('apart', '')}"
        part = "HX-Request" in request.headers
        return render_template(
            f"documents/{template}.html",
            form=form,
            document=self.document,
            clause=self.clause,
            frame="documents/part_only.html" if part else "layout.html",
            back=after_mending(self.document.id, self.clause.id),
            show=request.args.get("show", ""),
            **values,
        )


@blueprint.post("/drafts/<int:document_id>/rows")
def add_row(document_id: int) -> ResponseReturnValue:
    """Add an empty row at the end and go to its form."""
    open_draft_or_404(document_id)
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        ground = office().ground(unit)
        row = mending.add_row(unit.documents, actor, document_id, ground=ground)
    return redirect(url_for("documents.edit_row", document_id=document_id, row=row), 303)


@blueprint.get("/drafts/<int:document_id>/rows/<int:row>/choose")
def choose(document_id: int, row: int) -> ResponseReturnValue:
    """Show what some words could stand for."""
    mend = Mend.at(document_id, row)
    waits = mend.waiting()
    form: TypedForm = choice_form(mend.offered)
    form["problem"].data, form["remember"].data = waits.mark, waits.can_remember
    return mend.render("choose", form=form, waits=waits, apart=waits.mark)


@blueprint.post("/drafts/<int:document_id>/rows/<int:row>/choose")
def choose_now(document_id: int, row: int) -> ResponseReturnValue:
    """Let the words stand for what was chosen, in every row where they wait."""
    mend = Mend.at(document_id, row)
    waits, offered = mend.waiting(), mend.offered
    form: TypedForm = choice_form(offered)
    try:
        rows = _chosen(mend, row, waits.problem.text, form, choice_typed(form, offered))
    except Invalid as error:
        status = place_errors(form, error)
        return mend.render("choose", form=form, waits=waits, apart=waits.mark), status
    flash(ngettext("Đã chọn cho %(num)s dòng.", "Đã chọn cho %(num)s dòng.", rows), "success")
    return mend.back()


def _chosen(mend: Mend, row: int, words: str, form: TypedForm, choice: Choice) -> int:
    """Let words stand for a choice; return in how many rows they waited."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        return mending.choose_words(
            unit.documents, actor, mend.document.id, clause_id=row, words=words,
            choice=choice, remember=bool(form["remember"].data), ground=office().ground(unit),
        )  # fmt: skip


@blueprint.post("/drafts/<int:document_id>/rows/<int:row>/note")
def note(document_id: int, row: int) -> ResponseReturnValue:
    """Keep coordinating words that name nobody in the note, in every row."""
    mend = Mend.at(document_id, row)
    words, actor = mend.waiting().problem.text, current_actor()
    close_reading()
    with office().writing() as unit:
        ground = office().ground(unit)
        rows = mending.note_words(unit.documents, actor, document_id, words, ground=ground)
    said = ngettext("Đã ghi chú ở %(num)s dòng.", "Đã ghi chú ở %(num)s dòng.", rows)
    flash(said, "success")
    return mend.back()


@blueprint.post("/drafts/<int:document_id>/rows/<int:row>/keep")
def keep_row(document_id: int, row: int) -> ResponseReturnValue:
    """Keep a row as it stands although something in it waited."""
    mend = Mend.at(document_id, row)
    problem, actor = mend.waiting().problem, current_actor()
    close_reading()
    with office().writing() as unit:
        ground = office().ground(unit)
        mending.keep_as_is(unit.documents, actor, document_id, row, problem, ground=ground)
    flash(_("Đã giữ nguyên."), "success")
    return mend.back()


@blueprint.post("/drafts/<int:document_id>/rows/<int:row>/drop")
def drop(document_id: int, row: int) -> ResponseReturnValue:
    """Take a row out of the draft; it stays listed among the rows left out."""
    Mend.at(document_id, row)
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        mending.drop_row(
            unit.documents, actor, document_id, row, seen=request.form.get("mark", ""),
            ground=office().ground(unit),
        )  # fmt: skip
    flash(_("Đã bỏ dòng; vẫn còn trong danh sách dòng không nhập."), "success")
    return redirect(after_mending(document_id), 303)


@blueprint.get("/drafts/<int:document_id>/rows/<int:row>/deadline")
def mend_deadline(document_id: int, row: int) -> ResponseReturnValue:
    """Show a row's deadline: its words, or another date with its reason."""
    mend = Mend.at(document_id, row)
    form: TypedForm = deadline_form(data_of_clause(mend.clause))
    form["mark"].data = fingerprint(mend.clause)
    return _deadline_page(mend, form)


@blueprint.post("/drafts/<int:document_id>/rows/<int:row>/deadline")
def keep_deadline(document_id: int, row: int) -> ResponseReturnValue:
    """Keep a row's deadline as typed."""
    mend = Mend.at(document_id, row)
    form: TypedForm = deadline_form()
    try:
        change(mend, deadline_typed(form, mend.clause, mend.document.head), form["mark"].data)
    except WorkflowError as error:
        status = place_errors(form, _in_this_form(error))
        return _deadline_page(mend, form), status
    flash(_("Đã lưu thời hạn."), "success")
    return mend.back()


def _deadline_page(mend: Mend, form: TypedForm) -> str:
    calendar = office().calendar(reading_unit())
    view = clause_view(mend.clause, mend.document.head.issued_on, calendar)
    return mend.render("row_deadline", form=form, view=view)


@blueprint.get("/drafts/<int:document_id>/rows/<int:row>")
def edit_row(document_id: int, row: int) -> ResponseReturnValue:
    """Show one row as a form."""
    mend = Mend.at(document_id, row)
    form: TypedForm = row_form(mend.offered, data_of_clause(mend.clause))
    return _row_page(mend, _marked(form, mend.clause, form))


@blueprint.post("/drafts/<int:document_id>/rows/<int:row>")
def change_row(document_id: int, row: int) -> ResponseReturnValue:
    """Keep one row as typed."""
    mend = Mend.at(document_id, row)
    offered = mend.offered
    form: TypedForm = row_form(offered)
    try:
        change(mend, _row_typed(form, mend, offered), form["mark"].data)
    except Stale:
        return _changed_meanwhile(Mend.at(document_id, row), form, offered), 409
    except Invalid as error:
        for name, code in _in_this_form(error).errors.items():
            place_row_error(form, name, code)
        return _row_page(mend, form), 422
    flash(_("Đã lưu dòng này."), "success")
    return mend.back()


def _changed_meanwhile(mend: Mend, form: TypedForm, offered: Offered) -> str:
    """Show a row as it is now under what was typed, and say what somebody else changed."""
    fresh: TypedForm = row_form(offered, data_of_clause(mend.clause), fresh=True)
    told = take_over(form, fresh)
    return _row_page(mend, _marked(form, mend.clause, fresh), told=told)


def _row_typed(form: TypedForm, mend: Mend, offered: Offered) -> Clause:
    reader = Reader(form=form, offered=offered)
    year = Year(value=year_of(mend.clause, mend.document.head), is_new=False)
    strict = office().settings.before_is_strict
    typed = clause_typed(reader, mend.clause, year, before_is_strict=strict)
    if reader.errors:
        raise Invalid(reader.errors)
    return typed


def change(mend: Mend, changed: Clause, seen: str | None) -> None:
    """Keep a row as it is now; Stale when it is no longer the one that was seen."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        mending.change_row(
            unit.documents, actor, mend.document.id, replace(changed, id=mend.clause.id),
            seen=seen or "", ground=office().ground(unit),
        )  # fmt: skip


def _in_this_form(error: WorkflowError) -> Any:
    """Return an error of a draft's clause by the bare names of its fields."""
    if not isinstance(error, Invalid):
        return error
    return Invalid({name.rpartition("-")[2]: code for name, code in error.errors.items()})


def _marked(form: TypedForm, clause: Clause, shown: Any) -> Any:
    form["mark"].data = fingerprint(clause)
    form["seen"].data = marks_of(shown)
    return form


def _row_page(mend: Mend, form: TypedForm, *, told: Any = None) -> str:
    plan = next(one for one in plan_now(mend.document) if one.clause.id == mend.clause.id)
    calendar = office().calendar(reading_unit())
    return mend.render(
        "row",
        form=form,
        told=told,
        waits=[problem_told(p) for p in plan.waits],
        view=clause_view(mend.clause, mend.document.head.issued_on, calendar),
        mark=fingerprint(mend.clause),
        drop_url=url_for("documents.drop", document_id=mend.document.id, row=mend.clause.id),
    )
