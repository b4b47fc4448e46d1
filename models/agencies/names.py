"""All agencies and the groups of them, for lists one chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    String,
    cast,
    literal,
    null,
    select,
    union_all,
)

from models.agencies.register import agency_from
from models.agencies.rows import AgencyGroupRow, AgencyRow
from models.agencies.scope import GROUP
from workflow.agencies.records import Agency, Tier
from workflow.agencies.standard import DISTRICTS_UNTIL


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedGroup:
    """A group as a filter names it; `is_districts` where it holds nothing but districts."""

    code: str
    name: str
    is_districts: bool

    def is_offered_on(self, day: date) -> bool:
        """Whether it is offered on a day: no group of districts once their tier is gone."""
        return not (self.is_districts and day > DISTRICTS_UNTIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Every agency there ever was, in Vietnamese order of names, and every group."""

    agencies: tuple[Agency, ...]
    groups: tuple[OfferedGroup, ...]


_ALIKE = ("id", "code", "name", "parent_id", "path", "is_office", "valid_from", "valid_to")
_AGENCIES: Select[*tuple[Any, ...]] = select(
    literal(0).label("is_group"),
    *(getattr(AgencyRow, name) for name in _ALIKE),
    cast(AgencyRow.tier, String).label("tier"),
    AgencyRow.sort_key,
)
_GROUPS: Select[*tuple[Any, ...]] = select(
    literal(1),
    AgencyGroupRow.id,
    literal(GROUP).concat(AgencyGroupRow.code),
    AgencyGroupRow.name,
    null(),
    literal(""),
    literal(False),
    null(),
    null(),
    cast(AgencyGroupRow.tiers, String),
    literal(""),
)
_BOTH: CompoundSelect[*tuple[Any, ...]] = union_all(_AGENCIES, _GROUPS)
_IN_ORDER = _BOTH.order_by("is_group", "sort_key", "id")
_DISTRICTS = f'["{Tier.DISTRICT}"]'


def offered_agencies(connection: Connection) -> Offered:
    """Return every agency and every group, in one statement."""
    rows = connection.execute(_IN_ORDER).all()
    return Offered(
        agencies=tuple(agency_from(row) for row in rows if not row.is_group),
        groups=tuple(
            OfferedGroup(code=row.code, name=row.name, is_districts=row.tier == _DISTRICTS)
            for row in rows
            if row.is_group
        ),
    )
