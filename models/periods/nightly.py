"""What a night asks of reporting periods before it does anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select

from models.base import table_of
from models.directives.rows import DirectiveRow
from models.jobs.looking import DAY, Asked, asked_of
from models.periods.conditions import IS_OPEN, IS_WAITING, PAUSED
from models.periods.keeping import is_closable
from models.periods.rows import PeriodRow
from workflow.messages.falling import Fall, Span

_P = table_of(PeriodRow).c


def anything_falling(spans: Mapping[Fall, Span], came_in: Span | None) -> Asked:
    """Whether the due day of a period lies in these spans, or a report of these days waits."""
    given: dict[str, date] = {}
    for name, span in {**{f.value: s for f, s in spans.items()}, "came": came_in}.items():
        if span is not None:
            given |= {f"period_{name}_first": span.first, f"period_{name}_last": span.last}
    names = tuple(fall.value for fall in spans)
    return Asked(_falling(names, waits=came_in is not None), given)


@cache
def _falling(names: tuple[str, ...], *, waits: bool) -> ColumnElement[bool]:
    open_ones = (
        select(PeriodRow.id)
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(IS_OPEN, ~PAUSED, *_within(_P.due_on, name))
        .exists()
        for name in names
    )
    came = select(PeriodRow.id).where(IS_WAITING, *_within(_P.completed_on, "came"))
    return or_(*open_ones, *((came.exists(),) if waits else ()))


def _within(day: ColumnElement[Any], name: str) -> tuple[ColumnElement[bool], ...]:
    first, last = (bindparam(f"period_{name}_{end}", type_=DAY.type) for end in ("first", "last"))
    return day >= first, day <= last


def years_over(day: date) -> Asked:
    """Whether standing work is to be closed, because its year ended before `day`."""
    return asked_of(_over(), day)


@cache
def _over() -> ColumnElement[bool]:
    return is_closable(DAY).exists()
