"""Reads of the history for pages: newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.history.register import sealed_from
from models.history.rows import HistoryRow
from models.paging import counted, turned
from workflow.history.records import SealedEntry, Subject
from workflow.text import clean, fold

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """Which entries are asked for; empty fields ask for nothing."""

    words: str = ""
    subject: Subject | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """A page of entries, newest first; `newer` and `older` are serials to go on from."""

    entries: tuple[SealedEntry, ...]
    total: int
    is_exact: bool
    newer: int | None
    older: int | None


def entries_about(
    connection: Connection, subject: Subject, key: str, *, limit: int = 30
) -> tuple[SealedEntry, ...]:
    """Return the newest entries about one subject."""
    rows = connection.execute(
        select(HistoryRow.__table__)
        .where(HistoryRow.subject == subject.value, HistoryRow.subject_key == key)
        .order_by(HistoryRow.serial.desc())
        .limit(limit)
    )
    return tuple(sealed_from(row) for row in rows)


def entries(
    connection: Connection,
    asked: HistoryFilter,
    *,
    newer: int | None = None,
    older: int | None = None,
) -> HistoryPage:
    """Return a page of entries older (or newer) than a serial, in two queries."""
    wanted = _wanted(asked)
    statement = select(HistoryRow.__table__).where(wanted)
    if newer is not None:
        statement = statement.where(HistoryRow.serial > newer).order_by(HistoryRow.serial)
    else:
        if older is not None:
            statement = statement.where(HistoryRow.serial < older)
        statement = statement.order_by(HistoryRow.serial.desc())
    found = [sealed_from(row) for row in connection.execute(statement.limit(PAGE + 1))]
    shown, ahead, behind = turned(found, PAGE, backward=newer is not None, begun=older is not None)
    total, is_exact = counted(connection, select(HistoryRow.serial).where(wanted))
    return HistoryPage(
        entries=shown,
        total=total,
        is_exact=is_exact,
        newer=shown[0].serial if behind else None,
        older=shown[-1].serial if ahead else None,
    )


def _wanted(asked: HistoryFilter) -> ColumnElement[bool]:
    """What an agency routes inside is seen in that agency only, so it is no entry of these."""
    terms: list[ColumnElement[bool]] = [HistoryRow.subject != Subject.ROUTING.value]
    if asked.subject is not None:
        terms.append(HistoryRow.subject == asked.subject.value)
    if asked.action:
        terms.append(HistoryRow.action == asked.action)
    if asked.since is not None:
        terms.append(HistoryRow.at >= asked.since)
    if asked.until is not None:
        terms.append(HistoryRow.at < asked.until)
    terms += [_says(word) for word in clean(asked.words).split()]
    return and_(*terms)


def _says(word: str) -> ColumnElement[bool]:
    """People and agencies are found without diacritics, numbers and reasons as written."""
    folded, written = f"%{_escaped(fold(word))}%", f"%{_escaped(word)}%"
    people = select(AccountRow.id).where(AccountRow.name_folded.like(folded, escape="!"))
    agencies = select(AgencyRow.id).where(AgencyRow.name_folded.like(folded, escape="!"))
    return or_(
        HistoryRow.actor_id.in_(people),
        HistoryRow.agency_id.in_(agencies),
        HistoryRow.subject_key.ilike(written, escape="!"),
        HistoryRow.reason.ilike(written, escape="!"),
    )


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
