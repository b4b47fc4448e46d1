"""The page and the use case judge by the same facts, so that a door is never wrong."""

from datetime import date

import pytest

from models.directives.page import open_file
from workflow.directives.guards import Case
from workflow.directives.records import Action
from workflow.directives.rules import doors
from workflow.errors import NotFound


@pytest.fixture
def numbers(world):
    """A directive in every state, with evidence, parts and parts of parts."""
    made = [d.number for d in world.issue(*(world.clause(n) for n in range(1, 6)))]
    for number in made[1:]:
        world.act("clerk", number, Action.ACCEPT)
    world.act("officer", made[1], Action.UPDATE, done="x", progress=30, files=(world.file(),))
    for number in made[2:4]:
        world.report(number)
    world.act("office", made[3], Action.VERIFY, verdict="met", grade="good")
    world.act("office", made[4], Action.WITHDRAW, paper="1/UBND", reason="x")
    [top] = world.issue(world.clause(lead="H32.10", coordinating=("H32.03", "H32.04")))
    world.act("district", top.number, Action.ACCEPT)
    for unit in ("H32.10.1", "H32.10.2"):
        world.act(
            "district", top.number, Action.HAND_DOWN,
            agency=world.agencies[unit].id, content="x", due_on=date(2021, 9, 10),
        )  # fmt: skip
    parts = [part.number for part in world.directive(top.number).parts]
    world.report(parts[0], "commune")
    world.act("district_head", parts[0], Action.VERIFY, verdict="met")
    return [*made, top.number, *parts]


WHO = ("office", "leader", "inspector", "clerk", "officer", "other_clerk", "district", "commune")


def test_a_page_opens_every_directive_with_the_facts_the_use_case_loads(world, numbers):
    day = world.office.today()
    with world.office.reading() as unit:
        for number in numbers:
            shown = open_file(unit.connection, world.actor("office"), number, day).directive
            assert shown == unit.directives.directive(number), number


@pytest.mark.parametrize("who", WHO)
def test_every_door_of_the_page_is_the_use_case_s(world, numbers, who):
    actor, seen = world.actor(who), 0
    with world.office.reading() as unit:
        ground = world.office.ground(unit)
        for number in numbers:
            try:
                shown = open_file(unit.connection, actor, number, ground.day)
            except NotFound:
                continue
            seen += 1
            loaded = unit.directives.directive(number)
            told = [
                doors(
                    Case(
                        directive=of,
                        actor=actor,
                        day=ground.day,
                        calendar=ground.calendar,
                        limits=ground.limits,
                    )
                )
                for of in (shown.directive, loaded)
            ]
            assert told[0] == told[1], number
    assert seen > 0
