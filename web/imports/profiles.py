"""Profiles for a page: those that are shipped, and the last version of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from models.imports.queries import kept_profiles
from web.dossiers.shipped import shipped_profiles
from web.wiring import reading_unit
from workflow.dossiers.checking import ProfileInvalid
from workflow.dossiers.profile import Profile
from workflow.dossiers.profile_text import read_profile
from workflow.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProfile:
    """A profile one can choose; version 0 is shipped. `read` is None where it can't be read."""

    name: str
    version: int
    toml: str
    read: Profile | None

    @property
    def title(self) -> str:
        """What the profile calls itself, else its name."""
        return self.read.title if self.read and self.read.title else self.name


def known_profiles() -> tuple[KnownProfile, ...]:
    """Return every profile, one's own before those that are shipped."""
    own = [_known(p.name, p.version, p.toml) for p in kept_profiles(reading_unit().connection)]
    shipped = [_known(name, 0, toml) for name, toml in shipped_profiles().items()]
    return (*own, *shipped)


def profile_named(name: str) -> KnownProfile:
    """Return a profile by its name; NotFound when there is none."""
    for known in known_profiles():
        if known.name == name:
            return known
    raise NotFound("profile")


def _known(name: str, version: int, toml: str) -> KnownProfile:
    try:
        return KnownProfile(name=name, version=version, toml=toml, read=read_profile(toml))
    except ProfileInvalid:
        return KnownProfile(name=name, version=version, toml=toml, read=None)
