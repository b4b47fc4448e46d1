"""What pages read of the office's list of papers and of letters, within the reader's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    SQLColumnExpression,
    and_,
    func,
    or_,
    select,
    true,
)

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.agencies.scope import coded, read_by, within
from models.directives.rows import DirectiveRow
from models.paging import counted, turned
from models.papers.known import PAPERS, known_from
from models.papers.rows import ReminderLetterRow, ReminderLineRow
from workflow.accounts.reach import reach_of
from workflow.accounts.records import Actor
from workflow.directives.records import State
from workflow.errors import NotFound
from workflow.papers.records import Direction, KnownPaper, paper_key
from workflow.text import clean, fold

PAGE = 50
OFFERED = 5
MOST_OFFERED = 3
"""How many stand under a field in which nothing is typed yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """What of the list is asked for; `after` and `before` are the row a page begins beyond.

    `since` and `until` are days of papers, both included; `agency` is the code of who sent or got
    them.
    """

    direction: Direction | None = None
    words: str = ""
    agency: str = ""
    since: date | None = None
    until: date | None = None
    after: tuple[date, int] | None = None
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of papers, the newest first; the total is exact up to ten thousand."""

    rows: tuple[KnownPaper, ...]
    total: int
    is_exact: bool
    after: tuple[date, int] | None
    before: tuple[date, int] | None


def papers_page(connection: Connection, view: ListView) -> ListPage:
    """Return one page of the office's list, in two statements."""
    wanted = and_(true(), *narrowed(view))
    backward = view.before is not None
    statement = select(PAPERS).where(wanted, *_beyond(view)).limit(PAGE + 1)
    order = (PAPERS.c.dated, PAPERS.c.id)
    statement = statement.order_by(*(order if backward else (c.desc() for c in order)))
    found = list(map(known_from, connection.execute(statement)))
    rows, ahead, behind = turned(found, PAGE, backward=backward, begun=view.after is not None)
    total, is_exact = counted(connection, select(PAPERS.c.id).where(wanted))
    return ListPage(
        rows=rows,
        total=total,
        is_exact=is_exact,
        after=_place(rows[-1]) if ahead else None,
        before=_place(rows[0]) if behind else None,
    )


def narrowed(view: ListView) -> list[ColumnElement[bool]]:
    """Return the conditions a view puts on the papers it shows."""
    found = [PAPERS.c.search.contains(w, autoescape=True) for w in fold(view.words).split()]
    if view.direction is not None:
        found.append(PAPERS.c.direction == view.direction)
    if view.agency:
        found.append(PAPERS.c.agency_id.in_(coded(view.agency)))
    return found + _within(PAPERS.c.dated, view.since, view.until)


def _within(
    dated: SQLColumnExpression[date], since: date | None, until: date | None
) -> list[ColumnElement[bool]]:
    first = [] if since is None else [dated >= since]
    return first if until is None else [*first, dated <= until]


def _beyond(view: ListView) -> list[ColumnElement[bool]]:
    dated, key = PAPERS.c.dated, PAPERS.c.id
    if view.before is not None:
        day, last = view.before
        return [or_(dated > day, and_(dated == day, key > last))]
    if view.after is not None:
        day, last = view.after
        return [or_(dated < day, and_(dated == day, key < last))]
    return []


def _place(paper: KnownPaper) -> tuple[date, int]:
    return paper.listed.dated, paper.id


def paper_of(connection: Connection, paper_id: int) -> KnownPaper:
    """Return one paper of the list, or NotFound."""
    row = connection.execute(select(PAPERS).where(PAPERS.c.id == paper_id)).one_or_none()
    if row is None:
        raise NotFound
    return known_from(row)


def papers_numbered(
    connection: Connection, number: str, *, direction: Direction | None, lead_id: int | None
) -> tuple[KnownPaper, ...]:
    """Return the papers whose number begins so, the newest first; of one agency before others.

    A paper that came in is also found by the number its clerk gave it then.
    """
    number = clean(number)
    key = paper_key(number)
    if not key:
        return ()
    begins = PAPERS.c.number_key.startswith(key, autoescape=True)
    statement = select(PAPERS).where(or_(begins, PAPERS.c.arrival_number == number))
    if direction is not None:
        statement = statement.where(PAPERS.c.direction == direction)
    others = (PAPERS.c.agency_id.is_(None)) | (PAPERS.c.agency_id != (lead_id or 0))
    is_found = or_(PAPERS.c.number_key == key, PAPERS.c.arrival_number == number)
    order = (~is_found, others, PAPERS.c.dated.desc(), PAPERS.c.id.desc())
    rows = connection.execute(statement.order_by(*order).limit(OFFERED)).all()
    return tuple(known_from(row) for row in rows)


def papers_offered(connection: Connection, lead_id: int | None) -> tuple[KnownPaper, ...]:
    """Return what an act on an agency's work most likely rests on, before a number is typed.

    The newest papers that left, or that came from that agency.
    """
    theirs = (PAPERS.c.direction == Direction.OUTGOING) | (PAPERS.c.agency_id == (lead_id or 0))
    newest = select(PAPERS).where(theirs).order_by(PAPERS.c.dated.desc(), PAPERS.c.id.desc())
    return tuple(known_from(row) for row in connection.execute(newest.limit(MOST_OFFERED)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """A directive that a letter names, as it stands now."""

    number: str
    content: str
    state: State
    due_on: date | None
    completed_on: date | None
    suspended_since: date | None
    reminders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """Which letters are asked for: to an agency by its code, of days, among some ids."""

    agency: str = ""
    since: date | None = None
    until: date | None = None
    among: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter that urged an agency; `lines` only on its own page."""

    id: int
    agency: str
    number: str
    dated: date
    text: str
    sent_by: str
    sent_by_id: int
    sent_at: datetime
    count: int
    lines: tuple[LetterLine, ...] = ()


def letters_of(
    connection: Connection,
    actor: Actor,
    day: date,
    view: LetterView | None = None,
    *,
    before: int | None = None,
    most: int = PAGE,
) -> tuple[tuple[Letter, ...], int | None]:
    """Return one page of letters, the newest first, and where the next one begins."""
    statement = _letters(actor, day).where(*_asked(view or LetterView())).limit(most + 1)
    if before is not None:
        statement = statement.where(ReminderLetterRow.id < before)
    rows = connection.execute(statement).all()
    shown = tuple(_letter(row) for row in rows[:most])
    return shown, shown[-1].id if len(rows) > most else None


def count_letters(
    connection: Connection, actor: Actor, day: date, view: LetterView
) -> tuple[int, bool]:
    """Return how many letters a view shows, and whether that is exact."""
    return counted(connection, _letters(actor, day).where(*_asked(view)))


def _asked(view: LetterView) -> list[ColumnElement[bool]]:
    found = _within(ReminderLetterRow.dated, view.since, view.until)
    if view.agency:
        found.append(ReminderLetterRow.agency_id.in_(coded(view.agency)))
    if view.among is not None:
        found.append(ReminderLetterRow.id.in_(view.among))
    return found


def letter_of(connection: Connection, actor: Actor, letter_id: int, day: date) -> Letter:
    """Return a letter with the directives it names; NotFound outside the scope."""
    found = _letters(actor, day).where(ReminderLetterRow.id == letter_id)
    row = connection.execute(found).one_or_none()
    if row is None:
        raise NotFound
    lines = connection.execute(
        select(
            DirectiveRow.number,
            DirectiveRow.content,
            DirectiveRow.state,
            DirectiveRow.due_on,
            DirectiveRow.completed_on,
            DirectiveRow.suspended_since,
            DirectiveRow.reminders,
        )
        .join(ReminderLineRow, ReminderLineRow.directive_id == DirectiveRow.id)
        .where(ReminderLineRow.letter_id == letter_id)
        .order_by(DirectiveRow.number)
    )
    return _letter(row, tuple(LetterLine(**line._mapping) for line in lines))  # noqa: SLF001 - SQLAlchemy's public name


def _letters(actor: Actor, day: date) -> Any:
    count = (
        select(func.count())
        .where(ReminderLineRow.letter_id == ReminderLetterRow.id)
        .scalar_subquery()
    )
    return (
        select(
            ReminderLetterRow.__table__,
            AgencyRow.name.label("agency"),
            AccountRow.name.label("sender"),
            count.label("count_of_lines"),
        )
        .join(AgencyRow, AgencyRow.id == ReminderLetterRow.agency_id)
        .join(AccountRow, AccountRow.id == ReminderLetterRow.sent_by)
        .where(letters_visible_to(actor, day))
        .order_by(ReminderLetterRow.id.desc())
    )


def letters_visible_to(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition that a letter is read: by the province, its agency, those above."""
    return within(reach_of(actor, day), lambda path: AgencyRow.id.in_(read_by(path, day)))


def _letter(row: Row[Any], lines: tuple[LetterLine, ...] = ()) -> Letter:
    return Letter(
        id=row.id,
        agency=row.agency,
        number=row.number,
        dated=row.dated,
        text=row.text,
        sent_by=row.sender,
        sent_by_id=row.sent_by,
        sent_at=row.sent_at,
        count=row.count_of_lines,
        lines=lines,
    )
