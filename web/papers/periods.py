"""Standing work on one paper: each line of it is the report of one period, never of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from models.periods.page import StandingWork, standing_works
from web.formats import vn_date
from web.papers.reading import Shut
from web.papers.sheets import Asked, Sheet
from web.periods.naming import name_of
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.directives.records import Action, Directive
from workflow.directives.usecases import Ground
from workflow.papers.lines import OF_PERIOD
from workflow.periods.records import Period, PeriodState
from workflow.periods.table import BY_ACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPeriod:
    """The period that a line reports: which one, and what the form says of it."""

    serial: int
    words: str


def periods_for(
    action: Action, directives: Iterable[Directive], ground: Ground
) -> tuple[dict[str, OfPeriod], tuple[Shut, ...]]:
    """Return by number which period each line of standing work reports, and what has none now.

    Nothing where the act is no report. One statement.
    """
    if action not in OF_PERIOD:
        return {}, ()
    several = [one for one in directives if one.has_periods]
    works = standing_works(reading_unit().connection, [one.id for one in several])
    found, shut = {}, []
    for one in several:
        work = works.get(one.id)
        period = work.to_report(ground.day) if work else None
        if work is None or period is None:
            shut.append(Shut(directive=one, reason=_why_none(work)))
        else:
            found[one.number] = OfPeriod(serial=period.serial, words=_words(period, work))
    return found, tuple(shut)


def _words(period: Period, work: StandingWork) -> str:
    return _(
        "báo cáo kỳ %(name)s, hạn %(day)s; nhiệm vụ vẫn tiếp tục",
        name=name_of(period, work.plan.recurs),
        day=vn_date(period.due_on),
    )


def _why_none(work: StandingWork | None) -> str:
    filed = [p for p in work.periods if p.state is PeriodState.REPORTED] if work else []
    if work is None or not filed:
        return _("Không kỳ nào đang chờ báo cáo.")
    names = ", ".join(name_of(one, work.plan.recurs) for one in filed)
    return _("Kỳ %(n)s đã nộp, chờ xác nhận", n=names) + "."


def not_asked(action: Action, of: Mapping[str, OfPeriod], number: str) -> frozenset[str]:
    """Return what the report of a period is not asked, beside what says nothing there anyway."""
    if number not in of:
        return frozenset()
    asked = {need.name for need in BY_ACTION[OF_PERIOD[action]].needs}
    return frozenset(ONLY_OF_THE_WHOLE - asked)


def asked_once(sheet: Sheet, periods: Mapping[str, OfPeriod], lines: Iterable[Directive]) -> Asked:
    """Return what the paper is asked: of periods alone only what a period's report needs."""
    if any(one.number not in periods for one in lines) or not periods:
        return sheet.once
    needed = {need.name: need.required for need in BY_ACTION[OF_PERIOD[sheet.action]].needs}
    return Asked(
        needs=tuple(
            need
            if need.name == sheet.spread
            else replace(need, required=needed.get(need.name, need.required))
            for need in sheet.once.needs
        )
    )


ONLY_OF_THE_WHOLE = frozenset({"own_figure", "open_parts_reason"})
