"""The demo's year at the one-stop shop: rules approved, files taken in, a case on the desk.

Like the rest of the story nothing is written past the rules: each act goes through the use case
of a click, on the day it tells of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from models.escalation.backtests import try_rule
from web.demo.causes import studies
from web.demo.days import DEMO_NOW, LAST_DAY, instant
from web.demo.desk import actor_of, at_the_desk
from web.demo.dossiers import (
    FIRST_DAY,
    Told,
    year_of,
)
from web.demo.events import Event
from web.demo.exports import PROFILE, write_export
from web.dossiers.following import detection
from web.dossiers.intake import Order, take_in_file
from web.dossiers.shipped import profile_from
from web.jobs.nightly import sweep_night
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.escalation.rulebook import rule_from
from workflow.escalation.rules import Approval
from workflow.escalation.usecases import approve_rule, attach_backtest, draft_rule

RULES_FROM = date(2021, 2, 1)
RULES_ACT = "Quy chế (trình diễn) 01/2021"
WHY = "Mức đề xuất để thử trong năm 2021; chưa văn bản nào định số lần."
RULES: tuple[dict[str, object], ...] = (
    {
        "code": "MC-01",
        "title": "Trễ hạn lặp lại trong cùng lĩnh vực",
        "violation_types": ["V16"],
        "group_by": ["agency", "field"],
        "window": {"days": 30},
        "levels": [4, 8, 12],
        "repeat_within_days": 180,
    },
    {
        "code": "MC-02",
        "title": "Trễ hạn mà không xin lỗi",
        "violation_types": ["V17"],
        "group_by": ["agency"],
        "window": {"calendar": "quarter"},
        "levels": [6, 12, 24],
        "repeat_within_days": 180,
    },
    {
        "code": "NV-01",
        "title": "Nhiệm vụ được giao quá hạn nhiều lần",
        "violation_types": ["V22"],
        "group_by": ["agency"],
        "window": {"calendar": "year"},
        "levels": [2, 4, 6],
    },
)
INSPECTOR, LEADER = "inspector2", "leader"
FILES = (
    *(date(2021, month, 1) - timedelta(days=1) for month in range(1, 11)),
    date(2021, 10, 15),
    date(2021, 10, 31),
    LAST_DAY,
)
"""The days whose export is taken in: each month's end, and twice in October."""


class Settable(Protocol):
    """A clock that can be set."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year at the one-stop shop: what was received since when, the days of its files, its rules.

    `act` is what enacts the rules, in force from `rules_from`; `why` is said of their levels.
    """

    told: Sequence[Told]
    first_day: date
    files: Sequence[date]
    rules_from: date
    act: str
    why: str


def tell_year(place: Office, clock: Settable) -> None:
    """Let the year pass: files by the month, nights swept, and what people did about it."""
    with place.reading() as unit:
        told = year_of(place.calendar(unit), LAST_DAY)
    year = Year(
        told=told, first_day=FIRST_DAY, files=FILES, rules_from=RULES_FROM, act=RULES_ACT, why=WHY
    )  # fmt: skip
    pass_year(place, clock, year, [*at_the_desk(place, FILES), *studies(place)])
    clock.at = DEMO_NOW


def pass_year(place: Office, clock: Settable, year: Year, more: Sequence[Event]) -> None:
    """Approve the year's rules, take its files in, sweep the nights, and do what else is told."""
    with TemporaryDirectory(prefix="dondoc-demo-") as folder:
        rules = Event(year.rules_from, 8, partial(_rules, place, year))
        events = [rules, *_imports(place, year, Path(folder)), *more]
        for event in sorted(events, key=lambda event: (event.day, event.hour)):
            clock.at = instant(event.day, event.hour)
            event.run()


def _rules(place: Office, year: Year) -> None:
    for data in RULES:
        with place.writing() as unit:
            drafter = actor_of(unit, INSPECTOR, year.rules_from)
            drafted = draft_rule(
                unit.rules, drafter, rule_from(data), reason=year.why, at=place.clock()
            )
            eve = year.rules_from - timedelta(days=1)
            tried = try_rule(unit.connection, drafted.rule, None, year.first_day, eve)
            drafted = attach_backtest(
                unit.rules,
                drafter,
                drafted.id,
                tried.summary(),
                seen=drafted.version,
                at=place.clock(),
            )
        with place.writing() as unit:
            approve_rule(
                unit.rules,
                actor_of(unit, LEADER, year.rules_from),
                drafted.id,
                Approval(act=year.act, from_on=year.rules_from),
                seen=drafted.version,
                at=place.clock(),
            )


def _imports(place: Office, year: Year, folder: Path) -> list[Event]:
    """Take in a file on each of the year's days, and sweep the night after it."""
    before = (year.first_day - timedelta(days=1), *year.files)
    events = []
    for since, day in zip(before, year.files, strict=False):
        night = day + timedelta(days=1)
        events.append(Event(day, 19, partial(_take_in, place, year.told, folder, since, day)))
        events.append(Event(night, 3, partial(sweep_night, place, night)))
    return events


def _take_in(place: Office, told: Sequence[Told], folder: Path, since: date, day: date) -> None:
    path = folder / f"mot-cua-{day:%Y-%m-%d}.csv"
    write_export(path, told, since, day)
    order = Order(
        path=path,
        profile=profile_from(PROFILE),
        as_of=day,
        acting=lambda unit: system_actor(unit.accounts, at=place.clock()),
    )
    take_in_file(place, order, following=detection)
