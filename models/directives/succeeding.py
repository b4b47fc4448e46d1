"""Open work that agencies which no longer stand have left."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, text, union

from models.directives.rows import OPEN, CoordinatingRow, DirectiveRow


def numbers_left(connection: Connection, agencies: Iterable[int]) -> tuple[str, ...]:
    """Return the numbers of open directives that some agencies lead, coordinate or handed down.

    Three short walks of an index, whatever is stored: what these agencies ever had to do with.
    """
    ids = sorted(agencies)
    number, is_open = select(DirectiveRow.number), text(OPEN)
    led = number.where(DirectiveRow.lead_agency_id.in_(ids), is_open)
    handed = number.where(DirectiveRow.handed_by_id.in_(ids), is_open)
    beside = (
        number.join(CoordinatingRow, CoordinatingRow.directive_id == DirectiveRow.id)
        .where(CoordinatingRow.agency_id.in_(ids), is_open)
    )  # fmt: skip
    found = connection.execute(union(led, handed, beside)).scalars()
    return tuple(sorted(found))
