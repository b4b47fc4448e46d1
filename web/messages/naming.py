"""Whose work and which a notice tells of, where it says only a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from models.directives.named import Called, called
from models.review.named import CaseCalled, cases_called
from models.unit import Unit
from web.review.saying import group_words
from workflow.accounts.records import Actor
from workflow.history.records import Plain

NAMES_ONE = "directive"
"""Notices of this subject tell of one directive, by its number."""
NAMES_CASE = "escalation"
"""Notices of this subject tell of one case of the desk, by its number."""


class Numbered(Protocol):
    """A notice as far as it tells what it is of."""

    @property
    def subject(self) -> str: ...

    @property
    def subject_key(self) -> str: ...

    @property
    def params(self) -> Mapping[str, Plain]: ...


class Naming(NamedTuple):
    """Whose work it is, and what it is called."""

    whose: str
    what: str


class Names(NamedTuple):
    """What the directives and cases of some notices are called, as far as one reads them."""

    directives: Mapping[str, Called]
    cases: Mapping[str, CaseCalled]

    def of(self, notice: Numbered) -> Naming | None:
        """Return what a notice is of; None where it names none, or its reader reads it no more."""
        if notice.subject == NAMES_ONE:
            one = self.directives.get(notice.subject_key)
            return Naming(one.lead, one.content) if one else None
        case = self.cases.get(notice.subject_key) if names_case(notice) else None
        return Naming(group_words(case.group, case.agency_name), case.title) if case else None


def names_case(notice: Numbered) -> bool:
    """Whether a notice tells of one case; what one paper told of several says nothing of one."""
    return notice.subject == NAMES_CASE and "count" not in notice.params


def names_for(unit: Unit, actor: Actor, day: date, notices: Iterable[Numbered]) -> Names:
    """Read what the directives and cases of some notices are called, each in one statement."""
    told = tuple(notices)
    numbers = {one.subject_key for one in told if one.subject == NAMES_ONE}
    cases = {one.subject_key for one in told if names_case(one)}
    return Names(
        called(unit.connection, actor, day, numbers),
        cases_called(unit.connection, actor, day, cases),
    )
