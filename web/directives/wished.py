"""What the lead wished for when it declined, as the form of the answer begins with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.directives.facts import DirectiveFile
from web.directives.judged import last_of
from workflow.agencies.mentions import only_mentioned
from workflow.directives.guards import Case
from workflow.directives.records import Action, Ask


def wished_lead(case: Case, file: DirectiveFile, offered: Iterable[tuple[str, str]] = ()) -> str:
    """Return the key of the agency that a standing decline means, for a field; else nothing.

    It is the one named; who wants to swap with the only coordinating agency need not name it.
    Else it is the one of those `offered` whose whole name its words bear, if it is only one.
    """
    entry = last_of(file, Action.DECLINE)
    if not case.directive.decline_standing or entry is None:
        return ""
    named = entry.given.get("agency")
    if isinstance(named, Mapping):
        return str(named.get("id", ""))
    beside = case.directive.coordinating
    swaps = entry.given.get("ask") == Ask.SWAP_ROLES and len(beside) == 1
    return str(*beside) if swaps else only_mentioned(entry.reason, offered)


def wish_beside(case: Case, file: DirectiveFile) -> bool:
    """Whether a standing decline asks for the lead to coordinate, or to keep a part."""
    entry = last_of(file, Action.DECLINE)
    if not case.directive.decline_standing or entry is None:
        return False
    return entry.given.get("ask") in {Ask.SWAP_ROLES, Ask.PART}
