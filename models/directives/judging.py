"""Which reports that wait a person may judge, as a condition of the query itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from models.directives.queries import ACTIVE
from models.directives.rows import DirectiveRow
from workflow.accounts.records import Actor

BY_ME, BY_OTHERS = "me", "others"
_Judged = aliased(DirectiveRow, name="judged")
IS_REPORTED: ColumnElement[bool] = and_(*(DirectiveRow.state != state for state in ACTIVE))
"""Of open work, a report that waits: said so, the index of open work is enough (`rows.OPEN`)."""


def independent_of(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition that a person had no hand in a directive and is not of its lead.

    It is `workflow.directives.guards.independent` in SQL; who may judge at all is asked
    beside it.
    """
    people = sorted({actor.account_id} | {t.account_id for t in actor.ties if t.stands_on(day)})
    agencies = sorted(actor.agencies_on(day))
    reporter = DirectiveRow.reported_by
    return and_(
        DirectiveRow.lead_agency_id.not_in(agencies),
        or_(DirectiveRow.report_recorded.is_(True), reporter.is_(None), reporter.not_in(people)),
        ~_hand_of(people),
    )


def judged_by(who: str, actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition that a report waits for this person (`me`), or for somebody else.

    It is asked of open work (`queries.IS_OPEN`) only.
    """
    mine = independent_of(actor, day)
    return and_(IS_REPORTED, mine if who == BY_ME else ~mine)


def _hand_of(people: list[int]) -> ColumnElement[bool]:
    """Return the condition that one of these accounts is in the stored list (`[1, 7]`).

    The list is compared as text, in the same words on both databases. It is looked up by the
    directive's key and after all else was asked: so an index of what waits is enough for the rest.
    """
    listed: ColumnElement[str] = cast(_Judged.touched_by, String)
    for sign in "[] ":
        listed = func.replace(listed, sign, "" if sign == " " else ",", type_=String)
    hands = or_(*(listed.contains(f",{one},", autoescape=True) for one in people))
    its_own = select(hands).where(_Judged.id == DirectiveRow.id)
    return its_own.correlate(DirectiveRow).scalar_subquery()
