"""What the page of one directive shows: its file, read in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workflow.calendar.records import Pause
from workflow.days import is_over
from workflow.deadlines.records import Deadline
from workflow.directives.matters import Routing
from workflow.directives.records import Directive, Priority, Sight, State
from workflow.documents.records import CarriedState, Source, Urgency
from workflow.history.records import Entry
from workflow.review.records import IssuedFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAgency:
    """An agency as a page names it; `valid_to` is the last day it stood, where it ended."""

    id: int
    code: str
    name: str
    path: str = ""
    valid_to: date | None = None

    def has_ended(self, day: date) -> bool:
        """Whether its last day lies before `day`."""
        return is_over(self.valid_to, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The document a directive comes from; `key` is its public key (`2021-0017`)."""

    id: int
    key: str
    reference: str
    issued_on: date
    issuer: str
    signer: str
    signer_title: str
    subject: str
    source: Source
    urgency: Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFacts:
    """The clause as it was entered: how its deadline was read, and who set another."""

    position: int
    deadline: Deadline
    due_set_on: date | None
    due_set_reason: str
    source_text: str
    source_date: date | None
    index_refs: str
    carried_state: CarriedState | None
    carried_result: str
    carried_on: date | None
    note: str

    @property
    def was_done(self) -> bool:
        """Whether it was finished elsewhere before it was carried over."""
        return self.carried_state is CarriedState.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another directive of the same clause: tied to this one, above it, or a part of it.

    `told_on` is the last day on which its agency updated or reported; the figures are those of
    its report that stands.
    """

    id: int
    number: str
    parent_id: int | None
    state: State
    lead: NamedAgency
    due_on: date | None
    completed_on: date | None
    suspended_since: date | None
    ever_reported: bool
    told_on: date | None = None
    figure: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_running(self) -> bool:
        """Whether its agency still works on it and nothing pauses it."""
        return self.state in {State.ASSIGNED, State.IN_PROGRESS} and not self.suspended_since

    @property
    def is_silent(self) -> bool:
        """Whether it still runs and never reported."""
        return self.state in {State.ASSIGNED, State.IN_PROGRESS} and not self.ever_reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """How an agency routed a directive inside: to which division and person, until when.

    The note may be `note_by` another than who routed it now: work that is handed over keeps it.
    """

    division: str
    person: str
    note: str
    note_by: str
    note_at: datetime
    internal_due_on: date | None
    by: str
    at: datetime
    is_current: bool
    held: Routing
    back_note: str = ""
    back_by: str = ""
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it was filed, and how it ended."""

    serial: int
    result: str
    report_number: str
    report_date: date | None
    signer: str
    figure: Decimal | None
    own_figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    open_parts_reason: str
    filed_by: str
    filed_at: datetime
    received_on: date | None
    arrival_number: str
    outcome: str
    outcome_reason: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry of the history with its place in the chain."""

    serial: int
    digest: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveFile:
    """A directive with all that its page tells.

    With `Sight.CLAUSE` only the clause is read: no reports, evidence or history. `cases` are
    the numbers of the cases of repeated violations it was issued from; `routings` are those of
    the reader's own agency only.
    """

    sight: Sight
    directive: Directive
    priority: Priority
    calendar_version: str
    paper: Paper
    clause: ClauseFacts
    lead: NamedAgency
    overseer: NamedAgency | None
    handed_by: NamedAgency | None
    coordinating: tuple[NamedAgency, ...]
    assigner: str
    monitor: str
    family: tuple[Relative, ...] = ()
    reports: tuple[Report, ...] = ()
    links: tuple[Link, ...] = ()
    cases: tuple[IssuedFrom, ...] = ()
    pauses: tuple[Pause, ...] = ()
    routings: tuple[Routed, ...] = ()

    @property
    def routing(self) -> Routed | None:
        """How the reader's own agency has routed it now."""
        return next((one for one in self.routings if one.is_current), None)

    @property
    def parts(self) -> tuple[Relative, ...]:
        """Parts handed down from this directive."""
        return tuple(r for r in self.family if r.parent_id == self.directive.id)

    @property
    def parent(self) -> Relative | None:
        """The directive this one is a part of."""
        above = self.directive.parent_id
        return next((r for r in self.family if r.id == above), None) if above else None

    @property
    def tied(self) -> tuple[Relative, ...]:
        """The same clause given to other leads."""
        if self.directive.parent_id is not None:
            return ()
        return tuple(r for r in self.family if r.parent_id is None and r.id != self.directive.id)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The history, oldest first."""
        return tuple(link.entry for link in self.links)
