"""Who is behind a request: Flask-Login around an account, and the seat it acts in."""

from __future__ import annotations

from flask import g, session
from flask_login import current_user

from models.accounts.queries import Person, Seat, person
from web.extensions import login
from web.wiring import office, reading_unit
from workflow.accounts.records import Actor

SEAT, EPOCH, SIGNED_IN_AT, SEEN_AT = "seat", "epoch", "signed_in_at", "seen_at"


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
    """Return the person of a session, unless their sessions were ended since."""
    found = person(reading_unit().connection, int(account_id))
    if found is None or not found.is_active or found.is_system:
        return None
    if session.get(EPOCH) != found.session_epoch:
        return None
    return SignedIn(found)


def start_session(found: Person) -> None:
    """Note what ends a session: the account's epoch and the two clocks."""
    now = office().clock().timestamp()
    session[EPOCH] = found.session_epoch
    session[SIGNED_IN_AT] = now
    session[SEEN_AT] = now
    session.permanent = False


def session_is_over() -> bool:
    """Whether the session was idle too long, or is too old altogether."""
    settings, now = office().settings, office().clock().timestamp()
    idle = now - float(session.get(SEEN_AT, 0))
    age = now - float(session.get(SIGNED_IN_AT, 0))
    return idle > settings.session_idle_minutes * 60 or age > settings.session_absolute_hours * 3600


def signed_in_person() -> Person:
    """Return the person behind the request; asked only where the guard let them in."""
    user = current_user._get_current_object()  # noqa: SLF001 - Werkzeug's public name
    assert isinstance(user, SignedIn)  # noqa: S101 - the guard asked first
    return user.person


def seats() -> tuple[Seat, ...]:
    """Return the roles the person holds today."""
    return signed_in_person().seats_on(office().today())


def current_seat() -> Seat | None:
    """Return the role one acts in now: the one chosen, else the first held today."""
    held = seats()
    chosen = session.get(SEAT)
    for seat in held:
        if chosen == [seat.membership.role.value, seat.membership.agency_id]:
            return seat
    return held[0] if held else None


def current_actor() -> Actor:
    """Return who acts in this request, as what."""
    if "actor" not in g:
        g.actor = signed_in_person().acting(current_seat())
    actor = g.actor
    assert isinstance(actor, Actor)  # noqa: S101 - set just above
    return actor
