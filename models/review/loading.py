"""How a case is read with the facts its guards need, and held while somebody writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow, MembershipRow
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.rows import DirectiveRow
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.lasting import stands_on
from models.review.basis import Behind, behind
from models.review.people import order_kept, organisation_on, roster_on
from models.review.rows import (
    EscalationDirectiveRow,
    ReviewPaperCaseRow,
    ReviewPaperRow,
)
from workflow.accounts.records import Role
from workflow.days import local_day
from workflow.review.climbing import Waiting
from workflow.review.conflict import Organisation
from workflow.review.records import (
    CLOCKED,
    HEARD,
    Escalation,
    EscalationState,
    Measure,
    PaperKind,
)
from workflow.review.roster import Place, Roster

_Holder = aliased(AccountRow, name="holder")
_ESCALATIONS = table_of(EscalationRow)
_OWN = (
    "id", "number", "state", "version", "level", "agency_id", "holder_id", "holder_since",
    "answer_by",
)  # fmt: skip
_LOAD = (
    select(
        *(_ESCALATIONS.c[name] for name in _OWN),
        AgencyRow.name.label("agency_name"),
        _Holder.name.label("holder_name"),
    )
    .outerjoin(AgencyRow, AgencyRow.id == EscalationRow.agency_id)
    .outerjoin(_Holder, _Holder.id == EscalationRow.holder_id)
    .where(EscalationRow.number == bindparam("number"))
)
_LOAD_FOR_WRITING = _LOAD.with_for_update(of=_ESCALATIONS)
_SERIAL = select(
    func.coalesce(
        func.max(EscalationRaiseRow.serial).filter(EscalationRaiseRow.standing),
        func.max(EscalationRaiseRow.serial),
        0,
    )
).where(EscalationRaiseRow.escalation_id == bindparam("escalation_id"))
_PAPERS = (
    select(
        ReviewPaperRow.kind,
        ReviewPaperRow.measure,
        ReviewPaperRow.by_id,
        ReviewPaperRow.answer_on,
        ReviewPaperCaseRow.raise_serial,
    )
    .join(ReviewPaperCaseRow, ReviewPaperCaseRow.paper_id == ReviewPaperRow.id)
    .where(ReviewPaperCaseRow.escalation_id == bindparam("escalation_id"))
    .order_by(ReviewPaperRow.id)
)
_DIRECTIVES = (
    select(DirectiveRow.number)
    .join(EscalationDirectiveRow, EscalationDirectiveRow.directive_id == DirectiveRow.id)
    .where(EscalationDirectiveRow.escalation_id == bindparam("escalation_id"))
    .order_by(EscalationDirectiveRow.id)
)
_HOLDER_AGENCIES = select(MembershipRow.agency_id).where(
    MembershipRow.account_id == bindparam("account_id"),
    MembershipRow.role == Role.INSPECTOR,
    stands_on(MembershipRow, bindparam("day")),
)


class ReviewReader:
    """The desk as one transaction reads it; `writing` holds the cases it loads against others."""

    def __init__(self, connection: Connection, *, writing: bool, now: datetime) -> None:
        self._connection = connection
        self._writing = writing
        self._now = now

    def escalation(self, number: str) -> Escalation | None:
        """Return a case with the facts its guards need, held against others when writing."""
        statement = _LOAD_FOR_WRITING if self._writing else _LOAD
        row = self._connection.execute(statement, {"number": number}).one_or_none()
        if row is None:
            return None
        key = {"escalation_id": row.id}
        serial = self._connection.execute(_SERIAL, key).scalar_one()
        facts = facts_of(self._connection.execute(_PAPERS, key).all(), serial)
        directives = self._connection.execute(_DIRECTIVES, key).scalars().all()
        return escalation_from(
            row,
            behind(self._connection, [row.id])[row.id],
            raise_serial=serial,
            holder_agencies=self._agencies_of(row.holder_id),
            directives=tuple(directives),
            **facts,
        )

    def _agencies_of(self, account_id: int | None) -> frozenset[int]:
        if account_id is None:
            return frozenset()
        values = {"account_id": account_id, "day": local_day(self._now)}
        return frozenset(self._connection.execute(_HOLDER_AGENCIES, values).scalars())

    def organisation(self, day: date, home_affairs: str) -> Organisation:
        """Return the tree of agencies and what each came from by `day`."""
        return organisation_on(self._connection, day, home_affairs)

    def roster(self, day: date, tied_since: date | None = None) -> Roster:
        """Return the inspectors in the admin's order and the leaders behind them."""
        return roster_on(self._connection, day, tied_since)

    def order(self) -> tuple[Place, ...]:
        """Return the admin's order."""
        return order_kept(self._connection)

    def inspectors(self, day: date) -> dict[int, str]:
        """Return who is an inspector on `day`, by account, with their names."""
        return {p.account_id: p.name for p in self.roster(day).inspectors}

    def waiting(self, day: date, after: int, most: int) -> tuple[Waiting, ...]:
        """Return, held for writing, cases whose clock ended before `day` or never began."""
        leaders = [p.account_id for p in self.roster(day).leaders if p.is_here]
        climbable = or_(EscalationRow.holder_id.is_(None), EscalationRow.holder_id.not_in(leaders))
        statement = (
            select(*(_ESCALATIONS.c[name] for name in _OWN), EscalationRow.raised_at)
            .where(
                EscalationRow.id > after,
                EscalationRow.state.in_(CLOCKED),
                or_(
                    EscalationRow.answer_by.is_(None),
                    and_(EscalationRow.answer_by < day, climbable if leaders else true()),
                ),
            )
            .order_by(EscalationRow.id)
            .limit(most)
        )
        if self._writing:
            statement = statement.with_for_update(of=_ESCALATIONS)
        rows = self._connection.execute(statement).all()
        found = behind(self._connection, [row.id for row in rows]) if rows else {}
        return tuple(_waiting(row, found[row.id]) for row in rows)


def _waiting(row: Row[*tuple[Any, ...]], found: Behind) -> Waiting:
    return Waiting(
        id=row.id,
        number=row.number,
        state=EscalationState(row.state),
        version=row.version,
        level=row.level,
        concerned=_concerned(row.agency_id, found),
        holder_id=row.holder_id,
        holder_since=row.holder_since,
        answer_by=row.answer_by,
        raised_on=local_day(row.raised_at),
    )


def _concerned(agency_id: int | None, found: Behind) -> frozenset[int]:
    return frozenset(found.agencies | ({agency_id} if agency_id is not None else set()))


def facts_of(papers: Iterable[Any], serial: int) -> dict[str, Any]:
    """Return what papers, oldest first, say now: letter, proposal, decision, who was heard."""
    papers = list(papers)
    last = {paper.kind: paper for paper in papers}
    letter, proposal = last.get(PaperKind.LETTER), last.get(PaperKind.PROPOSAL)
    decision = last.get(PaperKind.DECISION)
    return {
        "letter_due_on": letter.answer_on if letter else None,
        "heard": any(p.kind in HEARD and p.raise_serial == serial for p in papers),
        "proposed_by": proposal.by_id if proposal else None,
        "proposed_measure": Measure(proposal.measure) if proposal else None,
        "decided_measure": Measure(decision.measure) if decision else None,
    }


def escalation_from(row: Row[*tuple[Any, ...]], found: Behind, **facts: Any) -> Escalation:
    """Return the case a row holds, with the facts its guards need."""
    return Escalation(
        id=row.id,
        number=row.number,
        state=EscalationState(row.state),
        version=row.version,
        level=row.level,
        agency_id=row.agency_id,
        agency_name=row.agency_name or "",
        concerned=_concerned(row.agency_id, found),
        basis=found.basis,
        holder_id=row.holder_id,
        holder_name=row.holder_name or "",
        holder_since=row.holder_since,
        answer_by=row.answer_by,
        **facts,
    )
