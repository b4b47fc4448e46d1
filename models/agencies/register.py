"""What use cases ask of the tree of agencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, insert, select, union_all, update

from models.agencies.rows import (
    AgencyAliasRow,
    AgencyGroupRow,
    AgencyNameRow,
    AgencyRow,
)
from models.agencies.upkeep import AgencyUpkeep
from workflow.agencies.matching import KnownAgency, KnownGroup
from workflow.agencies.records import Agency, AgencyGroup, Tier
from workflow.text import fold, sort_key, squeeze

COLUMNS = (
    AgencyRow.id,
    AgencyRow.code,
    AgencyRow.name,
    AgencyRow.tier,
    AgencyRow.parent_id,
    AgencyRow.path,
    AgencyRow.is_office,
    AgencyRow.valid_from,
    AgencyRow.valid_to,
)
_ALL = select(*COLUMNS).order_by(AgencyRow.sort_key, AgencyRow.id)
_ONE = select(*COLUMNS).where(AgencyRow.id == bindparam("agency_id"))
_BY_CODE = select(*COLUMNS).where(AgencyRow.code == bindparam("code"))


def agency_from(row: Row[*tuple[Any, ...]]) -> Agency:
    """Return the agency a row holds."""
    return Agency(
        id=row.id,
        code=row.code,
        name=row.name,
        tier=Tier(row.tier),
        parent_id=row.parent_id,
        path=row.path,
        is_office=row.is_office,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def known_from(agency: Agency, words: Mapping[int, Iterable[str]]) -> KnownAgency:
    """Return an agency as it can be named."""
    aliases = tuple(words.get(agency.id, ()))
    return KnownAgency(id=agency.id, name=agency.name, code=agency.code, aliases=aliases)


def known_among(
    agencies: Iterable[Agency], words: Mapping[int, Iterable[str]], day: date
) -> tuple[KnownAgency, ...]:
    """Return what words can mean on a day, of agencies that were read together with them."""
    return tuple(known_from(one, words) for one in agencies if one.stands_on(day))


class AgencyRegister(AgencyUpkeep):
    """Agencies, their names, aliases, groups and successors, within one transaction."""

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""
        return self._one(_ONE, agency_id=agency_id)

    def agency_by_code(self, code: str) -> Agency | None:
        """Return the agency that bears this code."""
        return self._one(_BY_CODE, code=code)

    def _one(self, statement: Select[*tuple[Any, ...]], **values: object) -> Agency | None:
        row = self._connection.execute(statement, values).one_or_none()
        return agency_from(row) if row else None

    def agencies(self) -> tuple[Agency, ...]:
        """Return every agency there ever was, in Vietnamese order of names."""
        return tuple(agency_from(row) for row in self._connection.execute(_ALL))

    def groups(self) -> tuple[AgencyGroup, ...]:
        """Return the groups that documents can name."""
        rows = self._connection.execute(
            select(AgencyGroupRow.__table__).order_by(AgencyGroupRow.id)
        )
        return tuple(
            AgencyGroup(
                code=row.code,
                name=row.name,
                phrases=tuple(row.phrases),
                tiers=frozenset(Tier(tier) for tier in row.tiers),
                included=frozenset(row.included),
                excluded=frozenset(row.excluded),
                communes_from=row.communes_from,
            )
            for row in rows
        )

    def known_agencies(self, day: date) -> tuple[KnownAgency, ...]:
        """Return what words can mean on `day`: names of every period, codes, aliases."""
        return known_among(self.agencies(), self.words(), day)

    def names_borne(self) -> Mapping[str, frozenset[int]]:
        """Return by squeezed name the agencies that bear it or bore it; 0 stands for a group."""
        borne: dict[str, set[int]] = {}
        now = select(AgencyRow.id, AgencyRow.name)
        before = select(AgencyNameRow.agency_id, AgencyNameRow.name)
        for key, name in self._connection.execute(union_all(now, before)):
            borne.setdefault(squeeze(name), set()).add(key)
        for group in self.known_groups():
            for phrase in group.phrases:
                borne.setdefault(squeeze(phrase), set()).add(0)
        return {name: frozenset(keys) for name, keys in borne.items()}

    def words(self) -> dict[int, list[str]]:
        """Return by agency its names of every period and its aliases."""
        words: dict[int, list[str]] = {}
        for name_row in self._connection.execute(
            select(AgencyNameRow.agency_id, AgencyNameRow.name)
        ):
            words.setdefault(name_row.agency_id, []).append(name_row.name)
        for alias_row in self._connection.execute(
            select(AgencyAliasRow.agency_id, AgencyAliasRow.alias)
        ):
            words.setdefault(alias_row.agency_id, []).append(alias_row.alias)
        return words

    def known_groups(self) -> tuple[KnownGroup, ...]:
        """Return the phrases that name a group."""
        return tuple(
            KnownGroup(code=group.code, phrases=(group.name, *group.phrases))
            for group in self.groups()
        )

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
    ) -> Agency:
        """Add an agency below `parent` and return it with its place in the tree."""
        values: dict[str, object] = {
            "code": code,
            "name": name,
            "name_folded": fold(name),
            "sort_key": sort_key(name),
            "tier": tier,
            "parent_id": parent.id if parent else None,
            "path": "",
            "is_office": is_office,
            "gso_code": gso_code,
            "valid_from": valid_from,
            "valid_to": valid_to,
        }
        key = self._connection.execute(
            insert(AgencyRow).returning(AgencyRow.id), values
        ).scalar_one()
        path = f"{parent.path if parent else '/'}{key}/"
        self._connection.execute(update(AgencyRow).where(AgencyRow.id == key).values(path=path))
        found = self.agency(key)
        assert found is not None  # noqa: S101 - just added
        return found

    def change_agency(self, agency_id: int, values: Mapping[str, object]) -> None:
        """Change plain facts of an agency; a new name also changes how it is found and sorted."""
        changed = dict(values)
        if "name" in changed:
            name = str(changed["name"])
            changed |= {"name_folded": fold(name), "sort_key": sort_key(name)}
        self._connection.execute(update(AgencyRow).where(AgencyRow.id == agency_id).values(changed))

    def add_name(self, agency_id: int, name: str, valid_from: date, valid_to: date | None) -> None:
        """Keep a name an agency bore over a period."""
        self._connection.execute(
            insert(AgencyNameRow),
            {
                "agency_id": agency_id,
                "name": name,
                "name_folded": fold(name),
                "valid_from": valid_from,
                "valid_to": valid_to,
            },
        )

    def add_alias(self, agency_id: int, alias: str, source: str, at: datetime | None) -> bool:
        """Remember another word for an agency; False if it was known already."""
        key = squeeze(alias)
        known = self._connection.execute(
            select(AgencyAliasRow.id).where(
                AgencyAliasRow.squeezed == key, AgencyAliasRow.agency_id == agency_id
            )
        ).first()
        if known or not key:
            return False
        self._connection.execute(
            insert(AgencyAliasRow),
            {
                "agency_id": agency_id,
                "alias": alias,
                "squeezed": key,
                "source": source,
                "entered_at": at,
            },
        )
        return True

    def install_groups(self, groups: Iterable[AgencyGroup]) -> int:
        """Add the standard groups where a province has none of its own; return how many."""
        if self.groups():
            return 0
        added = 0
        for group in groups:
            self.add_group(group)
            added += 1
        return added

    def add_group(self, group: AgencyGroup) -> None:
        """Add a group that documents can name."""
        self._connection.execute(
            insert(AgencyGroupRow),
            {
                "code": group.code,
                "name": group.name,
                "phrases": list(group.phrases),
                "tiers": sorted(group.tiers),
                "included": sorted(group.included),
                "excluded": sorted(group.excluded),
                "communes_from": group.communes_from,
            },
        )
