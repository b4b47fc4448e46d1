"""Which period a report is for that an officer prepares: clerk or head files it there."""

from __future__ import annotations

from datetime import date

from flask import url_for

from models.periods.page import StandingWork, standing_work
from web.directives.doors import door_label
from web.formats import vn_date
from web.periods.naming import name_of
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.accounts.records import Role
from workflow.directives.guards import Case
from workflow.directives.records import Action
from workflow.directives.rules import refusal_of
from workflow.periods.records import Period, PeriodState


def next_open(work: StandingWork, day: date) -> Period | None:
    """Return the first period that has begun and was not reported: the next report is its."""
    return next(
        (one for one in work.periods if one.state is PeriodState.OPEN and one.from_on <= day), None
    )


def told_for(case: Case) -> str:
    """Return for which period a report that is prepared today will be filed; empty where none."""
    work = standing_work(reading_unit().connection, case.directive.id)
    period = next_open(work, case.day) if work else None
    if work is None or period is None:
        return ""
    return _(
        "Cho kỳ %(name)s (%(start)s – %(end)s), hạn %(due)s; đầu mối hoặc thủ trưởng nộp.",
        name=name_of(period, work.plan.recurs),
        start=vn_date(period.from_on),
        end=vn_date(period.to_on),
        due=vn_date(period.due_on),
    )


def way_to_prepare(case: Case, period: Period, work: StandingWork) -> dict[str, str] | None:
    """Return the officer's next step on a period that is theirs to prepare; None for others."""
    prepares = case.actor.role is Role.AGENCY_OFFICER and period == next_open(work, case.day)
    if not prepares or refusal_of(Action.PREPARE, case) is not None:
        return None
    number = case.directive.number
    url = url_for("directives.act", number=number, action=Action.PREPARE.value)
    return {"url": url, "label": door_label(Action.PREPARE, case)}
