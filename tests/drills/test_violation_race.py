"""Violations with many at once: people who judge, imports and the night never trip or double."""

import threading
from collections import Counter
from datetime import date

import pytest
from doings_of_violations import found, late
from sqlalchemy import func, select, update
from violating import kept

from models.dossiers.rows import DossierRow
from models.violations.rows import ViolationStateRow
from workflow.accounts.usecases import system_actor
from workflow.errors import Refused, Stale
from workflow.violations.judging import Said, act_on, act_on_many
from workflow.violations.records import ViolationAction, ViolationState
from workflow.violations.scopes import DossierScope, DueScope
from workflow.violations.usecases import detect

pytestmark = pytest.mark.drill
TODAY = date(2021, 8, 23)
ROUNDS = 10
CLIENTS = 8


def at_once(jobs):
    """Let every job go at the same moment, each on its own thread; return what each was told."""
    gate, answers = threading.Barrier(len(jobs)), [None] * len(jobs)

    def work(place):
        gate.wait(60)
        try:
            answers[place] = jobs[place]()
        except (Refused, Stale) as error:
            answers[place] = error.code

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


def look(world, scope):
    at = world.clock()
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=at)
        return detect(unit.violations, actor, scope, day=TODAY, at=at)


def judge(world, actor, key, action, version=None):
    said = Said(reason="vì vậy")
    with world.unit() as unit:
        act_on(unit.violations, actor, key, action, said, at=world.clock(), version=version)
    return "done"


def is_whole(world):
    """Every version of every violation is told, and the history stands."""
    with world.office.reading() as unit:
        told = dict(
            unit.connection.execute(
                select(ViolationStateRow.violation_id, func.count()).group_by(
                    ViolationStateRow.violation_id
                )
            ).all()
        )
        assert unit.history.verify().ok
    rows = kept(world)
    assert {row.id: row.version - 1 for row in rows if row.version > 1} == told
    assert len({(row.dossier_id, row.type, row.serial) for row in rows}) == len(rows)


def test_imports_and_nights_at_once_find_each_violation_once(world):
    ids = late(world, 12)
    look(world, DossierScope(dossier_ids=()))
    scopes = [DossierScope(dossier_ids=ids), DueScope()] * (CLIENTS // 2)
    done = at_once([lambda scope=scope: look(world, scope).found for scope in scopes])
    total = Counter()
    for counts in done:
        total.update(counts)
    assert total == {"V16": 12, "V17": 12}
    is_whole(world)


def test_one_of_many_who_judge_at_once_wins_and_the_others_are_told(world):
    found(world)
    for row in kept(world, type="V16"):
        actors = [world.actor(who) for who in ("inspector", "office", "office2")] * 3
        told = at_once(
            [
                lambda who=who, key=row.id: judge(world, who, key, ViolationAction.CONFIRM, 1)
                for who in actors
            ]
        )
        assert Counter(told) == {"done": 1, "stale": len(actors) - 1}
    is_whole(world)


def test_an_import_and_those_who_judge_never_wait_for_each_other_for_ever(world):
    ids = found(world)
    clerk, inspector = world.actor("clerk"), world.actor("inspector")
    contest, overturn = ViolationAction.CONTEST, ViolationAction.OVERTURN
    keys = [row.id for row in kept(world)]

    def many(actor, action, order):
        said = Said(reason="vì vậy")
        with world.unit() as unit:
            act_on_many(unit.violations, actor, order, action, said, at=world.clock())
        return "done"

    for turn in range(ROUNDS):
        with world.unit() as unit:
            ended = date(2021, 8, 1) if turn % 2 else None
            unit.connection.execute(update(DossierRow).values(ended_on=ended))
        told = at_once(
            [
                lambda: look(world, DossierScope(dossier_ids=ids)) and "done",
                lambda: many(clerk, contest, keys),
                lambda: many(inspector, overturn, keys[:3][::-1]),
                lambda: look(world, DossierScope(dossier_ids=ids[::-1])) and "done",
            ]
        )
        assert set(told) == {"done"}, told
        is_whole(world)
    look(world, DossierScope(dossier_ids=ids))
    judged = [row for row in kept(world) if row.cause == "judged"]
    assert all(row.state is ViolationState.OVERTURNED for row in judged)
