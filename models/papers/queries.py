"""The lines of a document that one paper can serve, within the reader's scope."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from models.base import table_of
from models.directives.filters import ListFilter, Looker, wanted
from models.directives.queries import ACTIVE, visible_to
from models.directives.rows import DirectiveRow, ReportRow
from models.directives.several import directives_where
from models.documents.rows import DocumentRow
from models.documents.scope import KEY, readable_by
from models.periods.conditions import outcome_is
from models.periods.rows import PeriodRow
from workflow.accounts.records import Actor
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import Directive, State
from workflow.documents.keys import document_key
from workflow.documents.records import DocumentState
from workflow.papers.lines import MOST_LINES
from workflow.periods.records import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOf:
    """The document whose lines a paper serves; `key` is its public key (`2021-0017`)."""

    id: int
    key: str
    reference: str
    issued_on: date
    subject: str


def document_of(connection: Connection, actor: Actor, key: str, day: date) -> PaperOf | None:
    """Return an issued document by its public key, within the reader's scope."""
    found = KEY.fullmatch(key)
    if not found:
        return None
    row = connection.execute(
        select(DocumentRow.id, DocumentRow.reference, DocumentRow.issued_on, DocumentRow.subject)
        .where(DocumentRow.year == int(found[1]), DocumentRow.serial == int(found[2]))
        .where(DocumentRow.state == DocumentState.ISSUED, readable_by(actor, day))
    ).one_or_none()
    if row is None:
        return None
    return PaperOf(
        id=row.id,
        key=document_key(int(found[1]), int(found[2])),
        reference=row.reference,
        issued_on=row.issued_on,
        subject=row.subject,
    )


def lines_of(
    connection: Connection,
    actor: Actor,
    document_id: int,
    day: date,
    *,
    lead_id: int | None = None,
    numbers: Collection[str] | None = None,
    with_same_paper: bool = False,
) -> tuple[Directive, ...]:
    """Return the directives of a document that the actor reads whole, parts included.

    Of one lead where it is given, and only those with `numbers` where they are; in four
    statements. With `with_same_paper` those of other documents too that a report waiting on one
    of these answers as well: one number, one day, one agency.
    """
    wanted: ColumnElement[bool] = DirectiveRow.document_id == document_id
    if with_same_paper:
        wanted = or_(wanted, DirectiveRow.id.in_(_on_the_same_paper(document_id)))
    wanted = and_(wanted, visible_to(actor, day))
    if lead_id is not None:
        wanted = and_(wanted, DirectiveRow.lead_agency_id == lead_id)
    if numbers is not None:
        wanted = and_(wanted, DirectiveRow.number.in_(sorted(numbers)))
    return directives_where(connection, wanted, MOST_LINES)


def lines_numbered(
    connection: Connection, actor: Actor, day: date, numbers: Collection[str]
) -> tuple[Directive, ...]:
    """Return the directives with these numbers that the actor reads whole, in four statements."""
    wanted = and_(DirectiveRow.number.in_(sorted(numbers)), visible_to(actor, day))
    return directives_where(connection, wanted, MOST_LINES)


def _on_the_same_paper(document_id: int) -> Select[int]:
    """Return whose waiting report is on the paper of one that waits in the document."""
    ours, theirs = aliased(ReportRow), aliased(ReportRow)
    our_work, their_work = aliased(DirectiveRow), aliased(DirectiveRow)
    return (
        select(theirs.directive_id)
        .join(their_work, their_work.id == theirs.directive_id)
        .join(
            ours,
            and_(
                ours.report_number == theirs.report_number,
                ours.report_date == theirs.report_date,
            ),
        )
        .join(our_work, our_work.id == ours.directive_id)
        .where(
            our_work.document_id == document_id,
            our_work.lead_agency_id == their_work.lead_agency_id,
            ours.report_number != "",
            ours.outcome == "pending",
            theirs.outcome == "pending",
        )
    )


def lines_elsewhere(
    connection: Connection,
    actor: Actor,
    lead_id: int,
    day: date,
    *,
    but: int,
    key: str,
    numbers: Collection[str],
) -> tuple[Directive, ...]:
    """Return what one agency leads on other documents than `but`, as far as the actor reads it.

    Those with `numbers`, and all of the document with this public key; in four statements.
    """
    asked: ColumnElement[bool] = DirectiveRow.number.in_(sorted(numbers))
    if found := KEY.fullmatch(key):
        year, serial = int(found[1]), int(found[2])
        named = select(DocumentRow.id).where(DocumentRow.year == year, DocumentRow.serial == serial)
        asked = or_(asked, DirectiveRow.document_id.in_(named))
    wanted = and_(
        DirectiveRow.document_id != but,
        DirectiveRow.lead_agency_id == lead_id,
        visible_to(actor, day),
        asked,
    )
    return directives_where(connection, wanted, MOST_LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A report that waits to be judged."""

    result: str
    report_number: str
    report_date: date | None
    signer: str
    figure: Decimal | None
    open_parts_reason: str
    received_on: date | None
    arrival_number: str
    filed_at: datetime


_REPORTS = table_of(ReportRow)
_PENDING = select(_REPORTS).where(
    _REPORTS.c.directive_id.in_(bindparam("keys", expanding=True)), _REPORTS.c.outcome == "pending"
)


def pending_reports(connection: Connection, keys: Sequence[int]) -> dict[int, Pending]:
    """Return the report that waits on each of several directives, in one statement."""
    rows: Sequence[Row[Any]] = connection.execute(_PENDING, {"keys": list(keys)}).all()
    return {
        row.directive_id: Pending(**{one.name: getattr(row, one.name) for one in fields(Pending)})
        for row in rows
    }


def urged_lines(
    connection: Connection,
    view: ListFilter,
    looker: Looker,
    numbers: Collection[str] | None = None,
) -> tuple[Directive, ...]:
    """Return the running directives of a view of the list, or those of it with `numbers`.

    What is late holds the standing work too of which a reporting period is missing: one letter
    says all of it.
    """
    condition = and_(wanted(view, looker), DirectiveRow.state.in_(ACTIVE))
    if view.timeliness is Timeliness.OVERDUE:
        condition = DirectiveRow.id.in_(_late(view, looker))
    if numbers is not None:
        condition = and_(condition, DirectiveRow.number.in_(sorted(numbers)))
    return directives_where(connection, condition, MOST_LINES)


def _late(view: ListFilter, looker: Looker) -> CompoundSelect[int]:
    """Return the running directives of a view that are late, by their own day or by a period's."""
    own = select(DirectiveRow.id).where(wanted(view, looker), DirectiveRow.state.in_(ACTIVE))
    standing = (
        select(PeriodRow.directive_id)
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(
            outcome_is(Outcome.MISSING, looker.day),
            wanted(replace(view, timeliness=None), looker),
            DirectiveRow.state.in_(ACTIVE),
        )
    )
    return union_all(own.correlate(None), standing.correlate(None))


def reported_among(connection: Connection, view: ListFilter, looker: Looker) -> int:
    """Return how many directives of a view wait to be judged: they are not urged any more."""
    condition = and_(wanted(view, looker), DirectiveRow.state == State.REPORTED)
    return int(connection.execute(select(func.count()).where(condition)).scalar_one())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The paper that gave the work, as a letter names it."""

    number: str
    dated: date | None


def references_of(connection: Connection, keys: Collection[int]) -> dict[int, Reference]:
    """Return number and date of several documents by their ids, in one statement."""
    rows = connection.execute(
        select(DocumentRow.id, DocumentRow.reference, DocumentRow.issued_on).where(
            DocumentRow.id.in_(sorted(set(keys)))
        )
    )
    return {row.id: Reference(number=row.reference, dated=row.issued_on) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A document with work of one agency that still runs: what its paper may report."""

    key: str
    reference: str
    issued_on: date | None
    count: int


def documents_waiting_for(
    connection: Connection, actor: Actor, agency_id: int, day: date, *, limit: int
) -> tuple[Waiting, ...]:
    """Return the documents on which an agency leads running work, the newest first."""
    count = func.count().label("running")
    rows = connection.execute(
        select(
            DocumentRow.year,
            DocumentRow.serial,
            DocumentRow.reference,
            DocumentRow.issued_on,
            count,
        )
        .join(DirectiveRow, DirectiveRow.document_id == DocumentRow.id)
        .where(
            DirectiveRow.lead_agency_id == agency_id,
            DirectiveRow.state.in_(ACTIVE),
            DirectiveRow.parent_id.is_(None),
            visible_to(actor, day),
        )
        .group_by(
            DocumentRow.id,
            DocumentRow.year,
            DocumentRow.serial,
            DocumentRow.reference,
            DocumentRow.issued_on,
        )
        .order_by(DocumentRow.year.desc(), DocumentRow.serial.desc())
        .limit(limit)
    )
    return tuple(
        Waiting(
            key=document_key(row.year, row.serial),
            reference=row.reference,
            issued_on=row.issued_on,
            count=row.running,
        )
        for row in rows
    )
