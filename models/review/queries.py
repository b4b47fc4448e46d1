"""Which cases a person may read, and which wait for whom, as conditions of the query itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, case, exists, false, func, or_, select, true

from models.accounts.rows import MembershipRow
from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from models.escalation.rows import EscalationRow
from models.review.rows import (
    EscalationDirectiveRow,
    ReviewFileRow,
    ReviewPaperCaseRow,
    ReviewPaperRow,
)
from workflow.accounts.records import AGENCY_ROLES, PROVINCE_ROLES, Actor, Role
from workflow.errors import NotFound
from workflow.review.records import (
    ENDED,
    EscalationState,
    KeptFile,
    Measure,
    PaperKind,
)

IS_OPEN: ColumnElement[bool] = EscalationRow.state.not_in(ENDED)
WITHIN = frozenset({PaperKind.PROPOSAL, PaperKind.SENT_BACK})
"""Papers between inspectors and those who decide: no agency reads them."""


def visible_to(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a case on `day`.

    It is `workflow.review.standing.may_see` in SQL.
    """
    if actor.is_system:
        return true()
    if not actor.holds_role_on(day):
        return false()
    if actor.role in PROVINCE_ROLES:
        return true()
    if actor.role not in AGENCY_ROLES or not actor.agency_path:
        return false()
    below = select(AgencyRow.id).where(
        AgencyRow.path.startswith(actor.agency_path, autoescape=True)
    )
    return EscalationRow.agency_id.in_(below)


def waits_for(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a case waits for something this person may do.

    An inspector: what they hold. The leader: that, and proposals above a reminder. The
    office: proposals of a reminder, and decided cases to act on. An agency's head and
    clerk: the letters to answer.
    """
    held = and_(EscalationRow.holder_id == actor.account_id, IS_OPEN)
    proposed = EscalationRow.state == EscalationState.PROPOSED
    if actor.role is Role.INSPECTOR:
        return and_(held, ~proposed)
    if actor.role is Role.LEADER:
        return or_(held, and_(proposed, last_measure() != Measure.ADMONITION))
    if actor.role is Role.OFFICE:
        return or_(
            and_(proposed, last_measure() == Measure.ADMONITION),
            EscalationRow.state == EscalationState.DECIDED,
        )
    if actor.role in AGENCY_ROLES:
        return EscalationRow.state == EscalationState.EXPLANATION_REQUESTED
    return false()


def last_measure() -> ColumnElement[Measure | None]:
    """Return the measure of the last proposal of a case."""
    return (
        select(ReviewPaperRow.measure)
        .join(ReviewPaperCaseRow, ReviewPaperCaseRow.paper_id == ReviewPaperRow.id)
        .where(
            ReviewPaperCaseRow.escalation_id == EscalationRow.id,
            ReviewPaperRow.kind == PaperKind.PROPOSAL,
        )
        .order_by(ReviewPaperRow.id.desc())
        .limit(1)
        .correlate(EscalationRow)
        .scalar_subquery()
    )


def held_in_team(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition that somebody of the actor's agency holds a case, or nobody does."""
    colleagues = select(MembershipRow.account_id).where(
        MembershipRow.agency_id == actor.agency_id,
        MembershipRow.role == Role.INSPECTOR,
        MembershipRow.valid_from <= day,
        or_(MembershipRow.valid_to.is_(None), MembershipRow.valid_to >= day),
    )
    return or_(EscalationRow.holder_id.in_(colleagues), EscalationRow.holder_id.is_(None))


def counts_for(connection: Connection, actor: Actor, day: date) -> dict[str, int]:
    """Return what a person's first page says of the desk, in one statement."""
    mine = waits_for(actor)
    over = and_(mine, EscalationRow.answer_by < day)
    graver = and_(IS_OPEN, EscalationRow.level >= 2)  # noqa: PLR2004 - from the second level on
    row = connection.execute(
        select(
            func.count(case((mine, 1))).label("mine"),
            func.count(case((over, 1))).label("late"),
            func.count(case((IS_OPEN, 1))).label("open"),
            func.count(case((graver, 1))).label("graver"),
            func.count(case((and_(IS_OPEN, EscalationRow.holder_id.is_(None)), 1))).label("unheld"),
        ).where(visible_to(actor, day))
    ).one()
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def readable_file(connection: Connection, actor: Actor, file_id: int, day: date) -> KeptFile:
    """Return a file of a paper to who may read one of its cases; NotFound outside the scope."""
    shown = ReviewPaperRow.kind.not_in(WITHIN) if actor.role in AGENCY_ROLES else true()
    read = exists(
        select(ReviewPaperCaseRow.paper_id)
        .join(EscalationRow, EscalationRow.id == ReviewPaperCaseRow.escalation_id)
        .where(ReviewPaperCaseRow.paper_id == ReviewFileRow.paper_id, visible_to(actor, day))
    )
    row = connection.execute(
        select(ReviewFileRow.__table__)
        .join(ReviewPaperRow, ReviewPaperRow.id == ReviewFileRow.paper_id)
        .where(ReviewFileRow.id == file_id, shown, read)
    ).one_or_none()
    if row is None:
        raise NotFound
    return KeptFile(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def cases_behind(connection: Connection, actor: Actor, directive_id: int, day: date) -> list[str]:
    """Return the numbers of the cases a directive was issued from, as far as one may read them."""
    return list(
        connection.execute(
            select(EscalationRow.number)
            .join(EscalationDirectiveRow, EscalationDirectiveRow.escalation_id == EscalationRow.id)
            .join(DirectiveRow, DirectiveRow.id == EscalationDirectiveRow.directive_id)
            .where(DirectiveRow.id == directive_id, visible_to(actor, day))
            .order_by(EscalationRow.id)
        ).scalars()
    )
