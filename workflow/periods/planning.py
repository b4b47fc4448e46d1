"""From a deadline and a day of issue to the periods of a year: the rule gives every row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from workflow.deadlines.records import Deadline, DeadlineKind
from workflow.directives.records import Directive
from workflow.periods.guards import HAVE_ENDED
from workflow.periods.records import NewPlan, Plan, Rhythm, Span
from workflow.periods.rhythm import (
    MONTHS,
    Rule,
    completed,
    due_days,
    read_rule,
    rule_of,
    write_rule,
)

ONE_DAY = timedelta(days=1)
LONGEST_YEARS = 5
"""A document that names an end beyond this many years is planned this far."""


def rule_for(deadline: Deadline, rhythm: Rhythm | None, day: int) -> Rule | None:
    """Return the rule of a deadline: its document's, or the office's rhythm where it names none.

    `day` is the day of the month where neither names one. None for a deadline that has no
    periods, and for an ongoing one while nobody chose a rhythm.
    """
    if deadline.kind is DeadlineKind.RECURRING and deadline.recurs:
        return completed(read_rule(deadline.recurs), day)
    if deadline.kind is DeadlineKind.ONGOING and rhythm is not None:
        return rule_of(rhythm, day)
    return None


def plan_of(
    deadline: Deadline, start: date, *, day: int, rhythm: Rhythm | None = None
) -> Plan | None:
    """Return what the periods of a directive that runs from `start` follow from.

    The directive's year is the one in which its first period falls due: work given on 20
    December that reports on the 19th of each month is the next year's. It ends on 31 December,
    or on the day its document names. None where the rule gives no period at all.
    """
    rule = rule_for(deadline, rhythm, day)
    if rule is None:
        return None
    begins = max(start, deadline.starts_on or start)
    ahead = date(begins.year + _years(rule) + 1, 12, 31)
    found = due_days(rule, begins, ahead)
    if not found:
        return None
    ends_on = date(found[0].year, 12, 31)
    if rule.until:
        ends_on = min(rule.until, date(begins.year + LONGEST_YEARS, 12, 31))
    return Plan(
        recurs=write_rule(rule),
        starts_on=begins,
        ends_on=ends_on,
        rhythm=rhythm if deadline.kind is DeadlineKind.ONGOING else None,
    )


def _years(rule: Rule) -> int:
    """Return how many years a turn of the rule can take, rounded up."""
    return rule.interval if rule.frequency == "YEARLY" else rule.interval // MONTHS + 1


def spans_of(plan: Plan) -> tuple[Span, ...]:
    """Return the periods of a plan in order, numbered from 1.

    Each ends on its due day and the next begins the day after, so that every day between
    the start and the last due day lies in exactly one.
    """
    spans: list[Span] = []
    begins = plan.starts_on
    for serial, due_on in enumerate(
        due_days(read_rule(plan.recurs), plan.starts_on, plan.ends_on), start=1
    ):
        spans.append(Span(serial=serial, from_on=begins, to_on=due_on, due_on=due_on))
        begins = due_on + ONE_DAY
    return tuple(spans)


def planned_for(
    directive: Directive,
    deadline: Deadline,
    *,
    entered_on: date,
    day: int,
    rhythm: Rhythm | None = None,
) -> Iterator[NewPlan]:
    """Yield the plan with which a directive begins, where its rule gives one and it runs."""
    start = start_of(directive.assigned_on, entered_on, carried_over=directive.carried_over)
    plan = plan_of(deadline, start, day=day, rhythm=rhythm)
    if plan is not None and directive.state not in HAVE_ENDED:
        yield NewPlan(
            directive_id=directive.id,
            agency_id=directive.lead_agency_id,
            plan=plan,
            spans=spans_of(plan),
        )


def start_of(assigned_on: date, entered_on: date, *, carried_over: bool) -> date:
    """Return the day from which a directive owes reports: the day of its document.

    Work carried over from elsewhere owes them from the day it was entered: what it reported
    before stands elsewhere and is not late anew (product.md, section 4).
    """
    return max(assigned_on, entered_on) if carried_over else assigned_on
