"""One sitting at the form of a draft: shown, grown, kept, or shown again with what is wrong."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from web.addresses import asked_key
from web.directives.fields import typed_day
from web.documents.choices import SIGNER_TITLES, Offered, named_in, offered_by
from web.documents.deadlines import ReadingView, reading_of, view_of
from web.documents.forms import CLAUSES, LIKE_ABOVE, blank_clause, draft_form, growing, rows_in
from web.documents.numbering import head_in, others_with_number
from web.documents.placing import FileRefused, place_draft_errors
from web.documents.shape import TypedForm
from web.documents.sharing import OthersChange, marks_of, take_over
from web.documents.standing import open_draft_or_404
from web.documents.typed import data_of_clause, data_of_head, draft_typed
from web.documents.words import problem_told
from web.identity import current_actor
from web.papers.filling import document_by_paper, file_of_document
from web.uploads.content import inspect_upload
from web.wiring import close_reading, office, reading_unit
from workflow.documents.records import Clause, Document, DocumentHead
from workflow.documents.rules import named_by_all, waiting
from workflow.documents.usecases import save_draft
from workflow.errors import Refused, Stale, WorkflowError
from workflow.evidence.records import StoredFile
from workflow.text import clean

TO_ISSUE = "issue"
HEAD = "head"
"""How an address asks for the head of a draft alone, its tasks left to the page of the draft."""
MOST_AT_ONCE = 40
"""A draft with more rows than this is mended row by row; its form shows the head alone."""


class Entry:
    """A person at the form of a draft, new (`standing` is None) or one that stands."""

    def __init__(self, standing: Document | None = None) -> None:
        self.standing = standing
        self.actor = current_actor()
        unit = reading_unit()
        before = standing.head.issued_on if standing else None
        self.offered: Offered = offered_by(
            unit,
            office().today(),
            day=typed_day(request.form.get("issued_on", "")) or before,
            kept=named_in(standing, request.form),
        )
        self.calendar = office().calendar(unit)
        many = standing is not None and len(standing.clauses) > MOST_AT_ONCE
        self.head_only = many or (standing is not None and request.args.get("part") == HEAD)

    def page(self) -> ResponseReturnValue:
        """Show the form as the draft stands, or empty."""
        form: TypedForm = self._form(self._beginning())
        form["version"].data = str(self.standing.version) if self.standing else ""
        form["seen"].data = marks_of(form)
        return self._render(form)

    def take(self) -> ResponseReturnValue:
        """Keep what was typed; on any error show it again, every word still there."""
        form: TypedForm = self._form()
        if self._grown(form):
            return self._render(form)
        try:
            head, clauses = draft_typed(
                form, self.offered, self.standing,
                before_is_strict=office().settings.before_is_strict,
            )  # fmt: skip
            key = self._keep(form, head, clauses)
        except Stale:
            return self._told_of_others(form)
        except WorkflowError as error:
            return self._shown_again(form, error)
        flash(_("Đã lưu dự thảo."), "success")
        wanted = "documents.confirm" if request.form.get("then") == TO_ISSUE else "documents.draft"
        return redirect(url_for(wanted, document_id=key), 303)

    def _form(self, data: dict[str, Any] | None = None, *, fresh: bool = False) -> Any:
        return draft_form(self.offered, data, fresh=fresh, head_only=self.head_only)

    def _beginning(self) -> dict[str, Any]:
        if self.standing:
            begun = data_of_head(self.standing.head) | self._said_by_rows()
            if self.head_only:
                return begun
            clauses = [data_of_clause(clause) for clause in self.standing.clauses]
            return begun | {CLAUSES: clauses or [{}]}
        province = self.offered.province
        head = DocumentHead(
            issuer=province.name if province else "", overseer_id=self.actor.agency_id
        )
        listed = asked_key("listed")
        known = {} if listed is None else document_by_paper(listed)
        return data_of_head(head) | known | {CLAUSES: [{}]}

    def _said_by_rows(self) -> dict[str, Any]:
        """Return the number and day that all rows of a sheet name, where the head has neither."""
        standing = self.standing
        if standing is None or standing.head.reference or standing.head.issued_on:
            return {}
        named = named_by_all(standing)
        return {} if named is None else dict(zip(("reference", "issued_on"), named, strict=True))

    def _grown(self, form: TypedForm) -> bool:
        """Add or take away a row where no script did; nothing is kept yet."""
        if self.head_only:
            return False
        if f"add_{CLAUSES}" in request.form:
            growing(form).append_entry()
            return True
        if f"like_{CLAUSES}" in request.form:
            above = rows_in(form)[-1].data if rows_in(form) else {}
            growing(form).append_entry({name: above.get(name) for name in LIKE_ABOVE})
            return True
        place = request.form.get(f"remove_{CLAUSES}", "")
        entries = rows_in(form)
        if place.isascii() and place.isdecimal() and int(place) < len(entries):
            del entries[int(place)]
            return True
        return False

    def _keep(self, form: TypedForm, head: DocumentHead, clauses: tuple[Clause, ...]) -> int:
        chosen = chosen_file(form["file"])
        stored = inspected(chosen) if chosen else self._listed_file(head)
        close_reading()
        with office().writing() as unit:
            key = save_draft(
                unit.documents, self.actor, head, clauses,
                ground=office().ground(unit),
                document_id=self.standing.id if self.standing else None,
                version=(_version(form["version"].data) or 0) if self.standing else None,
                file=stored,
            )  # fmt: skip
            if chosen and stored:
                office().files.keep(stored.sha256, chosen.stream)
        return key

    def _listed_file(self, head: DocumentHead) -> StoredFile | None:
        """Return the file that the office's list has of a document without one."""
        if self.standing and self.standing.file:
            return None
        return file_of_document(head.reference, head.issued_on)

    def _told_of_others(self, form: TypedForm) -> ResponseReturnValue:
        """Show the form again, with what others changed taken over or told beside it."""
        assert self.standing is not None  # noqa: S101 - a new draft is never stale
        self.standing = open_draft_or_404(self.standing.id)
        fresh: TypedForm = self._form(self._beginning(), fresh=True)
        told = take_over(form, fresh)
        form["version"].data = str(self.standing.version)
        form["seen"].data = marks_of(fresh)
        return self._render(form, told=told), 409

    def _shown_again(self, form: TypedForm, error: WorkflowError) -> ResponseReturnValue:
        if error.code == "already_issued":
            raise error
        status = place_draft_errors(form, error)
        return self._render(form), status

    def _render(self, form: TypedForm, *, told: list[OthersChange] | None = None) -> str:
        own = self.standing.id if self.standing else None
        sent = request.method == "POST"
        return render_template(
            "documents/form.html",
            form=form,
            blank=blank_clause(self.offered),
            like_above=LIKE_ABOVE,
            standing=self.standing,
            readings=[] if self.head_only else self._readings(form),
            waits=[] if self.head_only else self._waits(form),
            head_only=self.head_only,
            told=told,
            from_rows=not sent and bool(self._said_by_rows()),
            titles=SIGNER_TITLES,
            signers=self.offered.leader_names,
            max_bytes=office().settings.upload_bytes,
            lost_file=_chosen_name(form),
            typed=head_in(form),
            others=others_with_number(head_in(form), own) if sent else (),
        )

    def _readings(self, form: TypedForm) -> list[ReadingView]:
        """Return how each deadline reads, beside what is typed."""
        issued_on = form["issued_on"].data or None
        value = form["issued_on"].value if issued_on else None
        day = None if isinstance(value, str) else value
        known = {c.id: c for c in self.standing.clauses} if self.standing else {}
        return [self._reading(entry.form, day, known) for entry in rows_in(form)]

    def _reading(self, form: TypedForm, day: Any, known: dict[int | None, Clause]) -> ReadingView:
        text = clean(form["deadline_text"].data or "")
        clause = known.get(_version(form["id"].data))
        if clause and text == clean(clause.deadline.text) and day == self._day_before():
            return view_of(clause.deadline, day, self.calendar)
        return reading_of(text, day, self.calendar)

    def _day_before(self) -> Any:
        return self.standing.head.issued_on if self.standing else None

    def _waits(self, form: TypedForm) -> list[list[str]]:
        """Return what still waits in each row that was imported, in words."""
        known = {c.id: c for c in self.standing.clauses} if self.standing else {}
        rows = [known.get(_version(entry.form["id"].data)) for entry in rows_in(form)]
        return [
            [problem_told(p) for p in waiting(row) if p in row.problems] if row else []
            for row in rows
        ]


def _version(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None


def _chosen_name(form: TypedForm) -> str:
    """Return the name of a file that came along: a browser will not send it twice by itself."""
    return (form["file"].data.filename or "") if isinstance(form["file"].data, FileStorage) else ""


def chosen_file(field: Any) -> FileStorage | None:
    """Return the file that came with a form; None where none was chosen."""
    upload = field.data if isinstance(field.data, FileStorage) else None
    return upload if upload and upload.filename else None


def inspected(file: FileStorage) -> StoredFile:
    """Look through a signed document and say what to keep of it; FileRefused says why not."""
    try:
        limits = office().settings.file_limits
        found = inspect_upload(file.stream, file.filename, limits)
    except Refused as error:
        raise FileRefused(error.code, **error.params) from error
    return StoredFile(
        name=found.filename,
        media_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
    )
