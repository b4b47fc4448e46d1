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
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyRow
from models.directives.filters import ListFilter, Looker, seen_by, wanted, ways_to
from models.directives.looking import is_own
from models.directives.queries import AWAITED_SINCE
from models.directives.rows import DirectiveRow
from models.directives.walking import counting
from models.documents.rows import DocumentRow
from models.history.rows import HistoryRow
from models.messages.rows import InboxRow, MessageRow
from models.paging import COUNTED
from workflow.directives.notices import MOVED
from workflow.directives.records import Action
from workflow.documents.records import DocumentState
from workflow.history.records import Plain, Subject


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
    still read that says `is_read`. `before` and `after` are what it changed, and `given` what was
    said with it, as the history keeps them; `old_lead` and `new_lead` name the leads in those.
    """

    serial: int
    at: datetime
    who: str
    agency: str
    action: str
    number: str
    content: str
    reason: str
    before: Mapping[str, Plain]
    after: Mapping[str, Plain]
    given: Mapping[str, Plain]
    old_lead: str | None = None
    new_lead: str | None = None
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
        name: counting(ways_to(view, looker), COUNTED + 1).scalar_subquery()
        for name, view in views.items()
    } | dict(beside or {})
    columns = (column.label(name) for name, column in counted.items())
    row = connection.execute(select(*columns)).one()
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
    of_directives = HistoryRow.subject.concat("") == Subject.DIRECTIVE.value
    read = _ACTS.add_columns(literal("").label("moved_to")).where(of_directives, seen_by(looker))
    sources = [read, *_taken_away(looker)]
    asked = union_all(
        *(
            one.where(*_by_others(looker, since)).order_by(HistoryRow.serial.desc()).limit(limit)
            .subquery().select()
            for one in sources
        )
    ).subquery()  # fmt: skip
    old, new = aliased(AgencyRow), aliased(AgencyRow)
    told = (
        select(asked, old.name.label("old_lead"), new.name.label("new_lead"))
        .outerjoin(old, old.id == asked.c.before["lead_agency_id"].as_integer())
        .outerjoin(new, new.id == asked.c.after["lead_agency_id"].as_integer())
        .order_by(asked.c.serial.desc(), asked.c.moved_to)
    )
    rows = connection.execute(told).all()
    is_read = {row.serial for row in rows if not row.moved_to}
    found = {
        row.serial: Happening(**row._mapping, is_read=row.serial in is_read)  # noqa: SLF001 - SQLAlchemy's own
        for row in rows
    }
    return tuple(found.values())[:limit]


_ACTS = select(
    HistoryRow.serial,
    HistoryRow.at,
    HistoryRow.actor_name.label("who"),
    HistoryRow.agency_name.label("agency"),
    HistoryRow.action,
    HistoryRow.reason,
    HistoryRow.before,
    HistoryRow.after,
    HistoryRow.given,
    DirectiveRow.number,
    DirectiveRow.content,
).join(DirectiveRow, DirectiveRow.number == HistoryRow.subject_key)


def _by_others(looker: Looker, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return HistoryRow.at > since, HistoryRow.actor_id != looker.actor.account_id


def _taken_away(looker: Looker) -> Iterator[Select[*tuple[Any, ...]]]:
    """Yield what gave work that the looker's own agency led to another lead.

    It is found by what the looker was told of it: the history of all work would be long to read.
    """
    actor = looker.actor
    if not is_own(actor):
        return
    told = (
        select(MessageRow.subject_key, MessageRow.at, MessageRow.params)
        .join(InboxRow, InboxRow.message_id == MessageRow.id)
        .where(
            InboxRow.account_id == actor.account_id,
            InboxRow.archived_at.is_(None),
            MessageRow.kind == f"directive.{MOVED}",
            or_(MessageRow.to_agency == actor.agency_id, MessageRow.to_account.is_not(None)),
        )
        .subquery("told")
    )
    same = and_(HistoryRow.subject_key == told.c.subject_key, HistoryRow.at == told.c.at)
    moved_to = told.c.params["to"].as_string()
    yield (
        _ACTS.add_columns(moved_to.label("moved_to"))
        .join(told, same)
        .where(
            HistoryRow.subject == Subject.DIRECTIVE.value,
            HistoryRow.action == Action.REASSIGN.value,
        )
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
