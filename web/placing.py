"""Where a refusal meets a form: errors of a use case at the fields they are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm

from models.unit import Unit
from web.errors import status_of
from web.refusals import field_error, in_words
from web.uploads.kept import UnfitFile
from web.wiring import close_reading, office
from workflow.errors import Invalid, WorkflowError


def place_errors(form: FlaskForm, error: WorkflowError | UnfitFile) -> int:
    """Put an error's words at their fields, the rest above the form; return the HTTP status."""
    if isinstance(error, UnfitFile):
        form["files"].errors = [error.words]
        return 422
    if not isinstance(error, Invalid):
        form.form_errors.append(in_words(error))
        return status_of(error)
    for name, code in error.errors.items():
        field: Any = form._fields.get(name)
        if field is None:
            form.form_errors.append(in_words(Invalid({name: code})))
        else:
            field.errors = [*field.errors, field_error(code)]
    return 422


def tried(
    form: FlaskForm, show: Callable[[], str], act: Callable[[Unit], object]
) -> tuple[str, int] | None:
    """Carry out an act in one transaction; None when it went well.

    Else the form again, with every typed word and the errors at their fields.
    """
    if not form.validate():
        return show(), 422
    close_reading()
    try:
        with office().writing() as unit:
            act(unit)
    except WorkflowError as error:
        status = place_errors(form, error)
        return show(), status
    return None
