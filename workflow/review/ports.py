"""What the use cases of the desk ask of memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.agencies.records import Agency
from workflow.history.records import Entry
from workflow.messages.records import Notice
from workflow.review.climbing import Climb, Waiting
from workflow.review.conflict import Organisation
from workflow.review.records import Escalation, NewPaper
from workflow.review.roster import Place, Roster
from workflow.review.rules import Step


class ReviewMemory(Protocol):
    """One transaction's view of the desk; leaving it commits, an error rolls all back."""

    def escalation(self, number: str) -> Escalation | None:
        """Return a case with the facts its guards need, held for writing."""

    def organisation(self, day: date, home_affairs: str) -> Organisation:
        """Return the tree of agencies and what each came from by `day`.

        `home_affairs` is the code of Sở Nội vụ; empty: the agency that bears the name.
        """

    def roster(self, day: date, tied_since: date | None = None) -> Roster:
        """Return the inspectors in the admin's order and the leaders behind them, as of `day`."""

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""

    def save_step(self, escalation: Escalation, step: Step) -> None:
        """Keep a step over `escalation`; Stale if its version is no longer the one that stands."""

    def add_paper(
        self, cases: Sequence[Escalation], paper: NewPaper, actor: Actor, at: datetime
    ) -> int:
        """Keep a paper with its files in the files of all these cases, and return its id."""

    def link(
        self, escalation: Escalation, directives: Sequence[int], actor: Actor, at: datetime
    ) -> None:
        """Tie directives to the case they were issued from."""

    def waiting(self, day: date, after: int, most: int) -> tuple[Waiting, ...]:
        """Return, held for writing, cases whose clock ended before `day` or never began.

        At most `most` of them with an id above `after`, by id; not those whose clock ran
        out with a leader, where there is nowhere left to climb.
        """

    def save_climbs(self, climbs: Iterable[Climb], at: datetime) -> None:
        """Give cases their next holders and clocks."""

    def order(self) -> tuple[Place, ...]:
        """Return the admin's order."""

    def save_order(self, order: Sequence[Place]) -> None:
        """Make this the admin's order."""

    def inspectors(self, day: date) -> dict[int, str]:
        """Return who is an inspector on `day`, by account, with their names."""

    def post_bundled(self, notices: Iterable[Notice], *, source: str, kind: str) -> None:
        """Leave what must be told: beyond a handful of a source one summary for each."""

    def post_all(self, notices: Iterable[Notice]) -> None:
        """Leave what must be told in the outbox."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""
