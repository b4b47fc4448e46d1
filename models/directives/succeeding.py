"""Open work that agencies which no longer stand have left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, select, text, union

from models.agencies.rows import AgencyRow
from models.directives.matter_rows import INPUT_OPEN, InputRequestRow
from models.directives.queries import IS_OPEN
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


def requests_left(connection: Connection, day: date) -> Mapping[str, frozenset[int]]:
    """Return open directives that ask agencies which ended before `day`, with these."""
    ended = select(AgencyRow.id).where(AgencyRow.valid_to < day)
    rows = connection.execute(
        select(DirectiveRow.number, InputRequestRow.agency_id)
        .join(DirectiveRow, DirectiveRow.id == InputRequestRow.directive_id)
        .where(IS_OPEN, text(f"input_requests.{INPUT_OPEN}"), InputRequestRow.agency_id.in_(ended))
    )
    found: dict[str, set[int]] = {}
    for number, agency in rows:
        found.setdefault(number, set()).add(agency)
    return {number: frozenset(agencies) for number, agencies in found.items()}
