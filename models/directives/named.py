"""What directives are called: who leads them and what they say, for lines that name them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.agencies.rows import AgencyRow
from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from workflow.accounts.records import Actor


class Called(NamedTuple):
    """Who leads a directive, and what it says."""

    lead: str
    content: str


def called(
    connection: Connection, actor: Actor, day: date, numbers: Collection[str]
) -> Mapping[str, Called]:
    """Return what those of the numbers that `actor` reads on `day` are called."""
    if not numbers:
        return {}
    rows = connection.execute(
        select(DirectiveRow.number, AgencyRow.name, DirectiveRow.content)
        .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
        .where(DirectiveRow.number.in_(sorted(numbers)), visible_to(actor, day))
    )
    return {number: Called(lead, content) for number, lead, content in rows}
