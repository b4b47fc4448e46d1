"""Groups that documents name: their words, who belongs, who does not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.agencies.entries import GROUP_PREFIX, agency_entry
from workflow.agencies.ports import AgencyMemory, Journal
from workflow.agencies.records import AgencyGroup
from workflow.agencies.upkeep import NAME_MOST
from workflow.days import local_day
from workflow.errors import Invalid, NotFound
from workflow.text import clean

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,57}")


def add_group(
    memory: AgencyMemory, journal: Journal, actor: Actor, group: AgencyGroup, *, at: datetime
) -> None:
    """Add a group that documents can name. Invalid: `code` (form, taken), `name`, `members`."""
    require_admin(actor, local_day(at))
    group = _tidy(group)
    errors = _faults(memory, group)
    if not CODE.fullmatch(group.code):
        errors["code"] = "group_code_form" if group.code else "required"
    elif any(other.code == group.code for other in memory.groups()):
        errors["code"] = "code_taken"
    if errors:
        raise Invalid(errors)
    memory.add_group(group)
    journal.append(
        agency_entry(actor, GROUP_PREFIX + group.code, "add_group", at, after=_told(memory, group))
    )


def change_group(
    memory: AgencyMemory, journal: Journal, actor: Actor, group: AgencyGroup, *, at: datetime
) -> None:
    """Change a group; documents issued before keep the members of their day."""
    require_admin(actor, local_day(at))
    old = next((g for g in memory.groups() if g.code == group.code), None)
    if old is None:
        raise NotFound("group")
    group = _tidy(group)
    errors = _faults(memory, group)
    if errors:
        raise Invalid(errors)
    was, now = _told(memory, old), _told(memory, group)
    changed = [name for name in now if now[name] != was[name]]
    if not changed:
        return
    memory.change_group(group)
    journal.append(
        agency_entry(
            actor,
            GROUP_PREFIX + group.code,
            "change_group",
            at,
            before={name: was[name] for name in changed},
            after={name: now[name] for name in changed},
        )
    )


def _tidy(group: AgencyGroup) -> AgencyGroup:
    phrases = tuple(dict.fromkeys(filter(None, map(clean, group.phrases))))
    return replace(group, code=group.code.strip(), name=clean(group.name), phrases=phrases)


def _faults(memory: AgencyMemory, group: AgencyGroup) -> dict[str, str]:
    errors = {}
    if not group.name:
        errors["name"] = "required"
    elif len(group.name) > NAME_MOST:
        errors["name"] = "too_long"
    if any(len(phrase) > NAME_MOST for phrase in group.phrases):
        errors["phrases"] = "too_long"
    if not group.tiers and not group.included:
        errors["tiers"] = "group_empty"
    if group.included & group.excluded:
        errors["excluded"] = "both_in_and_out"
    known = {agency.id for agency in memory.agencies()}
    if not group.included <= known or not group.excluded <= known:
        errors["included"] = "not_an_agency"
    return errors


def _told(memory: AgencyMemory, group: AgencyGroup) -> dict[str, object]:
    codes = {agency.id: agency.code for agency in memory.agencies()}
    return {
        "name": group.name,
        "phrases": list(group.phrases),
        "tiers": sorted(group.tiers),
        "communes_from": group.communes_from.isoformat() if group.communes_from else None,
        "included": sorted(codes.get(key, str(key)) for key in group.included),
        "excluded": sorted(codes.get(key, str(key)) for key in group.excluded),
    }
