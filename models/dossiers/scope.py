"""Which dossiers a person reads, as a condition of the query itself (product.md, 1).

An agency reads what it or a unit under it handles: resolves, or received. Office, leader,
inspector and admin read the province; what of it is personal data stays closed to them
(`workflow.looks`). An agency that a province names as the one that studies a field
(`analysts`: the land department for land) reads that field too.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, false, or_, true

from models.agencies import scope
from models.agencies.scope import under
from models.dossiers.rows import DossierRow
from workflow.accounts.reach import reach_of
from workflow.accounts.records import PROVINCE_ROLES, Actor, Role

PROVINCE_READERS = PROVINCE_ROLES | {Role.ADMIN}


def visible_to(
    actor: Actor, day: date, fields: frozenset[str] = frozenset()
) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a dossier on `day`.

    `fields` are those the actor's agency studies for the province. A scope that cannot be
    resolved reads nothing.
    """
    ways = ways_to_read(actor, day, fields)
    return ways[0] if len(ways) == 1 else or_(*ways)


def ways_to_read(
    actor: Actor, day: date, fields: frozenset[str] = frozenset()
) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that together are `visible_to`, each with an index of its own."""
    reach = reach_of(actor, day, PROVINCE_READERS)
    if reach.is_all:
        return (true(),)
    if reach.is_nothing:
        return (false(),)
    ways = [handled_by(actor), DossierRow.receiving_id.in_(under(reach.path))]
    if fields:
        ways.append(DossierRow.field_text.in_(sorted(fields)))
    return tuple(ways)


def reads_all(actor: Actor, day: date) -> bool:
    """Tell whether `actor` reads every dossier of the province on `day`."""
    return reach_of(actor, day, PROVINCE_READERS).is_all


def handled_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor's agency, or one below it, resolves a dossier."""
    return DossierRow.agency_id.in_(under(actor.agency_path))


def with_below(code: str) -> ColumnElement[bool]:
    """Return the condition that the agency `code` or one below it resolves a dossier."""
    return DossierRow.agency_id.in_(scope.with_below(code))
