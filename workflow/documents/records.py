"""A directive document and its clauses, as entered, imported and issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from workflow.deadlines.records import Deadline
from workflow.directives.records import Priority
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.documents.keys import document_key
from workflow.evidence.records import StoredFile


class DocumentState(StrEnum):
    """A draft can still change; an issued document stands."""

    DRAFT = "draft"
    ISSUED = "issued"


class Source(StrEnum):
    """Who speaks in the document."""

    COMMITTEE = "committee"
    CHAIRMAN = "chairman"
    MEETING = "meeting"
    PRIME_MINISTER = "prime_minister"


class Urgency(StrEnum):
    """How fast it must travel (độ khẩn)."""

    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    EXPRESS = "express"


class Secrecy(StrEnum):
    """Marking of state secrets; anything but `none` is followed off the network."""

    NONE = "none"
    SECRET = "secret"  # noqa: S105 - a marking, not a password
    TOP_SECRET = "top_secret"  # noqa: S105 - a marking, not a password
    MOST_SECRET = "most_secret"  # noqa: S105 - a marking, not a password


class PartyRole(StrEnum):
    """Whether an agency leads or coordinates a clause."""

    LEAD = "lead"
    COORDINATING = "coordinating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One agency or group named for a clause, with the words that named it.

    Either `agency_id` or `group_code` is set. `without` are the exceptions of a group
    ("trừ Trường Sa").
    """

    role: PartyRole
    agency_id: int | None = None
    group_code: str | None = None
    words: str = ""
    how: str = "picked"
    without: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What waits for a person in a clause: the field, the words, a stable reason code.

    `suggestions` are agencies (by id) and `groups` groups (by code) that come near; nothing
    is chosen for the person. `ended_on` is the last day of the agency that the words name.
    """

    field: str
    text: str
    reason: str
    suggestions: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row of an imported sheet that is no clause: its number there, why, and its words."""

    row: int
    reason: str
    text: str = ""


class CarriedState(StrEnum):
    """How work stood elsewhere when it was carried over from a sheet."""

    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of a document.

    `deadline` is how its words were read; `due_set_on` with `due_set_reason` is another
    date that the person who entered the document chose. `carried_state` marks running, paused
    or finished work recorded elsewhere, `carried_on` the day it was paused or finished there.
    """

    position: int
    content: str
    id: int | None = None
    expected_output: str = ""
    target_indicator: str = ""
    target_value: Decimal | None = None
    target_unit: str = ""
    target_scope: TargetScope | None = None
    target_basis: TargetBasis = TargetBasis.PERIOD
    priority: Priority = Priority.NORMAL
    index_refs: str = ""
    deadline: Deadline
    due_set_on: date | None = None
    due_set_reason: str = ""
    source_text: str = ""
    source_date: date | None = None
    assigner_id: int | None = None
    monitor_id: int | None = None
    lead_words: str = ""
    coordinating_words: str = ""
    parties: tuple[Party, ...] = ()
    carried_state: CarriedState | None = None
    carried_result: str = ""
    carried_on: date | None = None
    sheet_row: int | None = None
    note: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def was_done(self) -> bool:
        """Whether it was finished elsewhere before it was carried over."""
        return self.carried_state is CarriedState.DONE

    @property
    def was_paused(self) -> bool:
        """Whether it was paused elsewhere before it was carried over."""
        return self.carried_state is CarriedState.PAUSED

    @property
    def has_several_leads(self) -> bool:
        """Whether it becomes one directive for each of several leads, or of a group."""
        leads = self.of(PartyRole.LEAD)
        return len(leads) > 1 or any(party.group_code for party in leads)

    @property
    def target_is_open(self) -> bool:
        """Whether nobody said if its target is each lead's own or that of all together."""
        stands = self.target_value is not None and self.target_scope is None
        return stands and self.has_several_leads

    def of(self, role: PartyRole) -> tuple[Party, ...]:
        """Return the parties that lead, or that coordinate."""
        return tuple(party for party in self.parties if party.role is role)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHead:
    """What stands at the top of the paper; `reference` is number and symbol together."""

    reference: str = ""
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""
    signer_title: str = ""
    subject: str = ""
    source: Source = Source.COMMITTEE
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.NONE
    assigner_id: int | None = None
    overseer_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document with its clauses; `serial` counts within the year, once issued.

    `file` is the signed paper. A draft that came from a sheet names it in `imported_from`
    and keeps the rows that are no clauses in `left_out`. `entered_by` is an account.
    """

    id: int
    state: DocumentState
    version: int
    head: DocumentHead
    year: int | None = None
    serial: int | None = None
    clauses: tuple[Clause, ...] = ()
    file: StoredFile | None = None
    imported_from: str = ""
    left_out: tuple[LeftOut, ...] = ()
    entered_by: int | None = None
    entered_at: datetime | None = None

    @property
    def key(self) -> str:
        """The public key, readable over the telephone: `2021-0017`."""
        return document_key(self.year, self.serial) if self.year and self.serial else ""
