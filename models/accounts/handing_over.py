"""Who holds what open work, and its going over to somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Date,
    Integer,
    Row,
    bindparam,
    cast,
    false,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import aliased

from models.accounts.register import AccountRegister
from models.accounts.rows import AccountRow, StandInRow
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.matter_rows import RoutingRow
from models.directives.queries import IS_OPEN
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.escalation.rows import EscalationRow
from models.history.register import HistoryRegister
from models.messages.register import MessageRegister
from models.review.queries import IS_OPEN as CASE_IS_OPEN
from workflow.accounts.handing_over import Held, Piece
from workflow.accounts.records import Account
from workflow.directives.records import State
from workflow.history.records import Entry
from workflow.messages.records import Notice

_DIRECTIVES, _CASES = table_of(DirectiveRow), table_of(EscalationRow)
_ROUTINGS, _STAND_INS = table_of(RoutingRow), table_of(StandInRow)
CHUNK = 500
_HOLDER: BindParameter[int] = bindparam("holder", type_=Integer())
_DAY: BindParameter[date] = bindparam("day", type_=Date())


def _one(kind: Held, due: Any, at: Any, key: Any, title: Any, agency: Any, **more: Any) -> Any:
    """Return what is asked of one kind of work: the same columns of each, so that all are one."""
    columns = {
        "place": literal(list(Held).index(kind)),
        "kind": literal(kind.value),
        "id": at,
        "key": key,
        "title": title,
        "due_on": due,
        "agency_id": agency,
        "agency_name": func.coalesce(AgencyRow.name, ""),
        "internal_due_on": cast(null(), Date),
        "is_reported": false(),
        "concerned": cast(null(), Integer),
        "from_on": cast(null(), Date),
        "absent_id": cast(null(), Integer),
        "sorted_by": due,
    } | more
    return select(*(column.label(name) for name, column in columns.items()))


def _followed() -> Any:
    return (
        _one(
            Held.FOLLOWED, DirectiveRow.due_on, DirectiveRow.id,
            DirectiveRow.number, DirectiveRow.content, DocumentRow.overseer_id,
        )
        .select_from(DirectiveRow)
        .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
        .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
        .where(DirectiveRow.monitor_id == _HOLDER, IS_OPEN)
    )  # fmt: skip


def _routed() -> Any:
    return (
        _one(
            Held.ROUTED, DirectiveRow.due_on, RoutingRow.id,
            DirectiveRow.number, DirectiveRow.content, RoutingRow.agency_id,
            internal_due_on=RoutingRow.internal_due_on,
            is_reported=DirectiveRow.state == State.REPORTED,
        )
        .select_from(RoutingRow)
        .join(DirectiveRow, DirectiveRow.id == RoutingRow.directive_id)
        .join(AgencyRow, AgencyRow.id == RoutingRow.agency_id)
        .where(RoutingRow.account_id == _HOLDER, RoutingRow.is_current.is_(True), IS_OPEN)
    )  # fmt: skip


def _cases() -> Any:
    return (
        _one(
            Held.CASE, EscalationRow.answer_by, EscalationRow.id,
            EscalationRow.number, EscalationRow.rule_code, cast(null(), Integer),
            concerned=EscalationRow.agency_id,
        )
        .select_from(EscalationRow)
        .outerjoin(AgencyRow, AgencyRow.id == EscalationRow.agency_id)
        .where(EscalationRow.holder_id == _HOLDER, CASE_IS_OPEN)
    )  # fmt: skip


def _lent() -> Any:
    absent = aliased(AccountRow)
    return (
        _one(
            Held.LENT, StandInRow.to_on, StandInRow.id,
            literal(""), absent.name, StandInRow.agency_id,
            from_on=StandInRow.from_on, absent_id=StandInRow.absent_id,
            sorted_by=StandInRow.from_on,
        )
        .select_from(StandInRow)
        .join(absent, absent.id == StandInRow.absent_id)
        .join(AgencyRow, AgencyRow.id == StandInRow.agency_id)
        .where(
            StandInRow.stand_in_id == _HOLDER,
            StandInRow.ended_at.is_(None),
            StandInRow.to_on >= _DAY,
        )
    )  # fmt: skip


def _pieces() -> Any:
    every = union_all(_followed(), _routed(), _cases(), _lent()).subquery()
    unset = every.c.sorted_by.is_(None)
    return select(every).order_by(every.c.place, unset, every.c.sorted_by, every.c.id)


_PIECES = _pieces()


def _piece(row: Row[*tuple[Any, ...]]) -> Piece:
    return Piece(
        kind=Held(row.kind),
        id=row.id,
        key=row.key,
        title=row.title,
        due_on=row.due_on,
        internal_due_on=row.internal_due_on,
        agency_id=row.agency_id,
        agency_name=row.agency_name,
        is_reported=bool(row.is_reported),
        concerned=frozenset({row.concerned} if row.concerned is not None else ()),
        from_on=row.from_on,
        absent_id=row.absent_id,
    )


class HandOverRegister:
    """Open work by its holder, within one transaction."""

    def __init__(
        self,
        connection: Connection,
        accounts: AccountRegister,
        history: HistoryRegister,
        messages: MessageRegister,
    ) -> None:
        self._connection = connection
        self._accounts = accounts
        self._history = history
        self._messages = messages
        self._known: dict[int, Account | None] = {}

    def account(self, account_id: int) -> Account | None:
        """Return an account with every role it ever held, asked for once in a transaction."""
        if account_id not in self._known:
            self._known[account_id] = self._accounts.account(account_id)
        return self._known[account_id]

    def pieces(self, account_id: int, day: date) -> tuple[Piece, ...]:
        """Return the open work somebody holds, in the order of its kinds and due dates."""
        rows = self._connection.execute(_PIECES, {"holder": account_id, "day": day})
        return tuple(map(_piece, rows))

    def pass_on(self, pieces: Sequence[Piece], taker_id: int, by: int, at: datetime) -> None:
        """Let somebody else hold these pieces from `at` on; what was routed is kept as it was."""
        ids = {kind: [p.id for p in pieces if p.kind is kind] for kind in Held}
        for some in _chunks(ids[Held.FOLLOWED]):
            self._change(_DIRECTIVES, some, {"monitor_id": taker_id})
        for some in _chunks(ids[Held.CASE]):
            version = _CASES.c.version + 1
            self._change(
                _CASES, some, {"holder_id": taker_id, "holder_since": at, "version": version}
            )
        for some in _chunks(ids[Held.LENT]):
            self._change(_STAND_INS, some, {"stand_in_id": taker_id})
        for some in _chunks(ids[Held.ROUTED]):
            self._route_anew(some, taker_id, by, at)

    def _change(self, table: Any, ids: Sequence[int], values: dict[str, Any]) -> None:
        self._connection.execute(update(table).where(table.c.id.in_(ids)).values(values))

    def _route_anew(self, ids: Sequence[int], taker_id: int, by: int, at: datetime) -> None:
        rows = self._connection.execute(
            select(
                RoutingRow.directive_id,
                RoutingRow.agency_id,
                RoutingRow.note,
                RoutingRow.internal_due_on,
                func.coalesce(RoutingRow.note_by, RoutingRow.by).label("note_by"),
                func.coalesce(RoutingRow.note_at, RoutingRow.at).label("note_at"),
            ).where(RoutingRow.id.in_(ids))
        )
        new = [r._asdict() | {"account_id": taker_id, "by": by, "at": at} for r in rows]
        self._change(_ROUTINGS, ids, {"is_current": False})
        self._connection.execute(insert(_ROUTINGS), new)

    def append_all(self, entries: Iterable[Entry]) -> None:
        """Add entries to the history."""
        self._history.append_all(entries)

    def post_all(self, notices: Iterable[Notice]) -> int:
        """Write what is told into the outbox of the same transaction."""
        return self._messages.post_all(notices)


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))
