"""One table from errors to answers; nothing below this storey knows a status code."""

from __future__ import annotations

import logging
import secrets

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import force_locale
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from web.refusals import in_words
from web.returning import SESSION_OVER, page_before
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale, WorkflowError

LOG = logging.getLogger("dondoc")
STATUS: tuple[tuple[type[WorkflowError], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (Stale, 409),
    (Refused, 409),
    (Invalid, 422),
)
PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
Answer = tuple[str, int]


def status_of(error: WorkflowError) -> int:
    """Return the HTTP status of an error of the workflow."""
    return next((code for kind, code in STATUS if isinstance(error, kind)), 409)


def page(status: int, message: str = "", *, reason: str = "") -> Answer:
    """Return a calm page that says what happened and what to do next; `reason` is the code."""
    shown = status if status in PAGES else 400
    text = render_template(f"errors/{shown}.html", message=message, reason=reason)
    return text, status


def bare_page(status: int, reference: str = "") -> Answer:
    """Return a page that must come out even when the database does not answer."""
    chosen = session.get("locale", "vi")
    with force_locale(chosen):
        template = current_app.jinja_env.get_template(f"errors/{status}.html")
        text = template.render(request=request, locale=chosen, reference=reference)
    return text, status


def register(app: Flask) -> None:
    """Handle every error of `app`."""
    app.register_error_handler(WorkflowError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _unexpected)


def _refused(error: WorkflowError) -> Answer:
    status = status_of(error)
    if isinstance(error, NotFound):
        return page(status)
    return page(status, in_words(error), reason=error.code)


def _csrf(error: CSRFError) -> Answer | Response:
    """Somebody whose session ended is led back to the form by signing in; others open it again."""
    del error
    back = page_before()
    if not current_user.is_authenticated and request.headers.get("HX-Request") is None and back:
        flash(SESSION_OVER, "info")
        return redirect(url_for("accounts.sign_in", next=back))  # type: ignore[return-value]
    return render_template("errors/old_form.html", back=back, message=""), 400


def _http(error: HTTPException) -> Answer | Response:
    status = error.code or 500
    if 300 <= status < 400:  # noqa: PLR2004 - redirects
        return error.get_response()  # type: ignore[return-value]
    return bare_page(status) if status in {500, 503} else page(status)


def _database(error: OperationalError) -> Answer:
    LOG.error("database unavailable: %s", type(error.orig).__name__)
    return bare_page(503)


def _unexpected(error: Exception) -> Answer:
    reference = secrets.token_hex(4)
    LOG.error("unexpected error %s", reference, exc_info=error)
    return bare_page(500, reference)
