"""What may be entered about an agency, and since when it bears its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from workflow.agencies.ports import AgencyMemory
from workflow.agencies.records import Agency, AgencyFacts, FormerName, Tier
from workflow.errors import Invalid
from workflow.text import clean

CODE = re.compile(r"(?!new$)[A-Za-z0-9Đđ](?:[A-Za-z0-9Đđ._-]{0,62}[A-Za-z0-9Đđ])?")
"""A code stands in addresses, beside the word `new`."""
GSO_CODE = re.compile(r"\d{2,8}")
NAME_MOST = 500


def tidy_facts(facts: AgencyFacts) -> AgencyFacts:
    """Return what was entered without stray spaces."""
    return replace(
        facts, code=clean(facts.code), name=clean(facts.name), gso_code=clean(facts.gso_code)
    )


def check_name(name: str) -> dict[str, str]:
    """Return what is wrong with a name, by field; nothing when it can stand."""
    if not name:
        return {"name": "required"}
    return {"name": "too_long"} if len(name) > NAME_MOST else {}


def check_facts(
    facts: AgencyFacts,
    parent: Agency | None,
    memory: AgencyMemory,
    *,
    changing: Agency | None = None,
) -> None:
    """Refuse what cannot stand: Invalid with a code for each field."""
    errors = check_name(facts.name)
    if not CODE.fullmatch(facts.code):
        errors["code"] = "code_form" if facts.code else "required"
    else:
        bearer = memory.agency_by_code(facts.code)
        if bearer is not None and (changing is None or bearer.id != changing.id):
            errors["code"] = "code_taken"
    if facts.gso_code and not GSO_CODE.fullmatch(facts.gso_code):
        errors["gso_code"] = "not_a_number"
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        errors["valid_to"] = "period_reversed"
    fault = _parent_fault(facts, parent, changing)
    if fault:
        errors["parent_id"] = fault
    if errors:
        raise Invalid(errors)


def _parent_fault(facts: AgencyFacts, parent: Agency | None, changing: Agency | None) -> str:
    if parent is None:
        if facts.parent_id is not None:
            return "not_an_agency"
        return "" if facts.tier is Tier.PROVINCE else "required"
    if facts.tier is Tier.PROVINCE:
        return "province_has_no_parent"
    if changing is not None and parent.is_under(changing.path):
        return "parent_below"
    return "" if parent.stands_on(facts.valid_from) else "agency_not_standing"


def name_since(agency: Agency, former: Iterable[FormerName]) -> date:
    """Return the first day of an agency's present name."""
    ends = [name.valid_to + timedelta(days=1) for name in former]
    return max([agency.valid_from, *ends])


def name_on(agency: Agency, former: Iterable[FormerName], day: date) -> str:
    """Return the name an agency bore on `day`."""
    for name in former:
        if name.valid_from <= day <= name.valid_to:
            return name.name
    return agency.name
