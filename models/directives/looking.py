"""Conditions on what stands beside a directive: requests for input, routing, answers owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    literal_column,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import aliased

from models.accounts.rows import MembershipRow
from models.agencies.rows import AgencyRow
from models.directives.matter_rows import REPORT, InputRequestRow, PreparedRow, RoutingRow
from models.directives.queries import ACTIVE, RUNS
from models.directives.reports import OUTCOMES
from models.directives.rows import DirectiveRow, ReportRow
from models.history.rows import HistoryRow
from models.lasting import stands_on
from workflow.accounts.records import AGENCY_ROLES, Actor
from workflow.directives.holding import AskedBefore
from workflow.directives.records import Action
from workflow.history.records import Subject

IS_CURRENT = text("routings.is_current")
WAITS: ColumnElement[bool] = InputRequestRow.state == literal_column("'open'")
"""In the words of the indexes over them (`matter_rows`): so they are used."""
STANDS: ColumnElement[bool] = PreparedRow.state == literal_column("'standing'")
_Held = aliased(DirectiveRow, name="held_long")
RETURNED = OUTCOMES[Action.RETURN]
WAITING, LATE = "open", "late"
TO_ME, MINE_OR_NOBODYS, AWAY = "me", "open", "away"


def held_too_long(before: AskedBefore | None) -> ColumnElement[bool]:
    """Return the condition that those above hold a matter beyond its answer time.

    It is `workflow.directives.holding` in SQL, asked of open work only: a report waits since
    the day it came in. Requests and proposals walk small indexes of their own, in their words.
    """
    if before is None:
        return false()
    reported = and_(
        *(DirectiveRow.state != state for state in ACTIVE),
        DirectiveRow.completed_on <= before.report,
    )
    asked = select(_Held.id).where(
        text("(held_long.decline_standing OR held_long.extension_asked_to IS NOT NULL)"),
        or_(
            _Held.declined_on <= before.decline,
            and_(
                _Held.extension_asked_on <= before.extension,
                _Held.state != literal_column("'reported'"),
            ),
        ),
    )
    proposed = select(_Held.id).where(_Held.proposed_on <= before.proposal)
    return or_(reported, DirectiveRow.id.in_(union_all(asked, proposed)))


def beside_it(
    inputs: str, asked: str, routed: str, actor: Actor, day: date
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on requests for input, and on routing inside the actor's agency."""
    if inputs or asked:
        yield DirectiveRow.id.in_(_requests(inputs, asked, day))
    if inputs == LATE:
        yield RUNS
    if routed == TO_ME:
        yield DirectiveRow.id.in_(routed_to(actor, day))
    if routed == MINE_OR_NOBODYS:
        mine = DirectiveRow.id.in_(routed_to(actor, day))
        back = (DirectiveRow.id.in_(one) for one in back_with(actor))
        yield or_(~_routed_in(actor), mine, *back)
    if routed == AWAY:
        yield _routed_in(actor)
        yield DirectiveRow.id.not_in(routed_to(actor, day))
        yield from (DirectiveRow.id.not_in(one) for one in back_with(actor))


def _requests(inputs: str, asked: str, day: date) -> Select[int]:
    """Return the directives with a request that waits; late from the morning after its day."""
    found = select(InputRequestRow.directive_id).where(WAITS)
    if inputs == LATE:
        found = found.where(InputRequestRow.due_on < day)
    if asked:
        agency = select(AgencyRow.id).where(AgencyRow.code == asked)
        found = found.where(InputRequestRow.agency_id.in_(agency))
    return found


def _routed_in(actor: Actor) -> ColumnElement[bool]:
    return exists(
        select(RoutingRow.id).where(
            IS_CURRENT,
            RoutingRow.directive_id == DirectiveRow.id,
            RoutingRow.agency_id == actor.agency_id,
        )
    )


def is_own(actor: Actor) -> bool:
    """Whether somebody acts as one of an agency's own people: nobody else reads of these."""
    return actor.role in AGENCY_ROLES and actor.agency_id is not None


def prepared_in(actor: Actor) -> Select[int]:
    """Return the directives on which something prepared in the actor's agency waits."""
    return select(PreparedRow.directive_id).where(
        STANDS, PreparedRow.agency_id == (actor.agency_id if is_own(actor) else None)
    )


def reports_prepared_in(actor: Actor) -> Select[int]:
    """Return those of them whose report waits, and not only another act."""
    return prepared_in(actor).where(PreparedRow.act == literal_column(f"'{REPORT}'"))


def returned_in(actor: Actor) -> Select[int]:
    """Return what the actor's agency routed and reported, and those above returned since.

    Until it is routed again it waits for clerk or head too: they sent that report.
    """
    return (
        select(RoutingRow.directive_id)
        .join(ReportRow, ReportRow.directive_id == RoutingRow.directive_id)
        .where(
            IS_CURRENT,
            RoutingRow.agency_id == (actor.agency_id if is_own(actor) else None),
            ReportRow.outcome == RETURNED,
            ReportRow.ended_at >= RoutingRow.at,
        )
    )


def back_with(actor: Actor) -> tuple[Select[int], ...]:
    """Return what was routed and yet waits for clerk or head: prepared, or returned to them."""
    return prepared_in(actor), returned_in(actor)


def routed_to(actor: Actor, day: date) -> Select[int]:
    """Return the directives that the actor's agency routed to them, or to their division alone."""
    divisions = select(MembershipRow.division_id).where(
        MembershipRow.account_id == actor.principal_id,
        MembershipRow.agency_id == actor.agency_id,
        MembershipRow.division_id.is_not(None),
        stands_on(MembershipRow, day),
    )
    mine = RoutingRow.account_id == actor.principal_id
    theirs = and_(RoutingRow.account_id.is_(None), RoutingRow.division_id.in_(divisions))
    return select(RoutingRow.directive_id).where(
        IS_CURRENT,
        RoutingRow.agency_id == actor.agency_id,
        or_(mine, theirs),
    )


def directed_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a leader gave an instruction on a directive.

    By themselves, or recorded by the office as theirs, under their name.
    """
    name = actor.stands_for.name if actor.stands_for else actor.name
    of = HistoryRow
    theirs = or_(of.actor_id == actor.principal_id, of.given["said_by"].as_string() == name)
    return exists(
        select(of.serial).where(
            of.subject == Subject.DIRECTIVE.value,
            of.subject_key == DirectiveRow.number,
            of.action == Action.DIRECT.value,
            theirs,
        )
    )
