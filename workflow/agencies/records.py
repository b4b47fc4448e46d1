"""Agencies, their tiers, groups and successors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Tier(StrEnum):
    """Where an agency stands in the province."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special_zone"
    SERVICE_CENTRE = "service_centre"
    BRANCH = "branch"
    VERTICAL = "vertical"


class SuccessionKind(StrEnum):
    """How an agency went over into another."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency over its life; `path` lists its ancestors' ids and its own (`/1/7/`)."""

    id: int
    code: str
    name: str
    tier: Tier
    parent_id: int | None
    path: str
    is_office: bool
    valid_from: date
    valid_to: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the agency exists on `day`, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def is_under(self, path: str) -> bool:
        """Whether the agency is the one at `path` or stands below it."""
        return bool(path) and self.path.startswith(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyGroup:
    """A standing group named in documents ("UBND cấp huyện"), resolved on the day of issue.

    Members are all agencies of `tiers`, plus `included`, less `excluded`.
    """

    code: str
    name: str
    phrases: tuple[str, ...] = ()
    tiers: frozenset[Tier] = field(default_factory=frozenset)
    included: frozenset[int] = field(default_factory=frozenset)
    excluded: frozenset[int] = field(default_factory=frozenset)
