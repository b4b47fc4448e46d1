"""Who holds what open work, and its going over to somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
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

    def account(self, account_id: int) -> Account | None:
        """Return an account with every role it ever held."""
        return self._accounts.account(account_id)

    def pieces(self, account_id: int, day: date) -> tuple[Piece, ...]:
        """Return the open work somebody holds, in the order of its kinds and due dates."""
        return (
            *self._followed(account_id),
            *self._routed(account_id),
            *self._cases(account_id),
            *self._lent(account_id, day),
        )

    def _followed(self, account_id: int) -> Iterable[Piece]:
        rows = self._connection.execute(
            select(
                DirectiveRow.id,
                DirectiveRow.number,
                DirectiveRow.content,
                DirectiveRow.due_on,
                AgencyRow.name,
                DocumentRow.overseer_id,
            )
            .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
            .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
            .where(DirectiveRow.monitor_id == account_id, IS_OPEN)
            .order_by(DirectiveRow.due_on, DirectiveRow.id)
        )
        return (
            Piece(
                kind=Held.FOLLOWED, id=r.id, key=r.number, title=r.content, due_on=r.due_on,
                agency_id=r.overseer_id, agency_name=r.name,
            )
            for r in rows
        )  # fmt: skip

    def _routed(self, account_id: int) -> Iterable[Piece]:
        rows = self._connection.execute(
            select(
                RoutingRow.id,
                RoutingRow.agency_id,
                RoutingRow.internal_due_on,
                DirectiveRow.number,
                DirectiveRow.content,
                DirectiveRow.due_on,
                DirectiveRow.state,
                AgencyRow.name,
            )
            .join(DirectiveRow, DirectiveRow.id == RoutingRow.directive_id)
            .join(AgencyRow, AgencyRow.id == RoutingRow.agency_id)
            .where(RoutingRow.account_id == account_id, RoutingRow.is_current.is_(True), IS_OPEN)
            .order_by(DirectiveRow.due_on, RoutingRow.id)
        )
        return (
            Piece(
                kind=Held.ROUTED, id=r.id, key=r.number, title=r.content,
                due_on=r.due_on, internal_due_on=r.internal_due_on,
                agency_id=r.agency_id, agency_name=r.name,
                is_reported=r.state == State.REPORTED,
            )
            for r in rows
        )  # fmt: skip

    def _cases(self, account_id: int) -> Iterable[Piece]:
        rows = self._connection.execute(
            select(
                EscalationRow.id,
                EscalationRow.number,
                EscalationRow.rule_code,
                EscalationRow.agency_id,
                EscalationRow.answer_by,
                AgencyRow.name,
            )
            .outerjoin(AgencyRow, AgencyRow.id == EscalationRow.agency_id)
            .where(EscalationRow.holder_id == account_id, CASE_IS_OPEN)
            .order_by(EscalationRow.answer_by, EscalationRow.id)
        )
        return (
            Piece(
                kind=Held.CASE, id=r.id, key=r.number, title=r.rule_code, due_on=r.answer_by,
                agency_name=r.name or "",
                concerned=frozenset({r.agency_id} if r.agency_id is not None else ()),
            )
            for r in rows
        )  # fmt: skip

    def _lent(self, account_id: int, day: date) -> Iterable[Piece]:
        absent = aliased(AccountRow)
        rows = self._connection.execute(
            select(StandInRow.__table__, absent.name.label("absent"), AgencyRow.name)
            .join(absent, absent.id == StandInRow.absent_id)
            .join(AgencyRow, AgencyRow.id == StandInRow.agency_id)
            .where(
                StandInRow.stand_in_id == account_id,
                StandInRow.ended_at.is_(None),
                StandInRow.to_on >= day,
            )
            .order_by(StandInRow.from_on, StandInRow.id)
        )
        return (
            Piece(
                kind=Held.LENT, id=r.id, key="", title=r.absent, due_on=r.to_on,
                agency_id=r.agency_id, agency_name=r.name, from_on=r.from_on,
                absent_id=r.absent_id,
            )
            for r in rows
        )  # fmt: skip

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
