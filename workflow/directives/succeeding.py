"""Open work of an agency that went over into another moves to it (product.md, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.agencies.records import Agency
from workflow.directives.records import Directive
from workflow.directives.rules import Step, changed_by, moved
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by
from workflow.messages.records import Notice, Urgency

SUCCEED = "succeed"
"""What the history calls it when work moves by itself, because its agency went over."""
LAPSE_INPUT = "lapse_input"
"""And when a request lapses by itself, because who was asked ended and several follow, or none."""


class SuccessionMemory(Protocol):
    """What moving open work asks of memory, within one transaction."""

    def heirs(self, day: date) -> Mapping[int, Agency]:
        """Return by id each agency that no longer stands, with the one that follows it."""

    def numbers_left(self, agencies: Iterable[int]) -> tuple[str, ...]:
        """Return the open directives that some agencies lead, coordinate or handed down."""

    def directive(self, number: str) -> Directive | None:
        """Return a directive with the facts its guards need, held for writing."""

    def save_step(self, directive: Directive, step: Step) -> None:
        """Keep a step over `directive`."""

    def hand_on_requests(self, directive: Directive, heirs: Mapping[int, int]) -> None:
        """Let who follows answer what was asked of who is gone; what that one routed ends."""

    def requests_left(self, day: date) -> Mapping[str, frozenset[int]]:
        """Return open directives with an open request to agencies that stand no more, and these."""

    def lapse_requests(self, directive: Directive, agencies: Iterable[int], at: datetime) -> None:
        """Let what was asked of some agencies lapse: nobody is left there to answer."""

    def post_all(self, notices: Iterable[Notice]) -> object:
        """Write what is told of an act into the outbox of the same transaction."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""


def move_open_work(memory: SuccessionMemory, actor: Actor, day: date, *, at: datetime) -> int:
    """Move the open work of agencies that no longer stand to who follows them; return how much.

    State, dates, acceptance and reports stay as they are: the duty goes on under another name.
    Where several follow, or none, nothing moves; the office says who takes what (`reassign`).
    """
    heirs = memory.heirs(day)
    count = 0
    for number in memory.numbers_left(heirs) if heirs else ():
        directive = memory.directive(number)
        assert directive is not None  # noqa: S101 - just named, in one transaction
        step = taken_over(directive, heirs, day)
        if step is None:
            continue
        keep_succession(memory, actor, directive, step, heirs, at)
        count += 1
    return count + _lapse_what_is_left(memory, actor, day, at)


def _lapse_what_is_left(memory: SuccessionMemory, actor: Actor, day: date, at: datetime) -> int:
    """What was asked of an agency that one agency follows moved with it; of others it lapses."""
    left = memory.requests_left(day)
    for number, gone in sorted(left.items()):
        directive = memory.directive(number)
        assert directive is not None  # noqa: S101 - just named, in one transaction
        step = changed_by(directive, {})
        memory.save_step(directive, step)
        memory.lapse_requests(directive, gone, at)
        memory.append(_entry(actor, directive, step, at, LAPSE_INPUT))
        memory.post_all([_lapsed(step.directive, at)])
    return len(left)


def _lapsed(after: Directive, at: datetime) -> Notice:
    """The lead hears that nobody answers any more, and may ask who coordinates now."""
    return Notice(
        key=f"directive.{LAPSE_INPUT}:{after.number}:{after.version}",
        kind=f"directive.{LAPSE_INPUT}",
        subject="directive",
        subject_key=after.number,
        at=at,
        to_agency=after.lead_agency_id,
        urgency=Urgency.URGENT,
    )


def keep_succession(
    into: SuccessionMemory,
    actor: Actor,
    directive: Directive,
    step: Step,
    heirs: Mapping[int, Agency],
    at: datetime,
) -> None:
    """Keep that others take the place of agencies that are gone; write it down and tell it."""
    into.save_step(directive, step)
    into.hand_on_requests(directive, {old: heir.id for old, heir in heirs.items()})
    into.append(_entry(actor, directive, step, at))
    into.post_all(_notices(directive, step, at))


def taken_over(directive: Directive, heirs: Mapping[int, Agency], day: date) -> Step | None:
    """Return the step that puts who follows in the place of agencies that went over."""

    def heir(agency_id: int) -> int:
        return heirs[agency_id].id if agency_id in heirs else agency_id

    lead = heir(directive.lead_agency_id)
    fields: dict[str, object] = {
        "lead_agency_id": lead,
        "coordinating": frozenset(map(heir, directive.coordinating)) - {lead},
    }
    if lead != directive.lead_agency_id:
        fields |= {"lead_since": day, "awaited_since": day}
    if directive.handed_by_id is not None:
        fields["handed_by_id"] = heir(directive.handed_by_id)
    return moved(directive, fields)


def _entry(
    actor: Actor, directive: Directive, step: Step, at: datetime, action: str = SUCCEED
) -> Entry:
    return entry_by(
        actor,
        at,
        Subject.DIRECTIVE,
        directive.number,
        action,
        before=step.before,
        after=step.after,
    )


def _notices(before: Directive, step: Step, at: datetime) -> Iterable[Notice]:
    after = step.directive
    if after.lead_agency_id == before.lead_agency_id:
        return
    yield Notice(
        key=f"directive.{SUCCEED}:{after.number}:{after.version}",
        kind=f"directive.{SUCCEED}",
        subject="directive",
        subject_key=after.number,
        at=at,
        to_agency=after.lead_agency_id,
        params={"old": before.lead_name},
        urgency=Urgency.URGENT,
    )
