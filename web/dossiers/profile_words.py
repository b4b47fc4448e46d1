"""What is wrong with a profile, said path by path, with what may have been meant."""

from __future__ import annotations

from web.refusals import field_error
from workflow.dossiers.profile_text import ProfileInvalid


def profile_told(error: ProfileInvalid) -> dict[str, str]:
    """Return the words for each path; the paths themselves stay as they are written."""
    told = {}
    for path, code in error.errors.items():
        near = ", ".join(error.near.get(path, ()))
        told[path] = field_error(code) + (f" ({near}?)" if near else "")
    return told
