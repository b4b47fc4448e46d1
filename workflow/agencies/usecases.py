"""The tree of agencies kept by the admin: added, corrected, renamed, ended; every change told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.agencies.entries import agency_entry
from workflow.agencies.ports import AgencyMemory, Journal
from workflow.agencies.records import Agency, AgencyFacts
from workflow.agencies.upkeep import check_facts, check_name, name_since, tidy_facts
from workflow.days import local_day
from workflow.errors import Invalid, NotFound, Refused
from workflow.text import clean

ONE_DAY = timedelta(days=1)
FACTS = ("code", "name", "tier", "parent_id", "valid_from", "valid_to", "is_office", "gso_code")


def agency_of(memory: AgencyMemory, agency_id: int) -> Agency:
    """Return an agency; NotFound when there is none."""
    found = memory.agency(agency_id)
    if found is None:
        raise NotFound("agency")
    return found


def add_agency(
    memory: AgencyMemory, journal: Journal, actor: Actor, facts: AgencyFacts, *, at: datetime
) -> Agency:
    """Add an agency and return it with its place in the tree.

    Invalid field by field: `code` (taken), `name`, `parent_id` (unknown, not standing on
    the first day), `valid_to` before `valid_from`.
    """
    require_admin(actor, local_day(at))
    facts = tidy_facts(facts)
    parent = memory.agency(facts.parent_id) if facts.parent_id else None
    check_facts(facts, parent, memory)
    made = memory.add_agency(
        code=facts.code,
        name=facts.name,
        tier=facts.tier,
        parent=parent,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        is_office=facts.is_office,
        gso_code=facts.gso_code,
    )
    after = {name: getattr(facts, name) for name in FACTS} | {"parent_id": _code_of(parent)}
    journal.append(agency_entry(actor, made.code, "add_agency", at, after=after))
    return made


def change_agency(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    agency_id: int,
    facts: AgencyFacts,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Correct what was entered wrong about an agency; a new name by an act is `rename_agency`.

    The old code stays known as another word for it. Units below move with it; under itself
    it cannot go: Invalid ("parent_below").
    """
    require_admin(actor, local_day(at))
    agency, facts = agency_of(memory, agency_id), tidy_facts(facts)
    parent = memory.agency(facts.parent_id) if facts.parent_id else None
    check_facts(facts, parent, memory, changing=agency)
    if not reason.strip():
        raise Invalid({"reason": "required"})
    old = _facts_of(memory, agency)
    changed = {name for name in FACTS if getattr(facts, name) != getattr(old, name)}
    if not changed:
        return
    values = {name: getattr(facts, name) for name in changed - {"parent_id"}}
    if values:
        memory.change_agency(agency.id, values)
    if "parent_id" in changed:
        memory.move_agency(agency, parent)
    if "code" in changed:
        memory.add_alias(agency.id, old.code, "entered", at)
    above = memory.agency(old.parent_id) if old.parent_id else None
    entry = agency_entry(
        actor,
        facts.code,
        "change_agency",
        at,
        before=_told(old, above, changed),
        after=_told(facts, parent, changed),
        reason=clean(reason),
    )
    journal.append(entry)


def _told(facts: AgencyFacts, parent: Agency | None, changed: set[str]) -> dict[str, object]:
    """Return the changed facts as the history keeps them, the agency above by its code."""
    values = {name: getattr(facts, name) for name in FACTS if name in changed}
    return values | ({"parent_id": _code_of(parent)} if "parent_id" in changed else {})


def _facts_of(memory: AgencyMemory, agency: Agency) -> AgencyFacts:
    return AgencyFacts(
        code=agency.code,
        name=agency.name,
        tier=agency.tier,
        parent_id=agency.parent_id,
        valid_from=agency.valid_from,
        valid_to=agency.valid_to,
        is_office=agency.is_office,
        gso_code=memory.gso_code(agency.id),
    )


def _code_of(agency: Agency | None) -> str | None:
    return agency.code if agency else None


def rename_agency(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    agency_id: int,
    *,
    name: str,
    on: date,
    act: str,
    at: datetime,
) -> None:
    """Give an agency a new name from the day `on`; the old one stays its name until then.

    Old papers keep the old name, and it stays a word by which the agency is found.
    Invalid: `name`, `on` (before the present name began, or not yet come), `act`.
    """
    today = local_day(at)
    require_admin(actor, today)
    agency, name, act = agency_of(memory, agency_id), clean(name), clean(act)
    since = name_since(agency, memory.former_names(agency_id))
    errors = check_name(name)
    if name == agency.name:
        errors["name"] = "no_change"
    if not since < on <= today:
        errors["on"] = "date_future" if on > today else "before_name"
    if not act:
        errors["act"] = "required"
    if errors:
        raise Invalid(errors)
    memory.add_name(agency.id, agency.name, since, on - ONE_DAY)
    memory.change_agency(agency.id, {"name": name})
    journal.append(
        agency_entry(
            actor,
            agency.code,
            "rename_agency",
            at,
            before={"name": agency.name},
            after={"name": name},
            given={"act": act, "on": on},
        )
    )


def end_agency(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    agency_id: int,
    *,
    last_day: date,
    act: str,
    at: datetime,
) -> None:
    """Let an agency end with `last_day`, by an act.

    Refused ("units_standing") while units below it stand longer. Its open work does not
    move by itself: the office reassigns it, directive by directive.
    """
    require_admin(actor, local_day(at))
    agency, act = agency_of(memory, agency_id), clean(act)
    errors = {}
    if last_day < agency.valid_from:
        errors["last_day"] = "period_reversed"
    if not act:
        errors["act"] = "required"
    if errors:
        raise Invalid(errors)
    _refuse_standing_units(memory, agency, last_day)
    memory.change_agency(agency.id, {"valid_to": last_day})
    journal.append(
        agency_entry(
            actor,
            agency.code,
            "end_agency",
            at,
            before={"valid_to": agency.valid_to},
            after={"valid_to": last_day},
            given={"act": act},
        )
    )


def _refuse_standing_units(memory: AgencyMemory, agency: Agency, last_day: date) -> None:
    below = [
        unit.name
        for unit in memory.agencies()
        if unit.parent_id == agency.id and unit.stands_on(last_day + ONE_DAY)
    ]
    if below:
        raise Refused("units_standing", units=below[:5], until=last_day)


def stands_again(
    memory: AgencyMemory,
    journal: Journal,
    actor: Actor,
    agency_id: int,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Take back an end that was entered by mistake, and whom it made successors.

    What went over from a day after the end goes with it: left standing, it would tie people,
    send letters and count violations again as soon as the agency really ends. Each successor's
    history tells it.
    """
    require_admin(actor, local_day(at))
    agency = agency_of(memory, agency_id)
    if agency.valid_to is None:
        raise Refused("agency_stands")
    if not reason.strip():
        raise Invalid({"reason": "required"})
    memory.change_agency(agency.id, {"valid_to": None})
    successors = memory.forget_successions(agency.id, agency.valid_to + ONE_DAY)
    said = {"predecessors": [agency.code], "successors": [*successors]} if successors else None
    end, why = {"valid_to": agency.valid_to}, clean(reason)
    journal.append(
        agency_entry(
            actor,
            agency.code,
            "change_agency",
            at,
            before=end,
            after={"valid_to": None},
            given=said,
            reason=why,
        )
    )
    for code in successors:
        journal.append(agency_entry(actor, code, "undo_hand_over", at, given=said, reason=why))
