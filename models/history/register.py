"""Appending to the history and reading the chain back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    Row,
    bindparam,
    insert,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import OperationalError

from models.base import table_of
from models.bulk import add_rows
from models.history.rows import HistoryHeadRow, HistoryRow
from models.prepared import Prepared
from models.together import Together
from workflow.history.records import ChainReport, Entry, Head, SealedEntry, Subject
from workflow.history.rules import EMPTY, seal, unreadable, verify_chain

_HEADS = table_of(HistoryHeadRow)
_HEAD = Prepared(select(_HEADS.c.entries, _HEADS.c.digest).with_for_update())
_FIRST_HEAD = text(
    "INSERT INTO history_head (id, entries, digest) VALUES (1, :entries, :digest) "
    "ON CONFLICT DO NOTHING"
)
_MOVE_HEAD = (
    update(_HEADS)
    .where(_HEADS.c.id == 1)
    .values(entries=bindparam("new_entries"), digest=bindparam("new_digest"))
)
_MOVE = Prepared(_MOVE_HEAD)
_KNOWN_MOVES = _MOVE_HEAD.where(
    _HEADS.c.entries == bindparam("known_entries"), _HEADS.c.digest == bindparam("known_digest")
)
_MOVE_KNOWN_HEAD = Prepared(_KNOWN_MOVES)
_HISTORY = table_of(HistoryRow)
_ADD = insert(_HISTORY)
_ADD_AND_MOVE_HEAD = _ADD.add_cte(_MOVE_HEAD.cte("moved"))
"""Both in one round trip; only PostgreSQL lets a statement change two tables."""
_MOVES_AND_TELLS = _KNOWN_MOVES.returning(_HEADS.c.id)
_MOVED = _MOVES_AND_TELLS.cte("moved")
_GIVEN = [bindparam(c.name, type_=c.type).label(c.name) for c in _HISTORY.c]
_ADD_ONE = Prepared(_ADD)
_ADD_WHERE_MOVED = Prepared(
    _ADD.from_select([c.name for c in _HISTORY.c], select(*_GIVEN).select_from(_MOVED))
)
"""The same where the head is still the one that is known; else neither."""
_MOVE_AND_TELL = Prepared(_MOVES_AND_TELLS)
_ADD_AFTER_MOVED = Prepared(
    _ADD.from_select([c.name for c in _HISTORY.c], select(*_GIVEN).select_from(table("moved")))
)
"""The same two as writes among others (`models.together`)."""
_AFTER = HistoryRow.serial > bindparam("after", type_=BigInteger())
_WALK = select(HistoryRow.__table__).where(_AFTER).order_by(HistoryRow.serial)
_SERIALS = select(HistoryRow.serial).where(_AFTER).order_by(HistoryRow.serial)
_ONE = select(HistoryRow.__table__).where(HistoryRow.serial == bindparam("serial"))
_BEFORE_ALL = -(2**63)
"""No serial is as low: an entry that was put before the first one is looked at too."""
_UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError, OperationalError)
CHUNK = 2_000
_KNOWN: WeakKeyDictionary[Engine, Head] = WeakKeyDictionary()
"""The head that this process saw last in each database; never trusted, only tried."""


class HistoryRegister:
    """The history as one transaction sees it; entries are chained in the order of commits.

    The head's row is locked from the first entry to the end of the transaction, so two
    writers never seal to the same entry.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._head: Head | None = None

    def append(self, entry: Entry) -> SealedEntry:
        """Seal `entry` to the one before and move the anchored head."""
        sealed = self._appended_to_known(entry) or self._appended(entry)
        self._seen(sealed)
        return sealed

    def append_with(self, writes: Together | None, entry: Entry) -> None:
        """Append among other writes where the head is known, else at once.

        Where it no longer is the head, the entry is sealed to the one that is after the others
        were sent.
        """
        known = _KNOWN.get(self._connection.engine)
        if writes is None or self._head is not None or known is None:
            self.append(entry)
            return
        sealed = seal(known, entry)

        def added(count: int) -> None:
            self._seen(sealed if count == 1 else self._appended(entry))

        writes.add(_MOVE_AND_TELL, _moved(known, sealed), name="moved")
        writes.add(_ADD_AFTER_MOVED, _values(sealed), added)

    def _seen(self, sealed: SealedEntry) -> None:
        self._head = Head(entries=sealed.serial, digest=sealed.digest)
        _KNOWN[self._connection.engine] = self._head

    def _appended_to_known(self, entry: Entry) -> SealedEntry | None:
        """Append to the head this process saw last; None where it no longer is the head.

        It spares asking: the update itself looks whether the head still stands, and locks it.
        """
        known = _KNOWN.get(self._connection.engine)
        if self._head is not None or known is None:
            return None
        sealed = seal(known, entry)
        moved = _moved(known, sealed)
        if self._connection.dialect.name == "postgresql":
            added = _ADD_WHERE_MOVED.run(self._connection, _values(sealed) | moved)
            return sealed if added == 1 else None
        if _MOVE_KNOWN_HEAD.run(self._connection, moved) != 1:
            return None
        _ADD_ONE.run(self._connection, _values(sealed))
        return sealed

    def _appended(self, entry: Entry) -> SealedEntry:
        head = self._head or self._locked_head()
        sealed = seal(head, entry)
        moved = {"new_entries": sealed.serial, "new_digest": sealed.digest}
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_ADD_AND_MOVE_HEAD, _values(sealed) | moved)
        else:
            self._connection.execute(_ADD, _values(sealed))
            self._connection.execute(_MOVE_HEAD, moved)
        return sealed

    def append_all(self, entries: Iterable[Entry]) -> None:
        """Seal many entries in their order; the head moves once."""
        head = self._head or self._locked_head()
        rows = []
        for entry in entries:
            sealed = seal(head, entry)
            rows.append(_values(sealed))
            head = Head(entries=sealed.serial, digest=sealed.digest)
        if not rows:
            return
        add_rows(self._connection, _HISTORY, rows)
        moved = {"new_entries": head.entries, "new_digest": head.digest}
        _MOVE.run(self._connection, moved)
        self._head = head

    def _locked_head(self) -> Head:
        row = _HEAD.row(self._connection, {})
        if row is None:
            first = {"entries": EMPTY.entries, "digest": EMPTY.digest}
            self._connection.execute(_FIRST_HEAD, first)
            row = _HEAD.row(self._connection, {})
            assert row is not None  # noqa: S101 - it was put there
        return Head(entries=row.entries, digest=row.digest)

    @property
    def is_held(self) -> bool:
        """Whether this transaction has appended, so that every other writer waits for its end."""
        return self._head is not None

    def mark(self) -> Head | None:
        """Return how far this transaction has come, to come back to after a part of it."""
        return self._head

    def back_to(self, mark: Head | None) -> None:
        """Go on from a mark, once all that was written after it has been rolled back."""
        self._head = mark

    def head(self) -> Head:
        """Return the anchored head without locking it."""
        row = self._connection.execute(
            select(HistoryHeadRow.entries, HistoryHeadRow.digest)
        ).one_or_none()
        return Head(entries=row.entries, digest=row.digest) if row else EMPTY

    def walk(self, after: int = _BEFORE_ALL) -> Iterator[SealedEntry]:
        """Read the chain in order, whole or what stands after a serial, a chunk at a time."""
        chunked = {"yield_per": CHUNK}
        with self._connection.execute(_WALK, {"after": after}, execution_options=chunked) as result:
            for row in result:
                yield sealed_from(row)

    def verify(self, anchors: dict[int, str] | None = None, since: Head = EMPTY) -> ChainReport:
        """Walk the chain against the head and anchors kept elsewhere, from `since` on.

        An entry that was spoiled so that it cannot even be read is named like any other.
        """
        head = self.head()
        after = since.entries or _BEFORE_ALL
        try:
            return verify_chain(self.walk(after), head, anchors, since)
        except _UNREADABLE:
            return verify_chain(self._walk_singly(after), head, anchors, since)

    def _walk_singly(self, after: int) -> Iterator[SealedEntry]:
        for serial in self._connection.execute(_SERIALS, {"after": after}).scalars().all():
            try:
                yield sealed_from(self._connection.execute(_ONE, {"serial": serial}).one())
            except _UNREADABLE:
                yield unreadable(serial)


def _moved(known: Head, sealed: SealedEntry) -> dict[str, object]:
    return {
        "new_entries": sealed.serial,
        "new_digest": sealed.digest,
        "known_entries": known.entries,
        "known_digest": known.digest,
    }


def _values(sealed: SealedEntry) -> dict[str, object]:
    entry = sealed.entry
    return {
        "serial": sealed.serial,
        "at": entry.at,
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "role": entry.role,
        "agency_id": entry.agency_id,
        "agency_name": entry.agency_name,
        "subject": entry.subject.value,
        "subject_key": entry.subject_key,
        "action": entry.action,
        "before": entry.before,
        "after": entry.after,
        "given": entry.given,
        "reason": entry.reason,
        "evidence": list(entry.evidence),
        "previous": sealed.previous,
        "digest": sealed.digest,
    }


def entry_from(row: Row[Any]) -> Entry:
    """Return the entry a history row holds."""
    return Entry(
        at=row.at,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        role=row.role,
        agency_id=row.agency_id,
        agency_name=row.agency_name,
        subject=Subject(row.subject),
        subject_key=row.subject_key,
        action=row.action,
        before=row.before,
        after=row.after,
        given=row.given,
        reason=row.reason,
        evidence=tuple(row.evidence),
    )


def sealed_from(row: Row[Any]) -> SealedEntry:
    """Return the sealed entry a history row holds."""
    return SealedEntry(
        serial=row.serial, entry=entry_from(row), previous=row.previous, digest=row.digest
    )
