"""By which words an agency is known beside its name and code."""

from __future__ import annotations

from datetime import datetime

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.agencies.entries import agency_entry
from workflow.agencies.ports import AgencyMemory, Journal
from workflow.agencies.upkeep import NAME_MOST
from workflow.agencies.usecases import agency_of
from workflow.days import local_day
from workflow.errors import Invalid, NotFound
from workflow.text import clean, squeeze


def add_alias(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    agency_id: int,
    *,
    alias: str,
    at: datetime,
) -> None:
    """Enter another word or code for an agency; known already: Invalid ("alias_known").

    A name that another agency bears or bore, or a group is named by, stays theirs: Invalid
    ("name_of_another").
    """
    require_admin(actor, local_day(at))
    agency, alias = agency_of(memory, agency_id), clean(alias)
    if not squeeze(alias):
        raise Invalid({"alias": "required"})
    if len(alias) > NAME_MOST:
        raise Invalid({"alias": "too_long"})
    if memory.names_borne().get(squeeze(alias), frozenset()) - {agency.id}:
        raise Invalid({"alias": "name_of_another"})
    if not memory.add_alias(agency.id, alias, "entered", at):
        raise Invalid({"alias": "alias_known"})
    journal.append(agency_entry(actor, agency.code, "add_alias", at, after={"alias": alias}))


def remove_alias(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    agency_id: int,
    alias_id: int,
    *,
    at: datetime,
) -> None:
    """Forget a word for an agency, entered or learned; issued work is not touched."""
    require_admin(actor, local_day(at))
    agency = agency_of(memory, agency_id)
    found = next((a for a in memory.aliases(agency_id) if a.id == alias_id), None)
    if found is None:
        raise NotFound("alias")
    memory.remove_alias(found.id)
    before = {"alias": found.alias, "alias_source": found.source}
    journal.append(agency_entry(actor, agency.code, "remove_alias", at, before=before))
