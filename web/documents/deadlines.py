"""What the words of a deadline come to: shown while they are typed, and beside each clause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from web.deadlines.telling import recurs_told
from web.directives.fields import typed_day
from web.documents.words import WAITING, say_of
from web.speech import gettext as _
from web.wiring import office
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import Deadline, DeadlineKind
from workflow.documents.rules import COUNTED_FROM_SIGNING
from workflow.errors import Invalid
from workflow.periods.planning import plan_of, spans_of
from workflow.text import clean

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """A deadline as read, ready for the page.

    `why` says in words why it waits for a person; empty when it does not. `days` is the
    ledger of a count of working days, `counts_from` the day it starts.
    """

    deadline: Deadline
    due_on: date | None
    counts_from: date | None
    days: tuple[dict[str, Any], ...]
    why: str
    needs_date: bool = False
    issued_on: date | None = None

    @property
    def recurs(self) -> str:
        """How often and when it comes again, in words; empty where it does not."""
        return recurs_told(self.deadline.recurs) if self.deadline.recurs else ""

    @property
    def plan(self) -> FirstPlan | None:
        """When the first report of what comes again is due, and when the work ends."""
        return first_plan(self.deadline, self.issued_on)

    @property
    def weekend(self) -> str:
        """The name of the day it is due on where nobody works on it; a date never moves."""
        days = {SATURDAY: _("thứ Bảy"), SUNDAY: _("Chủ nhật")}
        return days.get(self.due_on.weekday(), "") if self.due_on else ""

    @property
    def has_two_readings(self) -> bool:
        """Whether "trước ngày X" stands in the words."""
        return self.deadline.other_due_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPlan:
    """The periods that a rule gives from a day on: how many, the first due day, the end."""

    periods: int
    first_due_on: date
    days: int
    ends_on: date


def first_plan(deadline: Deadline, issued_on: date | None) -> FirstPlan | None:
    """Return what issuing on a day would plan; None where there is no rule, or no day yet.

    `days` is how long the first period is: a short one is worth a look.
    """
    if deadline.kind is not DeadlineKind.RECURRING or issued_on is None:
        return None
    plan = plan_of(deadline, issued_on, day=office().settings.limits.period_due_day)
    if plan is None:
        return None
    spans = spans_of(plan)
    first = spans[0]
    return FirstPlan(
        periods=len(spans),
        first_due_on=first.due_on,
        days=(first.due_on - first.from_on).days + 1,
        ends_on=plan.ends_on,
    )


def reading_of(text: str, issued_on: date | None, calendar: WorkingCalendar) -> ReadingView:
    """Read the words of a deadline for a document signed on `issued_on`."""
    deadline = read_deadline(
        clean(text),
        year=issued_on.year if issued_on else None,
        before_is_strict=office().settings.before_is_strict,
    )
    return view_of(deadline, issued_on, calendar)


def view_of(deadline: Deadline, issued_on: date | None, calendar: WorkingCalendar) -> ReadingView:
    """Return a deadline that was read, with its count where it has one."""
    if deadline.kind is DeadlineKind.UNKNOWN:
        reason = deadline.reason.value if deadline.reason else "not_understood"
        return _plain(deadline, why=say_of(WAITING, reason))
    if deadline.kind is not DeadlineKind.RELATIVE or not deadline.working_days:
        return replace(_plain(deadline), issued_on=issued_on)
    start = deadline.starts_on or issued_on
    if deadline.starts_on is None and deadline.counts_from not in COUNTED_FROM_SIGNING:
        return _plain(deadline, why=say_of(WAITING, "start_not_known"))
    if start is None:
        return _plain(deadline, needs_date=True)
    try:
        due_on, days = calendar.add_working_days(start, deadline.working_days)
    except Invalid:
        return _plain(deadline, why=say_of(WAITING, "outside_calendar"))
    return ReadingView(
        deadline=deadline, due_on=due_on, counts_from=start, days=_numbered(days), why=""
    )


def _plain(deadline: Deadline, *, why: str = "", needs_date: bool = False) -> ReadingView:
    return ReadingView(
        deadline=deadline,
        due_on=deadline.due_on,
        counts_from=None,
        days=(),
        why=why,
        needs_date=needs_date,
    )


def _numbered(days: Any) -> tuple[dict[str, Any], ...]:
    rows = []
    number = 0
    for day in days:
        number += day.counted
        counted = number if day.counted else None
        rows.append(
            {"date": day.date, "counted": day.counted, "reason": day.reason, "number": counted}
        )
    return tuple(rows)


def typed_while(args: Any) -> tuple[str, date | None]:
    """Return the words and the day that a half-typed form sends along."""
    text = next((v for k, v in args.items() if k == "text" or k.endswith("deadline_text")), "")
    return text[:2000], typed_day(args.get("issued_on", ""))
