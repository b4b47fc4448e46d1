"""A year of standing work in one line of marks, each period one, with the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.periods.years import PeriodDay
from web.periods.naming import named
from web.speech import gettext as _
from web.speech import ngettext

SIGNS = {"done": "✓", "late": "✓", "missing": "!", "ahead": "·"}
"""No mark says by its colour alone how its period stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One period: how it stands, its sign, and in words how many answered."""

    stands: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMarks:
    """The periods of a clause in one year, and all of them in one sentence."""

    year: int
    marks: tuple[Mark, ...]
    words: str


def year_marks(days: Sequence[PeriodDay]) -> YearMarks | None:
    """Return the marks of a year's periods; None where there are none."""
    if not days:
        return None
    marks = tuple(_mark(one) for one in days)
    year = days[-1].due_on.year
    told = "; ".join(one.words for one in marks)
    return YearMarks(
        year=year, marks=marks, words=_("Năm %(year)s: %(told)s.", year=year, told=told)
    )


def _mark(day: PeriodDay) -> Mark:
    """Return how a period stands: by the worst of its agencies, once it fell due."""
    if day.missing:
        stands = "missing"
    elif day.on_time + day.late < day.asked:
        stands = "ahead"
    else:
        stands = "late" if day.late else "done"
    return Mark(stands=stands, sign=SIGNS[stands], words=_words(day))


def _words(day: PeriodDay) -> str:
    done = _(
        "%(name)s: %(n)s/%(of)s cơ quan đã báo cáo",
        name=named(day.due_on, day.serial, day.recurs),
        n=day.on_time + day.late,
        of=day.asked,
    )
    late = ngettext("%(num)s báo cáo muộn", "%(num)s báo cáo muộn", day.late)
    missing = ngettext("%(num)s chưa báo cáo", "%(num)s chưa báo cáo", day.missing)
    return ", ".join([done, *([late] if day.late else []), *([missing] if day.missing else [])])
