"""Standing work for tests: issued, reported period by period, judged, swept by night."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from world import World

from models.periods.rows import PeriodPlanRow, PeriodRow
from workflow.accounts.usecases import system_actor
from workflow.periods.choosing import Choice, choose_rhythm
from workflow.periods.records import Period, PeriodAction, Rhythm
from workflow.periods.usecases import act_on_period, close_year
from workflow.violations.usecases import detect_late_directives

MONTHLY = "Hằng tháng, trước ngày 20"
"""Given on 23 August 2021: due on the 19th of September, October, November and December."""


def at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def go_to(world: World, day: date) -> None:
    world.clock.at = at(day)


def standing(world: World, deadline: str = MONTHLY, **more: Any) -> str:
    """Issue one clause of standing work to one agency and return its number."""
    [made] = world.issue(world.clause(deadline=deadline, **({"coordinating": ()} | more)))
    return made.number


def act(
    world: World, who: Any, number: str, serial: int, action: PeriodAction, **given: Any
) -> Period:
    """Carry out one act on a period in its own transaction."""
    version = given.pop("version", None)
    actor = world.actor(who) if isinstance(who, str) else who
    with world.unit() as unit:
        return act_on_period(
            unit.periods, actor, number, serial, action, given,
            ground=world.office.ground(unit), version=version,
        )  # fmt: skip


def file(world: World, number: str, serial: int, who: Any = "clerk", **given: Any) -> Period:
    """Report a period."""
    return act(world, who, number, serial, PeriodAction.REPORT, **({"result": "Đã làm"} | given))


def confirm(world: World, number: str, serial: int, who: Any = "office") -> Period:
    return act(world, who, number, serial, PeriodAction.CONFIRM)


def record(world: World, number: str, serial: int, received_on: date, **given: Any) -> Period:
    """Let the office record the agency's signed report."""
    paper = {
        "result": "Theo văn bản", "report_number": "9/BC", "report_date": received_on,
        "received_on": received_on, "signer": "Võ Thủ Trưởng",
    }  # fmt: skip
    return act(world, "office", number, serial, PeriodAction.RECORD, **(paper | given))


def choose(
    world: World, number: str, rhythm: Rhythm | None = Rhythm.MONTHLY, *, day: int = 25,
    who: str = "office", for_all: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    actor = world.actor(who)
    with world.unit() as unit:
        return choose_rhythm(
            unit.periods, actor, number, Choice(rhythm=rhythm, due_day=day, for_all=for_all),
            ground=world.office.ground(unit),
        )  # fmt: skip


def periods(world: World, number: str) -> tuple[Period, ...]:
    with world.office.reading() as unit:
        directive = unit.directives.directive(number)
        assert directive is not None
        return unit.periods.periods(directive)


def plan_row(world: World, number: str) -> Any:
    key = world.directive(number).id
    with world.office.reading() as unit:
        return unit.connection.execute(
            select(PeriodPlanRow.__table__).where(PeriodPlanRow.directive_id == key)
        ).one_or_none()


def states(world: World, number: str) -> list[str]:
    return [period.state.value for period in periods(world, number)]


def close(world: World, number: str) -> bool:
    """Let the night look whether the year of one directive is over and answered."""
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
        return close_year(unit.periods, actor, number, ground=world.office.ground(unit))


def look_for_late(world: World, day: date) -> dict[str, int]:
    """Let the night look for what became late by a day."""
    go_to(world, day)
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
        found = detect_late_directives(unit.violations, actor, day=day, at=world.clock())
    return dict(found.found)


def all_rows(world: World) -> int:
    with world.office.reading() as unit:
        return len(unit.connection.execute(select(PeriodRow.id)).all())
