"""The use cases of the tree of agencies and of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from doings import DAY, DOINGS, Doing, doing, fresh
from world import World

from workflow.agencies.aliases import add_alias, remove_alias
from workflow.agencies.divisions import add_division, end_division
from workflow.agencies.groups import add_group, change_group
from workflow.agencies.records import AgencyFacts, AgencyGroup, Handover, SuccessionKind, Tier
from workflow.agencies.successions import hand_over
from workflow.agencies.usecases import (
    add_agency,
    change_agency,
    end_agency,
    rename_agency,
    stands_again,
)
from workflow.calendar.records import DayKind, Override
from workflow.calendar.usecases import DayChange, change_days, preview_days
from workflow.directives.succeeding import move_open_work


def of_agencies(
    key_of: str, use_case: Callable[..., object], code: str | None = "H32.04", **given: Any
) -> None:
    """A use case of the admin on the tree, on one agency where `code` names it."""

    def prepare(world: World) -> Doing:
        actor, at = world.actor("admin"), world.clock()
        key = (world.agencies[code].id,) if code else ()
        return lambda unit: use_case(unit.agencies, unit.history, actor, *key, **given, at=at)

    DOINGS[key_of] = prepare


SINCE = date(2020, 1, 1)
of_agencies("agencies.aliases.add_alias", add_alias, alias="Sở XD")
of_agencies("agencies.divisions.add_division", add_division, name="Phòng Một", valid_from=DAY)
of_agencies(
    "agencies.usecases.rename_agency", rename_agency,
    name="Sở Xây dựng và Giao thông", on=date(2021, 8, 1), act="1/NQ-HĐND",
)  # fmt: skip
of_agencies("agencies.usecases.end_agency", end_agency, "H32.10.2", last_day=DAY, act="1/NQ-HĐND")
of_agencies(
    "agencies.groups.add_group", add_group, None,
    group=AgencyGroup(code="moi", name="Nhóm mới", tiers=frozenset({Tier.COMMUNE})),
)  # fmt: skip
of_agencies(
    "agencies.groups.change_group", change_group, None,
    group=AgencyGroup(code="communes", name="UBND xã", tiers=frozenset({Tier.COMMUNE})),
)  # fmt: skip


@doing("agencies.usecases.add_agency")
def _add_agency(world: World) -> Doing:
    actor, at = world.actor("admin"), world.clock()
    facts = AgencyFacts(
        code="H32.60", name="Sở Mới", tier=Tier.DEPARTMENT,
        parent_id=world.agencies["H32"].id, valid_from=DAY,
    )  # fmt: skip
    return lambda unit: add_agency(unit.agencies, unit.history, actor, facts, at=at)


@doing("agencies.usecases.change_agency")
def _change_agency(world: World) -> Doing:
    """Code, name and place at once: the units below move with it."""
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.10"].id
    facts = AgencyFacts(
        code="H32.70", name="UBND huyện Cam Lâm mới", tier=Tier.DISTRICT,
        parent_id=world.agencies["H32.01"].id, valid_from=SINCE,
    )  # fmt: skip
    return lambda unit: change_agency(
        unit.agencies, unit.history, actor, key, facts, reason="Nhập sai", at=at
    )


@doing("agencies.usecases.stands_again")
def _stands_again(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.10.2"].id
    with world.unit() as unit:
        end_agency(unit.agencies, unit.history, actor, key, last_day=DAY, act="1/NQ", at=at)
    return lambda unit: stands_again(
        unit.agencies, unit.history, actor, key, reason="Nhập nhầm", at=at
    )


@doing("agencies.aliases.remove_alias")
def _remove_alias(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.04"].id
    with world.unit() as unit:
        add_alias(unit.agencies, unit.history, actor, key, alias="Sở XD", at=at)
        [alias] = unit.agencies.aliases(key)
    return lambda unit: remove_alias(unit.agencies, unit.history, actor, key, alias.id, at=at)


@doing("agencies.divisions.end_division")
def _end_division(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.04"].id
    with world.unit() as unit:
        division = add_division(
            unit.agencies, unit.history, actor, key, name="Phòng", valid_from=SINCE, at=at
        )
    return lambda unit: end_division(
        unit.agencies, unit.history, actor, key, division, last_day=DAY, at=at
    )


@doing("agencies.successions.hand_over")
def _hand_over(world: World) -> Doing:
    actor, at = world.actor("admin"), world.clock()
    handover = Handover(
        predecessor_ids=(world.agencies["H32.10.1"].id, world.agencies["H32.10.2"].id),
        successor_ids=(world.agencies["H32.11"].id,),
        kind=SuccessionKind.MERGE, act="1/NQ-HĐND", on=DAY, takes_over="Toàn bộ",
    )  # fmt: skip
    return lambda unit: hand_over(unit.agencies, unit.history, actor, handover, at=at)


@doing("directives.succeeding.move_open_work")
def _(world: World) -> Doing:
    """Two open directives of an agency that another follows."""
    world.issue(world.clause(1), world.clause(2))
    actor, at = world.actor("admin"), world.clock()
    handover = Handover(
        predecessor_ids=(world.agencies["H32.03"].id,),
        successor_ids=(world.agencies["H32.11"].id,),
        kind=SuccessionKind.MERGE, act="1/NQ-HĐND", on=DAY,
    )  # fmt: skip
    with world.unit() as unit:
        hand_over(unit.agencies, unit.history, actor, handover, at=at)
    return lambda unit: move_open_work(unit.directives, actor, DAY, at=at)


@doing("calendar.usecases.change_days")
def _change_days(world: World) -> Doing:
    """A day off is entered under two dates that were counted, another one is taken back."""
    actor, at = world.actor("admin"), world.clock()
    for _ in range(2):
        fresh(world, deadline="Trong 10 ngày làm việc kể từ ngày ký")
    today = world.office.today()
    first = DayChange(put=(_off(today + timedelta(days=2)),))
    with world.unit() as unit:
        seen = preview_days(unit.calendar, first, today=today).seen
        change_days(unit.calendar, actor, first, seen=seen, at=at)
    change = DayChange(put=(_off(today + timedelta(days=3)),), remove=(today + timedelta(days=2),))
    with world.office.reading() as unit:
        seen = preview_days(unit.calendar, change, today=today).seen
    return lambda unit: change_days(unit.calendar, actor, change, seen=seen, at=at)


def _off(day: date) -> Override:
    return Override(day=day, kind=DayKind.OFF, reason="Bão", act="1/UBND")
