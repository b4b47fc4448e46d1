"""What is stored equals a full replay after every step, whatever came when (product.md §6)."""

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from escalating import NOBODY, Truth, near_told, stored_episodes
from sqlalchemy import insert, update
from streams import random_occurrence, random_rule, random_stream, random_versions

from models.agencies.rows import AgencyRow, SuccessionRow
from workflow.agencies.records import SuccessionKind
from workflow.agencies.successors import Passing
from workflow.days import local_day
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.records import GroupKey
from workflow.escalation.sweeping import sweep

STREAMS, ORDERS = 25, 4
AGENCIES = {"x": "H32.03", "y": "H32.04"}
FIRST = date(2023, 11, 20)


class Undo(Exception):
    """Nothing of a trial is kept."""


@contextmanager
def trial(world):
    """One transaction in which everything happens; none of it stays."""
    with suppress(Undo), world.unit() as unit:
        ids = {agency.code: agency.id for agency in world.agencies.values()}
        by = (world.accounts["inspector"], world.accounts["leader"])
        at = datetime(2023, 12, 1, tzinfo=UTC)
        yield unit, Truth(connection=unit.connection, agencies=ids, by=by, at=at)
        raise Undo


def steps_of(chance):
    """Return what happens, in no order yet: violations that come, turn and move, and a merger."""
    steps = []
    for one in random_stream(chance, most=26):
        agency = AGENCIES.get(one.agency, "")
        agency = NOBODY if agency and chance.random() < 0.1 else agency
        steps.append(("add", replace(one, agency=agency)))
    later = [
        (chance.choice(["turn", "turn", "move"]), chance.random()) for _ in range(len(steps) // 2)
    ]
    return steps + later


def carry_out(truth, chance, step):
    kind, what = step
    if kind == "add":
        return truth.add(what)
    if not truth.occurrences:
        return []
    key = sorted(truth.occurrences)[int(what * len(truth.occurrences))]
    if kind == "turn":
        return truth.turn(key, overturned=not truth.occurrences[key].overturned)
    return truth.move(key, **chance.choice([{"field": "y"}, {"agency": "H32.04"}, {"officer": ""}]))


def merge(truth, world, on):
    old, new = world.agencies["H32.04"], world.agencies["H32.03"]
    ends = on - timedelta(days=1)
    truth.connection.execute(update(AgencyRow).where(AgencyRow.id == old.id).values(valid_to=ends))
    truth.connection.execute(
        insert(SuccessionRow),
        {"predecessor_id": old.id, "successor_id": new.id, "kind": "merge", "act": "1/NQ", "on": on,
         "takes_over": {}},
    )  # fmt: skip
    truth.passings.append(
        Passing(predecessor="H32.04", successor="H32.03", kind=SuccessionKind.MERGE, on=on)
    )


@pytest.mark.parametrize("seed", range(STREAMS))
def test_stored_episodes_are_those_of_a_replay_after_every_step(world, seed):
    chance = Random(seed)
    versions = random_versions(chance, alike=seed % 3 > 0)
    always = random_rule(chance, "B")
    steps = steps_of(chance)
    merged_on = FIRST + timedelta(days=chance.randrange(20, 120)) if seed % 2 else None
    for order in range(ORDERS):
        run(world, Random(1000 * seed + order), versions, always, steps, merged_on)


def run(world, chance, versions, always, steps, merged_on):
    waiting = list(steps)
    chance.shuffle(waiting)
    actor = world.actor("admin")
    with trial(world) as (unit, truth):
        for version in versions:
            begins = version.from_on or FIRST - timedelta(days=400)
            enacted = replace(version, from_on=begins)
            truth.enact(enacted, approved_at=datetime(2023, 1, 1, tzinfo=UTC))
        day = FIRST + timedelta(days=chance.randrange(10, 60))
        truth.enact(replace_version(always), approved_at=datetime(2023, 1, 1, tzinfo=UTC))
        while waiting:
            some = [waiting.pop() for _ in range(min(len(waiting), chance.choice([1, 1, 2, 5])))]
            touched = [one for step in some for one in carry_out(truth, chance, step)]
            evaluate_touched(unit.escalation, touched, as_of=day, at=truth.at, actor=actor)
            check(unit, truth, day)
            if chance.random() < 0.4:
                day += timedelta(days=chance.choice([1, 3, 20]))
                if merged_on and merged_on <= day and not truth.passings:
                    merge(truth, world, merged_on)
                sweep(unit.escalation, actor, as_of=day, at=truth.at)
                check(unit, truth, day)
                again = sweep(unit.escalation, actor, as_of=day, at=truth.at)
                assert again.changes == ()


def replace_version(rule):
    from workflow.escalation.records import Version

    return Version(rule=rule, from_on=FIRST - timedelta(days=400))


def check(unit, truth, day):
    assert stored_episodes(unit.connection) == truth.expected(day)
    assert near_told(unit.connection, day) == truth.near(day)


ARRIVING = 8


@pytest.mark.parametrize("seed", range(ARRIVING))
def test_an_episode_goes_on_from_what_it_had_come_to_as_violations_arrive(world, seed):
    chance = Random(seed)
    rules = [random_rule(chance, code, group_by=()) for code in ("A", "B")]
    rules += [random_rule(chance, code, group_by=(GroupKey.AGENCY,)) for code in ("C", "D")]
    days = sorted(chance.randrange(120) for _ in range(60))
    stream = [random_occurrence(chance, n, day, hollow=0) for n, day in enumerate(days)]
    stream = [replace(one, agency=AGENCIES[one.agency], overturned=False) for one in stream]
    actor = world.actor("admin")
    with trial(world) as (unit, truth):
        for rule in rules:
            truth.enact(replace_version(rule), approved_at=datetime(2023, 1, 1, tzinfo=UTC))
        while stream:
            came = [stream.pop(0) for _ in range(min(len(stream), chance.choice([1, 2, 4])))]
            if stream and chance.random() < 0.2:
                came.append(stream.pop(min(len(stream), 9) - 1))  # the others come late
            touched = [one for occurrence in came for one in truth.add(occurrence)]
            day = max(local_day(one.occurred_at) for one in truth.occurrences.values())
            day += timedelta(days=chance.choice([0, 0, 0, 1, 9]))
            evaluate_touched(unit.escalation, touched, as_of=day, at=truth.at, actor=actor)
            if not stream or chance.random() < 0.4:
                day = sweep(unit.escalation, actor, as_of=day, at=truth.at).as_of
                check(unit, truth, day)
