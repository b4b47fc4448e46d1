"""The time zone of a source's files, as the profile that reads them names it."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from flask import g

from models.imports.queries import kept_profiles
from web.dossiers.shipped import shipped_profiles
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


def _own_zones() -> dict[str, ZoneInfo]:
    """Return the zones that one's own profiles name; asked for once in each request."""
    if "own_zones" not in g:
        g.own_zones = dict(filter(None, map(_zone, kept_profiles(reading_unit().connection))))
    zones: dict[str, ZoneInfo] = g.own_zones
    return zones


def _zone(kept: KeptProfile) -> tuple[str, ZoneInfo] | None:
    try:
        profile = read_profile(kept.toml)
    except ProfileInvalid:
        return None
    return profile.source, profile.zone
