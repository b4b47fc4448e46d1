"""What the page of a document shows of a clause: who, by when, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.documents.page import HeldDirective
from web.deadlines.telling import recurs_told
from web.directives.clock import Clock
from web.directives.dating import DateStep
from web.documents.changed import UNCHANGED, Changed
from web.documents.sums import PeriodSum, Summed, YearSum
from web.documents.words import HOW, say_of
from workflow.directives.records import State
from workflow.documents.records import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedParty:
    """An agency or a group of a clause, by name, with its exceptions."""

    name: str
    without: tuple[str, ...]
    words: str
    how: str
    is_group: bool

    @property
    def how_told(self) -> str:
        """By what the words were recognised."""
        return say_of(HOW, self.how)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDirective:
    """One directive of a clause and its clock; the clock is None where its state is closed."""

    held: HeldDirective
    clock: Clock | None
    changed: Changed = UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """A clause as one row x its agencies: who, by when, and how far each has come."""

    clause: Clause
    leads: tuple[NamedParty, ...]
    coordinating: tuple[NamedParty, ...]
    directives: tuple[ShownDirective, ...]
    due_on: date | None
    monitor: str
    counts: tuple[tuple[State, int], ...]
    late: int
    late_silent: int = 0
    unreported: int = 0
    missing: int = 0
    missing_url: str = ""
    sum: Summed | None = None
    period_sums: tuple[PeriodSum, ...] = ()
    year: YearSum | None = None

    @property
    def is_several(self) -> bool:
        """Whether the clause became several tied directives."""
        return len(self.directives) > 1

    @property
    def rhythm(self) -> str:
        """How often the work reports, in words: by its periods, else by the document's words."""
        rules = {one.held.recurs for one in self.directives if one.held.recurs}
        rule = rules.pop() if len(rules) == 1 else self.clause.deadline.recurs
        return recurs_told(rule) if rule and not rules else ""

    @property
    def content(self) -> str:
        """What is asked now: what all its directives were rewritten to, else the document's."""
        now = {one.changed.content for one in self.directives}
        return now.pop() if len(now) == 1 and all(now) else self.clause.content

    @property
    def expected_output(self) -> str:
        """What is expected now, in the same way."""
        now = {one.changed.expected_output for one in self.directives}
        return now.pop() if len(now) == 1 and all(now) else self.clause.expected_output

    @property
    def rewrites(self) -> tuple[DateStep, ...]:
        """The acts that rewrote the whole clause; of one lead among others none."""
        whole = self.directives and not any(map(self.is_apart, self.directives))
        return self.directives[0].changed.rewrites if whole else ()

    def has_own_day(self, one: ShownDirective) -> bool:
        """Whether one of its directives is due on another day than the clause."""
        return one.held.due_on != self.due_on

    def is_apart(self, one: ShownDirective) -> bool:
        """Whether one of its directives was rewritten to words that are not those of all."""
        return bool(one.changed.content) and one.changed.content != self.content

    @property
    def led_now(self) -> str:
        """Who leads the one directive of the clause, where the document names another."""
        if self.is_several or not self.directives or any(one.is_group for one in self.leads):
            return ""
        lead = self.directives[0].held.lead
        return "" if lead in {one.name for one in self.leads} else lead
