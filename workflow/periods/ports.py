"""What the use cases of reporting periods ask of memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.deadlines.records import Deadline
from workflow.directives.needs import Given
from workflow.directives.ports import DirectiveMemory
from workflow.directives.records import Directive
from workflow.periods.records import Period, PeriodAction, Plan, Span
from workflow.periods.rules import PeriodStep


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFacts:
    """What the plan of a directive is made from: its deadline, and when it was entered."""

    deadline: Deadline
    entered_on: date


class PeriodMemory(Protocol):
    """One transaction's view of periods; a period is held by holding its directive."""

    @property
    def directives(self) -> DirectiveMemory:
        """The directives of the same transaction."""

    def period(self, directive: Directive, serial: int) -> Period | None:
        """Return one period of a directive that is held."""

    def periods(self, directive: Directive) -> Sequence[Period]:
        """Return all periods of a directive in order."""

    def plan(self, directive: Directive) -> Plan | None:
        """Return what the periods of a directive follow from; None while it has none."""

    def facts(self, directive: Directive) -> StandingFacts:
        """Return what a plan would be made from."""

    def tied(self, directive: Directive) -> Sequence[str]:
        """Return the numbers of all directives of the same clause at its top, in order."""

    def put_plan(
        self,
        directive: Directive,
        plan: Plan,
        spans: Sequence[Span],
        actor: Actor,
        at: datetime,
    ) -> None:
        """Keep a plan with its periods in the place of what stood."""

    def save(self, step: PeriodStep) -> None:
        """Keep what a step changed of its period."""

    def add_report(self, period: Period, given: Given, actor: Actor, at: datetime) -> None:
        """Keep a report as it was filed."""

    def end_report(
        self, period: Period, action: PeriodAction, given: Given, actor: Actor, at: datetime
    ) -> None:
        """Keep how the standing report of a period ended."""

    def end_prepared(
        self, directive: Directive, action: PeriodAction, actor: Actor, at: datetime
    ) -> None:
        """Keep that a report an officer prepared was submitted, or came another way."""

    def add_files(
        self,
        directive: Directive,
        period: Period,
        action: PeriodAction,
        given: Given,
        actor: Actor,
        at: datetime,
    ) -> tuple[str, ...]:
        """Keep files as evidence for the days of a period; return their hashes."""
