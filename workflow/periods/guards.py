"""Why a door at a period is shut: each guard returns a refusal or None, before anyone clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from workflow.accounts.records import Actor
from workflow.calendar.working import WorkingCalendar
from workflow.directives import guards as of_directive
from workflow.directives.guards import Case
from workflow.directives.records import Directive, State
from workflow.doors import Refusal
from workflow.periods.records import Period

HAVE_ENDED = frozenset({State.VERIFIED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCase:
    """All that a guard may look at: the period, its directive, who acts, on which day."""

    period: Period
    directive: Directive
    actor: Actor
    day: date
    calendar: WorkingCalendar

    @property
    def of_directive(self) -> Case:
        """The same as a case of the directive, with this period's report in its report's place."""
        reported = replace(
            self.directive,
            reported_by=self.period.reported_by,
            report_recorded=self.period.is_recorded,
        )
        return Case(directive=reported, actor=self.actor, day=self.day, calendar=self.calendar)


Guard = Callable[[PeriodCase], Refusal | None]


def directive_runs(case: PeriodCase) -> Refusal | None:
    """Reports come and go back only while the directive runs."""
    state = case.directive.state
    return Refusal(code="directive_ended", params={"state": state}) if state in HAVE_ENDED else None


def no_decline_standing(case: PeriodCase) -> Refusal | None:
    """While the lead asks for another assignment, it does not report on the work."""
    return Refusal(code="decline_standing") if case.directive.decline_standing else None


def has_begun(case: PeriodCase) -> Refusal | None:
    """A report on days that have not come yet says nothing."""
    begins = case.period.from_on
    if case.day >= begins:
        return None
    return Refusal(code="period_not_begun", params={"until": begins})


def independent(case: PeriodCase) -> Refusal | None:
    """Four eyes, as for a directive; nor anybody of the agency the period is charged to.

    That is another than the lead where the work changed hands since.
    """
    refusal = of_directive.independent(case.of_directive)
    if refusal is None and case.period.agency_id in case.actor.agencies_on(case.day):
        return Refusal(code="four_eyes_agency", params={"agency": case.actor.agency_name})
    return refusal
