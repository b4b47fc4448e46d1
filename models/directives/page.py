"""Reading the file of one directive; what the actor may not read is not fetched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.beside import (
    BESIDE,
    has_any,
    inputs_of,
    pauses_of,
    proposals_of,
    routings_of,
)
from models.directives.counting import still_counts, was_counted
from models.directives.facts import (
    ClauseFacts,
    DirectiveFile,
    Link,
    NamedAgency,
    Paper,
    Relative,
    Report,
)
from models.directives.family import family_of
from models.directives.figures import FIGURES
from models.directives.loading import PARENT_FACTS, Parent, directive_from
from models.directives.queries import shares_document_with, visible_to
from models.directives.rows import CoordinatingRow, DirectiveRow, ReportRow
from models.directives.shelf import Shelf, prepared_of
from models.documents.codec import carried_from, deadline_from
from models.documents.rows import ClauseRow, DocumentRow
from models.evidence.register import EvidenceRegister
from models.history.register import sealed_from
from models.history.rows import HistoryRow
from models.periods.owed import unsettled
from models.periods.rows import PeriodPlanRow
from models.review.queries import cases_behind, issued_from
from workflow.accounts.records import AGENCY_ROLES, Actor
from workflow.directives.records import Part, Priority, Sight
from workflow.documents.keys import document_key
from workflow.documents.records import Source, Urgency
from workflow.errors import NotFound
from workflow.evidence.records import Evidence
from workflow.history.records import Subject

_Lead = aliased(AgencyRow, name="lead")
_Hander = aliased(AgencyRow, name="hander")
_Overseer = aliased(AgencyRow, name="overseer")
_Beside = aliased(AgencyRow, name="beside")
_Assigner = aliased(AccountRow, name="assigner")
_Monitor = aliased(AccountRow, name="monitor")
_NAMED = (("lead", _Lead), ("handed_by", _Hander), ("overseer", _Overseer), ("beside", _Beside))
_PAPER = (
    "year", "serial", "reference", "issued_on", "issuer", "signer", "signer_title", "subject",
    "source", "urgency",
)  # fmt: skip
_CLAUSE = (
    "position", "deadline", "due_set_on", "due_set_reason", "source_text", "source_date",
    "index_refs", "carried_state", "carried_paused", "carried_result", "carried_on", "note",
)  # fmt: skip
_FILE = (
    select(
        table_of(DirectiveRow),
        *(
            getattr(agency, name).label(f"{word}_{name}")
            for word, agency in _NAMED
            for name in ("code", "name", "path", "valid_to")
        ),
        _Beside.id.label("beside_id"),
        DocumentRow.overseer_id,
        *PARENT_FACTS,
        *(getattr(DocumentRow, name).label(f"paper_{name}") for name in _PAPER),
        *(getattr(ClauseRow, name).label(f"clause_{name}") for name in _CLAUSE),
        _Assigner.name.label("assigner_name"),
        _Monitor.name.label("monitor_name"),
        exists(
            select(PeriodPlanRow.directive_id).where(PeriodPlanRow.directive_id == DirectiveRow.id)
        ).label("has_periods"),
        ClauseRow.target_scope,
        ClauseRow.target_basis,
        unsettled(),
        *(has_any(table).label(f"has_{name}") for name, table in BESIDE.items()),
    )
    .join(_Lead, _Lead.id == DirectiveRow.lead_agency_id)
    .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
    .join(ClauseRow, ClauseRow.id == DirectiveRow.clause_id)
    .outerjoin(_Hander, _Hander.id == DirectiveRow.handed_by_id)
    .outerjoin(Parent, Parent.id == DirectiveRow.parent_id)
    .outerjoin(_Overseer, _Overseer.id == DocumentRow.overseer_id)
    .outerjoin(_Assigner, _Assigner.id == DirectiveRow.assigner_id)
    .outerjoin(_Monitor, _Monitor.id == DirectiveRow.monitor_id)
    .outerjoin(CoordinatingRow, CoordinatingRow.directive_id == DirectiveRow.id)
    .outerjoin(_Beside, _Beside.id == CoordinatingRow.agency_id)
    .where(DirectiveRow.number == bindparam("number"))
    .order_by(_Beside.sort_key)
)
_REPORTS = (
    select(table_of(ReportRow), AccountRow.name.label("filer"))
    .join(AccountRow, AccountRow.id == ReportRow.filed_by)
    .where(ReportRow.directive_id == bindparam("directive_id"))
    .order_by(ReportRow.serial.desc())
)
LEAVABLE = frozenset({"history", "reports", "evidence", "inputs", "proposals", "pauses"})
"""What of a file can be left unread."""
_HISTORY = (
    select(table_of(HistoryRow))
    .where(
        HistoryRow.subject == Subject.DIRECTIVE.value,
        HistoryRow.subject_key == bindparam("number"),
    )
    .order_by(HistoryRow.serial)
)


def open_file(
    connection: Connection,
    actor: Actor,
    number: str,
    day: date,
    *,
    leave: frozenset[str] = frozenset(),
) -> DirectiveFile:
    """Return the file of a directive as far as `actor` may read it on `day`.

    NotFound when there is none, or when it lies outside the scope: both look the same. What
    `leave` names (of `LEAVABLE`) is not read and stays empty: the form of one act shows little.
    """
    whole = visible_to(actor, day)
    found = _FILE.add_columns(whole.label("whole"), cases_behind(actor, day).label("cases")).where(
        or_(whole, shares_document_with(actor, day))
    )
    rows = connection.execute(found, {"number": number}).all()
    if not rows:
        raise NotFound
    if not rows[0].whole:
        return _file(rows, Sight.CLAUSE)
    first = rows[0]
    family = family_of(connection, first.clause_id)
    links = () if "history" in leave else history_of(connection, number)
    there = {name for name in BESIDE if getattr(first, f"has_{name}")} - leave
    routings = routings_of(connection, first.id, actor) if "routings" in there else ()
    return _file(
        rows,
        Sight.FULL,
        evidence=() if "evidence" in leave else EvidenceRegister(connection).of_directive(first.id),
        family=family,
        reports=() if "reports" in leave else _reports(connection, first.id),
        links=links,
        beside={
            "inputs": inputs_of(connection, first.id) if "inputs" in there else (),
            "proposals": proposals_of(connection, first.id) if "proposals" in there else (),
            "counts_days": was_counted(first) and still_counts(link.entry for link in links),
            "routings": tuple(one.held for one in routings if one.is_current),
        }
        | _prepared(connection, first, actor)._asdict(),
        pauses=pauses_of(connection, first.id) if "pauses" in there else (),
        routings=routings,
    )


def _prepared(connection: Connection, first: Row[Any], actor: Actor) -> Shelf:
    """What officers prepared is read in their own agency, and nowhere else."""
    if not first.has_prepared or actor.role not in AGENCY_ROLES:
        return Shelf()
    return prepared_of(connection, first.id, actor.agency_id)


def history_of(connection: Connection, number: str) -> tuple[Link, ...]:
    """Return the history of one directive, oldest first."""
    return tuple(
        Link(serial=sealed.serial, digest=sealed.digest, entry=sealed.entry)
        for sealed in map(sealed_from, connection.execute(_HISTORY, {"number": number}))
    )


def _reports(connection: Connection, directive_id: int) -> tuple[Report, ...]:
    rows = connection.execute(_REPORTS, {"directive_id": directive_id})
    return tuple(
        Report(
            serial=row.serial,
            result=row.result,
            report_number=row.report_number,
            report_date=row.report_date,
            signer=row.signer,
            figure=row.figure,
            own_figure=row.own_figure,
            numerator=row.numerator,
            denominator=row.denominator,
            open_parts_reason=row.open_parts_reason,
            filed_by=row.filer,
            filed_at=row.filed_at,
            received_on=row.received_on,
            arrival_number=row.arrival_number,
            outcome=row.outcome,
            outcome_reason=row.outcome_reason,
            ended_at=row.ended_at,
        )
        for row in rows
    )


def _file(
    rows: list[Row[Any]] | Any,
    seen: Sight,
    *,
    evidence: tuple[Evidence, ...] = (),
    family: tuple[Relative, ...] = (),
    beside: Mapping[str, Any] | None = None,
    **more: Any,
) -> DirectiveFile:
    first = rows[0]
    others = tuple(_named(row, "beside", row.beside_id) for row in rows if row.beside_id)
    parts = tuple(_part(one) for one in family if one.parent_id == first.id)
    return DirectiveFile(
        sight=seen,
        directive=directive_from(
            first,
            list(others),  # type: ignore[arg-type]
            parts,
            evidence,
            has_periods=bool(first.has_periods),
            **(beside or {}),
        ),
        priority=Priority(first.priority),
        calendar_version=first.calendar_version,
        paper=_paper(first),
        clause=_clause(first),
        lead=_named(first, "lead", first.lead_agency_id),
        overseer=_named(first, "overseer", first.overseer_id) if first.overseer_id else None,
        handed_by=_named(first, "handed_by", first.handed_by_id) if first.handed_by_id else None,
        coordinating=others,
        assigner=first.assigner_name or "",
        monitor=first.monitor_name or "",
        cases=issued_from(first.cases),
        family=family,
        **more,
    )


def _part(one: Relative) -> Part:
    return Part(
        number=one.number,
        agency_name=one.lead.name,
        state=one.state,
        due_on=one.due_on,
        **{name: getattr(one, name) for name in FIGURES},
    )


def _named(row: Row[Any], word: str, key: int) -> NamedAgency:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
    return NamedAgency(
        id=key,
        code=values[f"{word}_code"],
        name=values[f"{word}_name"],
        path=values[f"{word}_path"],
        valid_to=values[f"{word}_valid_to"],
    )


def _paper(row: Row[Any]) -> Paper:
    values = {name: getattr(row, f"paper_{name}") for name in _PAPER[2:]}
    values["source"] = Source(values["source"])
    values["urgency"] = Urgency(values["urgency"])
    return Paper(id=row.document_id, key=document_key(row.paper_year, row.paper_serial), **values)


def _clause(row: Row[Any]) -> ClauseFacts:
    values = {name: getattr(row, f"clause_{name}") for name in _CLAUSE}
    values["deadline"] = deadline_from(row.clause_deadline)
    paused = values.pop("carried_paused")
    values["carried_state"] = carried_from(row.clause_carried_state, paused=paused)
    return ClauseFacts(**values)
