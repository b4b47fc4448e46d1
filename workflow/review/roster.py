"""The order in which inspectors get a case, and who of them can take it on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflow.review.conflict import Organisation, is_offices_own, tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone in the order; `agencies` are all they belong to on the day, in whatever role.

    `is_here`: the role is held today, the account is open, and no absence stands.
    `inspects_in` are the agencies in which they are inspectors today.
    """

    account_id: int
    name: str
    agencies: frozenset[int] = frozenset()
    inspects_in: frozenset[int] = frozenset()
    is_here: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the admin's order; an absence holds from one day to another, both included."""

    account_id: int
    away_from: date | None = None
    away_to: date | None = None

    def is_away_on(self, day: date) -> bool:
        """Whether an absence stands on `day`."""
        if self.away_from is None and self.away_to is None:
            return False
        begun = self.away_from is None or self.away_from <= day
        return begun and (self.away_to is None or day <= self.away_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The inspectors in the admin's order, and the leaders behind them."""

    inspectors: tuple[Person, ...] = ()
    leaders: tuple[Person, ...] = ()

    def able(self, organisation: Organisation, concerned: frozenset[int]) -> Iterator[Person]:
        """Yield the inspectors who are here and may take the case, in the order."""
        for person in self.inspectors:
            if person.is_here and may_take(person, organisation, concerned):
                yield person

    def inspector(self, account_id: int | None) -> Person | None:
        """Return an inspector of the order by account."""
        return next((p for p in self.inspectors if p.account_id == account_id), None)

    def is_leader(self, account_id: int | None) -> bool:
        """Whether the account is a leader who is here."""
        return any(p.account_id == account_id and p.is_here for p in self.leaders)

    def after(
        self, organisation: Organisation, concerned: frozenset[int], holder_id: int | None
    ) -> Person | None:
        """Return who gets a case after `holder_id`: the next able inspector, then a leader.

        Nobody held it yet, or a holder outside the order: the first able one. A leader keeps
        what reached them while they are here. None when there is nobody at all.
        """
        places = [p.account_id for p in self.inspectors]
        start = places.index(holder_id) + 1 if holder_id in places else 0
        if self.is_leader(holder_id):
            return next(p for p in self.leaders if p.account_id == holder_id)
        able = {p.account_id for p in self.able(organisation, concerned)} - {holder_id}
        for person in self.inspectors[start:]:
            if person.account_id in able:
                return person
        return self.leader(organisation, concerned)

    def leader(self, organisation: Organisation, concerned: frozenset[int]) -> Person | None:
        """Return the leader who gets a case; one without a tie comes first."""
        here = [p for p in self.leaders if p.is_here]
        free = (p for p in here if tie(organisation, p.agencies, concerned) is None)
        return next(free, here[0] if here else None)


def may_take(person: Person, organisation: Organisation, concerned: frozenset[int]) -> bool:
    """Whether a person may work on a case: no tie, and Sở Nội vụ for the office's own units."""
    if tie(organisation, person.agencies, concerned) is not None:
        return False
    if organisation.home_affairs is None or not is_offices_own(organisation, concerned):
        return True
    return organisation.home_affairs in person.inspects_in
