"""Who is behind a request: Flask-Login around an account, and the seat it acts in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from functools import cache
from typing import TypeVar

from flask import g, request, session
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf

from models.accounts.passwords import Argon2
from models.accounts.queries import Person, Seat, person_in_session
from models.accounts.signing import ADDRESS_MOST, BROWSER_MOST
from web.extensions import login
from web.wiring import office, reading_unit
from workflow.accounts.records import Actor

T = TypeVar("T")
SEAT, EPOCH, SIGNED_IN_AT, SEEN_AT, TOKEN = "seat", "epoch", "signed_in_at", "seen_at", "token"
KEPT = ("locale",)
"""What of an anonymous session a signed-in one keeps."""


class SignedIn:
    """What Flask-Login needs of a person."""

    is_authenticated = True
    is_anonymous = False

    def __init__(self, found: Person) -> None:
        self.person = found
        self.is_active = found.is_active
        self.name = found.name

    def get_id(self) -> str:
        return str(self.person.id)


@login.user_loader  # type: ignore[untyped-decorator]
def load(account_id: str) -> SignedIn | None:
    """Return the person of a session, unless it or all their sessions were ended since."""
    unit = reading_unit()
    found = person_in_session(unit.connection, int(account_id), session.get(TOKEN, ""))
    if found is None or not found.is_active or found.is_system:
        return None
    if session.get(EPOCH) != found.session_epoch:
        return None
    unit.head = found.head
    return SignedIn(found)


@cache
def _argon2(*, quick: bool) -> Argon2:
    return Argon2(quick=quick)


def passwords() -> Argon2:
    """Return the keeper of passwords; only tests have the quick one."""
    return _argon2(quick=office().settings.testing)


def new_token() -> str:
    """Return a session's name that nobody can guess."""
    return secrets.token_urlsafe(32)


def address() -> str:
    """Return where the request comes from, as far as the trusted proxies tell."""
    return (request.remote_addr or "")[:ADDRESS_MOST]


def browser() -> str:
    """Return what the browser calls itself."""
    return request.user_agent.string[:BROWSER_MOST]


def start_session(found: Person, token: str) -> None:
    """Put a person behind a session of its own; nothing of the one before stays but the language.

    The two clocks, the account's epoch and the token each can end it.
    """
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    now = office().clock().timestamp()
    session.update(kept)
    session[TOKEN] = token
    session[EPOCH] = found.session_epoch
    session[SIGNED_IN_AT] = now
    session[SEEN_AT] = now
    session.permanent = False
    g.pop("csrf_token", None)
    generate_csrf()  # a session that has its token from the start sends no second cookie
    login_user(SignedIn(found))


def session_token() -> str:
    """Return the token of this request's session."""
    return str(session.get(TOKEN, ""))


def renew_session(token: str) -> None:
    """Go on under a new token when what one may do changes; the clocks run on."""
    session[TOKEN] = token
    g.pop("actor", None)


def end_session() -> str:
    """Forget who is behind the session and return the token that was its name."""
    token = session_token()
    kept = {name: session[name] for name in KEPT if name in session}
    logout_user()
    session.clear()
    session.update(kept)
    return token


def session_is_over() -> bool:
    """Whether the session was idle too long, or is too old altogether."""
    settings, now = office().settings, office().clock().timestamp()
    idle = now - float(session.get(SEEN_AT, 0))
    age = now - float(session.get(SIGNED_IN_AT, 0))
    return idle > settings.session_idle_minutes * 60 or age > settings.session_absolute_hours * 3600


def note_seen() -> None:
    """Keep that the person was here now; a sixtieth of the idle time is not worth a new cookie.

    So a session may end that much earlier after the last click, and never later.
    """
    now = office().clock().timestamp()
    if now - float(session.get(SEEN_AT, 0)) >= office().settings.session_idle_minutes:
        session[SEEN_AT] = now


def oldest_session() -> datetime:
    """Return the instant before which every session is over."""
    return office().clock() - timedelta(hours=office().settings.session_absolute_hours)


def signed_in_person() -> Person:
    """Return the person behind the request; asked only where the guard let them in."""
    user = current_user._get_current_object()  # noqa: SLF001 - Werkzeug's public name
    assert isinstance(user, SignedIn)  # noqa: S101 - the guard asked first
    return user.person


def remembered(what: Hashable, read: Callable[[], T]) -> T:
    """Return what was read before at the head of the history that this request sees.

    Only for what follows from the history and `what`, never for what one person may read
    unless `what` names them.
    """
    return office().remembered.of(signed_in_person().head, what, read)


def seats() -> tuple[Seat, ...]:
    """Return the roles the person holds today."""
    return signed_in_person().seats_on(office().today())


def seat_key(seat: Seat) -> list[object]:
    """Return what names a role in a session: of whom too, where one stands in."""
    own: list[object] = [seat.membership.role.value, seat.membership.agency_id]
    return [*own, seat.stands_for.account_id] if seat.stands_for else own


def current_seat() -> Seat | None:
    """Return the role one acts in now: the one chosen, else the first held today."""
    held = seats()
    chosen = session.get(SEAT)
    for seat in held:
        if chosen == seat_key(seat):
            return seat
    return held[0] if held else None


def current_actor() -> Actor:
    """Return who acts in this request, as what."""
    if "actor" not in g:
        g.actor = signed_in_person().acting(current_seat())
    actor = g.actor
    assert isinstance(actor, Actor)  # noqa: S101 - set just above
    return actor
