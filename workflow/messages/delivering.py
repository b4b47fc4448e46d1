"""Delivering the outbox: a row in each recipient's inbox, and when it is due by e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Role
from workflow.calendar.working import WorkingCalendar
from workflow.days import local_day
from workflow.messages.hours import OfficeHours
from workflow.messages.recipients import Addressed, Holder, recipients_of
from workflow.messages.records import Choices, Urgency

BATCH = 500
OF_WORK = frozenset(
    {"directive", "directives", "document", "violation", "escalation", "escalations"}
)
"""Subjects that are the office's business: who stands in is told of them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(Addressed):
    """A notice that nobody got yet."""

    urgency: Urgency
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One notice in one person's inbox; `mail_at` is None where no letter follows."""

    account_id: int
    message_id: int
    mail_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a round of delivery did; `stranded` notices found nobody on the day."""

    notices: int = 0
    items: int = 0
    stranded: int = 0


class DeliveryMemory(Protocol):
    """The outbox and the inboxes within one transaction."""

    def take_waiting(self, limit: int) -> Sequence[Waiting]: ...

    def heirs(self, agency_ids: Iterable[int], day: date) -> Mapping[int, frozenset[int]]: ...

    def holders(
        self, day: date, *, agency_ids: Iterable[int], roles: Iterable[Role]
    ) -> Sequence[Holder]: ...

    def stand_ins(self, day: date, account_ids: Iterable[int]) -> Mapping[int, frozenset[int]]: ...

    def choices(self, account_ids: Iterable[int]) -> Mapping[int, Choices]: ...

    def put_in_inboxes(self, items: Sequence[Item], at: datetime) -> None: ...

    def mark_delivered(self, recipients: Mapping[int, int], at: datetime) -> None: ...


def deliver(
    memory: DeliveryMemory,
    *,
    hours: OfficeHours,
    calendar: WorkingCalendar,
    at: datetime,
    by_email: bool,
) -> Delivered:
    """Deliver up to a batch of notices in one transaction.

    The inbox row appears at once, whatever the hour; its letter waits for office hours.
    Closed accounts get nothing. A notice that finds nobody is stranded: it stays visible
    to the admin, and the night tries it again.
    """
    waiting = memory.take_waiting(BATCH)
    if not waiting:
        return Delivered()
    found = _with_stand_ins(memory, waiting, _resolve(memory, waiting, local_day(at)), at)
    choices = memory.choices({account for accounts in found.values() for account in accounts})
    items = [
        Item(
            account_id=account,
            message_id=notice.id,
            mail_at=hours.mail_moment(at, calendar, notice.urgency, choices[account])
            if by_email
            else None,
        )
        for notice in waiting
        for account in found[notice.id]
        if account in choices
    ]
    counts = dict.fromkeys((notice.id for notice in waiting), 0)
    for item in items:
        counts[item.message_id] += 1
    memory.put_in_inboxes(items, at)
    memory.mark_delivered(counts, at)
    stranded = sum(1 for count in counts.values() if not count)
    return Delivered(notices=len(waiting), items=len(items), stranded=stranded)


def _with_stand_ins(
    memory: DeliveryMemory,
    waiting: Sequence[Waiting],
    found: Mapping[int, tuple[int, ...]],
    at: datetime,
) -> Mapping[int, tuple[int, ...]]:
    """Who stands in for somebody gets what goes to that person by name, beside them.

    What goes to an agency or a role reaches them as a holder of the role.
    """
    named = {n.to_account for n in waiting if n.to_account is not None and n.subject in OF_WORK}
    if not named:
        return found
    beside = memory.stand_ins(local_day(at), named)
    return {
        n.id: tuple(sorted({*found[n.id], *beside.get(n.to_account, ())}))
        if n.to_account is not None and n.subject in OF_WORK
        else found[n.id]
        for n in waiting
    }


def _resolve(
    memory: DeliveryMemory, waiting: Sequence[Waiting], day: date
) -> Mapping[int, tuple[int, ...]]:
    agencies = {n.to_agency for n in waiting if n.to_agency is not None}
    roles = {n.to_role for n in waiting if n.to_role is not None and n.to_agency is None}
    heirs = memory.heirs(agencies, day) if agencies else {}
    standing = frozenset[int]().union(*heirs.values())
    holders = memory.holders(day, agency_ids=standing, roles=roles) if standing or roles else ()
    return {notice.id: recipients_of(notice, holders, heirs) for notice in waiting}
