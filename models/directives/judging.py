"""Which reports that wait a person may judge, as a condition of the query itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, String, and_, cast, func, or_

from models.directives.rows import DirectiveRow
from workflow.accounts.records import Actor
from workflow.directives.records import State

BY_ME, BY_OTHERS = "me", "others"
IS_REPORTED: ColumnElement[bool] = DirectiveRow.state == State.REPORTED


def independent_of(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition that a person had no hand in a directive and is not of its lead.

    It is `workflow.directives.guards.independent` in SQL; who may judge at all is asked
    beside it.
    """
    people = sorted({actor.account_id} | {t.account_id for t in actor.ties if t.stands_on(day)})
    agencies = sorted(actor.agencies_on(day))
    reporter = DirectiveRow.reported_by
    return and_(
        *(~_hand_of(one) for one in people),
        or_(DirectiveRow.report_recorded.is_(True), reporter.is_(None), reporter.not_in(people)),
        DirectiveRow.lead_agency_id.not_in(agencies),
    )


def judged_by(who: str, actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition that a report waits for this person (`me`), or for somebody else."""
    mine = independent_of(actor, day)
    return and_(IS_REPORTED, mine if who == BY_ME else ~mine)


def _hand_of(account_id: int) -> ColumnElement[bool]:
    """Return the condition that an account is in the stored list, which reads `[1, 7]`.

    The list is compared as text, in the same words on both databases; only the few rows of
    reports that wait are ever looked at so.
    """
    listed: ColumnElement[str] = cast(DirectiveRow.touched_by, String)
    for sign in "[] ":
        listed = func.replace(listed, sign, "" if sign == " " else ",", type_=String)
    return listed.contains(f",{account_id},", autoescape=True)
