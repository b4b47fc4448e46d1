"""Who is told what of reporting periods, in the transaction that caused it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow.accounts.records import Role
from workflow.directives.records import Directive
from workflow.history.records import Plain
from workflow.messages.falling import NAMED, Fall
from workflow.messages.records import Notice, Urgency
from workflow.periods.records import Period, PeriodAction

SUBJECT = "directive"
TO_LEAD = frozenset({PeriodAction.RECORD, PeriodAction.RETURN, PeriodAction.CONFIRM})
"""What those above do, the agency that leads is told; what it does, they are told."""


SUBMITTED = "submitted_period"
"""Who did the work hears that the report of its period went out, and by whom."""


def notices_of(
    action: PeriodAction,
    after: Directive,
    period: Period,
    at: datetime,
    *,
    doers: Iterable[int] = (),
    told: Mapping[str, Plain] | None = None,
) -> Iterator[Notice]:
    """Yield what an act on a period tells: those above or the lead, and who does the work."""
    main = _notice_of(action, after, period, at)
    yield replace(main, params={**main.params, **(told or {})})
    kind = SUBMITTED if action is PeriodAction.REPORT else action.value
    for one in doers:
        yield replace(
            main,
            key=f"{main.key}:doer:{one}",
            kind=f"period.{kind}",
            to_account=one,
            to_agency=None,
            to_role=None,
            params={**main.params, **(told or {})},
        )


def _notice_of(action: PeriodAction, after: Directive, period: Period, at: datetime) -> Notice:
    to_lead = action in TO_LEAD
    return Notice(
        key=f"period.{action}:{after.number}:{after.version}",
        kind=f"period.{action.value}",
        subject=SUBJECT,
        subject_key=after.number,
        at=at,
        to_agency=after.lead_agency_id if to_lead else after.overseer_id or None,
        to_role=None if to_lead else Role.OFFICE,
        params={"period": period.serial, "due_on": period.due_on.isoformat()},
        urgency=Urgency.URGENT,
    )


def planned(after: Directive, periods: int, first_due_on: date, at: datetime) -> Notice:
    """Return what the lead is told when its reporting periods were set."""
    return Notice(
        key=f"period.planned:{after.number}:{after.version}",
        kind="period.planned",
        subject=SUBJECT,
        subject_key=after.number,
        at=at,
        to_agency=after.lead_agency_id,
        params={"periods": periods, "due_on": first_due_on.isoformat()},
    )


def closed(after: Directive, year: int, at: datetime) -> Notice:
    """Return what the lead is told when standing work ended with its year."""
    return Notice(
        key=f"period.closed:{after.number}:{after.version}",
        kind="period.closed",
        subject=SUBJECT,
        subject_key=after.number,
        at=at,
        to_agency=after.lead_agency_id,
        params={"year": str(year)},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FallingPeriod:
    """A period that is told tonight to the agency that owes it."""

    number: str
    serial: int
    agency_id: int
    fall: Fall


def notices_of_falls(
    falls: Iterable[FallingPeriod], day: date, at: datetime, soon_days: tuple[int, int]
) -> Iterator[Notice]:
    """Yield one notice for each agency with all its periods counted, the first ones named."""
    by_agency: dict[int, list[FallingPeriod]] = defaultdict(list)
    for falling in falls:
        by_agency[falling.agency_id].append(falling)
    for agency, theirs in sorted(by_agency.items()):
        named = {fall: sorted(_named(theirs, fall)) for fall in Fall}
        counts: dict[str, Plain] = {fall.value: len(names) for fall, names in named.items()}
        first: dict[str, Plain] = {f.value: list(names[:NAMED]) for f, names in named.items()}
        yield Notice(
            key=f"periods.due:{agency}:{day.isoformat()}",
            kind="periods.due",
            to_agency=agency,
            subject="periods",
            subject_key=day.isoformat(),
            params={
                "count": len(theirs),
                "counts": counts,
                "numbers": first,
                "soon_days": max(soon_days),
                "very_soon_days": min(soon_days),
            },
            urgency=Urgency.URGENT if named[Fall.OVERDUE] else Urgency.NORMAL,
            at=at,
        )


def _named(theirs: Iterable[FallingPeriod], fall: Fall) -> list[str]:
    return [f"{one.number}/{one.serial}" for one in theirs if one.fall is fall]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPeriod:
    """A report of a period that waited longer than its answer time; `agency_id` follows it."""

    number: str
    serial: int
    agency_id: int | None


def notices_of_waits(waits: Iterable[WaitingPeriod], day: date, at: datetime) -> Iterator[Notice]:
    """Yield one notice for each agency that has reports of periods to judge, all counted."""
    by_agency: dict[int, list[str]] = defaultdict(list)
    for wait in waits:
        by_agency[wait.agency_id or 0].append(f"{wait.number}/{wait.serial}")
    for agency, names in sorted(by_agency.items()):
        yield Notice(
            key=f"periods.unanswered:{agency}:{day.isoformat()}",
            kind="periods.unanswered",
            to_agency=agency or None,
            to_role=Role.OFFICE,
            subject="periods",
            subject_key=day.isoformat(),
            params={"count": len(names), "numbers": list(sorted(names)[:NAMED])},
            at=at,
        )
