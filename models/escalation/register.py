"""What evaluation asks of memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, or_, select, update

from models.agencies.codes import ids_of
from models.agencies.rows import AgencyRow
from models.agencies.successors import passings
from models.base import table_of
from models.escalation import due, holding
from models.escalation.loading import hold, known_of_groups, stored_of_ids
from models.escalation.nearness import keep_near
from models.escalation.occurrences import agency_codes, all_columns, columns_of_groups
from models.escalation.rows import EscalationClockRow
from models.escalation.saving import Saving
from models.escalation.shelves import near_of_rule, shelf
from models.escalation.versions import judging_versions
from models.history.register import HistoryRegister
from models.jobs.register import JobRegister, RunRegister
from models.messages.register import MessageRegister
from models.once import insert_once
from models.prepared import Prepared
from workflow.agencies.successors import Merging, Passing, Successors
from workflow.escalation.checking import Shelf
from workflow.escalation.columns import Columns
from workflow.escalation.evaluating import Evaluated
from workflow.escalation.groups import Shape
from workflow.escalation.ports import Values
from workflow.escalation.records import Group, NearMiss, Touched
from workflow.escalation.stored import Change, Known, Reckoning, Stored
from workflow.escalation.versions import StoredVersion
from workflow.history.records import Entry, Plain
from workflow.messages.records import Notice

_CLOCK = table_of(EscalationClockRow)
_HELD = Prepared(select(_CLOCK).with_for_update())
_KEPT = ("swept_on", "evaluated_to", "later_from")
_KEEP = Prepared(
    update(_CLOCK)
    .where(_CLOCK.c.id == 1)
    .values({name: bindparam(f"new_{name}", type_=_CLOCK.c[name].type) for name in _KEPT})
)
_AGENCIES = table_of(AgencyRow).c
_RESTED = bindparam("rested_on", type_=_CLOCK.c.swept_on.type)
_REST = Prepared(
    update(_CLOCK)
    .where(
        _CLOCK.c.id == 1,
        or_(_CLOCK.c.evaluated_to.is_(None), _CLOCK.c.evaluated_to <= _RESTED),
    )
    .values(swept_on=_RESTED, evaluated_to=_RESTED)
)
EVALUATION = "evaluation"
"""What the ledger of runs calls an evaluation."""
PLACE = "review.place"
"""The job of the inspectors' desk that gives new cases to somebody."""


class EscalationRegister:
    """Rules, the violations they count and the escalations, within one transaction."""

    def __init__(
        self,
        connection: Connection,
        history: HistoryRegister,
        messages: MessageRegister,
        jobs: JobRegister,
        runs: RunRegister,
    ) -> None:
        self._connection = connection
        self._history = history
        self._messages = messages
        self._jobs = jobs
        self._runs = runs
        self.is_held = False
        """Whether this transaction evaluates, and every other evaluation waits for its end."""

    def hold(self) -> Reckoning:
        """Wait until no other transaction evaluates; return how far evaluation has come."""
        row = _HELD.row(self._connection, {})
        if row is None:
            first = {"id": 1, "merging": Merging.SUM}
            insert_once(self._connection, _CLOCK, [first], key="id")
            row = _HELD.row(self._connection, {})
            assert row is not None  # noqa: S101 - it was put there
        self.is_held = True
        return Reckoning(
            swept_on=row.swept_on,
            evaluated_to=row.evaluated_to,
            later_from=row.later_from,
            merging=Merging(row.merging),
        )

    def reckon(self, reckoning: Reckoning) -> None:
        """Keep how far evaluation has come."""
        kept = {f"new_{name}": getattr(reckoning, name) for name in _KEPT}
        _KEEP.run(self._connection, kept)

    def rest(self, day: date, at: datetime) -> None:
        """Keep that a sweep looked at a day and time alone had changed nothing by then."""
        _REST.run(self._connection, {"rested_on": day})
        self.note_run(day, at, Evaluated(as_of=day).figures())

    def judging_versions(self) -> Sequence[StoredVersion]:
        """Return every version that was ever approved, by code and number."""
        return judging_versions(self._connection)

    def passings(self) -> Sequence[Passing]:
        """Return every agency that ended and went over into another."""
        return passings(self._connection)

    def known(self, groups: Iterable[Group], since: date | None) -> Sequence[Known]:
        """Return what planning asks of the escalations of some groups.

        None of it is changed but by an evaluation, and there is one at a time.
        """
        return known_of_groups(self._connection, groups, since=since)

    def stored(self, ids: Iterable[int]) -> Mapping[int, Stored]:
        """Return some escalations by id, held until the transaction ends, with their raises."""
        asked = sorted(ids)
        hold(self._connection, asked)
        return stored_of_ids(self._connection, asked)

    def held(self) -> Sequence[Touched]:
        """Return what running imports hold back until their end."""
        return holding.held(self._connection)

    def hold_back(self, source: str, touched: Sequence[Touched], at: datetime) -> None:
        """Keep what was touched beside what is held already."""
        holding.hold_back(self._connection, source, touched, at)

    def held_of(self, source: str) -> Sequence[Touched]:
        """Return what a source holds back, by agency and in a fixed order."""
        return holding.held(self._connection, source)

    def release(self, source: str, agencies: Collection[str]) -> None:
        """Let go of what a source holds back of some agencies."""
        holding.release(self._connection, source, agencies)

    def sources_held(self, until: datetime) -> Sequence[str]:
        """Return the sources that hold anything back and added nothing to it after an instant."""
        return holding.sources_held(self._connection, until)

    def agency_ids(self, codes: Iterable[str]) -> Mapping[str, int]:
        """Return the ids of the agencies that bear these codes."""
        return ids_of(self._connection, codes)

    def columns(
        self, wanted: Mapping[Shape, Mapping[Group, date | None]], successors: Successors
    ) -> Mapping[Shape, Columns]:
        """Return, shape by shape, the violations that are not overturned of some groups."""
        return {
            shape: columns_of_groups(self._connection, shape, since, successors)
            for shape, since in wanted.items()
        }

    def save(
        self, changes: Sequence[Change], next_changes: Mapping[int, date], at: datetime
    ) -> Mapping[int, str]:
        """Keep changes; return the public number of each by its place."""
        return Saving(self._connection, at).save(changes, next_changes)

    def changing(self, day: date) -> Sequence[tuple[Group, date]]:
        """Return the groups whose running episode may change by `day`, each with that day."""
        return due.changing(self._connection, day)

    def occurring(self, first: date, last: date) -> Sequence[Values]:
        """Return the different values of what occurred between two days, both included."""
        return due.occurring_between(self._connection, first, last)

    def first_after(self, day: date) -> date | None:
        """Return the first day after `day` on which a violation occurs."""
        return due.first_after(self._connection, day)

    def groups_since(self, shape: Shape, first: date | None, code: str) -> Sequence[Group]:
        """Return the groups of what occurred since a day, and of standing escalations."""
        return due.groups_since(self._connection, shape, first, code)

    def everything(self, shape: Shape, successors: Successors) -> Columns:
        """Return all violations that are not overturned, with their ids as numbers."""
        return all_columns(self._connection, shape, successors)

    def shelf(self, code: str, shape: Shape) -> Shelf:
        """Return the standing escalations of a rule whose groups have one shape, by column."""
        return shelf(self._connection, code, shape)

    def near_of_rule(self, code: str, shape: Shape) -> Mapping[Group, NearMiss]:
        """Return the near misses that are kept of a rule, by the groups of one shape."""
        return near_of_rule(self._connection, code, shape)

    def agency_codes(self) -> Mapping[int, str]:
        """Return the code of every agency there ever was, by id."""
        return agency_codes(self._connection)

    def set_merging(self, merging: Merging) -> None:
        """Keep what a successor's count begins with."""
        self._connection.execute(update(_CLOCK).values(merging=merging))

    def values_of_agencies(self, codes: Iterable[str]) -> Sequence[Values]:
        """Return the different values of all violations of some agencies."""
        return due.of_agencies(self._connection, codes)

    def keep_near(
        self, looked_at: Sequence[tuple[str, Sequence[Group]]], near: Sequence[NearMiss]
    ) -> None:
        """Keep the near misses of groups that were looked at, instead of what stood."""
        keep_near(self._connection, looked_at, near)

    def append(self, entry: Entry) -> None:
        """Add an entry to the history."""
        self._history.append(entry)

    def append_all(self, entries: Iterable[Entry]) -> None:
        """Add entries to the history in their order."""
        self._history.append_all(entries)

    def post_bundled(self, notices: Iterable[Notice], *, source: str, kind: str) -> None:
        """Leave notices in the outbox: beyond a handful of a source one summary for each."""
        self._messages.post_bundled(notices, source=source, kind=kind)

    def post(self, notice: Notice) -> bool:
        """Leave one notice in the outbox."""
        return self._messages.post(notice)

    def call_desk(self, key: str) -> None:
        """Leave the job that gives new cases to somebody; the key makes it once."""
        self._jobs.add(PLACE, f"{PLACE}:{key}")

    def note_run(self, day: date, at: datetime, figures: Mapping[str, Plain]) -> None:
        """Write into the ledger of runs that an evaluation ran."""
        self._runs.note(EVALUATION, day, at, at, figures)
