"""What the directive's use cases ask of memory, in prepared Core statements.

The write path stands on Core and not on mapped objects: one load with its facts, one
guarded update, one history entry (ADR 0003).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from models.agencies.register import AgencyRegister
from models.agencies.successors import heirs_on
from models.base import table_of
from models.directives.inside import InsideRegister
from models.directives.instructed import starting_with
from models.directives.loading import DirectiveReader
from models.directives.matters import MatterRegister
from models.directives.reports import ADD_REPORT, END_REPORT, OUTCOMES, ended, filed
from models.directives.rows import CoordinatingRow, DirectiveRow
from models.directives.succeeding import numbers_left, requests_left
from models.documents.rows import ClauseRow
from models.history.register import HistoryRegister
from models.history.rows import HistoryRow
from models.messages.register import MessageRegister
from models.papers.recorded import list_recorded
from models.periods.keeping import follow
from models.prepared import Prepared
from models.together import Together, ignore, together
from workflow.accounts.records import Actor
from workflow.agencies.records import Agency, Division
from workflow.days import local_day
from workflow.deadlines.records import DeadlineKind
from workflow.directives.changes import NewClause, NewPart
from workflow.directives.matters import Colleague
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive, State
from workflow.directives.rescoping import OF_CLAUSE, OfClause
from workflow.directives.row import Row as TableRow
from workflow.directives.rules import Step
from workflow.errors import Stale
from workflow.history.records import Entry, Plain, Subject
from workflow.messages.records import Notice
from workflow.periods.following import following
from workflow.text import fold

_COUNT_PARTS = select(func.count()).where(DirectiveRow.parent_id == bindparam("parent_id"))
_SAID = select(HistoryRow.at, HistoryRow.given).where(
    HistoryRow.subject == Subject.DIRECTIVE.value,
    HistoryRow.subject_key == bindparam("number"),
    HistoryRow.action == bindparam("of_action"),
    HistoryRow.actor_id == bindparam("actor"),
)


class DirectiveRegister(DirectiveReader):
    """Directives within one transaction, read and written."""

    def __init__(self, connection: Connection, *, writing: bool, now: datetime) -> None:
        super().__init__(connection, writing=writing)
        self._now = now
        self._waiting: Together | None = None
        self.history = HistoryRegister(connection)
        self.agencies = AgencyRegister(connection)
        self.messages = MessageRegister(connection)
        self.matters = MatterRegister(connection)
        self.inside = InsideRegister(connection)

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""
        return self.agencies.agency(agency_id)

    def heirs(self, day: date) -> Mapping[int, Agency]:
        """Return by id each agency that no longer stands, with the one that follows it."""
        return heirs_on(self._connection, day)

    def hand_on_requests(self, directive: Directive, heirs: Mapping[int, int]) -> None:
        """Let who follows answer what was asked of who is gone; what that one routed ends."""
        self.matters.hand_on(directive, heirs)

    def requests_left(self, day: date) -> Mapping[str, frozenset[int]]:
        """Return open directives with an open request to agencies that stand no more, and these."""
        return requests_left(self._connection, day)

    def lapse_requests(self, directive: Directive, agencies: Iterable[int], at: datetime) -> None:
        """Let what was asked of some agencies lapse: nobody is left there to answer."""
        self.matters.lapse_inputs(directive.id, at, agencies)

    def numbers_left(self, agencies: Iterable[int]) -> tuple[str, ...]:
        """Return the open directives that some agencies lead, coordinate or handed down."""
        return numbers_left(self._connection, agencies)

    def save_step(self, directive: Directive, step: Step) -> None:
        """Keep a step; Stale if somebody saved the directive since it was loaded.

        The reporting periods of standing work follow it (`workflow.periods.following`).
        """
        fields = dict(step.change.fields)
        if "coordinating" in fields:
            self._save_coordinating(directive.id, step.directive.coordinating)
        of_clause = {name: fields.pop(name) for name in sorted(OF_CLAUSE & set(fields))}
        if of_clause:
            where_clause = ClauseRow.id == directive.clause_id
            self._connection.execute(update(ClauseRow).where(where_clause).values(of_clause))
        values = _row_values(fields, step.directive)
        values |= {"version": step.directive.version, "updated_at": self._now}
        where = {"this_id": directive.id, "seen_version": directive.version}

        def is_kept(rows: int) -> None:
            if rows != 1:
                seen = directive.version
                raise Stale("stale", number=directive.number, version=None, seen=seen)

        self._write(_save_of(tuple(sorted(values))), values | where, is_kept)
        what = following(directive, step.directive, local_day(self._now))
        if what is not None:
            follow(self._connection, directive.id, what)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Open a block whose writes may be sent at its end, in one round trip."""
        try:
            with together(self._connection) as self._waiting:
                yield
        finally:
            self._waiting = None

    def _write(
        self,
        statement: Prepared,
        values: Mapping[str, object],
        then: Callable[[int], None] = ignore,
    ) -> None:
        """Send a write, or let it wait within a block; `then` hears how many rows it touched."""
        if self._waiting is None:
            then(statement.run(self._connection, values))
        else:
            self._waiting.add(statement, values, then)

    def _save_coordinating(self, directive_id: int, agencies: frozenset[int]) -> None:
        self._connection.execute(
            delete(CoordinatingRow).where(CoordinatingRow.directive_id == directive_id)
        )
        if agencies:
            self._connection.execute(
                insert(CoordinatingRow),
                [{"directive_id": directive_id, "agency_id": key} for key in sorted(agencies)],
            )

    def add_directive(
        self, values: Mapping[str, object], coordinating: frozenset[int]
    ) -> Directive:
        """Add a directive with who coordinates it and return it as loaded."""
        number, content = str(values["number"]), str(values["content"])
        ready: dict[str, object] = {"search": fold(f"{number} {content}"), "updated_at": self._now}
        ready |= {"awaited_since": local_day(self._now), **values}
        key = self._connection.execute(
            insert(DirectiveRow).returning(DirectiveRow.id), ready
        ).scalar_one()
        if coordinating:
            self._save_coordinating(key, coordinating)
        added = self.directive(number)
        assert added is not None  # noqa: S101 - just added
        return added

    def add_part(self, parent: Directive, part: NewPart, at: datetime) -> Directive:
        """Make a child directive under `parent`; its number is the parent's with a serial."""
        count = self._connection.execute(_COUNT_PARTS, {"parent_id": parent.id}).scalar_one()
        day = part.assigned_on
        values: dict[str, object] = {
            "number": f"{parent.number}-{count + 1:02d}",
            "document_id": parent.document_id,
            "clause_id": parent.clause_id,
            "parent_id": parent.id,
            "handed_by_id": parent.lead_agency_id,
            "lead_agency_id": part.agency_id,
            "state": State.ASSIGNED,
            "content": part.content,
            "target_indicator": parent.target_indicator,
            "target_unit": parent.target_unit,
            "priority": "normal",
            "deadline_kind": DeadlineKind.FIXED if part.due_on else DeadlineKind.NONE,
            "due_on": part.due_on,
            "first_due_on": part.due_on,
            "assigned_on": day,
            "lead_since": day,
            "touched_by": [],
        }
        del at
        return self.add_directive(values, frozenset())

    def of_clause(self, number: str) -> tuple[OfClause, ...]:
        """Return all other directives of a directive's clause, parts too."""
        own = select(DirectiveRow.clause_id).where(DirectiveRow.number == number)
        found = select(
            DirectiveRow.number,
            DirectiveRow.lead_agency_id,
            DirectiveRow.parent_id.is_not(None),
            DirectiveRow.state.in_((State.VERIFIED, State.WITHDRAWN)),
        ).where(DirectiveRow.clause_id == own.scalar_subquery(), DirectiveRow.number != number)
        rows = self._connection.execute(found.order_by(DirectiveRow.id))
        return tuple(OfClause(*row) for row in rows)

    def add_clause(self, of: Directive, clause: NewClause) -> Directive:
        """Add a clause to the document of a directive, and return what it makes of it."""
        return self.add_directive(starting_with(self._connection, of, clause), frozenset())

    def add_evidence(
        self, directive: Directive, action: Action, given: Given, actor: Actor, at: datetime
    ) -> tuple[str, ...]:
        """Keep the files given; a name used before becomes its next version."""
        return self.evidence.add(directive, action, given, actor, at)

    def division(self, agency_id: int, division_id: int) -> Division | None:
        """Return a division of this agency."""
        return self.matters.division(agency_id, division_id)

    def colleagues(self, agency_id: int, day: date) -> tuple[Colleague, ...]:
        """Return who does agency work in this agency on `day`, in one statement."""
        return self.matters.colleagues(agency_id, day)

    def colleague(self, agency_id: int, account_id: int, day: date) -> Colleague | None:
        """Return somebody who does agency work in this agency on `day`."""
        return self.matters.colleague(agency_id, account_id, day)

    def keep_records_of(
        self,
        row: TableRow,
        before: Directive,
        given: Given,
        step: Step,
        actor: Actor,
        at: datetime,
    ) -> None:
        """Keep what an act leaves beside the row: reports, judged pieces, requests, pauses."""
        self.matters.keep(before, row.action, given, step, actor, at)
        self.inside.keep(before, row.action, given, step, actor, at)
        if row.action in {Action.REPORT, Action.RECORD_REPORT}:
            self._write(ADD_REPORT, filed(before, given, actor, at))
            if row.action is Action.RECORD_REPORT:
                list_recorded(self._connection, before, given, actor, at)
        elif row.action in OUTCOMES and before.state is State.REPORTED:
            self._write(END_REPORT, ended(before, row.action, given, at))
        elif row.action in {Action.ACCEPT_EVIDENCE, Action.REJECT_EVIDENCE}:
            self.evidence.judge(before, row.action, given, actor, at)

    def keep_draft(
        self, of: Directive, action: Action, given: Given, actor: Actor, at: datetime
    ) -> None:
        """Keep an act that an officer wrote, in place of what stood of it in their agency."""
        self.inside.keep_draft(of, action, given, actor, at)

    def said_on(
        self, directive: Directive, action: Action, actor: Actor, day: date
    ) -> Sequence[Mapping[str, Plain]]:
        """Return what the actor said with this act on a day, as the history keeps it."""
        who = {"number": directive.number, "of_action": action.value, "actor": actor.account_id}
        rows = self._connection.execute(_SAID, who)
        return [row.given for row in rows if local_day(row.at) == day]

    def post_all(self, notices: Iterable[Notice]) -> None:
        """Write what is told of an act into the outbox."""
        self.messages.post_with(self._waiting, notices)

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""
        self.history.append_with(self._waiting, entry)


@lru_cache(maxsize=256)
def _save_of(names: tuple[str, ...]) -> Prepared:
    """Return the guarded update of some columns, built once for each set of names."""
    table = table_of(DirectiveRow)
    return Prepared(
        update(table)
        .where(table.c.id == bindparam("this_id"), table.c.version == bindparam("seen_version"))
        .values({name: bindparam(name) for name in names})
    )


def _row_values(fields: Mapping[str, object], after: Directive) -> dict[str, object]:
    values = {name: value for name, value in fields.items() if name != "coordinating"}
    if "touched_by" in values:
        values["touched_by"] = sorted(after.touched_by)
    if "content" in values:
        values["search"] = fold(f"{after.number} {after.content}")
    return values
