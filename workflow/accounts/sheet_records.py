"""One row of a sheet of people as it was understood, and what stands before the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workflow.accounts.records import Account, Membership, Role
from workflow.agencies.matching import KnownNames, Match, match_cell
from workflow.agencies.records import Agency, Division


class Does(StrEnum):
    """What taking in a row would do: a new account, a further role, nothing, or it waits."""

    ACCOUNT = "new_account"
    ROLE = "further_role"
    NOTHING = "stands_already"
    WAITS = "waits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row waits: the field, what was written there, a code, and agencies it may mean."""

    field: str
    text: str
    reason: str
    suggestions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands before the sheet: agencies with their divisions, accounts by sign-in name.

    `own_login` is who takes it in: nobody gives a role to themselves.
    """

    names: KnownNames
    agencies: Mapping[int, Agency] = field(default_factory=dict)
    divisions: Mapping[int, tuple[Division, ...]] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    own_login: str = ""
    _read: dict[str, tuple[Match, ...]] = field(default_factory=dict, compare=False, repr=False)

    def agencies_in(self, words: str) -> tuple[Match, ...]:
        """Return what the words of a cell name; a sheet says the same ones again and again."""
        if words not in self._read:
            self._read[words] = match_cell(words, self.names)
        return self._read[words]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One row as it was understood; `place` is its line in the sheet, from 1."""

    place: int
    login: str
    name: str
    email: str = ""
    agency_words: str = ""
    agency_id: int | None = None
    role_words: str = ""
    role: Role | None = None
    division_words: str = ""
    division_id: int | None = None
    valid_from: date
    valid_to: date | None = None
    does: Does = Does.WAITS
    problems: tuple[Problem, ...] = ()

    @property
    def membership(self) -> Membership:
        """The role that the row gives; only of one whose agency and role are known."""
        assert self.role is not None  # noqa: S101 - such a row waits
        assert self.agency_id is not None  # noqa: S101 - such a row waits
        return Membership(
            role=self.role,
            agency_id=self.agency_id,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            division_id=self.division_id,
        )
