"""What a paper of the office's list was used for, and what else may rest on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, null, or_, select, union_all

from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow, ReportRow
from models.evidence.rows import EvidenceRow
from models.periods.rows import PeriodReportRow, PeriodRow
from workflow.accounts.records import Actor
from workflow.directives.records import State
from workflow.papers.records import KnownPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A directive that a paper may concern, and whether its lead asks for a later date."""

    number: str
    content: str
    asks_later: bool = False


def used_for(
    connection: Connection, actor: Actor, paper: KnownPaper, day: date, *, limit: int
) -> tuple[Running, ...]:
    """Return the directives reported on by the paper's number and date, or that bear its file."""
    statement = (
        select(DirectiveRow.number, DirectiveRow.content)
        .where(_serves(paper), visible_to(actor, day))
        .order_by(DirectiveRow.number)
        .limit(limit)
    )
    found = connection.execute(statement)
    return tuple(Running(number=row.number, content=row.content) for row in found)


def counted_uses(connection: Connection, papers: Sequence[KnownPaper]) -> dict[int, int]:
    """Return on how many directives each paper of a page reports, in one statement.

    As `used_for` finds them, for whoever reads the whole province; papers of no use are left out.
    """
    numbers = {paper.listed.number for paper in papers}
    files = {paper.file.sha256 for paper in papers if paper.file}
    report = select(ReportRow.report_number, ReportRow.report_date, ReportRow.directive_id)
    period = select(
        PeriodReportRow.report_number, PeriodReportRow.report_date, PeriodRow.directive_id
    ).join(PeriodRow, PeriodRow.id == PeriodReportRow.period_id)
    piece = select(EvidenceRow.sha256, null(), EvidenceRow.directive_id)
    found: dict[tuple[str, date | None], set[int]] = defaultdict(set)
    rows: Sequence[Any] = connection.execute(
        union_all(
            report.where(ReportRow.report_number.in_(numbers)),
            period.where(PeriodReportRow.report_number.in_(numbers)),
            piece.where(EvidenceRow.sha256.in_(files)),
        )
    ).all()
    for words, day, directive in rows:
        found[words, day].add(directive)
    uses = {
        paper.id: found[paper.listed.number, paper.listed.dated]
        | (found[paper.file.sha256, None] if paper.file else set())
        for paper in papers
    }
    return {key: len(directives) for key, directives in uses.items() if directives}


def _serves(paper: KnownPaper) -> ColumnElement[bool]:
    number, dated = paper.listed.number, paper.listed.dated
    sources: list[Select[int]] = [
        select(ReportRow.directive_id).where(
            ReportRow.report_number == number, ReportRow.report_date == dated
        ),
        select(PeriodRow.directive_id)
        .join(PeriodReportRow, PeriodReportRow.period_id == PeriodRow.id)
        .where(PeriodReportRow.report_number == number, PeriodReportRow.report_date == dated),
    ]
    if paper.file is not None:
        sources.append(
            select(EvidenceRow.directive_id).where(EvidenceRow.sha256 == paper.file.sha256)
        )
    return or_(*(DirectiveRow.id.in_(one) for one in sources))


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
