"""What a night asks of the engine before it does anything: whether time alone changed a group."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, text
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyRow, SuccessionRow
from models.escalation.rows import (
    CHANGING,
    EscalationClockRow,
    EscalationRow,
    HeldTouchRow,
    RuleVersionRow,
)
from models.jobs.looking import DAY, Asked, asked_of
from workflow.escalation.versions import JUDGING


def time_changes(day: date) -> Asked:
    """Whether an episode may end by `day`, or what lay ahead has come: `sweeping.sweep` in SQL.

    Also when evaluation never began, has come further than `day`, or an import holds anything
    back.
    """
    return asked_of(_changes(), day)


@cache
def _changes() -> ColumnElement[bool]:
    clock = EscalationClockRow
    swept = func.coalesce(clock.swept_on, literal(date.min, clock.swept_on.type))
    kept = select(clock.id)
    running = select(EscalationRow.id).where(text(CHANGING), EscalationRow.next_change_on <= DAY)
    return or_(
        ~kept.exists(),
        kept.where(or_(clock.evaluated_to > DAY, clock.later_from <= DAY)).exists(),
        running.exists(),
        kept.where(_turned(swept)).exists(),
        kept.where(_passed_on(swept)).exists(),
        select(HeldTouchRow.id).exists(),
    )


def _turned(swept: ColumnElement[date]) -> ColumnElement[bool]:
    """A version began or ended to judge since the last sweep."""
    version = RuleVersionRow
    begun = and_(version.from_on > swept, version.from_on <= DAY)
    ended = and_(version.to_on >= swept, version.to_on < DAY)
    judges = or_(*(version.state == state for state in sorted(JUDGING)))
    return select(version.id).where(judges, or_(begun, ended)).exists()


def _passed_on(swept: ColumnElement[date]) -> ColumnElement[bool]:
    """An agency went over into another since the last sweep."""
    old, on = aliased(AgencyRow), SuccessionRow.on
    gone = select(SuccessionRow.id).join(old, old.id == SuccessionRow.predecessor_id)
    return gone.where(old.valid_to < on, on > swept, on <= DAY).exists()
