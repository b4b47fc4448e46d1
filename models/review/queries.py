"""Which cases a person may read, and which wait for whom, as conditions of the query itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    String,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from models.accounts.rows import MembershipRow
from models.agencies.scope import under, within
from models.directives.rows import DirectiveRow
from models.escalation.rows import EscalationRow, SuppressionRow
from models.lasting import stands_on
from models.review.rows import (
    EscalationDirectiveRow,
    ReviewFileRow,
    ReviewPaperCaseRow,
    ReviewPaperRow,
)
from models.violations.queries import NOT_FRESH
from models.violations.queries import visible_to as violations_visible_to
from models.violations.rows import ViolationRow
from workflow.accounts.reach import reach_of
from workflow.accounts.records import AGENCY_ROLES, Actor, Role
from workflow.errors import NotFound
from workflow.review.records import (
    OPEN,
    EscalationState,
    IssuedFrom,
    KeptFile,
    Measure,
    PaperKind,
)
from workflow.violations.records import ViolationState

IS_OPEN: ColumnElement[bool] = EscalationRow.state.in_(OPEN)
IS_UNHELD: ColumnElement[bool] = and_(
    IS_OPEN,
    EscalationRow.state != EscalationState.DECIDED,
    EscalationRow.holder_id.is_(None),
)
MARKED: ColumnElement[bool] = and_(
    or_(SuppressionRow.rule_code == "", SuppressionRow.rule_code == EscalationRow.rule_code),
    or_(SuppressionRow.agency_id.is_(None), SuppressionRow.agency_id == EscalationRow.agency_id),
    or_(
        SuppressionRow.field_text == "",
        SuppressionRow.field_text == EscalationRow.group_json["field"].as_string(),
    ),
    SuppressionRow.from_on <= EscalationRow.opened_on,
    SuppressionRow.to_on >= EscalationRow.opened_on,
    SuppressionRow.expires_on >= bindparam("day"),
    SuppressionRow.ended_at.is_(None),
)
"""A mark that stands over the case on `day`, which the statement is given."""
WITHIN = frozenset({PaperKind.PROPOSAL, PaperKind.SENT_BACK})
"""Papers between inspectors and those who decide: no agency reads them."""


def visible_to(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a case on `day`.

    It is `workflow.review.standing.may_see` in SQL.
    """
    return within(reach_of(actor, day), lambda path: EscalationRow.agency_id.in_(under(path)))


def waits_for(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a case waits for something this person may do.

    An inspector: what they hold. The leader: that, and proposals above a reminder. The
    office: proposals of a reminder, and decided cases to act on. An agency's head and
    clerk: the letters to answer.
    """
    held = and_(EscalationRow.holder_id.in_(sorted(actor.hands)), IS_OPEN)
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
        stands_on(MembershipRow, day),
    )
    return or_(EscalationRow.holder_id.in_(colleagues), EscalationRow.holder_id.is_(None))


def counts_beside(actor: Actor, day: date) -> dict[str, ScalarSelect[int]]:
    """Return what a person's first page counts of the desk, each as a column of its statement.

    `desk_mine` waits for them, `desk_late` of it is past its clock; `desk_open` and
    `desk_unheld` are of all they may read. An inspector's also counts `violations_contested`, an
    agency's own and those below these and `violations_settled`, which count for good.
    """
    mine = waits_for(actor)
    counted: dict[str, ColumnElement[bool]] = {
        "desk_mine": mine,
        "desk_late": and_(mine, EscalationRow.answer_by < day),
        "desk_open": IS_OPEN,
        "desk_unheld": IS_UNHELD,
    }
    found = {
        name: select(func.count())
        .select_from(EscalationRow)
        .where(visible_to(actor, day), condition)
        .scalar_subquery()
        for name, condition in counted.items()
    }
    if actor.role is Role.INSPECTOR or actor.role in AGENCY_ROLES:
        found["violations_contested"] = _violations(actor, day, ViolationState.CONTESTED)
    if actor.role in AGENCY_ROLES:
        settled = (ViolationState.CONFIRMED, ViolationState.UPHELD)
        found["violations_settled"] = _violations(actor, day, *settled)
    return found


def _violations(actor: Actor, day: date, *states: ViolationState) -> ScalarSelect[int]:
    """How many violations stand in some states that somebody put them in."""
    return (
        select(func.count())
        .select_from(ViolationRow)
        .where(
            violations_visible_to(actor, day),
            NOT_FRESH,
            ViolationRow.state.in_(states),
        )
        .scalar_subquery()
    )


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


def cases_behind(actor: Actor, day: date) -> ColumnElement[str | None]:
    """Return, beside a directive, the cases it was issued from, as `issued_from` reads them.

    As far as `actor` may read them on `day`.
    """
    told = EscalationRow.number + _IN + type_coerce(EscalationRow.state, String)
    return (
        select(func.aggregate_strings(told, ","))
        .join(EscalationDirectiveRow, EscalationDirectiveRow.escalation_id == EscalationRow.id)
        .where(EscalationDirectiveRow.directive_id == DirectiveRow.id, visible_to(actor, day))
        .correlate(DirectiveRow)
        .scalar_subquery()
    )


_IN = ":"


def issued_from(told: str | None) -> tuple[IssuedFrom, ...]:
    """Return the cases that `cases_behind` found, by number."""
    pairs = sorted(one.split(_IN) for one in told.split(",")) if told else ()
    return tuple(
        IssuedFrom(number, EscalationState(state) is not EscalationState.RETRACTED)
        for number, state in pairs
    )


def exact_case(connection: Connection, actor: Actor, words: str, day: date) -> str | None:
    """Return the number of the case that bears exactly these words, within the scope."""
    found = select(EscalationRow.number).where(
        EscalationRow.number == words.upper(), visible_to(actor, day)
    )
    return connection.execute(found).scalar_one_or_none()
