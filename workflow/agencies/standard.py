"""The groups that documents name everywhere; every installation begins with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from workflow.agencies.records import Agency, AgencyGroup, Tier
from workflow.agencies.rules import group_holds
from workflow.text import fold

DISTRICTS_UNTIL = date(2025, 6, 30)
"""The last day of the district tier; from the next on two tiers stand (product.md, section 2)."""

TWO_TIERS_FROM = DISTRICTS_UNTIL + timedelta(days=1)
"""From this day "địa phương" are the communes, wards and special zones."""

STANDARD_GROUPS: tuple[AgencyGroup, ...] = (
    AgencyGroup(
        code="departments",
        name="Các sở, ban, ngành",
        phrases=(
            "sở, ban, ngành",
            "các sở, ngành",
            "các sở, ban, ngành cấp tỉnh",
            "các sở, ban, ngành thuộc UBND tỉnh",
            "các sở, ban, ngành của tỉnh",
            "các cơ quan chuyên môn thuộc UBND tỉnh",
            "các sở, ban, ngành thuộc tỉnh",
        ),
        tiers=frozenset({Tier.DEPARTMENT}),
    ),
    AgencyGroup(
        code="districts",
        name="UBND cấp huyện",
        phrases=(
            "UBND các huyện, thị xã, thành phố",
            "các huyện, thị xã, thành phố",
            "UBND huyện, thị xã, thành phố",
            "UBND các huyện, TX, TP",
            "các địa phương cấp huyện",
        ),
        tiers=frozenset({Tier.DISTRICT}),
    ),
    AgencyGroup(
        code="communes",
        name="UBND cấp xã",
        phrases=(
            "UBND các xã, phường, thị trấn",
            "UBND xã, phường, thị trấn",
            "các xã, phường, thị trấn",
            "UBND các xã, phường, đặc khu",
            "các xã, phường, đặc khu",
        ),
        tiers=frozenset({Tier.COMMUNE, Tier.SPECIAL_ZONE}),
    ),
    AgencyGroup(
        code="all_agencies",
        name="Các cơ quan, đơn vị, địa phương",
        phrases=(
            "cơ quan, đơn vị, địa phương",
            "các sở, ban, ngành, địa phương",
            "các sở, ban, ngành và địa phương",
            "các sở, ban, ngành và UBND cấp huyện",
        ),
        tiers=frozenset({Tier.DEPARTMENT, Tier.DISTRICT, Tier.COMMUNE, Tier.SPECIAL_ZONE}),
        communes_from=TWO_TIERS_FROM,
    ),
)
"""Members are resolved by tier on the day of issue; from 1 July 2025 no district stands."""


def tiers_told(group: AgencyGroup, day: date) -> frozenset[Tier]:
    """Return the tiers a group is said to hold on `day`; districts only while they stood."""
    gone = {Tier.DISTRICT} if day > DISTRICTS_UNTIL and not is_past(group, day) else frozenset()
    return group.tiers_on(day) - gone


_OF_DISTRICTS = re.compile(r"\b(?:cap|cac|ubnd) huyen\b|\bhuyen,? (?:thi xa|tx)\b")


def phrases_on(group: AgencyGroup, day: date) -> tuple[str, ...]:
    """Return the words that name a group on `day`.

    Once the districts are gone no words that speak of them stand for agencies of today
    ("các sở, ban, ngành và UBND cấp huyện"); a group of districts alone keeps its words, and
    has nobody in it.
    """
    known = (group.name, *group.phrases)
    if day <= DISTRICTS_UNTIL or is_past(group, day):
        return known
    return tuple(words for words in known if not _OF_DISTRICTS.search(fold(words)))


def is_past(group: AgencyGroup, day: date) -> bool:
    """Whether a group is one of districts alone and their tier is gone on `day`."""
    return group.tiers == {Tier.DISTRICT} and day > DISTRICTS_UNTIL


def worth_showing(
    groups: Iterable[AgencyGroup], agencies: Sequence[Agency], day: date
) -> tuple[AgencyGroup, ...]:
    """Return the groups that mean something on `day`, those that are past after the others.

    One of districts alone is among them only where some district ever stood.
    """
    return tuple(
        group
        for group in sorted(groups, key=lambda one: is_past(one, day))
        if not is_past(group, day) or any(group_holds(group, one) for one in agencies)
    )
