"""Looking at an applicant's name: only for who handles the case, and never without a trace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from workflow.accounts.records import AGENCY_ROLES, Actor, Role
from workflow.days import local_day
from workflow.errors import Forbidden, Invalid, NotFound
from workflow.looks.ports import LookMemory, Named
from workflow.looks.records import Look, Way
from workflow.text import clean, squeeze

FOUND_AT_MOST = 50
LEAST_LETTERS = 4


def may_look(actor: Actor, day: date, *, is_handled: bool, is_case: bool) -> bool:
    """Whether `actor` may see the applicant on `day` (product.md, 10).

    Who handles it may: its agency, and an inspector once a violation stands on it. Office,
    leader and admin see initials.
    """
    if not actor.holds_role_on(day):
        return False
    if actor.role in AGENCY_ROLES:
        return is_handled
    return actor.role is Role.INSPECTOR and is_case


def look_at_applicant(memory: LookMemory, actor: Actor, dossier_id: int, *, at: datetime) -> Named:
    """Return a dossier with its applicant's name, and keep that it was seen.

    NotFound outside the actor's scope; Forbidden (`applicant_closed`) where only the
    initials are theirs to see.
    """
    day = local_day(at)
    found = memory.named(actor, dossier_id, day)
    if found is None:
        raise NotFound("dossier")
    if not may_look(actor, day, is_handled=found.is_handled, is_case=found.is_case):
        raise Forbidden("applicant_closed")
    memory.keep([_look(actor, found, Way.OPENED, at)])
    return found


def find_applicant(
    memory: LookMemory, actor: Actor, words: str, *, at: datetime
) -> Sequence[Named]:
    """Return the dossiers the actor's agency handles whose applicant bears these words.

    It only reads, and may read much: `keep_found` records it before anybody sees it.
    Forbidden (`applicant_closed`) for whom handles none; Invalid when the words are too few
    to mean anybody.
    """
    if actor.role not in AGENCY_ROLES or not actor.holds_role_on(local_day(at)):
        raise Forbidden("applicant_closed")
    if len(squeeze(words)) < LEAST_LETTERS:
        raise Invalid({"words": "name_too_short"})
    return memory.handled_by_name(actor, clean(words), FOUND_AT_MOST)


def keep_found(memory: LookMemory, actor: Actor, found: Sequence[Named], *, at: datetime) -> None:
    """Keep that each dossier found by its applicant's name was seen."""
    memory.keep([_look(actor, one, Way.SEARCHED, at) for one in found])


def initials_of(name: str) -> str:
    """Return a name as those see it who do not handle the case: "Nguyễn Văn An" is "N.V.A."."""
    letters = [word[0].upper() for word in clean(name).split() if word[0].isalnum()]
    return "".join(f"{letter}." for letter in letters)


def _look(actor: Actor, found: Named, way: Way, at: datetime) -> Look:
    return Look(
        dossier_id=found.dossier_id,
        account_id=actor.account_id,
        role=actor.role.value if actor.role else "",
        agency_id=actor.agency_id,
        way=way,
        at=at,
    )
