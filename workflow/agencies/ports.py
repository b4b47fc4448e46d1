"""What the use cases of agencies ask of memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from workflow.agencies.records import (
    Agency,
    AgencyGroup,
    Alias,
    Division,
    FormerName,
    SuccessionKind,
    Tier,
)
from workflow.history.records import Entry


class Journal(Protocol):
    """The append-only history of the same transaction."""

    def append(self, entry: Entry) -> object: ...


class AgencyMemory(Protocol):
    """The tree of agencies within one transaction."""

    def agency(self, agency_id: int) -> Agency | None: ...

    def agency_by_code(self, code: str) -> Agency | None: ...

    def agencies(self) -> tuple[Agency, ...]: ...

    def groups(self) -> tuple[AgencyGroup, ...]: ...

    def add_agency(
        self,
        *,
        code: str,
        name: str,
        tier: Tier,
        parent: Agency | None,
        valid_from: date,
        valid_to: date | None = None,
        is_office: bool = False,
        gso_code: str = "",
    ) -> Agency: ...

    def change_agency(self, agency_id: int, values: Mapping[str, object]) -> None: ...

    def gso_code(self, agency_id: int) -> str: ...

    def move_agency(self, agency: Agency, parent: Agency | None) -> None: ...

    def former_names(self, agency_id: int) -> tuple[FormerName, ...]: ...

    def add_name(
        self, agency_id: int, name: str, valid_from: date, valid_to: date | None
    ) -> None: ...

    def names_borne(self) -> Mapping[str, frozenset[int]]: ...

    def aliases(self, agency_id: int) -> tuple[Alias, ...]: ...

    def add_alias(self, agency_id: int, alias: str, source: str, at: datetime | None) -> bool: ...

    def remove_alias(self, alias_id: int) -> None: ...

    def divisions(self, agency_id: int) -> tuple[Division, ...]: ...

    def add_division(self, agency_id: int, name: str, valid_from: date) -> int: ...

    def end_division(self, division_id: int, last_day: date) -> None: ...

    def add_group(self, group: AgencyGroup) -> None: ...

    def change_group(self, group: AgencyGroup) -> None: ...

    def succession_stands(self, predecessor_id: int, successor_id: int, on: date) -> bool: ...

    def add_succession(
        self,
        predecessor_id: int,
        successor_id: int,
        kind: SuccessionKind,
        act: str,
        on: date,
        *,
        takes_over: str = "",
    ) -> None: ...

    def forget_successions(self, predecessor_id: int, since: date) -> tuple[str, ...]: ...
