"""Statements of a list: its rows along an order, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, reduce
from operator import add
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    exists,
    func,
    not_,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyRow
from models.directives.orders import SortBy, Stretch, beyond
from models.directives.rows import DirectiveRow
from models.directives.ways import Agencies, Way
from models.documents.rows import DocumentRow
from models.history.rows import HistoryRow
from models.listing import among
from models.paging import at_most
from workflow.history.records import Subject

Rows = Select[*tuple[Any, ...]]
Keys = Select[int] | CompoundSelect[int]

_COLUMNS = (
    DirectiveRow.id,
    DirectiveRow.number,
    DirectiveRow.content,
    DirectiveRow.expected_output,
    DirectiveRow.state,
    DirectiveRow.priority,
    DirectiveRow.lead_agency_id.label("lead_id"),
    AgencyRow.code.label("lead_code"),
    AgencyRow.name.label("lead_name"),
    DocumentRow.reference,
    DirectiveRow.assigned_on,
    DirectiveRow.accepted_on,
    DirectiveRow.due_on,
    DirectiveRow.first_due_on,
    DirectiveRow.completed_on,
    DirectiveRow.deadline_text,
    DirectiveRow.deadline_kind,
    DirectiveRow.progress,
    DirectiveRow.decline_standing,
    DirectiveRow.extension_asked_to,
    DirectiveRow.proposed_on,
    DirectiveRow.suspended_since,
    DirectiveRow.returned_count,
    DirectiveRow.carried_over,
    DirectiveRow.updated_at,
    DirectiveRow.version,
    DirectiveRow.handed_by_id,
    DirectiveRow.assigner_id,
    DocumentRow.overseer_id,
)
TELLING = (
    DirectiveRow.id,
    DirectiveRow.version,
    DirectiveRow.updated_at,
    AgencyRow.code,
    AgencyRow.name,
    DocumentRow.reference,
    DocumentRow.overseer_id,
)
"""What tells a row from any other, and from itself before it changed: every save of a directive
raises its version, and what is shown of its lead and its document is among them."""
_ITS_LEAD = AgencyRow.id == DirectiveRow.lead_agency_id
_ITS_DOCUMENT = DocumentRow.id == DirectiveRow.document_id


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is news to a reader: what others than the accounts `but` did after `since`."""

    since: datetime
    but: frozenset[int]

    @property
    def given(self) -> dict[str, Any]:
        """The values that the statement asks for."""
        return {"since": self.since} | {f"but_{n}": key for n, key in enumerate(self.but)}


def _is_news(but: int) -> ColumnElement[bool]:
    """Return the column that tells whether a row is news, but for the acts of so many accounts."""
    others = [HistoryRow.actor_id != bindparam(f"but_{n}", type_=Integer) for n in range(but)]
    act = select(HistoryRow.serial).where(
        HistoryRow.subject == Subject.DIRECTIVE.value,
        HistoryRow.subject_key == DirectiveRow.number,
        HistoryRow.at > bindparam("since", type_=HistoryRow.at.type),
        *others,
    )
    return exists(act).label("is_news")


class Walk(NamedTuple):
    """How an order is walked: along one stretch of it, from an edge on or not, for one database."""

    stretch: Stretch
    goes_on: bool
    by: SortBy
    falling: bool
    dialect: str
    page: int | None = None
    """How many rows are wanted, written into the statement; without it, `most` is asked for."""

    @property
    def most(self) -> ColumnElement[int]:
        """How far each way is read."""
        return bindparam("most", type_=Integer) if self.page is None else at_most(self.page)

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """What the rows are put in order by."""
        return [c.desc() if self.falling else c for c in self.stretch.columns]

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What holds on this stretch beyond the edge."""
        found = [] if self.stretch.condition is None else [self.stretch.condition]
        if self.goes_on:
            found.append(beyond(self.stretch, self.by, falling=self.falling))
        return found


@lru_cache(maxsize=256)
def walking(walk: Walk, ways: tuple[Way, ...], *, but: int | None = None) -> Rows:
    """Build the statement of a page's rows along one stretch of an order."""
    return _along(walk, ways, _COLUMNS if but is None else (*_COLUMNS, _is_news(but)))


def telling(walk: Walk, ways: tuple[Way, ...], *, but: int) -> Rows:
    """Build the statement of what tells the rows of a page apart, and which of them are news.

    A quarter of what is shown of a row: the rest is the same for as long as these are.
    """
    return _along(walk, ways, (*TELLING, _is_news(but)))


def rows_among(name: str) -> Rows:
    """Build the statement of some rows by their ids, a list under this name, in no order."""
    found: Rows = select(*_COLUMNS).outerjoin(AgencyRow, _ITS_LEAD)
    return found.outerjoin(DocumentRow, _ITS_DOCUMENT).where(among(DirectiveRow.id, name))


def _along(walk: Walk, ways: tuple[Way, ...], columns: Sequence[Any]) -> Rows:
    """Build the statement of these columns along one stretch of an order.

    The keys of the page are found first, each way read only as far as the page goes; the
    rest of a row is looked up for these alone. The joins are outer ones although none is
    ever missing: so the database does not begin with the names.
    """
    keys = _together([_part(walk, way).limit(walk.most) for way in ways]).subquery()
    found: Rows = select(*columns).select_from(keys)
    found = found.outerjoin(DirectiveRow, DirectiveRow.id == keys.c.id)
    found = found.outerjoin(AgencyRow, _ITS_LEAD).outerjoin(DocumentRow, _ITS_DOCUMENT)
    return found.order_by(*walk.columns).limit(walk.most)


def _part(walk: Walk, way: Way) -> Select[int]:
    """Return the ids of one way in the order of a walk."""
    if walk.by is SortBy.LEAD:
        part = select(DirectiveRow.id).join(AgencyRow, _ITS_LEAD)
        return part.where(way.whole, *walk.conditions).order_by(*walk.columns)
    if way.leads is not None and walk.by is SortBy.DUE:
        return _of_each_lead(walk, way, way.leads)
    if way.is_short and walk.dialect == "postgresql":
        return _sorted_afterwards(walk, way)
    return select(DirectiveRow.id).where(way.whole, *walk.conditions).order_by(*walk.columns)


def _of_each_lead(walk: Walk, way: Way, leads: Agencies) -> Select[int]:
    """Return the first ids of each agency, put together: each walks its index by date.

    One agency alone is walked as it stands; nothing need be put together.
    """
    if isinstance(leads, tuple) and len(leads) == 1:
        only = select(DirectiveRow.id).where(DirectiveRow.lead_agency_id == leads[0], way.rest)
        return only.where(*walk.conditions).order_by(*walk.columns)
    lead = aliased(AgencyRow, name="led_by")
    stretch = (
        select(DirectiveRow.id, *(c.label(f"by_{n}") for n, c in enumerate(walk.stretch.columns)))
        .where(DirectiveRow.lead_agency_id == lead.id, way.rest, *walk.conditions)
        .order_by(*walk.columns)
        .limit(walk.most)
        .correlate(lead)
    )
    if walk.dialect == "postgresql":
        first = stretch.lateral("first_of_each")
        part = select(first.c.id).select_from(lead).join(first, true())
        return part.where(lead.id.in_(leads)).order_by(*_in_order(walk, first))
    row = aliased(DirectiveRow, name="first_of_each")
    ids = stretch.with_only_columns(DirectiveRow.id)
    part = select(row.id).select_from(lead).join(row, row.id.in_(ids))
    order = [getattr(row, column.key) for column in walk.stretch.columns]
    return part.where(lead.id.in_(leads)).order_by(
        *(c.desc() if walk.falling else c for c in order)
    )


def _sorted_afterwards(walk: Walk, way: Way) -> Select[int]:
    """Return ids that are all found before they are put in order, by an index of their own."""
    columns = (c.label(f"by_{n}") for n, c in enumerate(walk.stretch.columns))
    all_of_it = select(DirectiveRow.id, *columns).where(way.whole, *walk.conditions).offset(0)
    found = all_of_it.subquery()
    return select(found.c.id).order_by(*_in_order(walk, found))


def _in_order(walk: Walk, part: Any) -> list[ColumnElement[Any]]:
    columns = [part.c[f"by_{n}"] for n in range(len(walk.stretch.columns))]
    return [c.desc() if walk.falling else c for c in columns]


@lru_cache(maxsize=256)
def counting(ways: tuple[Way, ...], most: int) -> Select[int]:
    """Return the statement that counts the rows of a view, of each way at most `most`.

    What came by an earlier way is not counted again, so nothing need be put together.
    """
    counted, limit = [], at_most(most)
    for place, way in enumerate(ways):
        others = (not_(earlier.reads) for earlier in ways[:place])
        part = select(DirectiveRow.id).where(way.whole, *others).limit(limit).subquery()
        counted.append(select(func.count()).select_from(part).scalar_subquery())
    return select(reduce(add, counted).label("count"))


def _together(parts: Sequence[Select[int]]) -> Keys:
    """Return the ids of all parts, each once."""
    if len(parts) == 1:
        return parts[0]
    return union(*(select(part.subquery().c.id) for part in parts))
