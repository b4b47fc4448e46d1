"""Cases in words: what fired, how much of what, until when somebody has to answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from web.escalation.reading import weights_in_words
from web.escalation.words import GROUP_KEYS, PERIODS
from web.formats import vn_date, vn_number
from web.speech import gettext as _
from web.speech import ngettext
from workflow.calendar.working import WorkingCalendar
from workflow.errors import Invalid
from workflow.escalation.planning import first_day
from workflow.escalation.rulebook import rule_from


def window_words(body: Mapping[str, object]) -> str:
    """Return a rule's window: "trong 30 ngày", "trong quý"."""
    window = body.get("window")
    if not isinstance(window, Mapping):
        return ""
    days, period = window.get("days"), window.get("calendar")
    if isinstance(days, int):
        return ngettext("trong %(num)s ngày", "trong %(num)s ngày", days)
    return _("trong %(period)s", period=PERIODS[str(period)]) if period else ""


def weights_words(body: Mapping[str, object]) -> str:
    """Return what a violation counts under a rule with weights; "" where each counts one."""
    try:
        rule = rule_from(body)
    except Invalid:
        return ""
    return weights_in_words(rule) if rule.weights else ""


def edges_of(body: Mapping[str, object], day: date) -> tuple[date, date] | None:
    """Return the first and the last day that a raise of `day` counted; None without its rule."""
    try:
        window = rule_from(body).window
    except Invalid:
        return None
    return first_day(window, day), day


def edges_words(body: Mapping[str, object], day: date) -> str:
    """Return from which day to which a raise of `day` counted; "" where the rule is not at hand."""
    edges = edges_of(body, day)
    if edges is None:
        return ""
    first, last = map(vn_date, edges)
    return _("Kỳ tính từ %(first)s đến hết %(last)s.", first=first, last=last)


def threshold(body: Mapping[str, object], level: int) -> int | None:
    """Return the score that makes `level` under a rule."""
    levels = body.get("levels")
    if not isinstance(levels, list) or not 1 <= level <= len(levels):
        return None
    return int(levels[level - 1])


def count_words(body: Mapping[str, object], level: int, score: int) -> str:
    """Return how much of what: "6 điểm trong 30 ngày, vượt ngưỡng 5 của mức 2".

    A level that the score alone does not reach stands because the group came back soon.
    """
    need = threshold(body, level)
    points = _("%(score)s điểm", score=vn_number(score))
    counted = f"{points} {window_words(body)}".strip()
    if need is None:
        return counted
    if score < need:
        return _(
            "%(counted)s; mức %(level)s vì lặp lại trong %(days)s ngày",
            counted=counted,
            level=level,
            days=body.get("repeat_within_days"),
        )
    if score == need:
        return _("%(counted)s, đủ ngưỡng của mức %(level)s", counted=counted, level=level)
    return _(
        "%(counted)s, vượt ngưỡng %(need)s của mức %(level)s",
        counted=counted,
        need=vn_number(need),
        level=level,
    )


def group_words(group: Mapping[str, str], agency_name: str) -> str:
    """Return what the violations are gathered by: the agency under its name, then the rest."""
    rest = [
        value if key == "field" else f"{GROUP_KEYS.get(key, key)} {value}"
        for key, value in group.items()
        if key != "agency"
    ]
    agency = agency_name or group.get("agency", "")
    return " · ".join(part for part in (agency, *rest) if part)


class DeskClock:
    """How long somebody still has, in working days; after that, for how many days it is over."""

    def __init__(self, calendar: WorkingCalendar, today: date) -> None:
        self._calendar = calendar
        self._today = today

    def of(self, answer_by: date | None) -> dict[str, int | None]:
        """Return working days left, or calendar days over, as the macros of dates take them."""
        if answer_by is None:
            return {"left": None, "over": None}
        if answer_by < self._today:
            return {"left": None, "over": (self._today - answer_by).days}
        return {"left": self._left(answer_by), "over": None}

    def _left(self, answer_by: date) -> int:
        try:
            return self._calendar.working_days_between(self._today, answer_by)
        except Invalid:
            return 0
