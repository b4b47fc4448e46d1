"""The list of documents: filtered, sorted, counted, with how far each has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.directives.queries import timeliness_is, visible_to
from models.directives.rows import DirectiveRow
from models.documents.orders import beyond, order_by, typed_place
from models.documents.rows import ClauseRow, DocumentRow
from models.documents.scope import KEY, readable_by
from models.paging import counted, turned
from workflow.accounts.records import Actor
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import State
from workflow.documents.keys import document_key
from workflow.documents.records import DocumentState, Source, Urgency
from workflow.text import fold

PAGE_SIZE = 25
CHUNK = 500

_Overseer = aliased(AgencyRow, name="overseer")
_Enterer = aliased(AccountRow, name="enterer")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """What a list is asked to show; `after` and `before` are a page's own ends."""

    words: str = ""
    state: DocumentState | None = None
    year: int | None = None
    source: Source | None = None
    overseer_id: int | None = None
    sort: str = "-date"
    after: tuple[str, int] | None = None
    before: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """One line of the list; `counts` are its directives by state, within the reader's scope."""

    id: int
    key: str
    state: DocumentState
    reference: str
    issued_on: date | None
    issuer: str
    subject: str
    source: Source
    urgency: Urgency
    overseer: str
    entered_by: str
    entered_at: datetime
    imported_from: str
    place: tuple[str, int]
    clauses: int = 0
    counts: dict[State, int] = field(default_factory=dict)
    late: int = 0

    @property
    def directives(self) -> int:
        """How many directives the counts add up to."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many of them are verified."""
        return self.counts.get(State.VERIFIED, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """One page of the list; `total` is exact up to ten thousand, then `is_exact` is false."""

    rows: tuple[ListedDocument, ...]
    total: int
    is_exact: bool
    next: tuple[str, int] | None
    previous: tuple[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list can be narrowed to: years and overseers that occur in the reader's scope."""

    years: tuple[int, ...]
    overseers: tuple[tuple[int, str], ...]


def list_documents(
    connection: Connection, actor: Actor, view: ListView, today: date
) -> DocumentPage:
    """Return one page of documents within the reader's scope, in four statements."""
    wanted = _wanted(actor, view, today)
    rows = list(connection.execute(_page_of(view, wanted, PAGE_SIZE + 1)))
    shown, ahead, behind = turned(
        rows, PAGE_SIZE, backward=view.before is not None, begun=view.after is not None
    )
    listed = _with_figures(connection, actor, shown, today)
    total, is_exact = counted(connection, select(DocumentRow.id).where(wanted))
    return DocumentPage(
        rows=listed,
        total=total,
        is_exact=is_exact,
        next=listed[-1].place if ahead else None,
        previous=listed[0].place if behind else None,
    )


def every_document(
    connection: Connection, actor: Actor, view: ListView, today: date
) -> Iterator[ListedDocument]:
    """Yield every document of a view in its order, a chunk at a time, for a file."""
    place: tuple[str, int] | None = None
    wanted = _wanted(actor, view, today)
    while True:
        chunk = replace(view, after=place, before=None)
        rows = list(connection.execute(_page_of(chunk, wanted, CHUNK)))
        listed = _with_figures(connection, actor, rows, today)
        yield from listed
        if len(rows) < CHUNK:
            return
        place = listed[-1].place


def filters_of(connection: Connection, actor: Actor, today: date) -> Filters:
    """Return the years and overseers among the documents one may read."""
    statement = (
        select(DocumentRow.issued_year, _Overseer.id, _Overseer.name, _Overseer.sort_key)
        .outerjoin(_Overseer, _Overseer.id == DocumentRow.overseer_id)
        .where(readable_by(actor, today))
        .distinct()
    )
    rows = connection.execute(statement).all()
    overseers = {row.id: (row.sort_key, row.name) for row in rows if row.id}
    return Filters(
        years=tuple(sorted({r.issued_year for r in rows if r.issued_year}, reverse=True)),
        overseers=tuple(
            (key, name) for key, (_, name) in sorted(overseers.items(), key=lambda o: o[1])
        ),
    )


def _wanted(actor: Actor, view: ListView, today: date) -> ColumnElement[bool]:
    conditions = [readable_by(actor, today)]
    conditions += [_has_word(word) for word in fold(view.words).split()]
    if view.state:
        conditions.append(DocumentRow.state == view.state)
    if view.year:
        conditions.append(DocumentRow.issued_year == view.year)
    if view.source:
        conditions.append(DocumentRow.source == view.source)
    if view.overseer_id:
        conditions.append(DocumentRow.overseer_id == view.overseer_id)
    return and_(*conditions)


def _has_word(word: str) -> ColumnElement[bool]:
    said = DocumentRow.search.contains(word, autoescape=True)
    key = KEY.fullmatch(word)
    if not key:
        return said
    bears = and_(DocumentRow.year == int(key[1]), DocumentRow.serial == int(key[2]))
    return or_(said, bears)


def _page_of(view: ListView, wanted: ColumnElement[bool], limit: int) -> Select[Any]:
    value = order_by(view.sort)
    falls = view.sort.startswith("-") is not (view.before is not None)
    statement = (
        select(
            DocumentRow.__table__,
            _Overseer.name.label("overseer"),
            _Enterer.name.label("enterer"),
            value.label("place"),
        )
        .outerjoin(_Overseer, _Overseer.id == DocumentRow.overseer_id)
        .join(_Enterer, _Enterer.id == DocumentRow.entered_by)
        .where(wanted)
        .limit(limit)
    )
    bound = view.after or view.before
    if bound:
        statement = statement.where(
            beyond(value, typed_place(view.sort, bound[0]), bound[1], falls=falls)
        )
    order = (value.desc(), DocumentRow.id.desc()) if falls else (value, DocumentRow.id)
    return statement.order_by(*order)


def _with_figures(
    connection: Connection, actor: Actor, rows: Sequence[Row[Any]], today: date
) -> tuple[ListedDocument, ...]:
    keys = [row.id for row in rows]
    if not keys:
        return ()
    counts, late = _progress(connection, actor, keys, today)
    counted = (
        select(ClauseRow.document_id, func.count())
        .where(ClauseRow.document_id.in_(keys))
        .group_by(ClauseRow.document_id)
    )
    clauses: dict[int, int] = {key: number for key, number in connection.execute(counted)}  # noqa: C416 - rows become pairs
    return tuple(
        _listed(row, clauses.get(row.id, 0), counts.get(row.id, {}), late.get(row.id, 0))
        for row in rows
    )


def _progress(
    connection: Connection, actor: Actor, keys: Sequence[int], today: date
) -> tuple[dict[int, dict[State, int]], dict[int, int]]:
    """Count the directives of each document by state; parts handed down are not counted twice."""
    overdue = case((timeliness_is(Timeliness.OVERDUE, today), 1), else_=0)
    statement = (
        select(DirectiveRow.document_id, DirectiveRow.state, func.count(), func.sum(overdue))
        .where(
            DirectiveRow.document_id.in_(keys),
            DirectiveRow.parent_id.is_(None),
            visible_to(actor, today),
        )
        .group_by(DirectiveRow.document_id, DirectiveRow.state)
    )
    counts: dict[int, dict[State, int]] = {}
    late: dict[int, int] = {}
    for key, state, count, over in connection.execute(statement):
        counts.setdefault(key, {})[State(state)] = count
        late[key] = late.get(key, 0) + int(over or 0)
    return counts, late


def _listed(row: Row[Any], clauses: int, counts: dict[State, int], late: int) -> ListedDocument:
    place = row.place.isoformat() if isinstance(row.place, date) else str(row.place)
    return ListedDocument(
        id=row.id,
        key=document_key(row.year, row.serial) if row.serial else "",
        state=DocumentState(row.state),
        reference=row.reference,
        issued_on=row.issued_on,
        issuer=row.issuer,
        subject=row.subject,
        source=Source(row.source),
        urgency=Urgency(row.urgency),
        overseer=row.overseer or "",
        entered_by=row.enterer,
        entered_at=row.entered_at,
        imported_from=row.imported_from,
        place=(place, row.id),
        clauses=clauses,
        counts=counts,
        late=late,
    )
