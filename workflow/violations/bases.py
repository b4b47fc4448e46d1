"""On which rule of law a type of violation rests, by the day on which it occurred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sureness(StrEnum):
    """How sure a shipped basis is; only `found` is ever shown as law."""

    FOUND = "found"
    UNCONFIRMED = "unconfirmed"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A rule of law that names an act, in force between two days, both included; None is open.

    `unconfirmed`: remembered, its text was not seen. `elsewhere`: a rule of another province,
    which binds nobody here. Both are for the person who keeps the catalogue, never for a page
    that tells an agency what it broke (domain.md §2.5).
    """

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    sureness: Sureness = Sureness.FOUND

    def in_force_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredBasis:
    """A row that a province entered above the shipped bases; an empty text says: none known."""

    id: int
    type: str
    text: str
    valid_from: date
    valid_to: date | None
    entered_by: str = ""

    def in_force_on(self, day: date) -> bool:
        """Whether the row speaks for `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def basis_on(
    shipped: Iterable[LegalBasis], entered: Iterable[EnteredBasis], day: date
) -> str | None:
    """Return the words of the basis in force on `day`, or None where none is known.

    A row entered for that day wins over what was shipped; of two, the one that begins later.
    """
    rows = [row for row in entered if row.in_force_on(day)]
    if rows:
        return max(rows, key=lambda row: row.valid_from).text or None
    sure = (basis for basis in shipped if basis.sureness is Sureness.FOUND)
    return next((basis.text for basis in sure if basis.in_force_on(day)), None)
