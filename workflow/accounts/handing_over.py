"""Handing over all open work of somebody who moves: looked through, then done in one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from workflow.accounts.changing import account_entry
from workflow.accounts.records import Account, Actor, Role
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.doors import Refusal
from workflow.errors import Forbidden, Invalid, NotFound, Refused
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by, routing_key
from workflow.messages.records import Notice
from workflow.review.conflict import Organisation
from workflow.review.roster import Roster, may_take
from workflow.text import clean_lines

REASON_MOST = 2_000


class Held(StrEnum):
    """What somebody may hold: work followed, work routed to them, cases, a role lent to them."""

    FOLLOWED = "followed"
    ROUTED = "routed"
    CASE = "case"
    LENT = "lent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of open work: what it is, its public number (or a name), in which agency.

    `id` is that of the row that says who holds it; `concerned` the agencies a case is about,
    `from_on` the first day of a lent role that has not begun, `absent_id` whose role it is;
    `internal_due_on` is the day set inside the agency for a routed task;
    `is_reported` says that a routed task waits to be verified: whoever takes it over does it again
    where it comes back.
    """

    kind: Held
    id: int
    key: str
    title: str
    agency_id: int | None = None
    agency_name: str = ""
    due_on: date | None = None
    internal_due_on: date | None = None
    concerned: frozenset[int] = frozenset()
    from_on: date | None = None
    absent_id: int | None = None
    is_reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """One piece and whether it goes over; `refusal` says why it stays."""

    piece: Piece
    refusal: Refusal | None = None

    @property
    def goes(self) -> bool:
        """Whether the piece goes over."""
        return self.refusal is None


def going(passings: Iterable[Passing]) -> list[Piece]:
    """Return the pieces that go over."""
    return [one.piece for one in passings if one.goes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What handing over stands on: the instant, and who may take cases on the day."""

    at: datetime
    organisation: Organisation = field(default_factory=Organisation)
    roster: Roster = field(default_factory=Roster)

    @property
    def day(self) -> date:
        """The province's day of the act."""
        return local_day(self.at)


class HandOverMemory(Protocol):
    """One transaction's view of who holds what."""

    def account(self, account_id: int) -> Account | None: ...

    def pieces(self, account_id: int, day: date) -> tuple[Piece, ...]:
        """Return the open work somebody holds, in the order of its kinds and due dates."""

    def pass_on(self, pieces: Sequence[Piece], taker_id: int, by: int, at: datetime) -> None: ...

    def append_all(self, entries: Iterable[Entry]) -> None: ...

    def post_all(self, notices: Iterable[Notice]) -> object: ...


def require_handing_over(actor: Actor, giver: Account, day: date) -> None:
    """Refuse who is neither an admin nor head of an agency the person belongs or belonged to."""
    heads = actor.role is Role.AGENCY_HEAD and actor.holds_role_on(day)
    if heads and any(m.agency_id == actor.agency_id for m in giver.memberships):
        return
    require_admin(actor, day)


def look_through(
    memory: HandOverMemory,
    actor: Actor,
    giver_id: int,
    taker_id: int | None,
    *,
    ground: Ground,
) -> tuple[Passing, ...]:
    """Return what somebody holds and, once a taker is named, whether each piece would go over.

    A head sees and hands over what lies in their own agency. NotFound without the person.
    """
    giver = _person(memory, giver_id)
    require_handing_over(actor, giver, ground.day)
    mine = [p for p in memory.pieces(giver_id, ground.day) if _is_theirs(actor, p)]
    if taker_id is None:
        return tuple(Passing(piece=piece) for piece in mine)
    taker = _taker(memory, giver_id, taker_id)
    return tuple(Passing(piece=piece, refusal=_refusal(piece, taker, ground)) for piece in mine)


def hand_over_work(
    memory: HandOverMemory,
    actor: Actor,
    giver_id: int,
    taker_id: int,
    *,
    reason: str,
    ground: Ground,
) -> tuple[Passing, ...]:
    """Hand all that can go over from one person to another, in one transaction.

    Every piece leaves its history entry, and the giver's account one for all of it; the taker
    is told once. Pieces that the taker may not hold stay, with their reason. Refused
    ("nothing_to_hand_over") when none goes.
    """
    reason = clean_lines(reason)
    if not reason:
        raise Invalid({"reason": "required"})
    if len(reason) > REASON_MOST:
        raise Invalid({"reason": "too_long"})
    passings = look_through(memory, actor, giver_id, taker_id, ground=ground)
    pieces = going(passings)
    if not pieces:
        raise Refused("nothing_to_hand_over")
    giver, taker = _person(memory, giver_id), _person(memory, taker_id)
    memory.pass_on(pieces, taker_id, actor.account_id, ground.at)
    memory.append_all(_entries(actor, giver, taker, pieces, reason, ground.at))
    memory.post_all(_notices(actor, giver, taker, len(pieces), ground.at))
    return passings


def _person(memory: HandOverMemory, account_id: int) -> Account:
    found = memory.account(account_id)
    if found is None or found.is_system:
        raise NotFound("account")
    return found


def _taker(memory: HandOverMemory, giver_id: int, taker_id: int) -> Account:
    taker = memory.account(taker_id)
    if taker is None or taker.is_system or not taker.is_active:
        raise Invalid({"taker": "not_a_person"})
    if taker_id == giver_id:
        raise Invalid({"taker": "same_person"})
    return taker


def _is_theirs(actor: Actor, piece: Piece) -> bool:
    return actor.role is not Role.AGENCY_HEAD or piece.agency_id == actor.agency_id


def _refusal(piece: Piece, taker: Account, ground: Ground) -> Refusal | None:
    code = {
        Held.FOLLOWED: _fault_of_followed,
        Held.ROUTED: _fault_of_routed,
        Held.CASE: _fault_of_case,
        Held.LENT: _fault_of_lent,
    }[piece.kind](piece, taker, ground)
    return Refusal(code=code, params={"agency": piece.agency_name}) if code else None


def _holds(taker: Account, day: date, *, role: Role | None, agency: int | None) -> bool:
    return any(
        m.stands_on(day) and role in (None, m.role) and agency in (None, m.agency_id)
        for m in taker.memberships
    )


def _fault_of_followed(piece: Piece, taker: Account, ground: Ground) -> str:
    del piece
    holds = _holds(taker, ground.day, role=Role.OFFICE, agency=None)
    return "" if holds else "taker_not_office"


def _fault_of_routed(piece: Piece, taker: Account, ground: Ground) -> str:
    holds = _holds(taker, ground.day, role=None, agency=piece.agency_id)
    return "" if holds else "taker_not_in_agency"


def _fault_of_case(piece: Piece, taker: Account, ground: Ground) -> str:
    """The same people may take a case as when it is handed on at the desk."""
    inspector = ground.roster.inspector(taker.id)
    able = inspector is not None and inspector.is_here
    if able and may_take(inspector, ground.organisation, piece.concerned):  # type: ignore[arg-type]
        return ""
    return "" if ground.roster.is_leader(taker.id) else "cannot_take_it"


def _fault_of_lent(piece: Piece, taker: Account, ground: Ground) -> str:
    if taker.id == piece.absent_id:
        return "same_person"
    day = max(piece.from_on or ground.day, ground.day)
    return "" if _holds(taker, day, role=None, agency=piece.agency_id) else "not_a_colleague"


_SUBJECTS = {
    Held.FOLLOWED: Subject.DIRECTIVE,
    Held.ROUTED: Subject.ROUTING,
    Held.CASE: Subject.ESCALATION,
}


def _entries(
    actor: Actor,
    giver: Account,
    taker: Account,
    going: Sequence[Piece],
    reason: str,
    at: datetime,
) -> Iterator[Entry]:
    names = {"giver": giver.name, "taker": taker.name}
    for piece in going:
        if piece.kind in _SUBJECTS:
            given = {**names, "handed": piece.kind}
            subject, key = _SUBJECTS[piece.kind], piece.key
            if subject is Subject.ROUTING:
                key = routing_key(piece.key, piece.agency_id)
            yield entry_by(actor, at, subject, key, "hand_over_work", given=given, reason=reason)
    counts = Counter(piece.kind for piece in going)
    yield account_entry(
        actor,
        giver.login,
        "hand_over_work",
        at,
        after={"taker": taker.name, **{kind.value: counts[kind] for kind in Held if counts[kind]}},
        reason=reason,
    )


def _notices(
    actor: Actor, giver: Account, taker: Account, count: int, at: datetime
) -> Iterator[Notice]:
    if taker.id == actor.account_id:
        return
    yield Notice(
        key=f"handed:{giver.id}:{taker.id}:{at.isoformat()}",
        kind="account.work_received",
        subject="home",
        subject_key="",
        at=at,
        to_account=taker.id,
        params={"giver": giver.name, "count": count},
    )


def may_hand_over(actor: Actor, giver: Account, day: date) -> bool:
    """Whether the actor may hand over this person's work."""
    try:
        require_handing_over(actor, giver, day)
    except Forbidden:
        return False
    return True
