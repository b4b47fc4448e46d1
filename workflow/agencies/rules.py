"""What follows from the tree of agencies on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from workflow.agencies.records import Agency, AgencyGroup, Tier

ASKED_TO_COOPERATE = frozenset({Tier.VERTICAL})


def members_on(
    group: AgencyGroup,
    agencies: Iterable[Agency],
    day: date,
    *,
    without: frozenset[int] = frozenset(),
) -> tuple[Agency, ...]:
    """Resolve a group on `day`: who stands then, less the exclusions, in the order given.

    Vertical bodies belong to a group only by name (`included`): they are asked to
    cooperate and are never swept in by tier.
    """
    tiers = group.tiers_on(day) - ASKED_TO_COOPERATE
    return tuple(
        agency
        for agency in agencies
        if agency.stands_on(day)
        and agency.id not in without
        and agency.id not in group.excluded
        and (agency.id in group.included or agency.tier in tiers)
    )


def group_holds(group: AgencyGroup, agency: Agency) -> bool:
    """Whether an agency belongs to a group on some day or other."""
    return agency.id in group.included or agency.tier in group.tiers


def may_lead(agency: Agency, day: date) -> bool:
    """Whether an agency can be given a directive on `day`.

    The province itself gives; vertical bodies are asked to cooperate (product.md, section 2).
    """
    return (
        agency.stands_on(day)
        and agency.tier is not Tier.PROVINCE
        and agency.tier not in ASKED_TO_COOPERATE
    )
