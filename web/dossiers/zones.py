"""The time zone of a source's files, as the profile that reads them names it."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from flask import g

from models.causes.courses import ZoneOf
from models.imports.queries import kept_profiles
from models.unit import Unit
from web.dossiers.shipped import shipped_profiles
from web.identity import remembered
from web.wiring import reading_unit
from workflow.days import PROVINCE_ZONE
from workflow.dossiers.checking import ProfileInvalid
from workflow.dossiers.profile_text import read_profile
from workflow.imports.records import KeptProfile


@cache
def _shipped_zones() -> dict[str, ZoneInfo]:
    """Return the zones that shipped profiles name, by source."""
    read = [read_profile(toml) for toml in shipped_profiles().values()]
    return {profile.source: profile.zone for profile in read}


def zone_of(source: str) -> ZoneInfo:
    """Return a source's zone: a shipped profile's, one's own profile's, else the province's."""
    shipped = _shipped_zones()
    return shipped[source] if source in shipped else _own_zones().get(source, PROVINCE_ZONE)


def zones_of(unit: Unit) -> ZoneOf:
    """Return what tells the zone of each source, outside a request."""
    known = _own_of(unit) | _shipped_zones()
    return lambda source: known.get(source, PROVINCE_ZONE)


def foreign_sources() -> frozenset[str]:
    """Return the sources whose files are of another zone than the province's."""
    known = _own_zones() | _shipped_zones()
    return frozenset(source for source, zone in known.items() if zone != PROVINCE_ZONE)


def _own_of(unit: Unit) -> dict[str, ZoneInfo]:
    return dict(filter(None, map(_zone, kept_profiles(unit.connection))))


def _own_zones() -> dict[str, ZoneInfo]:
    """Return the zones that one's own profiles name; asked for at most once in each request."""
    if "own_zones" not in g:
        g.own_zones = remembered("own zones", lambda: _own_of(reading_unit()))
    zones: dict[str, ZoneInfo] = g.own_zones
    return zones


def _zone(kept: KeptProfile) -> tuple[str, ZoneInfo] | None:
    try:
        profile = read_profile(kept.toml)
    except ProfileInvalid:
        return None
    return profile.source, profile.zone
