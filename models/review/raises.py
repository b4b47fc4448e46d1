"""Every raise of a case with what stands behind it, however many violations those are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Subquery,
    case,
    cast,
    func,
    or_,
    select,
    true,
)

from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from models.dossiers.rows import DossierRow
from models.escalation.rows import EscalationRaiseRow
from models.review.basis import SETTLED, members
from models.review.facts import Behind, Raised
from models.violations.rows import ViolationRow
from workflow.review.records import Basis
from workflow.violations.records import ViolationState

SHOWN = 20
"""Violations shown under each raise; the rest is counted."""


_OF_VIOLATION = (
    ViolationRow.id.label("violation_id"),
    ViolationRow.agency_id,
    ViolationRow.type,
    ViolationRow.state,
    ViolationRow.occurred_on,
    ViolationRow.officer,
    func.coalesce(AgencyRow.name, ViolationRow.agency_text).label("agency"),
    func.coalesce(DossierRow.code, "").label("dossier"),
    DossierRow.ended_on,
    func.coalesce(DirectiveRow.number, "").label("directive"),
)


def raises_of(connection: Connection, escalation_id: int) -> tuple[Raised, ...]:
    """Return every raise, newest first, in one statement.

    Beside the first violations of each come the first of each agency, so that all whom a
    raise concerns are known.
    """
    inner = _behind(connection, escalation_id)
    rows = connection.execute(
        select(inner)
        .where(or_(inner.c.place <= SHOWN, inner.c.of_agency == 1))
        .order_by(inner.c.serial.desc(), inner.c.place)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.serial, []).append(row)
    return tuple(_raised(rows) for rows in found.values())


def _behind(connection: Connection, escalation_id: int) -> Subquery:
    raises = EscalationRaiseRow
    member = members(connection)
    in_order = (ViolationRow.occurred_at, ViolationRow.id)
    return (
        select(
            raises.serial,
            raises.level,
            raises.on,
            raises.score,
            raises.rule_number,
            raises.standing,
            raises.known_at,
            func.row_number().over(partition_by=raises.serial, order_by=in_order).label("place"),
            func.row_number()
            .over(partition_by=(raises.serial, ViolationRow.agency_id), order_by=in_order)
            .label("of_agency"),
            func.count().over(partition_by=raises.serial).label("total"),
            _counted(ViolationRow.state.in_(SETTLED)).label("confirmed"),
            _counted(ViolationRow.state == ViolationState.RECORDED).label("unconfirmed"),
            _counted(ViolationRow.state == ViolationState.CONTESTED).label("contested"),
            *_OF_VIOLATION,
        )
        .select_from(raises)
        .join(member, true())
        .join(ViolationRow, ViolationRow.id == cast(member.c.value, Integer))
        .outerjoin(AgencyRow, AgencyRow.id == ViolationRow.agency_id)
        .outerjoin(DossierRow, DossierRow.id == ViolationRow.dossier_id)
        .outerjoin(DirectiveRow, DirectiveRow.id == ViolationRow.directive_id)
        .where(raises.escalation_id == escalation_id)
        .subquery("behind")
    )


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1))).over(partition_by=EscalationRaiseRow.serial)


def _raised(rows: list[Any]) -> Raised:
    first = rows[0]
    return Raised(
        serial=first.serial,
        level=first.level,
        on=first.on,
        score=first.score,
        rule_number=first.rule_number,
        standing=first.standing,
        known_at=first.known_at,
        count=first.total,
        basis=Basis(
            confirmed=first.confirmed,
            unconfirmed=first.unconfirmed,
            contested=first.contested,
        ),
        agencies=frozenset(row.agency_id for row in rows if row.agency_id is not None),
        violations=tuple(_one(row) for row in rows if row.place <= SHOWN),
    )


def _one(row: Any) -> Behind:
    return Behind(
        id=row.violation_id,
        type=row.type,
        state=ViolationState(row.state),
        occurred_on=row.occurred_on,
        agency=row.agency,
        officer=row.officer,
        dossier=row.dossier,
        directive=row.directive,
        ended_on=row.ended_on,
    )
