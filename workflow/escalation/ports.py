"""What the escalation engine asks of memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.agencies.successors import Merging, Passing, Successors
from workflow.escalation.checking import Shelf
from workflow.escalation.columns import Columns
from workflow.escalation.groups import Shape
from workflow.escalation.records import Group, NearMiss, Rule, Touched
from workflow.escalation.stored import Change, Known, Reckoning, Stored
from workflow.escalation.versions import StoredVersion
from workflow.history.records import Entry, Plain
from workflow.messages.records import Notice


@dataclass(frozen=True, slots=True)
class Values:
    """What violations are gathered by, and the first day of those that have these values."""

    type: str
    agency: str
    field: str
    procedure: str
    officer: str
    first: date


class EvaluationMemory(Protocol):
    """Rules, violations and escalations within one transaction."""

    def hold(self) -> Reckoning:
        """Wait until no other transaction evaluates; return how far evaluation has come."""

    def reckon(self, reckoning: Reckoning) -> None:
        """Keep how far evaluation has come."""

    def judging_versions(self) -> Sequence[StoredVersion]:
        """Return every version that judges some day, by code and number."""

    def passings(self) -> Sequence[Passing]:
        """Return every agency that ended and went over into another."""

    def known(self, groups: Iterable[Group], since: date | None) -> Sequence[Known]:
        """Return what planning asks of the escalations of some groups under any rule.

        Of those closed before `since` (None: of no day) only the last of each rule and group
        need be among them.
        """

    def held(self) -> Sequence[Touched]:
        """Return what running imports hold back until their end (`holding.py`)."""

    def stored(self, ids: Iterable[int]) -> Mapping[int, Stored]:
        """Return some escalations by id, with the raises of the last derivation by day.

        Nobody else acts on them until the transaction ends.
        """

    def agency_ids(self, codes: Iterable[str]) -> Mapping[str, int]:
        """Return the ids of the agencies that bear these codes."""

    def columns(
        self, wanted: Mapping[Shape, Mapping[Group, date | None]], successors: Successors
    ) -> Mapping[Shape, Columns]:
        """Return, shape by shape, the violations that are not overturned of some groups.

        At least from a day on; None asks for all of a group. Those of others may come along.
        """

    def save(
        self, changes: Sequence[Change], next_changes: Mapping[int, date], at: datetime
    ) -> Mapping[int, str]:
        """Keep changes; return the public number of each by its place.

        `next_changes` are those of escalations that stay as they are, by id.
        """

    def keep_near(
        self, looked_at: Sequence[tuple[str, Sequence[Group]]], near: Sequence[NearMiss]
    ) -> None:
        """Keep the near misses of groups that were looked at, by rule, instead of what stood."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""

    def append_all(self, entries: Iterable[Entry]) -> None:
        """Add entries to the history in their order."""

    def post_bundled(self, notices: Iterable[Notice], *, source: str, kind: str) -> None:
        """Leave notices in the outbox: beyond a handful of a source one summary for each."""

    def post(self, notice: Notice) -> bool:
        """Leave one notice in the outbox."""

    def call_desk(self, key: str) -> None:
        """Leave the job that gives new cases to somebody; the key makes it once."""

    def note_run(self, day: date, at: datetime, figures: Mapping[str, Plain]) -> None:
        """Write into the ledger of runs that an evaluation ran."""


class HoldingMemory(EvaluationMemory, Protocol):
    """What waits to be judged until its import is at its end."""

    def hold_back(self, source: str, touched: Sequence[Touched], at: datetime) -> None:
        """Keep what was touched beside what is held already."""

    def held_of(self, source: str) -> Sequence[Touched]:
        """Return what a source holds back, by agency and in a fixed order."""

    def release(self, source: str, agencies: Collection[str]) -> None:
        """Let go of what a source holds back of some agencies."""

    def sources_held(self, until: datetime) -> Sequence[str]:
        """Return the sources that hold anything back and added nothing to it after an instant."""


class SweepMemory(HoldingMemory, Protocol):
    """What time alone, a rule or a merge brings due."""

    def changing(self, day: date) -> Sequence[tuple[Group, date]]:
        """Return the groups whose running episode may change by `day`, each with that day."""

    def occurring(self, first: date, last: date) -> Sequence[Values]:
        """Return the different values of what occurred between two days, both included."""

    def first_after(self, day: date) -> date | None:
        """Return the first day after `day` on which a violation occurs."""

    def groups_since(self, shape: Shape, first: date | None, code: str) -> Sequence[Group]:
        """Return the groups of what occurred since a day, and of a rule's standing escalations.

        Agencies are those of the violations, whoever took over since.
        """

    def everything(self, shape: Shape, successors: Successors) -> Columns:
        """Return all violations that are not overturned, with their ids as numbers."""

    def shelf(self, code: str, shape: Shape) -> Shelf:
        """Return the standing escalations of a rule whose groups have one shape, by column."""

    def near_of_rule(self, code: str, shape: Shape) -> Mapping[Group, NearMiss]:
        """Return the near misses that are kept of a rule, by the groups of one shape."""

    def agency_codes(self) -> Mapping[int, str]:
        """Return the code of every agency there ever was, by id."""

    def set_merging(self, merging: Merging) -> None:
        """Keep what a successor's count begins with."""

    def values_of_agencies(self, codes: Iterable[str]) -> Sequence[Values]:
        """Return the different values of all violations of some agencies."""


class RuleMemory(Protocol):
    """The versions of rules within one transaction."""

    @property
    def escalation(self) -> SweepMemory:
        """What the engine asks of the same transaction."""

    def version(self, version_id: int) -> StoredVersion | None:
        """Return a version, held for writing."""

    def post(self, notice: Notice) -> bool:
        """Leave a notice in the outbox."""

    def versions(self, code: str) -> Sequence[StoredVersion]:
        """Return every version of a rule, by number, held for writing."""

    def add_version(
        self,
        rule: Rule,
        *,
        number: int,
        reason: str,
        by: int,
        at: datetime,
        is_proposal: bool,
    ) -> StoredVersion:
        """Add a draft and return it as loaded."""

    def save_version(self, version: StoredVersion, fields: Mapping[str, object]) -> StoredVersion:
        """Keep fields over a version; Stale if another state of it stands. Return the new one."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""
