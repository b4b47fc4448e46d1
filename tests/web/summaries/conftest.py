"""A province in September, for every page and file of its report."""

from datetime import timedelta

import pytest

from workflow.directives.records import Action


@pytest.fixture
def september(world, clock):
    """In September: one done, one waits, one late and told about, one new, one paused."""
    leads = ("H32.03", "H32.04", "H32.10", "H32.11")
    made = world.issue(
        world.clause(lead=leads, coordinating=("H32.02",), deadline="Trước ngày 10-9"),
        world.clause(2, lead="H32.03", coordinating=()),
    )
    numbers = [one.number for one in made]
    clock.at += timedelta(days=10)
    world.report(numbers[0])
    clock.at += timedelta(days=1)
    world.act("office", numbers[0], Action.VERIFY, verdict="met")
    world.act(
        "other_clerk", numbers[1], Action.UPDATE, done="Đã lập danh sách",
        difficulties="=1+1 thiếu số liệu", proposal="Đề nghị mở dữ liệu",
    )  # fmt: skip
    world.report(numbers[2], "district")
    world.act("office", numbers[3], Action.SUSPEND, paper="9/UBND-VP")
    world.issue(
        world.clause(lead="H32.03", coordinating=(), content="Việc mới", deadline="30/11/2021")
    )
    clock.at += timedelta(days=27)
    return world
