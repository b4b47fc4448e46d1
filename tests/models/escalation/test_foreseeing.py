"""What is said before judging many violations is what judging them then does."""

from datetime import timedelta

import pytest
from escalating import stored
from ruling import TODAY, enact, happen, late
from sqlalchemy import select

from models.base import Base
from models.escalation.foreseeing import if_fallen
from models.violations.together import violations_read
from workflow.violations.judging import Said, act_on_many
from workflow.violations.records import ViolationAction


def dump(world):
    with world.office.reading() as unit:
        return {
            table.name: unit.connection.execute(select(table)).all()
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize(
    ("falling", "retracted", "lowered"),
    [([2, 3], 0, 1), ([1, 2, 3, 4], 1, 0), ([6, 7], 0, 1), ([1, 2, 6, 7, 8, 9], 1, 1)],
)
def test_what_is_foreseen_is_what_then_happens(world, falling, retracted, lowered):
    enact(world)
    world.clock.at += timedelta(hours=1)
    happen(
        world,
        *(late(TODAY - timedelta(days=n)) for n in range(5)),
        *(late(TODAY, agency="H32.04") for _ in range(5)),
    )
    actor, at = world.actor("inspector"), world.clock()
    before = dump(world)
    with world.office.reading() as unit:
        ones = violations_read(unit.connection, falling)
        seen = if_fallen(unit.connection, actor, ones, day=TODAY, at=at)
    assert (seen.retracted, seen.lowered) == (retracted, lowered)
    assert dump(world) == before
    with world.unit() as unit:
        done = act_on_many(
            unit.violations, actor, falling, ViolationAction.OVERTURN, Said(reason="Trễ ảo"), at=at
        )
    assert all(one.is_done for one in done)
    with world.office.reading() as unit:
        now = {
            one.number: (one.state, one.level)
            for gone in (False, True)
            for one in stored(unit.connection, retracted=gone)
        }
    for number, change in seen.changes:
        level = change.values.get("level", change.before.level)
        assert now[number] == (change.values.get("state", change.before.state), level)
