"""The reporting periods on the page of their directive: the year at a glance."""

from __future__ import annotations

from typing import Any

from flask import url_for

from models.directives.facts import DirectiveFile
from models.periods.page import StandingWork, standing_work
from web.deadlines.telling import recurs_told
from web.directives.clock import Hands
from web.documents.sums import YearSum, year_told
from web.identity import current_actor
from web.labels import label
from web.periods.naming import name_of
from web.periods.telling import figures_of, list_url, shown
from web.refusals import sentence
from web.wiring import reading_unit
from workflow.directives.records import Directive
from workflow.directives.usecases import Ground
from workflow.doors import Refusal
from workflow.periods.choosing import ChoiceCase, is_standing_work, refusal_to_choose
from workflow.periods.guards import HAVE_ENDED, PeriodCase
from workflow.periods.records import PeriodAction, PeriodState
from workflow.periods.rules import refusal_of
from workflow.periods.totals import year_total

MOST_SHOWN = 16
"""A year of months stands whole on the page; of a year of weeks, what is owed next."""


def strip_of(file: DirectiveFile, ground: Ground, hands: Hands) -> dict[str, Any] | None:
    """Return what the directive's page shows of its periods; None where it has none by law."""
    d = file.directive
    if not is_standing_work(d, file.clause.deadline):
        return None
    work = standing_work(reading_unit().connection, d.id) if d.has_periods else None
    refusal = choice_refusal(file, work, ground)
    facts: dict[str, Any] = {
        "work": work,
        "choose_url": url_for("periods.rhythm", number=d.number) if refusal is None else None,
        "why_not": sentence(refusal.code, refusal.params) if refusal and not work else "",
    }
    if work is None:
        return facts
    return facts | _of_work(d, work, hands) | {"step": _step(d, work, ground)}


def _step(d: Directive, work: StandingWork, ground: Ground) -> dict[str, str] | None:
    """Return what this person does next on the periods: the first that can be judged or filed."""
    for action in (PeriodAction.CONFIRM, PeriodAction.REPORT):
        for period in work.periods:
            case = PeriodCase(
                period=period,
                directive=d,
                actor=current_actor(),
                day=ground.day,
                calendar=ground.calendar,
            )
            if refusal_of(action, case) is None:
                words = label(action, "period_action")
                url = url_for(
                    "periods.act", number=d.number, serial=period.serial, action=action.value
                )
                return {
                    "label": f"{words} {name_of(period, work.plan.recurs)}",
                    "url": url,
                    "code": action.value,
                }
    return None


def choice_refusal(
    file: DirectiveFile, work: StandingWork | None, ground: Ground
) -> Refusal | None:
    """Return why this person cannot set the periods now, or None when they can."""
    return refusal_to_choose(
        ChoiceCase(
            directive=file.directive,
            deadline=file.clause.deadline,
            plan=work.plan if work else None,
            periods=work.periods if work else (),
            actor=current_actor(),
            day=ground.day,
        )
    )


def _of_work(d: Directive, work: StandingWork, hands: Hands) -> dict[str, Any]:
    since = d.suspended_since
    recurs = work.plan.recurs
    rows = [shown(period, d.number, hands, since, recurs) for period in work.periods]
    missing = sum(row["is_missing"] for row in rows)
    return {
        "recurs": recurs_told(recurs),
        "figures": figures_of(work.periods, d.number, hands.today, since),
        "rows": _next_ones(rows),
        "total": len(rows),
        "all_url": list_url(number=d.number),
        "missing": missing,
        "year": _year_of(d, work, hands),
        "is_past_year": _waits_for_its_end(d, work, hands),
        "waiting": sum(p.state is PeriodState.REPORTED for p in work.periods),
        "waits": [row["name"] for row in rows if row["of"].state is PeriodState.REPORTED],
    }


def _year_of(d: Directive, work: StandingWork, hands: Hands) -> YearSum | None:
    told = work.told_by(hands.today, d.suspended_since)
    total = year_total(told, d.target_basis, d.target_unit, hands.today)
    return year_told([total], d) if total is not None else None


def _waits_for_its_end(d: Directive, work: StandingWork, hands: Hands) -> bool:
    """Whether the year is over and the night has not ended the work; never what was reopened."""
    plan = work.plan
    return plan.ends_on < hands.today and plan.closed_on is None and d.state not in HAVE_ENDED


def _next_ones(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return all rows, or where they are many those from the first one that is not settled."""
    if len(rows) <= MOST_SHOWN:
        return rows
    settled = {PeriodState.CONFIRMED, PeriodState.ENDED}
    first = next((i for i, row in enumerate(rows) if row["of"].state not in settled), len(rows))
    first = max(0, min(first, len(rows) - MOST_SHOWN))
    return rows[first : first + MOST_SHOWN]
