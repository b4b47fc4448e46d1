"""The use cases of reporting periods: set, reported, judged, ended with their year."""

from __future__ import annotations

from datetime import date

import standing
from doings import Doing, doing
from world import World

from models.periods.keeping import forget_plan
from workflow.accounts.usecases import system_actor
from workflow.periods.choosing import Choice, choose_rhythm, set_by_document
from workflow.periods.records import PeriodAction, Rhythm
from workflow.periods.together import Ticked, judge_together
from workflow.periods.usecases import act_on_period, close_year

USE_CASE = "periods.usecases.act_on_period"
DUE = date(2021, 9, 19)
SIGNED = {"report_number": "9/BC", "report_date": DUE, "signer": "Võ Thủ Trưởng"}


def begun(world: World, *, reported: bool = False) -> str:
    number = standing.standing(world)
    standing.go_to(world, DUE)
    if reported:
        standing.file(world, number, 1, files=(world.file(),))
    return number


def of_period(world: World, who: str, number: str, action: PeriodAction, **given: object) -> Doing:
    actor = world.actor(who)
    return lambda unit: act_on_period(
        unit.periods, actor, number, 1, action, given, ground=world.office.ground(unit)
    )


@doing(f"{USE_CASE}:report_period")
def _report(world: World) -> Doing:
    number = begun(world)
    return of_period(
        world, "clerk", number, PeriodAction.REPORT, result="Xong", files=(world.file(),)
    )


@doing(f"{USE_CASE}:record_period")
def _record(world: World) -> Doing:
    number = begun(world)
    given = SIGNED | {"result": "Xong", "received_on": DUE, "files": (world.file(),)}
    return of_period(world, "office", number, PeriodAction.RECORD, **given)


@doing(f"{USE_CASE}:recall_period")
def _recall(world: World) -> Doing:
    number = begun(world, reported=True)
    return of_period(world, "clerk", number, PeriodAction.RECALL, reason="Nhầm")


@doing(f"{USE_CASE}:confirm_period")
def _confirm(world: World) -> Doing:
    number = begun(world, reported=True)
    return of_period(world, "office", number, PeriodAction.CONFIRM, comment="Đạt")


@doing(f"{USE_CASE}:return_period")
def _return(world: World) -> Doing:
    number = begun(world, reported=True)
    return of_period(world, "office", number, PeriodAction.RETURN, reason="Thiếu")


@doing("periods.choosing.choose_rhythm")
def _choose(world: World) -> Doing:
    """A rhythm takes the place of another, for two agencies at once."""
    made = world.issue(
        world.clause(lead=("H32.03", "H32.04"), coordinating=(), deadline="Thường xuyên")
    )
    number, actor = made[0].number, world.actor("office")
    standing.choose(world, number, Rhythm.YEARLY)
    choice = Choice(rhythm=Rhythm.MONTHLY, due_day=25, for_all=True)
    return lambda unit: choose_rhythm(
        unit.periods, actor, number, choice, ground=world.office.ground(unit)
    )


@doing("periods.usecases.close_year")
def _close(world: World) -> Doing:
    number = standing.standing(world, "Trước ngày 15/12 hằng năm")
    standing.go_to(world, date(2021, 12, 14))
    standing.file(world, number, 1)
    standing.confirm(world, number, 1)
    standing.go_to(world, date(2022, 1, 1))
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
    return lambda unit: close_year(unit.periods, actor, number, ground=world.office.ground(unit))


@doing("periods.choosing.set_by_document")
def _set(world: World) -> Doing:
    number = standing.standing(world)
    with world.unit() as unit:
        forget_plan(unit.connection, world.directive(number).id)
        actor = system_actor(unit.accounts, at=world.clock())
    return lambda unit: set_by_document(
        unit.periods, actor, number, ground=world.office.ground(unit)
    )


@doing("periods.together.judge_together")
def _judge_together(world: World) -> Doing:
    """Two are confirmed, a third has no report yet."""
    number, other = begun(world, reported=True), standing.standing(world)
    standing.file(world, other, 1)
    actor = world.actor("office")
    chosen = [Ticked(number, 1), Ticked(other, 1), Ticked(other, 2)]
    return lambda unit: judge_together(
        unit.periods, actor, PeriodAction.CONFIRM, chosen, {}, ground=world.office.ground(unit)
    )
