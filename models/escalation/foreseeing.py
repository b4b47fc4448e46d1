"""What would become of cases if some violations fell: the engine's own answer, nothing kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Connection, select

from models.agencies.successors import passings
from models.base import table_of
from models.escalation.holding import held
from models.escalation.loading import known_of_groups, stored_of_ids
from models.escalation.occurrences import agency_codes, columns_of_groups
from models.escalation.rows import EscalationClockRow
from models.escalation.versions import judging_versions
from workflow.accounts.records import Actor
from workflow.agencies.successors import Merging, Passing, Successors
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

_CLOCK = select(table_of(EscalationClockRow))


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

    def hold(self) -> Reckoning:
        row = self._connection.execute(_CLOCK).one_or_none()
        if row is None:
            return Reckoning()
        return Reckoning(
            swept_on=row.swept_on,
            evaluated_to=row.evaluated_to,
            later_from=row.later_from,
            merging=Merging(row.merging),
        )

    def judging_versions(self) -> Sequence[StoredVersion]:
        return judging_versions(self._connection)

    def passings(self) -> Sequence[Passing]:
        return passings(self._connection)

    def known(self, groups: Iterable[Group], since: date | None) -> Sequence[Known]:
        return known_of_groups(self._connection, groups, since=since)

    def held(self) -> Sequence[Touched]:
        return held(self._connection)

    def stored(self, ids: Iterable[int]) -> Mapping[int, Stored]:
        return stored_of_ids(self._connection, sorted(ids))

    def columns(
        self, shape: Shape, since: Mapping[Group, date | None], successors: Successors
    ) -> Columns:
        return columns_of_groups(
            self._connection, shape, since, successors, without=self._fallen, codes=self._codes
        )

    @cached_property
    def _codes(self) -> Mapping[int, str]:
        """The agencies' codes, the same for every shape that rules gather by."""
        return agency_codes(self._connection)

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
