"""Divisions (phòng) inside an agency, over their life."""

from __future__ import annotations

from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.agencies.entries import agency_entry
from workflow.agencies.ports import AgencyMemory, Journal
from workflow.agencies.upkeep import NAME_MOST
from workflow.agencies.usecases import agency_of
from workflow.days import local_day
from workflow.errors import Invalid, NotFound
from workflow.text import clean


def add_division(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    agency_id: int,
    *,
    name: str,
    valid_from: date,
    at: datetime,
) -> int:
    """Add a division inside an agency and return its id."""
    require_admin(actor, local_day(at))
    agency, name = agency_of(memory, agency_id), clean(name)
    errors = {}
    if not name:
        errors["name"] = "required"
    elif len(name) > NAME_MOST:
        errors["name"] = "too_long"
    elif any(d.name == name and d.valid_to is None for d in memory.divisions(agency_id)):
        errors["name"] = "division_known"
    if not agency.stands_on(valid_from):
        errors["valid_from"] = "agency_not_standing"
    if errors:
        raise Invalid(errors)
    division_id = memory.add_division(agency.id, name, valid_from)
    after = {"division": name, "valid_from": valid_from}
    journal.append(agency_entry(actor, agency.code, "add_division", at, after=after))
    return division_id


def end_division(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    agency_id: int,
    division_id: int,
    *,
    last_day: date,
    at: datetime,
) -> None:
    """Let a division end with `last_day`."""
    require_admin(actor, local_day(at))
    agency = agency_of(memory, agency_id)
    found = next((d for d in memory.divisions(agency_id) if d.id == division_id), None)
    if found is None:
        raise NotFound("division")
    if last_day < found.valid_from:
        raise Invalid({"last_day": "period_reversed"})
    memory.end_division(found.id, last_day)
    journal.append(
        agency_entry(
            actor,
            agency.code,
            "end_division",
            at,
            before={"division": found.name, "valid_to": found.valid_to},
            after={"division": found.name, "valid_to": last_day},
        )
    )
