"""Vietnam's days off: the Labour Code through the `holidays` package, and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

import holidays
from holidays.version import __version__ as package_version

from workflow.calendar.records import BaseCalendar, DayKind, Override
from workflow.calendar.working import WorkingCalendar

FIRST_YEAR = 2008
LAST_YEAR = 2045
OFFICIAL_UNTIL = date(2026, 12, 31)
"""Schedules up to here were compared with the official ones; later days are rule-based."""

CULTURE_DAY_NAME = "Ngày Văn hóa Việt Nam"
CULTURE_DAY_SINCE = 2026
NEW_YEAR_2026_ACT = "12729/VPCP-KGVX"
SUBSTITUTED = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def vietnam_calendar(
    overrides: Iterable[Override] = (), *, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR
) -> WorkingCalendar:
    """Return the law, the corrections shipped with the product, and `overrides` above both.

    A row for a day replaces the shipped row for that day, so entering the act of a pending
    day confirms it.
    """
    rows = {row.day: row for row in shipped_overrides(first_year, last_year)}
    entered = tuple(overrides)
    for row in entered:
        rows.pop(row.day, None)
    base = base_calendar(first_year, last_year)
    return WorkingCalendar(base, (*rows.values(), *entered))


@cache
def base_calendar(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> BaseCalendar:
    """Return the statutory days off (Bộ luật Lao động 2019, Điều 112) and the known swaps.

    24-11 is left out: a party resolution asks for it, no enactment has been seen, so it
    stands among the shipped overrides as pending.
    """
    table = holidays.country_holidays("VN", years=range(first_year, last_year + 1), language="vi")
    days_off = {
        day: name
        for day, name in table.items()
        if not name.startswith(CULTURE_DAY_NAME) and first_year <= day.year <= last_year
    }
    return BaseCalendar(
        name=f"holidays {package_version}",
        first_day=date(first_year, 1, 1),
        last_day=date(last_year, 12, 31),
        days_off=days_off,
        made_up=_made_up(days_off),
        official_until=OFFICIAL_UNTIL,
    )


def shipped_overrides(
    first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR
) -> tuple[Override, ...]:
    """Return the corrections the product ships: one swap by act, and 24-11 as pending."""
    swap = (
        Override(
            day=date(2026, 1, 2),
            kind=DayKind.OFF,
            reason="Nghỉ Tết Dương lịch, hoán đổi với ngày 10/01/2026",
            act=NEW_YEAR_2026_ACT,
        ),
        Override(
            day=date(2026, 1, 10),
            kind=DayKind.WORKING,
            reason="làm bù cho ngày 02/01/2026",
            act=NEW_YEAR_2026_ACT,
        ),
    )
    pending = tuple(
        Override(day=date(year, 11, 24), kind=DayKind.OFF, reason=CULTURE_DAY_NAME, confirmed=False)
        for year in range(CULTURE_DAY_SINCE, last_year + 1)
    )
    return tuple(row for row in (*swap, *pending) if first_year <= row.day.year <= last_year)


def _made_up(days_off: dict[date, str]) -> dict[date, date]:
    """Read off which weekend day is worked for which day off, as the day's name says."""
    swaps = {}
    for day, name in days_off.items():
        found = SUBSTITUTED.search(name)
        if found:
            swaps[date(int(found[3]), int(found[2]), int(found[1]))] = day
    return swaps
