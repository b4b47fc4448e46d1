"""`dondoc escalation run`, `backtest`, `propose`, `merging`: what they print and what they leave."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from escalating import stored
from ruling import STRICTER, TODAY, draft, enact, happen, late, truth_of

from web.escalation.running import COMMANDS


def call(world, name, *args):
    with world.app.app_context():
        return CliRunner().invoke(COMMANDS[name], list(args), obj=None, catch_exceptions=False)


@pytest.fixture(autouse=True)
def _in_the_application(world, monkeypatch):
    """Commands find the test's application as `flask` would have made it."""
    from flask.cli import ScriptInfo

    monkeypatch.setattr(ScriptInfo, "load_app", lambda _: world.app)


def test_run_says_what_was_raised(world):
    enact(world)
    with world.unit() as unit:
        truth = truth_of(world, unit)
        for _ in range(3):
            truth.add(late(TODAY))
    told = json.loads(call(world, "run", "--as-of", "2021-08-23", "--whole", "--json").stdout)
    assert told["as_of"] == "2021-08-23"
    [raised] = told["raised"]
    assert raised == {
        "number": "VPNL-2021-0001", "rule": "MC-01", "level": 1,
        "group": {"agency": "H32.03", "field": "đất đai"},
        "opened_on": "2021-08-23", "closed_on": None,
    }  # fmt: skip
    assert told["lifted"] == told["retracted"] == []
    again = json.loads(call(world, "run", "--as-of", "2021-08-23", "--whole", "--json").stdout)
    assert again["raised"] == []


def test_run_for_people_names_each_case(world):
    enact(world)
    with world.unit() as unit:
        truth = truth_of(world, unit)
        for _ in range(3):
            truth.add(late(TODAY))
    said = call(world, "run", "--whole").stdout
    assert "raised: 1" in said
    assert "VPNL-2021-0001  MC-01  level 1  agency H32.03, field đất đai" in said


def test_run_never_goes_back_and_says_so(world):
    enact(world)
    happen(world, late(TODAY))
    done = call(world, "run", "--as-of", "2021-01-01", "--json")
    assert json.loads(done.stdout)["as_of"] == "2021-08-23"
    assert "never goes back" in done.stderr


def test_backtest_prints_the_draft_beside_the_rule_in_force(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)), *(late(TODAY, "H32.04") for _ in range(2)))
    draft(world, STRICTER)
    told = json.loads(
        call(
            world, "backtest", "MC-01", "--from", "2021-08-01", "--to", "2021-08-31", "--json"
        ).stdout
    )
    assert (told["rule"], told["number"]) == ("MC-01", 2)
    assert (told["escalations"], told["in_force"]["escalations"]) == (2, 1)
    assert told["caught_groups"] == [{"agency": "H32.04", "field": "đất đai"}]
    assert told["freed_groups"] == []
    assert told["by_month"] == {"2021-08": 2}
    assert len(told["episodes"]) == 2
    with world.office.reading() as unit:
        assert len(stored(unit.connection)) == 1
    said = call(world, "backtest", "MC-01", "--from", "2021-08-01", "--to", "2021-08-31").stdout
    assert "caught: 1" in said
    only = call(
        world, "backtest", "MC-01", "--from", "2021-08-01", "--to", "2021-08-31",
        "--number", "1", "--json",
    )  # fmt: skip
    assert json.loads(only.stdout)["in_force"] is None


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["XX", "--from", "2021-01-01", "--to", "2021-02-01"], 1),
        (["MC-01", "--from", "2021-02-01", "--to", "2021-01-01"], 1),
        (["MC-01", "--from", "1990-01-01", "--to", "2021-01-01"], 1),
        (["MC-01", "--from", "x", "--to", "2021-01-01"], 2),
        (["MC-01"], 2),
    ],
)
def test_backtest_refuses_with_a_status(world, args, status):
    enact(world)
    assert call(world, "backtest", *args).exit_code == status


def test_propose_drafts_once(world):
    assert "MC-01" in call(world, "propose").stdout
    assert call(world, "propose").stdout == "0\n"


def test_merging_is_kept(world):
    assert call(world, "merging", "fresh").exit_code == 0
    with world.unit() as unit:
        assert unit.escalation.hold().merging == "fresh"
    assert call(world, "merging", "other").exit_code == 2


def test_the_night_evaluates_and_leaves_its_figures(world):
    from web.escalation.nightly import evaluate_by_night
    from web.jobs.steps import Night

    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    day = TODAY + timedelta(days=40)
    night = Night(day=day, since=TODAY, at=world.clock(), hold=lambda _: None)
    for groups in (1, 0):
        with world.unit() as unit:
            assert evaluate_by_night(world.office, unit, night)["groups"] == groups
    with world.office.reading() as unit:
        assert stored(unit.connection)[0].closed_on == TODAY + timedelta(days=30)
