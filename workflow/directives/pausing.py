"""Pauses: a fact beside the state. The clock stands still from the day of the act.

A date counted in working days moves, when the work goes on, by the working days of the pause:
the same as counting anew over the pause (`WorkingCalendar.add_working_days`). A date that was
named never moves by itself (product.md, section 4); one that passed during the pause has to be
named anew, so that nobody is late for days on which nobody was to work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from workflow.calendar.working import WorkingCalendar
from workflow.directives.changes import Change
from workflow.directives.checks import less_buffer
from workflow.directives.guards import Case
from workflow.directives.matters import InputRequest, Shift
from workflow.directives.needs import Given
from workflow.directives.records import Directive
from workflow.doors import Refusal
from workflow.errors import Invalid

ONE_DAY = timedelta(days=1)


def not_suspended(case: Case) -> Refusal | None:
    """While the work is paused nobody reports it, urges it or moves its date."""
    since = case.directive.suspended_since
    return Refusal(code="suspended", params={"since": since}) if since else None


def is_suspended(case: Case) -> Refusal | None:
    """There is a pause to end."""
    return None if case.directive.is_suspended else Refusal(code="not_suspended")


def no_date_while_suspended(case: Case, given: Given) -> dict[str, str]:
    """The date of paused work is set when it goes on."""
    day = given.day("due_on")
    moves = day is not None and day != case.directive.due_on
    return {"due_on": "suspended"} if moves and case.directive.is_suspended else {}


def passed_date_is_named(case: Case, given: Given) -> dict[str, str]:
    """A named date that passed during the pause is named anew by who lets the work go on."""
    directive = case.directive
    since, due_on = directive.suspended_since, directive.due_on
    if directive.counts_days or given.day("due_on") or since is None or due_on is None:
        return {}
    return {"due_on": "passed_while_suspended"} if since <= due_on < case.day else {}


def suspend(case: Case, given: Given) -> Change:
    """The work is paused from today."""
    del given
    return Change(fields={"suspended_since": case.day})


def resume(case: Case, given: Given) -> Change:
    """The work goes on from today."""
    directive = case.directive
    fields: dict[str, object] = {"suspended_since": None}
    if given.day("due_on"):
        fields["due_on"] = given.day("due_on")
        fields["first_due_on"] = directive.first_due_on or given.day("due_on")
    elif directive.counts_days:
        fields["due_on"] = after_pause(case, directive.due_on)
    return Change(fields=fields, shifts=_shifts(case, directive.open_inputs))


def after_pause(case: Case, day: date | None) -> date | None:
    """Return a day moved by the working days of the pause that ends today.

    One that had passed before the pause stays: the pause heals no lateness. So does one whose
    new day the calendar does not reach.
    """
    since = case.directive.suspended_since
    if since is None or day is None or day < since:
        return day
    try:
        paused = paused_working_days(case.calendar, since, case.day)
        return case.calendar.due_on(day, paused) if paused else day
    except Invalid:
        return day


def paused_working_days(calendar: WorkingCalendar, since: date, until: date) -> int:
    """Count the working days of a pause; on the day the work goes on the clock runs again."""
    return calendar.working_days_in(since, until - ONE_DAY)


def _shifts(case: Case, inputs: Iterable[InputRequest]) -> tuple[Shift, ...]:
    """A request to a coordinating agency waits with the work."""
    moved = ((one, after_pause(case, one.due_on)) for one in inputs)
    return tuple(
        Shift(input_id=one.id, due_on=day) for one, day in moved if day and day != one.due_on
    )


def part_goes_on(case: Case, part: Directive, *, above: Directive) -> dict[str, object]:
    """Return what changes in a part when the work above it goes on.

    Its day moves by the same working days where the day above moved too, and stays inside it.
    """
    fields: dict[str, object] = {"suspended_since": None}
    before, now = case.directive.due_on, above.due_on
    if part.due_on and before and now and now > before:
        moved, latest = after_pause(case, part.due_on), less_buffer(case, now)
        inside = moved if latest is None or moved is None else min(moved, latest)
        fields["due_on"] = max(part.due_on, inside or part.due_on)
    return fields
