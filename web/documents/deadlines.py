"""What the words of a deadline come to: shown while they are typed, and beside each clause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from web.calendar.ledger import LedgerLine, ledger_lines
from web.calendar.words import off_day
from web.deadlines.telling import recurs_told
from web.directives.fields import typed_day
from web.documents.words import WAITING, say_of
from web.periods.naming import named
from web.wiring import office
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.ledger import begins_unsaid, count_begins
from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import Deadline, DeadlineKind
from workflow.documents.records import CarriedState, Clause
from workflow.errors import Invalid
from workflow.periods.planning import plan_of, spans_of, start_of
from workflow.periods.records import Rhythm
from workflow.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPeriod:
    """One reporting period before there is any: its name, its due day, why it is a day off."""

    name: str
    due_on: date
    off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPlan:
    """The periods that a rule gives from a day on, the length of the first, and the end."""

    periods: tuple[PlannedPeriod, ...]
    days: int
    ends_on: date

    @property
    def first_due_on(self) -> date:
        """The day on which the first report is due."""
        return self.periods[0].due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """A deadline as read, ready for the page.

    `why` says in words why it waits for a person; empty when it does not. `days` is the
    ledger of a count of working days, `counts_from` the day it starts. `off` says why nobody
    works on the day it is due, empty where it is a working day: a date never moves by itself.
    `plan` holds the periods that issuing would make.
    """

    deadline: Deadline
    due_on: date | None
    counts_from: date | None
    days: tuple[LedgerLine, ...]
    why: str
    needs_date: bool = False
    off: str = ""
    plan: PeriodPlan | None = None
    issued_on: date | None = None

    @property
    def recurs(self) -> str:
        """How often and when it comes again, in words; empty where it does not."""
        return recurs_told(self.deadline.recurs) if self.deadline.recurs else ""

    @property
    def other_recurs(self) -> str:
        """The other reading of what comes again "trước ngày X", in words; empty if there is one."""
        return recurs_told(self.deadline.other_recurs) if self.deadline.other_recurs else ""

    @property
    def is_over_at_issue(self) -> bool:
        """Whether it is over before the day the document bears: mostly a slip of the pen."""
        return bool(self.issued_on and self.due_on and self.due_on < self.issued_on)

    @property
    def has_two_readings(self) -> bool:
        """Whether "trước ngày X" stands in the words."""
        return self.deadline.other_due_on is not None


def periods_planned(
    deadline: Deadline,
    start: date | None,
    calendar: WorkingCalendar,
    *,
    rhythm: Rhythm | None = None,
) -> PeriodPlan | None:
    """Return what issuing would plan for work that owes reports from `start` on.

    None where there is no rule and no rhythm, or no day yet. `days` is how long the first
    period is: a short one is worth a look.
    """
    if deadline.kind not in {DeadlineKind.RECURRING, DeadlineKind.ONGOING} or start is None:
        return None
    due_day = office().settings.limits.period_due_day
    plan = plan_of(deadline, start, day=due_day, rhythm=rhythm)
    if plan is None:
        return None
    spans = spans_of(plan)
    return PeriodPlan(
        periods=tuple(
            PlannedPeriod(
                name=named(span.due_on, span.serial, plan.recurs),
                due_on=span.due_on,
                off=off_day(span.due_on, calendar),
            )
            for span in spans
        ),
        days=(spans[0].due_on - spans[0].from_on).days + 1,
        ends_on=plan.ends_on,
    )


def owes_from(clause: Clause, issued_on: date | None) -> date | None:
    """Return the day from which a clause's directive would owe reports; None for one that ended.

    Work that runs elsewhere already owes them from the day it is entered.
    """
    if issued_on is None or clause.carried_state is CarriedState.DONE:
        return None
    return start_of(issued_on, office().today(), carried_over=clause.carried_state is not None)


def clause_view(clause: Clause, issued_on: date | None, calendar: WorkingCalendar) -> ReadingView:
    """Return how the deadline of a draft's clause reads, with the periods it would make."""
    view = view_of(clause.deadline, issued_on, calendar)
    if view.plan is None:
        return view
    start = owes_from(clause, issued_on)
    return replace(view, plan=periods_planned(clause.deadline, start, calendar))


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
        return replace(
            _plain(deadline, needs_date=_needs_day(deadline, issued_on)),
            off=off_day(deadline.due_on, calendar),
            plan=periods_planned(deadline, issued_on, calendar),
            issued_on=issued_on,
        )
    if begins_unsaid(deadline):
        return _plain(deadline, why=say_of(WAITING, "start_not_known"))
    start = count_begins(deadline, issued_on)
    if start is None:
        return _plain(deadline, needs_date=True)
    try:
        due_on, days = calendar.add_working_days(start, deadline.working_days)
    except Invalid:
        return _plain(deadline, why=say_of(WAITING, "outside_calendar"))
    return ReadingView(
        deadline=deadline, due_on=due_on, counts_from=start, days=ledger_lines(days), why=""
    )


def _needs_day(deadline: Deadline, issued_on: date | None) -> bool:
    return deadline.kind is DeadlineKind.RECURRING and issued_on is None


def _plain(deadline: Deadline, *, why: str = "", needs_date: bool = False) -> ReadingView:
    return ReadingView(
        deadline=deadline,
        due_on=deadline.due_on,
        counts_from=None,
        days=(),
        why=why,
        needs_date=needs_date,
    )


def typed_while(args: Any) -> tuple[str, date | None]:
    """Return the words and the day that a half-typed form sends along."""
    text = next((v for k, v in args.items() if k == "text" or k.endswith("deadline_text")), "")
    return text[:2000], typed_day(args.get("issued_on") or args.get("paper_on", ""))
