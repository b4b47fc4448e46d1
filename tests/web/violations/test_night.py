"""Violations while nobody is signed in: the night's steps, and the command that looks again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from sqlalchemy import update
from violating import add_dossiers, add_import, kept

from models.dossiers.rows import DossierRow
from web.commands import command_named
from web.jobs.nightly import STEPS, sweep_night
from web.violations.commands import violations
from workflow.violations.records import ViolationState

DUE = date(2021, 8, 20)


def sweep(world, day):
    world.clock.at = datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC)
    return sweep_night(world.office, day).steps


def test_still_open_overdue_dossiers_are_violations_the_morning_after(world):
    add_import(world)
    add_dossiers(world, {"promised_on": DUE, "due_on": DUE})
    assert sweep(world, DUE)["violations.dossiers"]["found"] == 0
    assert sweep(world, date(2021, 8, 21))["violations.dossiers"]["found"] == 2
    assert [row.occurred_on for row in kept(world)] == [date(2021, 8, 21)] * 2
    assert sweep(world, date(2021, 8, 22))["violations.dossiers"]["found"] == 0


def test_late_orders_are_found_before_what_counts_them(world):
    world.issue(world.clause(deadline="30/8/2021"))
    steps = sweep(world, date(2021, 8, 31))
    assert steps["violations.directives"]["found"] == 1
    names = [step.name for step in STEPS]
    assert names.index("violations.directives") < names.index("escalation.evaluate")
    assert names.index("violations.dossiers") < names.index("escalation.evaluate")


def test_nights_that_were_missed_are_made_up_in_one_go(world):
    add_dossiers(world, *[{"promised_on": date(2021, 8, n), "due_on": date(2021, 8, n)}
                          for n in range(10, 20)])  # fmt: skip
    assert sweep(world, date(2021, 9, 1))["violations.dossiers"]["found"] == 20


def test_a_night_with_nothing_due_asks_little(world):
    add_dossiers(world, {"promised_on": date(2022, 1, 1), "due_on": date(2022, 1, 1)})
    assert set(sweep(world, date(2021, 9, 1))["violations.dossiers"].values()) == {0}


def test_the_command_brings_everything_to_what_holds(world):
    [key] = add_dossiers(world, {"promised_on": DUE, "due_on": DUE, "ended_on": date(2021, 8, 25)})
    runner = world.app.test_cli_runner()
    told = runner.invoke(violations, ["detect", "--as-of", "2021-09-01", "--json"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.output)["found"] == {"V16": 1, "V17": 1}
    assert json.loads(told.output)["standing"] == {"V16": 1, "V17": 1}
    with world.unit() as unit:
        unit.connection.execute(update(DossierRow).values(ended_on=DUE))
    told = runner.invoke(violations, ["detect", "--as-of", "2021-09-01"])
    assert told.exit_code == 0
    assert {row.state for row in kept(world, dossier_id=key)} == {ViolationState.OVERTURNED}
    assert command_named("violations") is violations


def test_the_command_does_nothing_where_there_is_nothing(world):
    told = world.app.test_cli_runner().invoke(violations, ["detect", "--json"])
    assert told.exit_code == 0
    assert json.loads(told.output) == {}


def test_a_wrong_day_is_wrong_usage(world):
    told = world.app.test_cli_runner().invoke(violations, ["detect", "--as-of", "hôm qua"])
    assert told.exit_code == 2
