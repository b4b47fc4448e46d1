"""What the first page of the day shows: figures, what changed, who is slow or silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    func,
    literal,
    select,
    union_all,
)

from models.agencies.rows import AgencyRow
from models.directives.filters import ListFilter, Looker, seen_by, wanted, ways_to
from models.directives.lists import COUNTED
from models.directives.looking import is_own
from models.directives.queries import AWAITED_SINCE
from models.directives.rows import DirectiveRow
from models.directives.walking import counting
from models.documents.rows import DocumentRow
from models.history.rows import HistoryRow
from workflow.directives.records import Action
from workflow.documents.records import DocumentState
from workflow.history.records import Subject

LEAD = "lead_agency_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFigure:
    """An agency with how many directives of a view it leads, and since when the oldest."""

    code: str
    name: str
    count: int
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One act of somebody else on a directive one may read.

    `moved_to` is the agency to which it took work that one's own agency led; whether one may
    still read that says `is_read`.
    """

    serial: int
    at: datetime
    who: str
    agency: str
    action: str
    number: str
    content: str
    reason: str
    moved_to: str = ""
    is_read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document that was not issued yet."""

    id: int
    subject: str
    reference: str
    entered_at: datetime
    imported_from: str


def counts_of(
    connection: Connection,
    looker: Looker,
    views: Mapping[str, ListFilter],
    beside: Mapping[str, ScalarSelect[int]] | None = None,
) -> dict[str, int]:
    """Count the rows of several views in one statement, each as its own list counts them.

    Beyond ten thousand a count is ten thousand and one. `beside` are counts of other
    features that come in the same statement.
    """
    if not views:
        return {}
    counted = {
        name: counting(ways_to(view, looker)).scalar_subquery() for name, view in views.items()
    } | dict(beside or {})
    columns = (column.label(name) for name, column in counted.items())
    row = connection.execute(select(*columns), {"most": COUNTED + 1}).one()
    found = dict(zip(counted, map(int, row), strict=True))
    return found | {name: min(found[name], COUNTED + 1) for name in views}


def leads_of(
    connection: Connection, looker: Looker, view: ListFilter, *, limit: int
) -> tuple[AgencyFigure, ...]:
    """Return the leads with most directives of a view, and since when they have the oldest."""
    oldest = func.min(AWAITED_SINCE)
    count = func.count()
    rows = connection.execute(
        select(AgencyRow.code, AgencyRow.name, count.label("count"), oldest.label("since"))
        .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
        .where(wanted(view, looker))
        .group_by(AgencyRow.id, AgencyRow.code, AgencyRow.name, AgencyRow.sort_key)
        .order_by(count.desc(), oldest, AgencyRow.sort_key)
        .limit(limit)
    )
    return tuple(
        AgencyFigure(code=row.code, name=row.name, count=row._mapping["count"], since=row.since)  # noqa: SLF001
        for row in rows
    )


def changed_since(
    connection: Connection, looker: Looker, since: datetime, *, limit: int
) -> tuple[Happening, ...]:
    """Return what others did since an instant on what one may read whole, newest first.

    With it stands what took work away from one's own agency, whether one still reads that or not.
    """
    read = _ACTS.add_columns(literal("").label("moved_to")).where(seen_by(looker))
    sources = [read, *_taken_away(looker)]
    asked = union_all(
        *(
            one.where(*_by_others(looker, since)).order_by(HistoryRow.serial.desc()).limit(limit)
            .subquery().select()
            for one in sources
        )
    ).subquery()  # fmt: skip
    found: dict[int, Happening] = {}
    rows = connection.execute(select(asked).order_by(asked.c.serial.desc(), asked.c.moved_to))
    for row in rows:
        is_read = not row.moved_to or row.serial in found
        found[row.serial] = Happening(**row._mapping, is_read=is_read)  # noqa: SLF001 - SQLAlchemy's own
    return tuple(found.values())[:limit]


_ACTS = select(
    HistoryRow.serial,
    HistoryRow.at,
    HistoryRow.actor_name.label("who"),
    HistoryRow.agency_name.label("agency"),
    HistoryRow.action,
    HistoryRow.reason,
    DirectiveRow.number,
    DirectiveRow.content,
).join(DirectiveRow, DirectiveRow.number == HistoryRow.subject_key)


def _by_others(looker: Looker, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        HistoryRow.subject.concat("") == Subject.DIRECTIVE.value,
        HistoryRow.at > since,
        HistoryRow.actor_id != looker.actor.account_id,
    )


def _taken_away(looker: Looker) -> Iterator[Select[*tuple[Any, ...]]]:
    """Yield what gave work that the looker's own agency led to another lead."""
    if not is_own(looker.actor):
        return
    led = HistoryRow.before[LEAD].as_integer() == looker.actor.agency_id
    yield (
        _ACTS.add_columns(AgencyRow.name)
        .join(AgencyRow, AgencyRow.id == HistoryRow.after[LEAD].as_integer())
        .where(HistoryRow.action == Action.REASSIGN.value, led)
    )


def touched_among(
    connection: Connection, numbers: Sequence[str], since: datetime, but: frozenset[int]
) -> frozenset[str]:
    """Return on which of these directives others than the accounts `but` acted after `since`."""
    if not numbers:
        return frozenset()
    found = connection.execute(
        select(HistoryRow.subject_key)
        .where(
            HistoryRow.subject == Subject.DIRECTIVE.value,
            HistoryRow.subject_key.in_(numbers),
            HistoryRow.at > since,
            HistoryRow.actor_id.not_in(sorted(but)),
        )
        .distinct()
    )
    return frozenset(found.scalars())


def drafts_of(connection: Connection, *, limit: int) -> tuple[tuple[Draft, ...], int]:
    """Return the drafts that wait to be issued, newest first, and how many there are."""
    rows = connection.execute(
        select(
            DocumentRow.id,
            DocumentRow.subject,
            DocumentRow.reference,
            DocumentRow.entered_at,
            DocumentRow.imported_from,
            func.count().over().label("total"),
        )
        .where(DocumentRow.state == DocumentState.DRAFT)
        .order_by(DocumentRow.id.desc())
        .limit(limit)
    ).all()
    found = tuple(
        Draft(
            id=row.id,
            subject=row.subject,
            reference=row.reference,
            entered_at=row.entered_at,
            imported_from=row.imported_from,
        )
        for row in rows
    )
    return found, rows[0].total if rows else 0
