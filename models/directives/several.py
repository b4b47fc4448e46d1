"""Several directives at once with the facts their guards need, for pages with a line for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, select

from models.agencies.rows import AgencyRow
from models.directives.loading import FACTS_OF, Beside, directive_from
from models.directives.rows import CoordinatingRow, DirectiveRow
from models.evidence.register import EvidenceRegister
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
    )
    .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
    .where(DirectiveRow.parent_id.in_(_KEYS))
    .order_by(DirectiveRow.id)
)


def directives_where(
    connection: Connection, condition: ColumnElement[bool], most: int
) -> tuple[Directive, ...]:
    """Return up to `most` directives in the order of their numbers, in four statements.

    Each is what `DirectiveReader.directive` loads of it, so a page judges as the act will.
    """
    found = FACTS_OF.where(condition).order_by(DirectiveRow.number).limit(most)
    rows = connection.execute(found).all()
    if not rows:
        return ()
    keys = [row.id for row in rows]
    beside = _beside(connection, keys)
    parts = _parts(connection, keys)
    evidence = EvidenceRegister(connection).of_directives(keys)
    return tuple(
        directive_from(
            row,
            beside.get(row.id, []),
            tuple(parts.get(row.id, ())),
            tuple(evidence.get(row.id, ())),
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
    for parent_id, number, state, due_on, name in connection.execute(_PARTS, {"keys": keys}):
        part = Part(number=number, agency_name=name, state=State(state), due_on=due_on)
        found.setdefault(parent_id, []).append(part)
    return found
