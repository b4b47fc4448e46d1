"""Directives as they stood at the end of a period, and at the end of the day before it, in SQL.

A field stood then as the first later entry of the history that touches it found it; where no
entry does, as it stands in the row. So a past day is told from what is stored, in one statement,
and costs by what happened since, not by the length of the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    case,
    func,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from models.agencies.rows import AgencyNameRow, AgencyRow
from models.agencies.scope import under, with_below
from models.directives.filters import Looker
from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.history.rows import HistoryRow
from workflow.accounts.records import AGENCY_ROLES
from workflow.days import PROVINCE_ZONE
from workflow.deadlines.records import DeadlineKind
from workflow.documents.records import Source
from workflow.history.records import Subject
from workflow.summaries.records import Span

STANDING_KINDS = (DeadlineKind.ONGOING, DeadlineKind.RECURRING)
ASSIGN = "assign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a report tells of: a period, and which documents and agencies; all of them if empty.

    `documents` are years and serials; `agency` is a code, with the units below it. With
    `entered_later`, what was given by the last day counts though it came into the book after;
    `on_todays_map`, an agency that ended is counted as the one that follows it.
    """

    span: Span
    documents: tuple[tuple[int, int], ...] = ()
    source: Source | None = None
    agency: str = ""
    entered_later: bool = False
    on_todays_map: bool = False


class day_told(GenericFunction[date]):  # noqa: N801 - reads as a function of SQL
    """A date that JSON holds as ISO text, as the database keeps its dates."""

    type = Date()
    inherit_cache = True


@compiles(day_told)
def _compile_day(element: day_told, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.clauses.clauses[0], **more)


@compiles(day_told, "postgresql")
def _compile_day_cast(element: day_told, compiler: SQLCompiler, **more: Any) -> str:
    return f"CAST({compiler.process(element.clauses.clauses[0], **more)} AS DATE)"


def start_of(day: date) -> datetime:
    """Return the first instant of a day in the province."""
    return datetime.combine(day, time(), PROVINCE_ZONE)


_DAYS = ("due_on", "first_due_on", "completed_on", "verified_on", "suspended_since")
_AT_END = ("state", "lead_agency_id", *_DAYS)
_ON_EVE = ("state", "lead_agency_id")


def _touches(name: str) -> ColumnElement[bool]:
    """An entry tells of a field that it changed: one side of the change is never empty."""
    told = (HistoryRow.before[name].as_string(), HistoryRow.after[name].as_string())
    return func.coalesce(*told).is_not(None)


def _marks(span: Span) -> CTE:
    """The first entry after the eve, and after the last day, that touches each field."""
    first, after = start_of(span.first), start_of(span.last + timedelta(days=1))

    def mark(since: datetime, touches: ColumnElement[bool]) -> ColumnElement[int | None]:
        return func.min(case((and_(HistoryRow.at >= since, touches), HistoryRow.serial)))

    assigned = HistoryRow.action == ASSIGN
    return (
        select(
            HistoryRow.subject_key.label("number"),
            *(mark(after, _touches(name)).label(f"end_{name}") for name in _AT_END),
            *(mark(first, _touches(name)).label(f"eve_{name}") for name in _ON_EVE),
            mark(after, assigned).label("entered_after"),
            mark(first, assigned).label("entered_since"),
        )
        .where(HistoryRow.at >= first, HistoryRow.subject.concat("") == Subject.DIRECTIVE.value)
        .group_by(HistoryRow.subject_key)
        .cte("marks")
    )


class _Reading:
    """One statement that reads the directives of a scope, as it is put together."""

    def __init__(self, scope: Scope) -> None:
        self.marks = _marks(scope.span)
        self.source = DirectiveRow.__table__.outerjoin(
            self.marks, self.marks.c.number == DirectiveRow.number
        )

    def stood(self, when: str, name: str) -> ColumnElement[Any]:
        """Return a field as it stood then."""
        mark = self.marks.c[f"{when}_{name}"]
        entry = aliased(HistoryRow, name=f"{when}_of_{name}")
        self.source = self.source.outerjoin(entry, entry.serial == mark)
        column: ColumnElement[Any] = getattr(DirectiveRow, name)
        then = case(
            (entry.action == ASSIGN, _typed(entry.after, name)), else_=_typed(entry.before, name)
        )
        if name == "state":
            column = type_coerce(column, String())
        return case((mark.is_(None), column), else_=then)


def _typed(told: Any, name: str) -> ColumnElement[Any]:
    if name == "lead_agency_id":
        return type_coerce(told[name].as_integer(), Integer())
    text = told[name].as_string()
    return func.day_told(text) if name in _DAYS else type_coerce(text, String())


def stood_then(scope: Scope, looker: Looker) -> CTE:
    """Return the directives of a scope as `workflow.summaries.records.Stood` tells them.

    Parts handed down are none of it: they are the work of the directive above them. Only what
    `looker` may read; people of an agency, only what it and the units below it led.
    """
    reading, span = _Reading(scope), scope.span
    ends = {name: reading.stood("end", name) for name in _AT_END}
    eves = {name: reading.stood("eve", name) for name in _ON_EVE}
    known, before = _known(reading.marks, scope)
    return (
        select(
            DirectiveRow.id,
            DirectiveRow.number,
            DirectiveRow.document_id,
            DirectiveRow.clause_id,
            DirectiveRow.content,
            DirectiveRow.deadline_text,
            DirectiveRow.assigned_on,
            DirectiveRow.deadline_kind.in_(STANDING_KINDS).label("is_standing"),
            known.label("known"),
            before.label("known_before"),
            *(column.label(_NAMES.get(name, name)) for name, column in ends.items()),
            *(column.label(f"{_NAMES.get(name, name)}_before") for name, column in eves.items()),
        )
        .select_from(reading.source)
        .where(
            DirectiveRow.assigned_on <= span.last,
            DirectiveRow.parent_id.is_(None),
            visible_to(looker.actor, looker.day),
            *led_from(scope),
        )
        .cte("stood")
        .prefix_with("MATERIALIZED")
    )


_NAMES = {"lead_agency_id": "lead"}


def _known(marks: CTE, scope: Scope) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    if scope.entered_later:
        return true(), DirectiveRow.assigned_on < scope.span.first
    return marks.c.entered_after.is_(None), marks.c.entered_since.is_(None)


def of_documents(scope: Scope) -> list[ColumnElement[bool]]:
    """Return the conditions of a scope's documents; none where it tells of all."""
    wanted: list[ColumnElement[bool]] = []
    if scope.documents:
        wanted.append(picked_documents(scope))
    if scope.source is not None:
        wanted.append(DocumentRow.source == scope.source)
    return wanted


def picked_documents(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a document is one of those named."""
    return or_(
        *(
            and_(DocumentRow.year == year, DocumentRow.serial == serial)
            for year, serial in scope.documents
        )
    )


def led_from(scope: Scope) -> list[ColumnElement[bool]]:
    """Return the conditions that a directive comes from the documents of a scope."""
    wanted = of_documents(scope)
    if not wanted:
        return []
    return [DirectiveRow.document_id.in_(select(DocumentRow.id).where(*wanted))]


def led_within(
    column: ColumnElement[int] | InstrumentedAttribute[int], scope: Scope, looker: Looker
) -> list[ColumnElement[bool]]:
    """Return the conditions that an agency is of the scope, and one the looker reads as led."""
    found: list[ColumnElement[bool]] = []
    if looker.actor.role in AGENCY_ROLES:
        found.append(column.in_(under(looker.actor.agency_path)))
    if scope.agency:
        found.append(column.in_(with_below(scope.agency)))
    return found


def name_on(day: date) -> ColumnElement[str]:
    """Return the name an agency bore on a day: old papers keep old names."""
    then = (
        select(AgencyNameRow.name)
        .where(
            AgencyNameRow.agency_id == AgencyRow.id,
            AgencyNameRow.valid_from <= day,
            AgencyNameRow.valid_to >= day,
        )
        .order_by(AgencyNameRow.valid_from.desc())
        .limit(1)
        .correlate(AgencyRow)
        .scalar_subquery()
    )
    return func.coalesce(then, AgencyRow.name)
