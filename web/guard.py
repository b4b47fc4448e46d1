"""The second fence: signed in by default, same-origin posts, sessions that end, safe headers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flask import Flask, Response, abort, current_app, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from web.config import Settings
from web.counting import Rate
from web.identity import current_actor, end_session, note_seen, session_is_over, signed_in_person
from web.returning import SESSION_OVER, page_before
from web.wiring import office
from workflow.accounts.records import Role
from workflow.errors import NotFound

View = TypeVar("View", bound=Callable[..., object])
PUBLIC = "_dondoc_is_public"
NUL = "\0"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
BEFORE_NEW_PASSWORD = frozenset(
    {
        "accounts.change_password",
        "accounts.take_password",
        "accounts.sign_out",
        "accounts.language",
    }
)
"""What is open to somebody whose password another person set."""
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def public(view: View) -> View:
    """Mark a view that needs no sign-in; every other one does."""
    setattr(view, PUBLIC, True)
    return view


def admin_only(view: View) -> View:
    """Show a page to who acts as admin; for others it is not there."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> object:
        if current_actor().role is not Role.ADMIN:
            raise NotFound
        return view(*args, **kwargs)

    return guarded  # type: ignore[return-value]


def register(app: Flask, settings: Settings) -> None:
    """Put the fence around every request of `app`."""
    if not settings.testing:
        app.before_request(Rate(settings.rate_limit, settings.rate_storage).refuse)
    app.before_request(refuse_odd_addresses)
    app.before_request(refuse_foreign_posts)
    app.before_request(require_sign_in)
    app.after_request(harden)


def refuse_odd_addresses() -> None:
    """Answer 404 to an address with a NUL: PostgreSQL keeps none, so nothing bears such a name."""
    asked = (*request.args.keys(), *(v for values in request.args.listvalues() for v in values))
    if NUL in request.path or any(NUL in text for text in asked):
        abort(404)


def refuse_foreign_posts() -> None:
    """A browser that says a post comes from another site is refused before anything runs."""
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin and origin != "null" and origin.split("://", 1)[-1] != request.host:
        abort(403)


def require_sign_in() -> BaseResponse | None:
    """Let in who is signed in; send others to sign in, and unknown pages to 404."""
    if request.endpoint is None:
        return None
    view = current_app.view_functions.get(request.endpoint)
    if request.endpoint == "static" or getattr(view, PUBLIC, False):
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=_way_back()))
    if session_is_over():
        end_session()
        flash(SESSION_OVER, "info")
        return redirect(url_for("accounts.sign_in", next=_way_back()))
    note_seen()
    if signed_in_person().must_change_password and request.endpoint not in BEFORE_NEW_PASSWORD:
        return redirect(url_for("accounts.change_password"))
    return None


def _way_back() -> str | None:
    if request.method != "GET":
        return page_before() or None
    return request.full_path.rstrip("?") if request.path != "/" else None


def harden(response: Response) -> Response:
    """Set the headers that every answer carries, errors too."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if office().settings.is_production:
        response.headers.setdefault(
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
        )
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
