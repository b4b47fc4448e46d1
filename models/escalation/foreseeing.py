"""What would become of cases if some violations fell: the engine's own answer, nothing kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Connection

from models.agencies.successors import passings
from models.escalation.at_once import Book, Cases, columns_at_once
from models.escalation.holding import held
from models.escalation.occurrences import agency_codes
from workflow.accounts.records import Actor
from workflow.agencies.successors import Passing, Successors
from workflow.escalation.columns import Columns
from workflow.escalation.evaluating import Evaluated, evaluate_touched
from workflow.escalation.groups import Shape
from workflow.escalation.records import Group, NearMiss, Touched
from workflow.escalation.stored import Change, Known, Reckoning, Stored
from workflow.escalation.versions import StoredVersion
from workflow.history.records import Entry, Plain
from workflow.messages.records import Notice
from workflow.violations.judging import touched_by
from workflow.violations.records import Violation


def if_fallen(
    connection: Connection, actor: Actor, falling: Sequence[Violation], *, day: date, at: datetime
) -> Evaluated:
    """Return what the evaluation after an act would come to if these violations stood no more.

    The same reading, planning, engine and comparison as when it is done (product.md, section
    6); nobody waits for it, and not a row is written.
    """
    memory = _Foreseen(connection, {one.id for one in falling})
    touched = [touched_by(one) for one in falling]
    return evaluate_touched(memory, touched, as_of=day, at=at, actor=actor)


class _Foreseen:
    """What evaluation asks of memory, read as it stands but for those that fall."""

    def __init__(self, connection: Connection, fallen: Collection[int]) -> None:
        self._connection = connection
        self._fallen = fallen
        self._stored: dict[int, Stored] = {}

    def hold(self) -> Reckoning:
        return self._book.reckoning

    def judging_versions(self) -> Sequence[StoredVersion]:
        return self._book.versions

    def passings(self) -> Sequence[Passing]:
        return passings(self._connection)

    def known(self, groups: Iterable[Group], since: date | None) -> Sequence[Known]:
        del since
        found = Cases(self._connection, list(groups))
        self._stored |= found.stored
        return found.known

    def held(self) -> Sequence[Touched]:
        return held(self._connection) if self._book.any_held else ()

    def stored(self, ids: Iterable[int]) -> Mapping[int, Stored]:
        return {one: self._stored[one] for one in ids}

    def columns(
        self, wanted: Mapping[Shape, Mapping[Group, date | None]], successors: Successors
    ) -> Mapping[Shape, Columns]:
        codes = agency_codes(self._connection)
        return columns_at_once(
            self._connection, wanted, successors, without=self._fallen, codes=codes
        )

    @cached_property
    def _book(self) -> Book:
        return Book(self._connection)

    def save(
        self, changes: Sequence[Change], next_changes: Mapping[int, date], at: datetime
    ) -> Mapping[int, str]:
        """Return the numbers that stand; a case that would be new has none yet."""
        del next_changes, at
        return {
            place: change.before.number if change.before else ""
            for place, change in enumerate(changes)
        }

    def agency_ids(self, codes: Iterable[str]) -> Mapping[str, int]:
        del codes
        return {}

    def reckon(self, reckoning: Reckoning) -> None:
        """Keep nothing."""

    def keep_near(
        self, looked_at: Sequence[tuple[str, Sequence[Group]]], near: Sequence[NearMiss]
    ) -> None:
        """Keep nothing."""

    def append(self, entry: Entry) -> None:
        """Tell nothing."""

    def append_all(self, entries: Iterable[Entry]) -> None:
        """Tell nothing."""

    def post_bundled(self, notices: Iterable[Notice], *, source: str, kind: str) -> None:
        """Tell nobody."""

    def post(self, notice: Notice) -> bool:
        """Tell nobody."""
        del notice
        return False

    def call_desk(self, key: str) -> None:
        """Call nobody."""

    def note_run(self, day: date, at: datetime, figures: Mapping[str, Plain]) -> None:
        """Write into no ledger: nothing was evaluated."""
