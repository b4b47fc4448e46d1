"""What a form over several violations tells before it is sent: their facts, the cases on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select, true

from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.review.basis import id_of, members
from models.review.queries import IS_OPEN, visible_to
from models.violations.loading import LOAD, violation_from
from models.violations.rows import ViolationRow
from workflow.accounts.records import Actor
from workflow.violations.records import Violation


def violations_read(connection: Connection, ids: Sequence[int]) -> tuple[Violation, ...]:
    """Return violations with the facts their guards need, held against nobody, by id."""
    rows = connection.execute(LOAD.where(ViolationRow.id.in_(ids)).order_by(ViolationRow.id))
    return tuple(violation_from(row) for row in rows)


def cases_resting_on(connection: Connection, actor: Actor, ids: Sequence[int], day: date) -> int:
    """Count the open cases that `actor` may read one of whose raises rests on these violations."""
    member, raises = members(connection), EscalationRaiseRow
    counted = (
        select(func.count(EscalationRow.id.distinct()))
        .select_from(raises)
        .join(EscalationRow, EscalationRow.id == raises.escalation_id)
        .join(member, true())
        .where(raises.standing, IS_OPEN, visible_to(actor, day), id_of(member).in_(ids))
    )
    return connection.execute(counted).scalar_one()
