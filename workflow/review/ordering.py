"""The order in which inspectors get cases: the admin's, with absences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.errors import Invalid
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.review.ports import ReviewMemory
from workflow.review.roster import Place

KEY = "order"


def set_order(memory: ReviewMemory, actor: Actor, order: Sequence[Place], *, at: datetime) -> None:
    """Make this the order; inspectors it leaves out come after it, by name.

    The admin's, who has no say in any case. Invalid: `order` names somebody twice or
    somebody who is no inspector; an absence that ends before it begins.
    """
    day = local_day(at)
    require_admin(actor, day)
    known = memory.inspectors(day)
    accounts = [place.account_id for place in order]
    errors: dict[str, str] = {}
    if len(set(accounts)) != len(accounts):
        errors["order"] = "named_twice"
    elif not set(accounts) <= set(known):
        errors["order"] = "not_an_inspector"
    for place in order:
        if place.away_from and place.away_to and place.away_to < place.away_from:
            errors[f"away_to-{place.account_id}"] = "period_reversed"
    if errors:
        raise Invalid(errors)
    before = memory.order()
    if tuple(order) == before:
        return
    memory.save_order(order)
    memory.append(
        entry_by(
            actor,
            at,
            Subject.ESCALATION,
            KEY,
            "set_order",
            before={"order": _told(before, known)},
            after={"order": _told(order, known)},
        )
    )


def _told(order: Sequence[Place], names: dict[int, str]) -> list[dict[str, object]]:
    return [
        {
            "account": place.account_id,
            "name": names.get(place.account_id, ""),
            "away_from": place.away_from,
            "away_to": place.away_to,
        }
        for place in order
    ]
