"""Which fields an agency studies for the province: the land department, land (product.md, 5)."""

from __future__ import annotations

from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, Actor


def fields_studied(actor: Actor) -> frozenset[str]:
    """Return the fields that the actor's own agency studies, by the province's setting."""
    pairs = office().settings.analysis.analysts
    if not pairs or actor.role not in AGENCY_ROLES or actor.agency_id is None:
        return frozenset()
    agency = reading_unit().agencies.agency(actor.agency_id)
    code = agency.code if agency else ""
    return frozenset(field for field, of in pairs if of == code)
