"""Days that those above hold work beyond their answer time: shown as their own.

They are the office's, or of the agency that handed a part down, and are not charged to the
lead (product.md, section 3). Answer times are settings in working days, as the days of a
deadline are counted: the day of asking does not count, the last one ends at its end. Days
beyond it are calendar days, as lateness is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from workflow.calendar.working import WorkingCalendar
from workflow.days import local_day
from workflow.directives.limits import Limits
from workflow.directives.matters import Matter, Proposal
from workflow.directives.records import Action
from workflow.errors import Invalid
from workflow.history.records import Entry

ONE_DAY = timedelta(days=1)
OPENS: Mapping[str, Matter] = {
    Action.REPORT: Matter.REPORT,
    Action.RECORD_REPORT: Matter.REPORT,
    Action.DECLINE: Matter.DECLINE,
    Action.REQUEST_EXTENSION: Matter.EXTENSION,
}
"""What each act of the lead asks of those above; proposals are asked one by one."""
ENDS: Mapping[str, frozenset[Matter]] = {
    Action.REPORT: frozenset({Matter.EXTENSION}),
    Action.RECORD_REPORT: frozenset({Matter.EXTENSION}),
    Action.RECALL: frozenset({Matter.REPORT}),
    Action.RETURN: frozenset({Matter.REPORT}),
    Action.VERIFY: frozenset({Matter.REPORT}),
    Action.AMEND: frozenset({Matter.REPORT}),
    Action.INSIST: frozenset({Matter.DECLINE}),
    Action.REASSIGN: frozenset({Matter.DECLINE, Matter.EXTENSION}),
    Action.DECIDE_EXTENSION: frozenset({Matter.EXTENSION}),
    Action.WITHDRAW: frozenset(Matter),
}
"""What each act answers, or makes needless to answer."""
TAKEN_BACK = {"decline": Matter.DECLINE, "extension": Matter.EXTENSION}


LAYS_BY = frozenset({Action.REPORT, Action.RECORD_REPORT})
GIVES_BACK = frozenset({Action.RECALL, Action.RETURN, Action.AMEND})
"""A report lays a request for a later date by; once it goes back that waits anew, from that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One matter that waited, or waits while `answered_on` is None."""

    matter: Matter
    asked_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A matter held beyond its answer time: asked, to be answered by, answered, days beyond."""

    matter: Matter
    asked_on: date
    answer_by: date
    answered_on: date | None
    days: int

    def dates(self, until: date) -> Iterator[date]:
        """Yield the days beyond the answer time, up to `until`."""
        for number in range(1, self.days + 1):
            day = self.answer_by + timedelta(days=number)
            if day <= until:
                yield day


class AskedBefore(NamedTuple):
    """By which day each matter must have been asked for its answer time to be over."""

    report: date
    decline: date
    extension: date
    proposal: date


def answer_by(calendar: WorkingCalendar, asked_on: date, working_days: int) -> date | None:
    """Return the last day of an answer time; None where the calendar does not reach."""
    try:
        return calendar.due_on(asked_on, working_days) if working_days else asked_on
    except Invalid:
        return None


def asked_before(calendar: WorkingCalendar, limits: Limits, today: date) -> AskedBefore:
    """Return for each matter the last day of asking whose answer time is over on `today`."""
    return AskedBefore(
        *(_last_asked(calendar, limits.answer_time(matter), today) for matter in Matter)
    )


def _last_asked(calendar: WorkingCalendar, working_days: int, today: date) -> date:
    day = today - ONE_DAY
    while (by := answer_by(calendar, day, working_days)) is not None and by >= today:
        day -= ONE_DAY
    return day


def waits_of(entries: Iterable[Entry], proposals: Iterable[Proposal]) -> Iterator[Wait]:
    """Yield what the history of one directive asked of those above, and when it was answered."""
    yield from _asked_in(entries)
    for one in proposals:
        if one.answered_on or one.is_open:
            yield Wait(
                matter=Matter.PROPOSAL, asked_on=one.proposed_on, answered_on=one.answered_on
            )


def _asked_in(entries: Iterable[Entry]) -> Iterator[Wait]:
    """Yield what acts asked; proposals are asked one by one and stand for themselves."""
    asked: dict[Matter, date] = {}
    laid_by = False
    for entry in entries:
        day, ends = local_day(entry.at), _ended_by(entry)
        if entry.action in LAYS_BY:
            laid_by = Matter.EXTENSION in asked and "extension_asked_to" not in entry.after
        for ended in sorted(ends & set(asked)):
            yield Wait(matter=ended, asked_on=asked.pop(ended), answered_on=day)
        if opened := OPENS.get(entry.action):
            asked[opened] = _asked_on(entry, day)
        if laid_by and _waits_again(entry):
            laid_by, asked[Matter.EXTENSION] = False, day
    for matter, day in asked.items():
        yield Wait(matter=matter, asked_on=day)


def _waits_again(entry: Entry) -> bool:
    """Whether the report went back while a request for a later date was laid by for it."""
    return entry.action in GIVES_BACK and "extension_asked_to" not in entry.after


def _ended_by(entry: Entry) -> frozenset[Matter]:
    """What was taken back needs no answer from that day on."""
    if entry.action == Action.TAKE_BACK:
        return frozenset({TAKEN_BACK[str(entry.given.get("taken_back"))]})
    return ENDS.get(entry.action, frozenset())


def _asked_on(entry: Entry, day: date) -> date:
    """A report that came by paper waits since the day it was received."""
    received = entry.given.get("received_on")
    return date.fromisoformat(received) if isinstance(received, str) else day


def held_beyond(
    waits: Iterable[Wait], calendar: WorkingCalendar, limits: Limits, today: date
) -> tuple[Held, ...]:
    """Return what was held beyond its answer time as of `today`, in the order it was asked."""
    found = []
    for wait in sorted(waits, key=lambda one: (one.asked_on, one.matter)):
        by = answer_by(calendar, wait.asked_on, limits.answer_time(wait.matter))
        days = ((wait.answered_on or today) - by).days if by else 0
        if by and days > 0:
            held = Held(
                matter=wait.matter,
                asked_on=wait.asked_on,
                answer_by=by,
                answered_on=wait.answered_on,
                days=days,
            )
            found.append(held)
    return tuple(found)


def days_held(held: Iterable[Held], until: date) -> int:
    """Return on how many days up to `until` anything was held too long; each counts once."""
    return len({day for one in held for day in one.dates(until)})


class Charge(NamedTuple):
    """Whose the days of lateness are; they add up to all of them.

    `lead` are the lead's own, `above` those on which something waited for an answer beyond its
    time, `before` those under whoever led it earlier (product.md, section 3: `reassign`).
    """

    lead: int
    above: int
    before: int


def charge(
    days_over: int, held: Iterable[Held], until: date, *, since: date | None = None
) -> Charge:
    """Split days of lateness by who held the work.

    `until` is where the lead's clock stands: the day of its report, or today. What was held
    after that day made nothing late. `since` is the day on which the lead took over: it and
    the days before it are charged to whoever led it then.
    """
    under = days_over if since is None else min(days_over, max(0, (until - since).days))
    days = {day for one in held for day in one.dates(until) if since is None or day > since}
    lead = max(0, under - len(days))
    return Charge(lead=lead, above=under - lead, before=days_over - under)


def led_since(entries: Iterable[Entry]) -> date | None:
    """Return the last day on which another agency took over the lead, by the entries given."""
    days = [e.after.get("lead_since") for e in entries if e.before.get("lead_agency_id")]
    told = [day for day in days if isinstance(day, str)]
    return date.fromisoformat(told[-1]) if told else None
