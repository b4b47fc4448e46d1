"""Errors of a draft at the fields they are about, in whichever clause they stand."""

from __future__ import annotations

from typing import Any

from web.documents.forms import CLAUSES
from web.documents.typed import is_blank
from web.placing import place_errors
from web.refusals import field_error, in_words
from workflow.errors import Invalid, Refused, WorkflowError


class FileRefused(Refused):
    """A file that came with a form may not be kept; the rest of the form may."""


def place_draft_errors(form: Any, error: WorkflowError) -> int:
    """Put an error's words at the fields of the head or of a clause; return the HTTP status."""
    if isinstance(error, FileRefused):
        form.file.errors = [in_words(error)]
        return 422
    if not isinstance(error, Invalid):
        return place_errors(form, error)
    entries = form[CLAUSES].entries if CLAUSES in form else ()
    typed = [entry for entry in entries if not is_blank(entry.form)]
    left = dict(error.errors)
    for name, code in error.errors.items():
        collection, _dash, rest = name.partition("-")
        number, _dash, field_name = rest.partition("-")
        if collection == CLAUSES and number.isdecimal() and int(number) < len(typed):
            place_row_error(typed[int(number)].form, field_name, code)
            form[CLAUSES].errors = [field_error("look_below")]
            del left[name]
    return place_errors(form, Invalid(left)) if left else 422


def place_row_error(form: Any, name: str, code: str) -> None:
    """Put one error at a field of a clause, or at its content where it has no such field."""
    field = form[name] if name in form else form["content"]
    field.errors = [*field.errors, field_error(code)]
