"""`dondoc periods set`: work issued before there were periods gets those its document names."""

import json
from datetime import date

import standing
from standing import go_to, periods

from models.periods.keeping import forget_plan
from workflow.directives.records import Action


def run(world, *arguments):
    answer = world.app.test_cli_runner().invoke(args=["periods", "set", *arguments])
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_periods_are_set_once_and_nothing_before_today_is_owed(world):
    number, ended = standing.standing(world), standing.standing(world)
    ongoing = standing.standing(world, "Thường xuyên")
    world.act("office", ended, Action.WITHDRAW, paper="1/UBND", reason="Hết")
    with world.unit() as unit:
        for one in (number, ended):
            forget_plan(unit.connection, world.directive(one).id)
    go_to(world, date(2021, 10, 25))
    assert json.loads(run(world, "--json")) == {"directives": 1, "numbers": [number]}
    assert [period.due_on for period in periods(world, number)] == [
        date(2021, 11, 19), date(2021, 12, 19),
    ]  # fmt: skip
    assert periods(world, ended) == periods(world, ongoing) == ()
    assert json.loads(run(world, "--json")) == {"directives": 0, "numbers": []}
