"""What a paper of the office's list was used for, and what else may rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    CompoundSelect,
    Connection,
    Date,
    and_,
    cast,
    literal,
    null,
    select,
    union_all,
)

from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow, ReportRow
from models.evidence.register import OF_PERIODS
from models.evidence.rows import EvidenceRow
from models.history.rows import HistoryRow
from models.papers.rows import ListedPaperRow
from models.periods.rows import PeriodReportRow, PeriodRow
from workflow.accounts.records import Actor
from workflow.directives.records import State
from workflow.history.records import Subject
from workflow.papers.records import KnownPaper
from workflow.papers.serving import Issued, Piece, Reported, Traces, served_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A directive that a paper may concern, and whether its lead asks for a later date."""

    number: str
    content: str
    asks_later: bool = False


def used_for(
    connection: Connection, actor: Actor, paper: KnownPaper, day: date, *, limit: int
) -> tuple[Running, ...]:
    """Return the directives that a paper served, as far as the actor may read them."""
    served = _served(connection, [paper])[paper.id]
    statement = (
        select(DirectiveRow.number, DirectiveRow.content)
        .where(DirectiveRow.id.in_(served), visible_to(actor, day))
        .order_by(DirectiveRow.number)
        .limit(limit)
    )
    found = connection.execute(statement) if served else ()
    return tuple(Running(number=row.number, content=row.content) for row in found)


def counted_uses(connection: Connection, papers: Sequence[KnownPaper]) -> dict[int, int]:
    """Return how many directives each paper of a page served, in one statement.

    As `used_for` finds them, for whoever reads the whole province; papers of no use are left out.
    """
    return {key: len(found) for key, found in _served(connection, papers).items() if found}


NOTHING = cast(null(), JSON)


def _served(connection: Connection, papers: Sequence[KnownPaper]) -> dict[int, frozenset[int]]:
    """Return by paper the directives it served."""
    traces = _traces(connection, papers)
    return {paper.id: served_by(paper, traces) for paper in papers}


def _traces(connection: Connection, papers: Sequence[KnownPaper]) -> Traces:
    """Return what may tell of some papers, in one statement."""
    rows = connection.execute(_found(papers)).all()
    reported = (
        Reported(directive=row.directive, number=row.words, dated=row.day, lead=row.agency)
        for row in rows
        if row.kind == REPORTED
    )
    pieces = (
        Piece(directive=row.directive, sha256=row.words, given=row.given or {})
        for row in rows
        if row.kind == PIECE
    )
    issued = (
        Issued(number=row.words, dated=row.day, agency=row.agency)
        for row in rows
        if row.kind == LISTED
    )
    return Traces(reported=tuple(reported), pieces=tuple(pieces), issued=tuple(issued))


REPORTED, PIECE, LISTED = "reported", "piece", "listed"


def _found(papers: Sequence[KnownPaper]) -> CompoundSelect[Any]:
    """Return what may tell of some papers: reports, pieces with their acts, papers numbered so."""
    numbers = {paper.listed.number for paper in papers}
    files = {paper.file.sha256 for paper in papers if paper.file}
    period = (
        select(*_of(REPORTED, PeriodReportRow.report_number, PeriodReportRow.report_date))
        .join(PeriodRow, PeriodRow.directive_id == DirectiveRow.id)
        .join(PeriodReportRow, PeriodReportRow.period_id == PeriodRow.id)
    )
    report = select(*_of(REPORTED, ReportRow.report_number, ReportRow.report_date))
    piece = (
        select(*_of(PIECE, EvidenceRow.sha256, cast(null(), Date))[:-1], HistoryRow.given)
        .join(EvidenceRow, EvidenceRow.directive_id == DirectiveRow.id)
        .outerjoin(
            HistoryRow,
            and_(
                HistoryRow.subject == Subject.DIRECTIVE.value,
                HistoryRow.subject_key == DirectiveRow.number,
                HistoryRow.action == EvidenceRow.action,
                HistoryRow.at == EvidenceRow.uploaded_at,
            ),
        )
        .where(EvidenceRow.sha256.in_(files), EvidenceRow.action.not_in(OF_PERIODS))
    )
    listed = select(
        literal(LISTED),
        ListedPaperRow.number,
        ListedPaperRow.dated,
        literal(0),
        ListedPaperRow.agency_id,
        NOTHING,
    ).where(ListedPaperRow.number.in_(numbers), ListedPaperRow.agency_id.is_not(None))
    return union_all(
        report.join(ReportRow, ReportRow.directive_id == DirectiveRow.id).where(
            ReportRow.report_number.in_(numbers)
        ),
        period.where(PeriodReportRow.report_number.in_(numbers)),
        piece,
        listed,
    )


def _of(kind: str, words: Any, day: Any) -> tuple[Any, ...]:
    return (
        literal(kind).label("kind"),
        words.label("words"),
        day.label("day"),
        DirectiveRow.id.label("directive"),
        DirectiveRow.lead_agency_id.label("agency"),
        NOTHING.label("given"),
    )


def running_of(
    connection: Connection, actor: Actor, agency_id: int, day: date, *, limit: int
) -> tuple[Running, ...]:
    """Return work that an agency leads and has not reported, the nearest date first."""
    statement = (
        select(DirectiveRow.number, DirectiveRow.content, DirectiveRow.extension_asked_to)
        .where(
            DirectiveRow.lead_agency_id == agency_id,
            DirectiveRow.state.in_((State.ASSIGNED, State.IN_PROGRESS)),
            DirectiveRow.parent_id.is_(None),
            visible_to(actor, day),
        )
        .order_by(DirectiveRow.due_on.is_(None), DirectiveRow.due_on, DirectiveRow.id)
        .limit(limit)
    )
    return tuple(
        Running(
            number=row.number,
            content=row.content,
            asks_later=row.extension_asked_to is not None,
        )
        for row in connection.execute(statement)
    )
