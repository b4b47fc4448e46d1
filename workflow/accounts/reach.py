"""How far a person reads by their role on a day: the province, their agency's tree, nothing.

Every scope of pages, lists and acts begins here (product.md, section 1); what lies within a
reach is each feature's own: who leads, coordinates, resolves, is held to account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from workflow.accounts.records import AGENCY_ROLES, PROVINCE_ROLES, Actor, Role


@dataclass(frozen=True, slots=True)
class Reach:
    """All of the province, or what lies at an agency's `path` or below it; "" is nothing."""

    is_all: bool = False
    path: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether no agency's work is read at all."""
        return not self.is_all and not self.path

    def covers(self, paths: Iterable[str]) -> bool:
        """Whether any of the agencies at these paths lies within it."""
        return self.is_all or (bool(self.path) and any(p.startswith(self.path) for p in paths))


ALL, NOTHING = Reach(is_all=True), Reach()


def reach_of(actor: Actor, day: date, whole: Collection[Role] = PROVINCE_ROLES) -> Reach:
    """Return how far `actor` reads on `day`; `whole` are the roles that read the province.

    A role that is not held on the day, and an agency that cannot be resolved, read nothing.
    """
    if actor.is_system:
        return ALL
    if not actor.holds_role_on(day):
        return NOTHING
    if actor.role in whole:
        return ALL
    return Reach(path=actor.agency_path) if actor.role in AGENCY_ROLES else NOTHING
