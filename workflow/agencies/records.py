"""Agencies, their tiers, groups and successors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workflow.days import is_over


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

    def has_ended(self, day: date) -> bool:
        """Whether its last day lies before `day`."""
        return is_over(self.valid_to, day)

    def is_under(self, path: str) -> bool:
        """Whether the agency is the one at `path` or stands below it."""
        return bool(path) and self.path.startswith(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyGroup:
    """A standing group named in documents ("UBND cấp xã"), resolved on the day of issue.

    Members are all agencies of `tiers`, plus `included`, less `excluded`; communes only from
    `communes_from`, where one is set: before, the districts above them stood for them.
    """

    code: str
    name: str
    phrases: tuple[str, ...] = ()
    tiers: frozenset[Tier] = field(default_factory=frozenset)
    included: frozenset[int] = field(default_factory=frozenset)
    excluded: frozenset[int] = field(default_factory=frozenset)
    communes_from: date | None = None

    def tiers_on(self, day: date) -> frozenset[Tier]:
        """Return the tiers whose agencies belong on `day`."""
        if self.communes_from is None or day >= self.communes_from:
            return self.tiers
        return self.tiers - {Tier.COMMUNE}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFacts:
    """What is entered about an agency; `parent_id` is None for the province itself."""

    code: str
    name: str
    tier: Tier
    valid_from: date
    parent_id: int | None = None
    valid_to: date | None = None
    is_office: bool = False
    gso_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name an agency bore over a period, both ends included."""

    name: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another word or code for an agency: `entered` by a person, or `learned` from an import."""

    id: int
    alias: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A division (phòng) inside an agency."""

    id: int
    name: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Agencies going over into others by an act, from a day on; what each takes over in words."""

    predecessor_ids: tuple[int, ...]
    successor_ids: tuple[int, ...]
    kind: SuccessionKind
    act: str
    on: date
    takes_over: str = ""
    predecessors_end: bool = True
