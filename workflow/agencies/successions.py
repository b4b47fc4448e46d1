"""Agencies going over into others: merged, split, by an act, from a day on."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.agencies.entries import agency_entry
from workflow.agencies.ports import AgencyMemory, Journal
from workflow.agencies.records import Agency, Handover, SuccessionKind
from workflow.agencies.usecases import agency_of
from workflow.days import local_day
from workflow.errors import Invalid, Refused
from workflow.text import clean, clean_lines

ONE_DAY = timedelta(days=1)
LONGEST_WORDS = 2000


def hand_over(
    memory: AgencyMemory, journal: Journal, actor: Actor, handover: Handover, *, at: datetime
) -> None:
    """Record that agencies went over into others; each agency's history tells it.

    The predecessors end on the day before, unless they stay (a part split off). Invalid:
    `act`, `predecessors` and `successors` (none, not standing on their day, the same on
    both sides), `kind` (a merge has one successor, a split one predecessor).
    Refused("units_standing") while units below a predecessor stand longer.
    """
    require_admin(actor, local_day(at))
    old = [agency_of(memory, key) for key in dict.fromkeys(handover.predecessor_ids)]
    new = [agency_of(memory, key) for key in dict.fromkeys(handover.successor_ids)]
    _check(memory, handover, old, new)
    if handover.predecessors_end:
        _end(memory, handover, old, new)
    act, words = clean(handover.act), clean_lines(handover.takes_over)
    for before in old:
        for after in new:
            memory.add_succession(
                before.id, after.id, handover.kind, act, handover.on, takes_over=words
            )
    said: dict[str, object] = {
        "succession": handover.kind,
        "predecessors": [a.code for a in old],
        "successors": [a.code for a in new],
        "act": act,
        "on": handover.on,
        "takes_over": words,
    }
    for agency in (*old, *new):
        ended = agency in old and handover.predecessors_end
        journal.append(
            agency_entry(
                actor,
                agency.code,
                "hand_over",
                at,
                before={"valid_to": agency.valid_to} if ended else None,
                after={"valid_to": handover.on - ONE_DAY} if ended else None,
                given=said,
            )
        )


def _check(memory: AgencyMemory, handover: Handover, old: list[Agency], new: list[Agency]) -> None:
    eve = handover.on - ONE_DAY
    errors = {
        "act": "" if clean(handover.act) else "required",
        "predecessors": "" if old else "required",
        "successors": "" if new else "required",
        "kind": _kind_fault(handover.kind, len(old), len(new)),
        "takes_over": "too_long" if len(handover.takes_over) > LONGEST_WORDS else "",
    }
    if {a.id for a in old} & {a.id for a in new}:
        errors["successors"] = "same_agency"
    if not all(a.valid_from <= eve and (a.valid_to is None or eve <= a.valid_to) for a in old):
        errors["predecessors"] = "agency_not_standing"
    if not all(a.stands_on(handover.on) for a in new):
        errors["successors"] = errors["successors"] or "agency_not_standing"
    if any(memory.succession_stands(a.id, b.id, handover.on) for a in old for b in new):
        errors["successors"] = errors["successors"] or "succession_known"
    found = {name: code for name, code in errors.items() if code}
    if found:
        raise Invalid(found)


def _kind_fault(kind: SuccessionKind, old: int, new: int) -> str:
    if kind is SuccessionKind.MERGE and new > 1:
        return "merge_has_one_successor"
    return "split_has_one_predecessor" if kind is SuccessionKind.SPLIT and old > 1 else ""


def _end(memory: AgencyMemory, handover: Handover, old: list[Agency], new: list[Agency]) -> None:
    """End the predecessors, deepest first, when nothing below them is left standing."""
    going = {agency.id for agency in old}
    staying = {agency.id for agency in new}
    left = [
        unit.name
        for unit in memory.agencies()
        if unit.parent_id in going
        and unit.id not in going | staying
        and unit.stands_on(handover.on)
    ]
    if left:
        raise Refused("units_standing", units=left[:5], until=handover.on - ONE_DAY)
    for agency in old:
        memory.change_agency(agency.id, {"valid_to": handover.on - ONE_DAY})
