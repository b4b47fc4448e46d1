"""The current period of standing work within the line of a list: due when, reported or not."""

from __future__ import annotations

from collections.abc import Iterable

from models.directives.listed import Listed
from models.periods.current import Current, current_periods
from web.directives.clock import Clock, Hands
from web.formats import vn_date
from web.identity import remembered
from web.periods.naming import named
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import reading_unit
from workflow.directives.records import State
from workflow.periods.records import STANDING_KINDS

RUNS = frozenset({State.ASSIGNED, State.IN_PROGRESS})


def currents_of(rows: Iterable[Listed], hands: Hands) -> dict[int, Current]:
    """Return where the standing works among some rows stand; asked only where there are any.

    They follow from acts alone, so the same rows are asked for once for as long as none came.
    """
    keys = tuple(r.id for r in rows if r.deadline_kind in STANDING_KINDS and r.state in RUNS)
    if not keys:
        return {}
    connection, day = reading_unit().connection, hands.today
    return remembered(
        ("current periods", day, keys), lambda: current_periods(connection, keys, day)
    )


def clock_of(current: Current, hands: Hands) -> Clock:
    """Return what stands beside the words of a standing work's deadline."""
    waits = (
        ngettext("%(num)s kỳ chờ xác nhận", "%(num)s kỳ chờ xác nhận", current.waiting)
        if current.waiting
        else ""
    )
    if current.due_on is None:
        return Clock(code=None, words=waits)
    period = _("kỳ %(name)s, hạn %(day)s",
               name=named(current.due_on, current.serial, current.recurs),
               day=vn_date(current.due_on))  # fmt: skip
    means = hands.of(State.IN_PROGRESS, current.due_on, None)
    told = f"{period}, {means.words}" if means.words else period
    if current.missing:
        told = _("chưa báo cáo %(period)s", period=told)
    if (more := current.missing - 1) > 0:
        told += " " + ngettext("và %(num)s kỳ nữa", "và %(num)s kỳ nữa", more)
    words = "; ".join(part for part in (told, waits) if part)
    return Clock(code=None, words=words, tone=means.tone, sign=means.sign)
