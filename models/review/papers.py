"""The papers in the file of a case, with their files and the cases they serve."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.base import table_of
from models.escalation.rows import EscalationRow
from models.review.rows import ReviewFileRow, ReviewPaperCaseRow, ReviewPaperRow
from workflow.review.records import KeptFile, Measure, Paper, PaperKind

_Served = aliased(ReviewPaperCaseRow, name="served")
_CASES = (
    select(func.aggregate_strings(EscalationRow.number, ","))
    .join(_Served, _Served.escalation_id == EscalationRow.id)
    .where(_Served.paper_id == ReviewPaperRow.id)
    .correlate(ReviewPaperRow)
    .scalar_subquery()
)
_FILE = ("id", "name", "media_type", "size", "sha256")
_PAPERS = (
    select(
        table_of(ReviewPaperRow),
        AccountRow.name.label("by_name"),
        ReviewPaperCaseRow.level,
        ReviewPaperCaseRow.raise_serial,
        _CASES.label("cases"),
        *(getattr(ReviewFileRow, name).label(f"file_{name}") for name in _FILE),
    )
    .join(ReviewPaperCaseRow, ReviewPaperCaseRow.paper_id == ReviewPaperRow.id)
    .join(AccountRow, AccountRow.id == ReviewPaperRow.by_id)
    .outerjoin(ReviewFileRow, ReviewFileRow.paper_id == ReviewPaperRow.id)
    .where(ReviewPaperCaseRow.escalation_id == bindparam("escalation_id"))
    .order_by(ReviewPaperRow.id.desc(), ReviewFileRow.id)
)
_PLAIN = (
    "id", "text", "number", "paper_on", "signer", "answer_on", "is_signed", "level",
    "raise_serial", "by_id", "by_name", "at",
)  # fmt: skip


def papers_of(connection: Connection, escalation_id: int) -> tuple[Paper, ...]:
    """Return the papers of a case, newest first, in one statement."""
    found: dict[int, list[Any]] = {}
    for row in connection.execute(_PAPERS, {"escalation_id": escalation_id}):
        found.setdefault(row.id, []).append(row)
    return tuple(_paper(rows) for rows in found.values())


def _paper(rows: list[Any]) -> Paper:
    first = rows[0]
    return Paper(
        **{name: getattr(first, name) for name in _PLAIN},
        kind=PaperKind(first.kind),
        measure=Measure(first.measure) if first.measure else None,
        files=tuple(
            KeptFile(paper_id=row.id, **{name: getattr(row, f"file_{name}") for name in _FILE})
            for row in rows
            if row.file_id is not None
        ),
        cases=tuple(sorted(first.cases.split(","))),
    )
