"""What agencies that ended have left goes to whom the office says, in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor, Role
from workflow.agencies.records import Agency
from workflow.agencies.rules import may_lead
from workflow.days import local_day
from workflow.directives.ports import DirectiveMemory
from workflow.directives.records import Directive, State
from workflow.directives.standing import Standing, standings
from workflow.directives.succeeding import SuccessionMemory, keep_succession, taken_over
from workflow.directives.usecases import look_at
from workflow.doors import Refusal
from workflow.errors import Forbidden, Invalid, NotFound

MOST_AT_ONCE = 500
ENDED = frozenset({State.VERIFIED, State.WITHDRAWN})


class LeftWork(DirectiveMemory, SuccessionMemory, Protocol):
    """Directives as acts and successions ask of them."""

    def directive(self, number: str) -> Directive | None:
        """Return a directive with the facts its guards need, held for writing."""


class LeftMemory(Protocol):
    """One transaction's view of several directives."""

    @property
    def directives(self) -> LeftWork: ...

    def hold(self, numbers: Iterable[str]) -> None:
        """Hold directives in the order of their numbers, before the history is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One directive of an agency that ended, as the person saw it, and who takes its place."""

    number: str
    version: int
    heirs: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How a move ended."""

    number: str
    refusal: Refusal | None = None


def hand_on_left(
    memory: LeftMemory, actor: Actor, moves: Sequence[Move], *, at: datetime
) -> tuple[Moved, ...]:
    """Put agencies that stand in the place of those that ended, in one transaction.

    For leads and coordinating agencies alike; state, dates, acceptance and reports stay as they
    are, as when one agency follows another by law (product.md, section 2). Each leaves its entry
    and tells the new lead. One that is not the actor's to oversee, has ended, was changed
    meanwhile, or would go to who cannot take it stays as it was, with its reason. Forbidden for
    whoever is not of the office; Invalid when nothing is chosen, or too much.
    """
    day = local_day(at)
    if actor.role is not Role.OFFICE or not actor.holds_role_on(day):
        raise Forbidden("not_yours", who=[Standing.OVERSEER])
    if not 0 < len(moves) <= MOST_AT_ONCE:
        raise Invalid({"chosen": "too_many_lines" if moves else "required"})
    memory.hold(move.number for move in moves)
    return tuple(
        Moved(number=move.number, refusal=_moved(memory.directives, actor, move, day, at))
        for move in moves
    )


def _moved(memory: LeftWork, actor: Actor, move: Move, day: date, at: datetime) -> Refusal | None:
    """Move one, or say why not."""
    try:
        directive, _ = look_at(memory, actor, move.number, day)
    except NotFound:
        return Refusal(code="not_found")
    refusal = _refusal(actor, directive, move, day)
    if refusal is not None:
        return refusal
    heirs = _heirs(memory, directive, move.heirs, day)
    if heirs is None:
        return Refusal(code="cannot_take_over")
    step = taken_over(directive, heirs, day)
    if step is None:
        return Refusal(code="nothing_left")
    keep_succession(memory, actor, directive, step, heirs, at)
    return None


def _refusal(actor: Actor, directive: Directive, move: Move, day: date) -> Refusal | None:
    if Standing.OVERSEER not in standings(actor, directive, day):
        return Refusal(code="not_yours", params={"who": [Standing.OVERSEER]})
    if directive.state in ENDED:
        return Refusal(code="wrong_state", params={"state": directive.state})
    return None if directive.version == move.version else Refusal(code="changed_meanwhile")


def _heirs(
    memory: LeftWork, directive: Directive, wanted: Mapping[int, int], day: date
) -> Mapping[int, Agency] | None:
    """Return who takes whose place; None where one still stands, or another cannot take it."""
    found: dict[int, Agency] = {}
    for old_id, new_id in wanted.items():
        old, new = memory.agency(old_id), memory.agency(new_id)
        if old is None or new is None or old.stands_on(day) or not new.stands_on(day):
            return None
        if old_id == directive.lead_agency_id and not may_lead(new, day):
            return None
        found[old_id] = new
    return found
