"""Several directives at once with the facts their guards need, for pages with a line for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, exists, select

from models.agencies.rows import AgencyRow
from models.directives.beside import has_any, inputs_of_several
from models.directives.figures import FIGURES, reported_figures
from models.directives.loading import FACTS_OF, Beside, directive_from
from models.directives.matter_rows import InputRequestRow
from models.directives.rows import CoordinatingRow, DirectiveRow
from models.evidence.register import EvidenceRegister
from models.periods.rows import PeriodPlanRow
from workflow.directives.records import Directive, Part, State

_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_BESIDE = (
    select(CoordinatingRow.directive_id, AgencyRow.id, AgencyRow.path)
    .join(AgencyRow, AgencyRow.id == CoordinatingRow.agency_id)
    .where(CoordinatingRow.directive_id.in_(_KEYS))
    .order_by(AgencyRow.id)
)
_PARTS = (
    select(
        DirectiveRow.parent_id,
        DirectiveRow.number,
        DirectiveRow.state,
        DirectiveRow.due_on,
        AgencyRow.name,
        *reported_figures(),
    )
    .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
    .where(DirectiveRow.parent_id.in_(_KEYS))
    .order_by(DirectiveRow.id)
)
_HAS_PERIODS = exists(
    select(PeriodPlanRow.directive_id).where(PeriodPlanRow.directive_id == DirectiveRow.id)
).label("has_periods")


def directives_where(
    connection: Connection, condition: ColumnElement[bool], most: int
) -> tuple[Directive, ...]:
    """Return up to `most` directives in the order of their numbers, in four statements.

    Each is what `DirectiveReader.directive` loads of it, so a page judges as the act will; left
    out are what other acts ask for: proposals, how a pause counts. Requests for input take a
    fifth statement, where there are any.
    """
    asked = has_any(InputRequestRow).label("has_inputs")
    found = FACTS_OF.add_columns(_HAS_PERIODS, asked).where(condition)
    rows = connection.execute(found.order_by(DirectiveRow.number).limit(most)).all()
    if not rows:
        return ()
    keys = [row.id for row in rows]
    beside = _beside(connection, keys)
    parts = _parts(connection, keys)
    evidence = EvidenceRegister(connection).of_directives(keys)
    inputs = inputs_of_several(connection, [row.id for row in rows if row.has_inputs])
    return tuple(
        directive_from(
            row,
            beside.get(row.id, []),
            tuple(parts.get(row.id, ())),
            tuple(evidence.get(row.id, ())),
            has_periods=row.has_periods,
            inputs=inputs.get(row.id, ()),
        )
        for row in rows
    )


def _beside(connection: Connection, keys: Sequence[int]) -> dict[int, list[Beside]]:
    found: dict[int, list[Beside]] = {}
    for directive_id, key, path in connection.execute(_BESIDE, {"keys": keys}):
        found.setdefault(directive_id, []).append(Beside(key, path))
    return found


def _parts(connection: Connection, keys: Sequence[int]) -> dict[int | None, list[Part]]:
    found: dict[int | None, list[Part]] = {}
    for row in connection.execute(_PARTS, {"keys": keys}):
        figures = {name: getattr(row, name) for name in FIGURES}
        part = Part(
            number=row.number,
            agency_name=row.name,
            state=State(row.state),
            due_on=row.due_on,
            **figures,
        )
        found.setdefault(row.parent_id, []).append(part)
    return found
