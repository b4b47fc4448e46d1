"""Profiles: those that are shipped, and those that lie in a file of one's own."""

from __future__ import annotations

from pathlib import Path

from workflow.dossiers.profile import Profile
from workflow.dossiers.profile_text import LONGEST_PROFILE, read_profile
from workflow.errors import Refused

FOLDER = Path(__file__).resolve().parents[2] / "profiles"
"""A package beside ours, whether installed or in a checkout."""
_ENDING = ".toml"


def shipped_profiles() -> dict[str, str]:
    """Return the text of every shipped profile, by name."""
    return {
        one.name.removesuffix(_ENDING): one.read_text(encoding="utf-8")
        for one in sorted(FOLDER.glob(f"*{_ENDING}"))
    }


def profile_from(named: str) -> Profile:
    """Return the profile in the file `named`, or the shipped one of that name.

    Refused (`profile_missing`) where there is neither; ProfileInvalid by path.
    """
    path = Path(named)
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace") as file:
            return read_profile(file.read(LONGEST_PROFILE + 1))
    shipped = shipped_profiles()
    name = path.name.removesuffix(_ENDING)
    if name not in shipped or path.parent != Path():
        raise Refused("profile_missing", name=named, found=list(shipped))
    return read_profile(shipped[name])
