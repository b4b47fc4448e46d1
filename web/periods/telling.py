"""One period as pages tell it: its words, its clock, and how much too early or late it came."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from flask import url_for

from web.addresses import page_at
from web.calendar.words import off_day
from web.directives.clock import Hands
from web.formats import vn_date
from web.labels import label
from web.periods.naming import name_of
from web.speech import gettext as _
from web.speech import ngettext
from workflow.periods.records import Outcome, Period, PeriodState
from workflow.periods.timing import AS_DIRECTIVE, days_early, is_paused, outcome_of

TONES = {
    PeriodState.OPEN: ("plain", "progress"),
    PeriodState.REPORTED: ("plain", "hourglass"),
    PeriodState.CONFIRMED: ("verified", "circle-check"),
    PeriodState.ENDED: ("gone", "player-stop"),
}


def period_url(number: str, serial: int) -> str:
    """Return the page of one period."""
    return url_for("periods.show", number=number, serial=serial)


def list_url(**view: str | int) -> str:
    """Return the list of periods narrowed to a view: the rows behind a figure."""
    return page_at("periods.index", view)


def shown(
    period: Period, number: str, hands: Hands, suspended_since: date | None, recurs: str
) -> dict[str, Any]:
    """Return a period as lists and pages show it; `recurs` is the rule that gave it."""
    tone, sign = TONES[period.state]
    paused = is_paused(period, suspended_since)
    clock = hands.of(AS_DIRECTIVE[period.state], period.due_on, period.completed_on)
    return {
        "of": period,
        "serial": period.serial,
        "tick": tick_of(number, period),
        "name": name_of(period, recurs),
        "url": period_url(number, period.serial),
        "state": label(period.state, "period_state"),
        "tone": tone,
        "sign": sign,
        "clock": None if paused or not clock.code else clock,
        "is_paused": paused,
        "early": early_words(period),
        "before_end": before_end(period, hands.today),
        "off": off_day(period.due_on, hands.calendar),
        "is_missing": outcome_of(period, hands.today, suspended_since=suspended_since)
        is Outcome.MISSING,
    }


def tick_of(number: str, period: Period) -> str:
    """Return what a box says of a period: which one, and when the report seen was filed."""
    at = period.reported_at
    return f"{number}/{period.serial}" + (f"/{at.isoformat()}" if at else "")


def early_words(period: Period) -> str:
    """Return by how much a report came before its day; empty when it did not."""
    days = days_early(period)
    return ngettext("sớm %(num)s ngày", "sớm %(num)s ngày", days) if days else ""


def before_end(period: Period, day: date) -> str:
    """Say that a report came, or comes on `day`, before its period is over; empty where not.

    It counts as in time, and early: the due day alone decides. What it can't tell is what the
    days left bring, so whoever files and whoever judges is told how many these are.
    """
    reported = period.completed_on
    left = (period.to_on - (reported or day)).days
    if left <= 0:
        return ""
    if reported is None:
        return ngettext(
            "Kỳ còn %(num)s ngày mới hết (%(end)s). Báo cáo hôm nay tính đúng hạn nhưng chưa gồm "
            "những ngày còn lại.",
            "Kỳ còn %(num)s ngày mới hết (%(end)s). Báo cáo hôm nay tính đúng hạn nhưng chưa gồm "
            "những ngày còn lại.",
            left,
            end=vn_date(period.to_on),
        )
    return ngettext(
        "Báo cáo khi kỳ còn %(num)s ngày mới hết (%(end)s): tính đúng hạn nhưng chưa gồm những "
        "ngày ấy.",
        "Báo cáo khi kỳ còn %(num)s ngày mới hết (%(end)s): tính đúng hạn nhưng chưa gồm những "
        "ngày ấy.",
        left,
        end=vn_date(period.to_on),
    )


def figures_of(
    periods: tuple[Period, ...], number: str, today: date, suspended_since: date | None
) -> list[dict[str, Any]]:
    """Return how the periods of a directive count, each figure with its rows."""
    found = [outcome_of(p, today, suspended_since=suspended_since) for p in periods]
    waiting = Counter(
        outcome
        for period, outcome in zip(periods, found, strict=True)
        if period.state is PeriodState.REPORTED
    )
    tones = {Outcome.MISSING: "late", Outcome.LATE: "late"}
    return [
        {
            "number": found.count(one),
            "label": _counted(one, waiting[one]),
            "url": list_url(number=number, count=one.value),
            "tone": tones.get(one),
        }
        for one in Outcome
        if one in found
    ]


def _counted(outcome: Outcome, waiting: int) -> str:
    """Return the words of a figure; a report nobody confirmed yet counts, and is told."""
    words = _("kỳ %(how)s", how=label(outcome, "period_outcome"))
    if not waiting:
        return words
    return f"{words} ({ngettext('%(num)s chờ xác nhận', '%(num)s chờ xác nhận', waiting)})"
