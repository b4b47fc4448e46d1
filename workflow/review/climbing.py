"""Cases whose clock ran out, and cases that nobody holds yet: who gets them next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workflow.calendar.working import WorkingCalendar
from workflow.review.clocks import answer_by
from workflow.review.conflict import Organisation
from workflow.review.records import EscalationState, ReviewLimits
from workflow.review.roster import Person, Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A case whose clock ran out by the day, or that was raised and has no holder yet."""

    id: int
    number: str
    state: EscalationState
    version: int
    level: int
    concerned: frozenset[int]
    holder_id: int | None
    holder_since: datetime | None = None
    answer_by: date | None
    raised_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """Who gets a case next and until when; `holder_id` None: there is nobody, not even a leader.

    `is_first`: the case just came to the desk, or came back by a new raise: whoever held it
    goes on. `to_leader`: it reached the leader.
    """

    of: Waiting
    holder_id: int | None
    answer_by: date
    is_first: bool
    to_leader: bool


def climbs(
    waiting: Iterable[Waiting],
    organisation: Organisation,
    roster: Roster,
    *,
    calendar: WorkingCalendar,
    limits: ReviewLimits,
    day: date,
) -> Iterator[Climb]:
    """Yield the next holder of each case that moves; one that stays where it is moves nowhere.

    The first holder's clock runs from the day of the raise, but never ends before `day`; the
    clock of the next one begins on `day`.
    """
    for one in waiting:
        found = _next(one, organisation, roster)
        is_first = one.answer_by is None
        if not is_first and (found is None or found.account_id == one.holder_id):
            continue
        clock = answer_by(calendar, limits, one.level, one.raised_on if is_first else day)
        yield Climb(
            of=one,
            holder_id=found.account_id if found else None,
            answer_by=max(clock, day),
            is_first=is_first,
            to_leader=found is not None and roster.is_leader(found.account_id),
        )


def _next(one: Waiting, organisation: Organisation, roster: Roster) -> Person | None:
    """A proposal waits for its decision, so its clock leads to the leader at once."""
    if roster.is_leader(one.holder_id):
        return next(p for p in roster.leaders if p.account_id == one.holder_id)
    if one.answer_by is None:
        able = roster.able(organisation, one.concerned)
        held = next((p for p in able if p.account_id == one.holder_id), None)
        if held is not None:
            return held
    if one.state is EscalationState.PROPOSED:
        return roster.leader(organisation, one.concerned)
    return roster.after(organisation, one.concerned, one.holder_id)
