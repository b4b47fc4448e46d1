"""Reading what stands beside a directive: requests for input, proposals, pauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Exists,
    Row,
    bindparam,
    exists,
    select,
)
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow, DivisionRow
from models.base import Base, table_of
from models.directives.facts import Routed
from models.directives.matter_rows import (
    NOTE_BY,
    InputRequestRow,
    PreparedRow,
    ProposalRow,
    RoutingRow,
    SuspensionRow,
)
from models.directives.rows import DirectiveRow
from workflow.accounts.records import AGENCY_ROLES, Actor
from workflow.calendar.records import Pause
from workflow.days import local_day
from workflow.directives.matters import InputRequest, InputState, Proposal, Routing

_INPUTS, _PROPOSALS = table_of(InputRequestRow), table_of(ProposalRow)
_PAUSES = table_of(SuspensionRow)
_Answerer = aliased(AccountRow, name="answerer")
_OF: BindParameter[int] = bindparam("of_directive")
_Router = aliased(AccountRow, name="router")
_Author = aliased(AccountRow, name="author")
_Returner = aliased(AccountRow, name="returner")
BESIDE: Mapping[str, type[Base]] = {
    "inputs": InputRequestRow,
    "proposals": ProposalRow,
    "pauses": SuspensionRow,
    "routings": RoutingRow,
    "prepared": PreparedRow,
}
"""What a page reads of a directive only where there is any."""
_ALL_INPUTS = (
    select(_INPUTS, AgencyRow.name.label("agency_name"), _Answerer.name.label("answerer"))
    .join(AgencyRow, AgencyRow.id == _INPUTS.c.agency_id)
    .outerjoin(_Answerer, _Answerer.id == _INPUTS.c.answered_by)
    .order_by(_INPUTS.c.id)
)
_READ_INPUTS = _ALL_INPUTS.where(_INPUTS.c.directive_id == _OF)
_INPUTS_OF_SEVERAL = _ALL_INPUTS.where(
    _INPUTS.c.directive_id.in_(bindparam("directives", expanding=True))
)
_READ_PROPOSALS = (
    select(
        _PROPOSALS,
        AccountRow.name.label("proposer"),
        AgencyRow.name.label("agency_name"),
        _Answerer.name.label("answerer"),
    )
    .join(AccountRow, AccountRow.id == _PROPOSALS.c.by)
    .outerjoin(AgencyRow, AgencyRow.id == _PROPOSALS.c.agency_id)
    .outerjoin(_Answerer, _Answerer.id == _PROPOSALS.c.answered_by)
    .where(_PROPOSALS.c.directive_id == _OF)
    .order_by(_PROPOSALS.c.id)
)
_READ_PAUSES = select(_PAUSES).where(_PAUSES.c.directive_id == _OF).order_by(_PAUSES.c.id)


def has_beside(directive_id: ColumnElement[int]) -> tuple[ColumnElement[bool], ...]:
    """Whether there ever was any of what an act asks for: it spares a query for each."""
    return tuple(
        exists(select(table.c.id).where(table.c.directive_id == directive_id)).label(f"has_{name}")
        for name, table in (
            ("inputs", _INPUTS),
            ("proposals", _PROPOSALS),
            ("routings", table_of(RoutingRow)),
            ("prepared", table_of(PreparedRow)),
        )
    )


def has_any(kind: type[Base]) -> Exists:
    """Return the condition that a directive has a row of this kind beside it."""
    table = table_of(kind)
    return exists(select(table.c.id).where(table.c.directive_id == DirectiveRow.id))


def inputs_of(connection: Connection, directive_id: int) -> tuple[InputRequest, ...]:
    """Return every request to a coordinating agency, the oldest first."""
    rows = connection.execute(_READ_INPUTS, {"of_directive": directive_id})
    return tuple(map(_input, rows))


def inputs_of_several(
    connection: Connection, keys: Sequence[int]
) -> dict[int, tuple[InputRequest, ...]]:
    """Return the same of several directives, by directive, in one statement; none for none."""
    found: dict[int, tuple[InputRequest, ...]] = {}
    if keys:
        for row in connection.execute(_INPUTS_OF_SEVERAL, {"directives": list(keys)}):
            found[row.directive_id] = (*found.get(row.directive_id, ()), _input(row))
    return found


def _input(row: Row[Any]) -> InputRequest:
    return InputRequest(
        id=row.id,
        agency_id=row.agency_id,
        agency_name=row.agency_name,
        what=row.what,
        due_on=row.due_on,
        asked_on=local_day(row.asked_at),
        state=InputState(row.state),
        answered_on=row.answered_on,
        answer=row.answer,
        answered_by=row.answerer or "",
    )


def proposals_of(connection: Connection, directive_id: int) -> tuple[Proposal, ...]:
    """Return every proposal with its answer, the oldest first."""
    return tuple(
        Proposal(
            id=row.id,
            text=row.text,
            proposed_on=local_day(row.at),
            proposed_by=row.proposer,
            agency_id=row.agency_id,
            agency_name=row.agency_name or "",
            answered_on=local_day(row.answered_at) if row.answered_at else None,
            answered_by=row.answerer or "",
            answer=row.answer,
            lapsed=row.lapsed_at is not None,
        )
        for row in connection.execute(_READ_PROPOSALS, {"of_directive": directive_id})
    )


def pauses_of(connection: Connection, directive_id: int) -> tuple[Pause, ...]:
    """Return the pauses of a directive, the oldest first; those that held no day are left out."""
    rows = connection.execute(_READ_PAUSES, {"of_directive": directive_id})
    return tuple(pause_from(row) for row in rows if row.to_on is None or row.from_on <= row.to_on)


def pause_from(row: Row[tuple[object, ...]]) -> Pause:
    """Return a pause as the calendar reads it."""
    return Pause(
        first_day=row.from_on, last_day=row.to_on, reason=row.reason, document=row.paper or None
    )


def _held(row: Row[*tuple[Any, ...]]) -> Routing:
    return Routing(
        agency_id=row.agency_id,
        by=row._mapping["by"],  # noqa: SLF001 - SQLAlchemy's public name
        account_id=row.account_id,
        division_id=row.division_id,
    )


def routings_of(connection: Connection, directive_id: int, actor: Actor) -> tuple[Routed, ...]:
    """Return how the actor's own agency routed a directive, the newest first; nobody else's."""
    if actor.role not in AGENCY_ROLES:
        return ()
    rows = connection.execute(
        select(
            RoutingRow.__table__,
            DivisionRow.name.label("division"),
            AccountRow.name.label("person"),
            _Router.name.label("router"),
            _Author.name.label("author"),
            _Returner.name.label("returner"),
        )
        .outerjoin(DivisionRow, DivisionRow.id == RoutingRow.division_id)
        .outerjoin(AccountRow, AccountRow.id == RoutingRow.account_id)
        .join(_Router, _Router.id == RoutingRow.by)
        .join(_Author, _Author.id == NOTE_BY)
        .outerjoin(_Returner, _Returner.id == RoutingRow.back_by)
        .where(RoutingRow.directive_id == directive_id, RoutingRow.agency_id == actor.agency_id)
        .order_by(RoutingRow.id.desc())
    )
    return tuple(
        Routed(
            division=row.division or "",
            person=row.person or "",
            note=row.note,
            note_by=row.author,
            note_at=row.note_at or row.at,
            internal_due_on=row.internal_due_on,
            by=row.router,
            at=row.at,
            is_current=row.is_current,
            back_note=row.back_note,
            back_by=row.returner or "",
            back_at=row.back_at,
            held=_held(row),
        )
        for row in rows
    )
