"""Which agency the words of a list of papers name."""

from __future__ import annotations

from collections.abc import Callable

from workflow.agencies.matching import KnownNames, match_cell
from workflow.agencies.suggesting import abbreviated

AgencyOf = Callable[[str], tuple[int | None, str]]
"""What words name: an agency, and what a person should know of how it was found."""


def matcher(names: KnownNames) -> AgencyOf:
    """Return what finds the one agency that words name; the same words once.

    First by known names and aliases, without diacritics; else by the one name they abbreviate.
    """
    known: dict[str, tuple[int | None, str]] = {}

    def find(words: str) -> tuple[int | None, str]:
        found = match_cell(words, names, suggesting=False) if words else ()
        if len(found) == 1 and found[0].is_settled:
            return found[0].agency_id, ""
        short = abbreviated(words, names)
        return short, "agency_unknown" if short is None else ""

    def agency_of(words: str) -> tuple[int | None, str]:
        if words not in known:
            known[words] = find(words)
        return known[words]

    return agency_of
