"""What the lead wished for when it declined, as the form of the answer begins with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.directives.facts import DirectiveFile
from web.directives.judged import last_of
from workflow.directives.guards import Case
from workflow.directives.records import Action, Ask
from workflow.text import fold


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
    return str(*beside) if swaps else _only_named(entry.reason, offered)


def _only_named(words: str, offered: Iterable[tuple[str, str]]) -> str:
    """Return the key of the only agency whose name stands in some words, diacritics or not.

    A name within a longer one that stands there too is not named for itself.
    """
    text = f" {fold(words)} "
    named = {fold(name): key for key, name in offered if _stands_in(fold(name), text)}
    whole = [n for n in named if not any(n != other and n in other for other in named)]
    return named[whole[0]] if len(whole) == 1 else ""


def _stands_in(name: str, text: str) -> bool:
    before, found, after = text.partition(name)
    return bool(found) and not before[-1:].isalnum() and not after[:1].isalnum()


def wish_beside(case: Case, file: DirectiveFile) -> bool:
    """Whether a standing decline asks for the lead to coordinate, or to keep a part."""
    entry = last_of(file, Action.DECLINE)
    if not case.directive.decline_standing or entry is None:
        return False
    return entry.given.get("ask") in {Ask.SWAP_ROLES, Ask.PART}
