"""What the directive's use cases ask of memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.agencies.records import Agency, Division
from workflow.directives.changes import NewClause, NewPart
from workflow.directives.matters import Colleague
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive
from workflow.directives.rescoping import OfClause
from workflow.directives.row import Row
from workflow.directives.rules import Step
from workflow.history.records import Entry, Plain
from workflow.messages.records import Notice


class DirectiveMemory(Protocol):
    """One transaction's view of directives; leaving it commits, an error rolls all back."""

    def directive(self, number: str) -> Directive | None:
        """Return a directive with the facts its guards need, held for writing."""

    def follows(self, actor: Actor, directive: Directive, day: date) -> bool:
        """Whether the actor's agency follows one that had this work and no longer stands."""

    def shares_document(self, actor: Actor, directive: Directive, day: date) -> bool:
        """Whether the actor's agency holds any clause of the same document."""

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""

    def together(self) -> AbstractContextManager[None]:
        """Open a block whose writes may all be sent at its end; none reads what another wrote.

        What save_step refuses may then be refused at the end of the block.
        """

    def save_step(self, directive: Directive, step: Step) -> None:
        """Keep a step over `directive`; Stale if its version is no longer the one that stands."""

    def add_part(self, parent: Directive, part: NewPart, at: datetime) -> Directive:
        """Make a child directive under `parent` and return it."""

    def add_clause(self, of: Directive, clause: NewClause) -> Directive:
        """Add a clause to the document of a directive, and return what it makes of it."""

    def add_evidence(
        self, directive: Directive, action: Action, given: Given, actor: Actor, at: datetime
    ) -> tuple[str, ...]:
        """Keep the files given (a name used before becomes its next version); return hashes."""

    def division(self, agency_id: int, division_id: int) -> Division | None:
        """Return a division of this agency."""

    def colleagues(self, agency_id: int, day: date) -> Sequence[Colleague]:
        """Return who does agency work in this agency on `day`."""

    def colleague(self, agency_id: int, account_id: int, day: date) -> Colleague | None:
        """Return somebody who does agency work in this agency on `day`."""

    def keep_records_of(
        self, row: Row, before: Directive, given: Given, step: Step, actor: Actor, at: datetime
    ) -> None:
        """Keep what an act leaves beside the row: reports, judged pieces, requests, pauses."""

    def keep_draft(
        self, of: Directive, action: Action, given: Given, actor: Actor, at: datetime
    ) -> None:
        """Keep an act that an officer wrote, in place of what stood of it in their agency."""

    def of_clause(self, number: str) -> tuple[OfClause, ...]:
        """Return all other directives of a directive's clause, parts too."""

    def open_numbers_below(self, directive: Directive) -> tuple[str, ...]:
        """Return the numbers of parts that still run at any depth, from the top down."""

    def said_on(
        self, directive: Directive, action: Action, actor: Actor, day: date
    ) -> Sequence[Mapping[str, Plain]]:
        """Return what the actor said with this act on a day, as the history keeps it."""

    def post_all(self, notices: Iterable[Notice]) -> object:
        """Write what is told of an act into the outbox of the same transaction."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""
