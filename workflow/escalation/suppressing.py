"""A mark above the engine: what is explained by something else, why, by whom, until when.

It never changes an episode (product.md §6). A portal that was down for three days made half the
province late; the mark says so beside every escalation it covers, and the list of what is
suppressed can be read by everyone who reads the cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.days import local_day
from workflow.errors import Invalid, NotFound, Refused
from workflow.escalation.rules import check_reason, require_drafter
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by
from workflow.text import clean

LONGEST_FIELD = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which escalations a mark covers: those opened from a day to a day, both included.

    An empty rule, agency or field is any; a field covers escalations that name it.
    """

    from_on: date
    to_on: date
    rule: str = ""
    agency_id: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """One mark as it is kept; `ended_at` when somebody ended it before it expired."""

    id: int
    scope: Scope
    reason: str
    expires_on: date
    entered_by: int
    entered_at: datetime
    ended_by: int | None = None
    ended_at: datetime | None = None
    end_reason: str = ""

    def stands_on(self, day: date) -> bool:
        """Whether the mark holds on a day."""
        return self.ended_at is None and day <= self.expires_on


class SuppressionMemory(Protocol):
    """Marks within one transaction."""

    def knows_rule(self, code: str) -> bool:
        """Return whether a rule bears this code."""

    def knows_agency(self, agency_id: int) -> bool:
        """Return whether there is, or ever was, such an agency."""

    def add(
        self, scope: Scope, *, reason: str, expires_on: date, by: int, at: datetime
    ) -> Suppression:
        """Add a mark and return it as loaded."""

    def suppression(self, suppression_id: int) -> Suppression | None:
        """Return a mark, held for writing."""

    def end(self, suppression: Suppression, *, reason: str, by: int, at: datetime) -> None:
        """End a mark."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""


def suppress(
    memory: SuppressionMemory,
    actor: Actor,
    scope: Scope,
    *,
    reason: str,
    expires_on: date,
    at: datetime,
) -> Suppression:
    """Mark what is explained by something else; inspector or office.

    Invalid: `to_on` before `from_on`, `expires_on` before today, `rule` or `agency_id` that
    nobody knows, a scope of everything (`rule`: "scope_needed"), `reason`.
    """
    today = local_day(at)
    require_drafter(actor, today)
    scope = Scope(
        from_on=scope.from_on,
        to_on=scope.to_on,
        rule=scope.rule.strip(),
        agency_id=scope.agency_id,
        field=clean(scope.field),
    )
    _check(memory, scope, expires_on, today)
    reason = check_reason(reason)
    added = memory.add(scope, reason=reason, expires_on=expires_on, by=actor.account_id, at=at)
    memory.append(
        entry_by(
            actor,
            at,
            Subject.RULE,
            name_of(added),
            "suppress",
            after=_told(added) | {"ended": False},
            reason=reason,
        )
    )
    return added


def name_of(suppression: Suppression) -> str:
    """Return what history calls a mark."""
    return f"suppression {suppression.id}"


def _check(memory: SuppressionMemory, scope: Scope, expires_on: date, today: date) -> None:
    errors = {}
    if scope.to_on < scope.from_on:
        errors["to_on"] = "period_reversed"
    if expires_on < today:
        errors["expires_on"] = "date_past"
    if not (scope.rule or scope.agency_id or scope.field):
        errors["rule"] = "scope_needed"
    if scope.rule and not memory.knows_rule(scope.rule):
        errors["rule"] = "not_a_choice"
    if scope.agency_id is not None and not memory.knows_agency(scope.agency_id):
        errors["agency_id"] = "not_an_agency"
    if len(scope.field) > LONGEST_FIELD:
        errors["field"] = "too_long"
    if errors:
        raise Invalid(errors)


def _told(one: Suppression) -> dict[str, object]:
    return {
        "rule": one.scope.rule,
        "agency_id": one.scope.agency_id,
        "field": one.scope.field,
        "from_on": one.scope.from_on,
        "to_on": one.scope.to_on,
        "expires_on": one.expires_on,
    }


def end_suppression(
    memory: SuppressionMemory, actor: Actor, suppression_id: int, *, reason: str, at: datetime
) -> None:
    """End a mark before it expires; what it covered stands unmarked from now on."""
    today = local_day(at)
    require_drafter(actor, today)
    found = memory.suppression(suppression_id)
    if found is None:
        raise NotFound
    if not found.stands_on(today):
        raise Refused("suppression_over")
    reason = check_reason(reason)
    memory.end(found, reason=reason, by=actor.account_id, at=at)
    memory.append(
        entry_by(
            actor,
            at,
            Subject.RULE,
            name_of(found),
            "end_suppression",
            before={"ended": False},
            after={"ended": True},
            reason=reason,
        )
    )
