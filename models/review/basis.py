"""The violations behind the latest raise of a case, however many: counted in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Integer, cast, column, func, select, true
from sqlalchemy.sql.selectable import FromClause

from models.escalation.rows import EscalationRaiseRow
from models.violations.rows import ViolationRow
from workflow.review.records import Basis
from workflow.violations.records import ViolationState

SETTLED = frozenset({ViolationState.CONFIRMED, ViolationState.UPHELD})


@dataclass(slots=True)
class Behind:
    """How the violations of a raise stand, and whose they are."""

    basis: Basis = field(default_factory=Basis)
    agencies: set[int] = field(default_factory=set)


def members(connection: Connection) -> FromClause:
    """Return the ids in a raise's list as rows with a `value`, beside the raise itself.

    The two databases unpack a list in words of their own.
    """
    if connection.dialect.name == "postgresql":
        unpack = func.json_array_elements_text(EscalationRaiseRow.violations)
        return unpack.table_valued(column("value")).render_derived().lateral("member")
    return func.json_each(EscalationRaiseRow.violations).table_valued("value", name="member")


def id_of(member: FromClause) -> ColumnElement[int]:
    """Return a member's value as a number."""
    return cast(member.c.value, Integer)


def behind(connection: Connection, escalations: Sequence[int]) -> dict[int, Behind]:
    """Return what stands behind the latest raise of each case, in one statement."""
    member = members(connection)
    raises = EscalationRaiseRow
    chosen = _latest_of(escalations)
    statement = (
        select(
            raises.escalation_id,
            ViolationRow.state,
            ViolationRow.agency_id,
            func.count().label("n"),
        )
        .select_from(raises)
        .join(
            chosen,
            (chosen.c.escalation_id == raises.escalation_id) & (chosen.c.serial == raises.serial),
        )
        .join(member, true())
        .join(ViolationRow, ViolationRow.id == id_of(member))
        .group_by(raises.escalation_id, ViolationRow.state, ViolationRow.agency_id)
    )
    found: dict[int, Behind] = {key: Behind() for key in escalations}
    for row in connection.execute(statement):
        _count(found[row.escalation_id], row.state, row.agency_id, row.n)
    return found


def _latest_of(escalations: Iterable[int]) -> FromClause:
    """The serial of the latest standing raise of each case; of the latest where none stands."""
    raises = EscalationRaiseRow
    serial = func.coalesce(func.max(raises.serial).filter(raises.standing), func.max(raises.serial))
    return (
        select(raises.escalation_id, serial.label("serial"))
        .where(raises.escalation_id.in_(list(escalations)))
        .group_by(raises.escalation_id)
        .subquery("chosen")
    )


def _count(behind: Behind, state: ViolationState, agency_id: int | None, n: int) -> None:
    basis = behind.basis
    confirmed, unconfirmed, contested = basis.confirmed, basis.unconfirmed, basis.contested
    if state in SETTLED:
        confirmed += n
    elif state is ViolationState.CONTESTED:
        contested += n
    elif state is ViolationState.RECORDED:
        unconfirmed += n
    behind.basis = Basis(confirmed=confirmed, unconfirmed=unconfirmed, contested=contested)
    if agency_id is not None:
        behind.agencies.add(agency_id)
