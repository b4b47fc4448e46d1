"""Errors of a draft at the fields they are about, in whichever clause they stand."""

from __future__ import annotations

from collections.abc import Iterator

from wtforms import FieldList, StringField
from wtforms.fields import Field

from web.documents.forms import CLAUSES, rows_in
from web.documents.shape import TypedForm
from web.documents.typed import is_blank
from web.errors import status_of
from web.placing import place_errors
from web.refusals import field_error, in_words
from workflow.documents.records import Secrecy
from workflow.documents.secrecy import is_marked_secret
from workflow.errors import Invalid, Refused, WorkflowError


class FileRefused(Refused):
    """A file that came with a form may not be kept; the rest of the form may."""


def place_draft_errors(form: TypedForm, error: WorkflowError) -> int:
    """Put an error's words at the fields of the head or of a clause; return the HTTP status."""
    if error.code == "secret_document":
        return place_secrecy(form, error)
    if isinstance(error, FileRefused):
        form["file"].errors = [in_words(error)]
        return 422
    if not isinstance(error, Invalid):
        return place_errors(form, error)
    typed = [entry for entry in rows_in(form) if not is_blank(entry.form)]
    left = dict(error.errors)
    for name, code in error.errors.items():
        collection, _dash, rest = name.partition("-")
        number, _dash, field_name = rest.partition("-")
        if collection == CLAUSES and number.isdecimal() and int(number) < len(typed):
            place_row_error(typed[int(number)].form, field_name, code)
            form[CLAUSES].errors = [field_error("look_below")]
            del left[name]
    return place_errors(form, Invalid(left)) if left else 422


def place_secrecy(form: TypedForm, error: WorkflowError) -> int:
    """Say at the fields what marks a document secret, and empty them; return the HTTP status.

    What else was typed stays before whoever typed it; the server keeps none of it. A marking
    that no field holds came with a file, and is told above the form.
    """
    told = in_words(error)
    places = [field for field in _typed_in(form) if is_marked_secret(field.data)]
    for field in places:
        field.data = ""
    if form["secrecy"].data not in {None, "", Secrecy.NONE.value}:
        places.append(form["secrecy"])
    for field in places:
        field.errors = [told]
    if not places:
        form["file"].data = None
        form.form_errors.append(told)
    return status_of(error)


def _typed_in(form: TypedForm) -> Iterator[Field]:
    """Yield the fields of a form and of its rows into which words were typed."""
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                yield from _typed_in(entry.form)
        elif isinstance(field, StringField) and isinstance(field.data, str):
            yield field


def place_row_error(form: TypedForm, name: str, code: str) -> None:
    """Put one error at a field of a clause, or at its content where it has no such field."""
    field = form[name] if name in form else form["content"]
    field.errors = [*field.errors, field_error(code)]
