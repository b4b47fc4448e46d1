"""Agencies that a sheet names and nobody knows yet, added where the person asked for that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.agencies.ports import AgencyMemory, Journal
from workflow.agencies.records import Agency, AgencyFacts, Tier
from workflow.agencies.upkeep import NAME_MOST
from workflow.agencies.usecases import add_agency
from workflow.documents.reading import SheetReading
from workflow.text import clean, squeeze

ROOT_CODE, ROOT_NAME = "UBND", "UBND tỉnh"
CODE_PREFIX = "MOI"
UNKNOWN = "unknown_agency"


def unknown_names(reading: SheetReading) -> tuple[str, ...]:
    """Return the names that are nobody's, each once, as first written; vague words are none."""
    found: dict[str, str] = {}
    for one in reading.unresolved:
        name = clean(one.text)
        if one.reason == UNKNOWN and squeeze(name) and len(name) <= NAME_MOST:
            found.setdefault(squeeze(name), name)
    return tuple(found.values())


def add_newcomers(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    names: Iterable[str],
    *,
    since: date,
    at: datetime,
) -> tuple[Agency, ...]:
    """Add each name as a department under the province, which is added too where there is none.

    They stand from `since`, or from the province's own first day if that is later, under
    codes of their own until somebody enters the official ones.
    """
    root = next((a for a in memory.agencies() if a.tier is Tier.PROVINCE), None)
    if root is None:
        facts = AgencyFacts(code=ROOT_CODE, name=ROOT_NAME, tier=Tier.PROVINCE, valid_from=since)
        root = add_agency(memory, journal, actor, facts, at=at)
    first_day = max(since, root.valid_from)
    made = []
    for name in names:
        facts = AgencyFacts(
            code=_free_code(memory),
            name=name,
            tier=Tier.DEPARTMENT,
            parent_id=root.id,
            valid_from=first_day,
        )
        made.append(add_agency(memory, journal, actor, facts, at=at))
    return tuple(made)


def _free_code(memory: AgencyMemory) -> str:
    taken = {agency.code for agency in memory.agencies()}
    return next(
        code for n in range(1, len(taken) + 2) if (code := f"{CODE_PREFIX}-{n:03d}") not in taken
    )
