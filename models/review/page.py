"""Reading the file of one case in a fixed number of statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.facts import Link
from models.directives.queries import visible_to as may_open
from models.directives.rows import DirectiveRow
from models.escalation.rows import EscalationRow, RuleVersionRow, SuppressionRow
from models.history.register import sealed_from
from models.history.rows import HistoryRow
from models.review.facts import CaseFile, IssuedFrom, Mark, RuleFacts
from models.review.loading import facts_of
from models.review.papers import papers_of
from models.review.queries import MARKED, WITHIN, visible_to
from models.review.raises import raises_of
from models.review.rows import EscalationDirectiveRow
from workflow.accounts.records import AGENCY_ROLES, Actor
from workflow.errors import NotFound
from workflow.escalation.stored import RetractionReason
from workflow.history.records import Subject
from workflow.review.records import Escalation, EscalationState, PaperKind

_Holder = aliased(AccountRow, name="holder")
_Marker = aliased(AccountRow, name="marker")
_Before = aliased(EscalationRow, name="before")
_Lead = aliased(AgencyRow, name="lead")
_Joined = aliased(EscalationRow, name="joined")
_JOINED = (
    select(func.aggregate_strings(_Joined.number, " "))
    .where(
        _Joined.heir_id == EscalationRow.id,
        _Joined.state == EscalationState.RETRACTED,
        _Joined.retracted_reason == RetractionReason.MERGED.value,
    )
    .correlate(EscalationRow)
    .scalar_subquery()
)
_EARLIER = (
    select(_Before.number)
    .where(
        _Before.rule_code == EscalationRow.rule_code,
        _Before.group_key == EscalationRow.group_key,
        _Before.closed_on <= EscalationRow.opened_on,
        _Before.state != EscalationState.RETRACTED,
    )
    .order_by(_Before.opened_on.desc(), _Before.id.desc())
    .limit(1)
    .correlate(EscalationRow)
    .scalar_subquery()
)
"""The case of the same group that closed last before this one opened: what it may repeat."""
_OWN = (
    "id", "number", "state", "version", "level", "agency_id", "holder_id", "holder_since",
    "answer_by",
)  # fmt: skip
_CASE: Select[Any] = (
    select(
        *(getattr(EscalationRow, name) for name in _OWN),
        EscalationRow.opened_on,
        EscalationRow.closed_on,
        EscalationRow.next_change_on,
        EscalationRow.raised_at,
        EscalationRow.retracted_at,
        EscalationRow.retracted_reason,
        EscalationRow.rule_code,
        EscalationRow.rule_number,
        EscalationRow.group_json,
        RuleVersionRow.body,
        func.coalesce(RuleVersionRow.act, "").label("rule_act"),
        RuleVersionRow.from_on.label("rule_from_on"),
        func.coalesce(RuleVersionRow.is_proposal, false()).label("rule_is_proposal"),
        func.coalesce(AgencyRow.code, "").label("agency_code"),
        func.coalesce(AgencyRow.name, "").label("agency_name"),
        func.coalesce(_Holder.name, "").label("holder_name"),
        EscalationRow.heir_id,
        func.coalesce(_EARLIER, "").label("earlier"),
        func.coalesce(_JOINED, "").label("joined"),
        SuppressionRow.id.label("mark_id"),
        SuppressionRow.reason.label("mark_reason"),
        SuppressionRow.from_on.label("mark_from_on"),
        SuppressionRow.to_on.label("mark_to_on"),
        SuppressionRow.expires_on.label("mark_expires_on"),
        _Marker.name.label("mark_by"),
        DirectiveRow.number.label("directive_number"),
        EscalationDirectiveRow.at.label("directive_at"),
        DirectiveRow.content.label("directive_content"),
        DirectiveRow.state.label("directive_state"),
        DirectiveRow.due_on.label("directive_due_on"),
        _Lead.name.label("directive_lead"),
    )
    .outerjoin(
        RuleVersionRow,
        and_(
            RuleVersionRow.code == EscalationRow.rule_code,
            RuleVersionRow.number == EscalationRow.rule_number,
        ),
    )
    .outerjoin(AgencyRow, AgencyRow.id == EscalationRow.agency_id)
    .outerjoin(_Holder, _Holder.id == EscalationRow.holder_id)
    .outerjoin(SuppressionRow, MARKED)
    .outerjoin(_Marker, _Marker.id == SuppressionRow.entered_by)
    .outerjoin(EscalationDirectiveRow, EscalationDirectiveRow.escalation_id == EscalationRow.id)
    .outerjoin(DirectiveRow, DirectiveRow.id == EscalationDirectiveRow.directive_id)
    .outerjoin(_Lead, _Lead.id == DirectiveRow.lead_agency_id)
    .where(EscalationRow.number == bindparam("number"))
    .order_by(SuppressionRow.id, EscalationDirectiveRow.id)
)
_HISTORY = (
    select(table_of(HistoryRow))
    .where(
        HistoryRow.subject == Subject.ESCALATION.value,
        HistoryRow.subject_key == bindparam("number"),
    )
    .order_by(HistoryRow.serial)
)

_FIRST_HEIR = (
    select(EscalationRow.id, EscalationRow.number, EscalationRow.state, EscalationRow.heir_id)
    .where(EscalationRow.id == bindparam("heir_id"))
    .cte("heirs", recursive=True)
)
_Next = aliased(EscalationRow, name="next")
_HEIRS = _FIRST_HEIR.union(
    select(_Next.id, _Next.number, _Next.state, _Next.heir_id)
    .join(_FIRST_HEIR, _Next.id == _FIRST_HEIR.c.heir_id)
    .where(_FIRST_HEIR.c.state == EscalationState.RETRACTED)
)
_LAST_HEIR = select(_HEIRS.c.number, _HEIRS.c.state).where(
    or_(_HEIRS.c.state != EscalationState.RETRACTED, _HEIRS.c.heir_id.is_(None))
)
"""The case at the end of the chain: an heir that was retracted itself names its own."""


def open_case(connection: Connection, actor: Actor, number: str, day: date) -> CaseFile:
    """Return the file of a case as far as `actor` may read it; NotFound outside the scope.

    An agency reads what was asked of it, what it answered and what was decided; what passed
    between inspectors and those who decide is not handed out. `holder_agencies` is left to
    who knows the roster.
    """
    rows = connection.execute(
        _CASE.add_columns(may_open(actor, day).label("directive_read")).where(
            visible_to(actor, day)
        ),
        {"number": number, "day": day},
    ).all()
    if not rows:
        raise NotFound
    is_agency = actor.role in AGENCY_ROLES
    file = _with_facts(connection, _file(rows))
    if rows[0].heir_id is not None:
        file = replace(file, **_heir(connection, rows[0].heir_id))
    if is_agency:
        papers = tuple(paper for paper in file.papers if paper.kind not in WITHIN)
        return replace(file, papers=papers)
    return replace(file, links=history_of(connection, number))


def _heir(connection: Connection, heir_id: int) -> dict[str, Any]:
    """Return which case took over in the end, and whether it stands."""
    last = connection.execute(_LAST_HEIR, {"heir_id": heir_id}).one()
    return {"heir": last.number, "heir_stands": last.state != EscalationState.RETRACTED}


def _with_facts(connection: Connection, file: CaseFile) -> CaseFile:
    """Add raises and papers, and what the guards ask of them."""
    one = file.escalation
    papers = papers_of(connection, one.id)
    file = replace(file, papers=papers, raises=raises_of(connection, one.id))
    latest = file.latest
    serial = latest.serial if latest else 0
    concerned = latest.agencies if latest else frozenset()
    own = frozenset({one.agency_id} if one.agency_id is not None else ())
    oldest_first = reversed(papers)
    return replace(
        file,
        escalation=replace(
            one,
            raise_serial=serial,
            concerned=concerned | own,
            basis=latest.basis if latest else one.basis,
            directives=tuple(directive.number for directive in file.directives),
            ordered=_is_ordered(file),
            **facts_of(oldest_first, serial),
        ),
    )


def _is_ordered(file: CaseFile) -> bool:
    """Whether a directive was issued since the last decision: an earlier one answers another."""
    decided = max((p.at for p in file.papers if p.kind is PaperKind.DECISION), default=None)
    return decided is not None and any(one.issued_at >= decided for one in file.directives)


def history_of(connection: Connection, number: str) -> tuple[Link, ...]:
    """Return the history of one case, oldest first."""
    return tuple(
        Link(serial=sealed.serial, digest=sealed.digest, entry=sealed.entry)
        for sealed in map(sealed_from, connection.execute(_HISTORY, {"number": number}))
    )


def _file(rows: Any) -> CaseFile:
    first = rows[0]
    values = {name: getattr(first, name) for name in _OWN}
    values["state"] = EscalationState(first.state)
    return CaseFile(
        escalation=Escalation(
            **values,
            raise_serial=0,
            agency_name=first.agency_name,
            holder_name=first.holder_name,
        ),
        rule=RuleFacts(
            code=first.rule_code,
            number=first.rule_number,
            body=first.body or {},
            act=first.rule_act,
            from_on=first.rule_from_on,
            is_proposal=first.rule_is_proposal,
        ),
        group=first.group_json,
        agency_code=first.agency_code,
        opened_on=first.opened_on,
        closed_on=first.closed_on,
        next_change_on=first.next_change_on,
        raised_at=first.raised_at,
        retracted_at=first.retracted_at,
        retracted_reason=first.retracted_reason,
        earlier=first.earlier,
        joined=tuple(sorted(first.joined.split())),
        marks=_marks(rows),
        directives=_directives(rows),
    )


def _marks(rows: Any) -> tuple[Mark, ...]:
    found = {row.mark_id: row for row in rows if row.mark_id is not None}
    return tuple(
        Mark(
            reason=row.mark_reason,
            from_on=row.mark_from_on,
            to_on=row.mark_to_on,
            expires_on=row.mark_expires_on,
            by=row.mark_by,
        )
        for row in found.values()
    )


def _directives(rows: Any) -> tuple[IssuedFrom, ...]:
    found = {row.directive_number: row for row in rows if row.directive_number is not None}
    return tuple(
        IssuedFrom(
            number=row.directive_number,
            content=row.directive_content,
            state=row.directive_state,
            due_on=row.directive_due_on,
            lead=row.directive_lead,
            is_read=bool(row.directive_read),
            issued_at=row.directive_at,
        )
        for row in found.values()
    )
