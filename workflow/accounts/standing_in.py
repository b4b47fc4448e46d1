"""Standing in for somebody who is away: named with dates, ended by itself or at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflow.accounts.changing import account_entry, person_of
from workflow.accounts.ports import StandInMemory
from workflow.accounts.records import Account, Actor, Role, StandIn
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.errors import Forbidden, Invalid, NotFound, Refused
from workflow.messages.records import Notice
from workflow.text import clean

LONGEST = timedelta(days=366)
REASON_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStandIn:
    """Whose role in which agency somebody is to act in, from and to which day."""

    absent_id: int
    stand_in_id: int
    role: Role
    agency_id: int
    from_on: date
    to_on: date
    reason: str = ""


def name_stand_in(memory: StandInMemory, actor: Actor, new: NewStandIn, *, at: datetime) -> int:
    """Let a colleague act in somebody's role for a time, and return the stand-in's id.

    The person themself, the head for their agency, or an admin names it; who stands in
    does not pass the role on. During it notices go to both and four eyes are judged for
    both as one. Invalid field by field: `stand_in_id`, `role`, `from_on`, `to_on`, `reason`.
    """
    day = local_day(at)
    require_naming(actor, new.absent_id, new.role, new.agency_id, day)
    absent = person_of(memory, new.absent_id)
    stand_in = memory.account(new.stand_in_id)
    errors = _faults(new, absent, stand_in, day)
    if not errors and stand_in is not None:
        errors = _clashes(memory, new)
    if errors:
        raise Invalid(errors)
    assert stand_in is not None  # noqa: S101 - its absence is an error above
    reason = clean(new.reason)
    added = memory.add_stand_in(
        absent_id=new.absent_id,
        stand_in_id=new.stand_in_id,
        role=new.role,
        agency_id=new.agency_id,
        from_on=new.from_on,
        to_on=new.to_on,
        reason=reason,
        named_by=actor.account_id,
        at=at,
    )
    told = _told(memory, new, absent.name, stand_in.name)
    memory.append(account_entry(actor, absent.login, "add_stand_in", at, after=told, reason=reason))
    memory.post_all(_notices(actor, new, added, told, at))
    return added


def end_stand_in(memory: StandInMemory, actor: Actor, stand_in_id: int, *, at: datetime) -> None:
    """Put an end to a stand-in at once: either of the two, the head, or an admin."""
    day = local_day(at)
    found = memory.stand_in(stand_in_id)
    if found is None:
        raise NotFound("stand_in")
    if actor.account_id != found.stand_in_id:
        require_naming(actor, found.absent_id, found.role, found.agency_id, day)
    if found.ended_at is not None or found.to_on < day:
        raise Refused("stand_in_over")
    memory.end_stand_in(stand_in_id, actor.account_id, at)
    absent = person_of(memory, found.absent_id)
    memory.append(
        account_entry(
            actor,
            absent.login,
            "end_stand_in",
            at,
            before={"stand_in": found.stand_in_name, "to_on": found.to_on},
            after={"to_on": day},
        )
    )


def may_name(actor: Actor, absent_id: int, role: Role, agency_id: int, day: date) -> bool:
    """Whether the actor may name somebody to act in this role of this person."""
    try:
        require_naming(actor, absent_id, role, agency_id, day)
    except Forbidden:
        return False
    return True


def require_naming(actor: Actor, absent_id: int, role: Role, agency_id: int, day: date) -> None:
    """Refuse who is neither the person, nor head of the agency, nor admin."""
    if actor.stands_for is not None and actor.stands_for.account_id == absent_id:
        raise Forbidden("stand_in_passes_on")
    if actor.account_id == absent_id and not actor.is_system:
        return
    heads = actor.role is Role.AGENCY_HEAD and actor.agency_id == agency_id
    if heads and role in _UNDER_HEAD and actor.holds_role_on(day):
        return
    require_admin(actor, day)


_UNDER_HEAD = frozenset({Role.AGENCY_HEAD, Role.AGENCY_CLERK, Role.AGENCY_OFFICER})


def _faults(
    new: NewStandIn, absent: Account, stand_in: Account | None, day: date
) -> dict[str, str]:
    found = {
        "from_on": "date_past" if new.from_on < day else "",
        "to_on": _fault_of_end(new),
        "role": _fault_of_role(new, absent),
        "stand_in_id": _fault_of_person(new, stand_in),
        "reason": "too_long" if len(clean(new.reason)) > REASON_MOST else "",
    }
    return {name: code for name, code in found.items() if code}


def _fault_of_end(new: NewStandIn) -> str:
    if new.to_on < new.from_on:
        return "period_reversed"
    return "stand_in_too_long" if new.to_on - new.from_on > LONGEST else ""


def _fault_of_role(new: NewStandIn, absent: Account) -> str:
    if new.role is Role.ADMIN:
        return "role_not_lent"
    held = _holds(absent, new.agency_id, new.from_on, new.role)
    return "" if held else "role_not_held_then"


def _fault_of_person(new: NewStandIn, stand_in: Account | None) -> str:
    if stand_in is None or stand_in.is_system or not stand_in.is_active:
        return "not_a_person"
    if stand_in.id == new.absent_id:
        return "same_person"
    return "" if _holds(stand_in, new.agency_id, new.from_on) else "not_a_colleague"


def _holds(account: Account, agency_id: int, day: date, role: Role | None = None) -> bool:
    return any(
        m.agency_id == agency_id and m.stands_on(day) and role in (None, m.role)
        for m in account.memberships
    )


def _clashes(memory: StandInMemory, new: NewStandIn) -> dict[str, str]:
    """One stand-in at a time for a role, and nobody stands in who is away in those days."""
    for other in memory.stand_ins_of(new.absent_id):
        same = (other.absent_id, other.role, other.agency_id) == (
            new.absent_id,
            new.role,
            new.agency_id,
        )
        if same and _overlap(other, new):
            return {"from_on": "stand_in_overlaps"}
    away = (s for s in memory.stand_ins_of(new.stand_in_id) if s.absent_id == new.stand_in_id)
    return {"stand_in_id": "stand_in_away"} if any(_overlap(s, new) for s in away) else {}


def _overlap(standing: StandIn, new: NewStandIn) -> bool:
    return standing.from_on <= new.to_on and new.from_on <= standing.to_on


def _told(memory: StandInMemory, new: NewStandIn, absent: str, stand_in: str) -> dict[str, object]:
    agency = memory.agency(new.agency_id)
    return {
        "absent": absent,
        "stand_in": stand_in,
        "role": new.role,
        "agency": agency.name if agency else "",
        "from_on": new.from_on,
        "to_on": new.to_on,
    }


def _notices(
    actor: Actor, new: NewStandIn, added: int, told: dict[str, object], at: datetime
) -> Iterator[Notice]:
    params = {
        "absent": str(told["absent"]),
        "stand_in": str(told["stand_in"]),
        "agency": str(told["agency"]),
        "from_on": new.from_on.isoformat(),
        "to_on": new.to_on.isoformat(),
    }
    for who, account in (("stand_in", new.stand_in_id), ("absent", new.absent_id)):
        if account != actor.account_id:
            yield Notice(
                key=f"stand_in:{added}:{who}",
                kind=f"account.{who}",
                subject="account",
                subject_key="",
                at=at,
                to_account=account,
                params=params,
            )
