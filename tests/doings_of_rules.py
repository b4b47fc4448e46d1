"""The use cases of rules and of evaluation, as `doings` lays them out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from doings import Doing, doing
from ruling import RULE, STRICTER, TODAY, draft, enact, happen, late, mark, truth_of
from sqlalchemy import update
from world import World

from models.agencies.rows import AgencyRow
from models.escalation.backtests import try_rule
from workflow.agencies.successors import Merging
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.rules import Approval
from workflow.escalation.submitting import submit_rule
from workflow.escalation.succeeding import counted_anew, set_merging
from workflow.escalation.suppressing import Scope, end_suppression, suppress
from workflow.escalation.sweeping import rederive, sweep
from workflow.escalation.usecases import (
    approve_rule,
    attach_backtest,
    change_draft,
    draft_proposals,
    draft_rule,
    reject_rule,
    retire_rule,
)


def case(world: World) -> Any:
    """A rule in force and a case it raised; return the truth kept beside the table."""
    enact(world)
    return happen(world, *(late(TODAY) for _ in range(3)))


@doing("escalation.usecases.draft_rule")
def _draft(world: World) -> Doing:
    actor, at = world.actor("office"), world.clock()
    return lambda unit: draft_rule(unit.rules, actor, RULE, reason="x", at=at)


@doing("escalation.usecases.draft_proposals")
def _proposals(world: World) -> Doing:
    actor, at = world.actor("office"), world.clock()
    return lambda unit: draft_proposals(unit.rules, actor, at=at)


@doing("escalation.usecases.change_draft")
def _change(world: World) -> Doing:
    made, actor, at = draft(world), world.actor("office"), world.clock()
    return lambda unit: change_draft(
        unit.rules, actor, made.id, STRICTER, reason="x", seen=made.version, at=at
    )


@doing("escalation.submitting.submit_rule")
def _submit(world: World) -> Doing:
    made, actor, at = draft(world), world.actor("office"), world.clock()
    return lambda unit: submit_rule(unit.rules, actor, made.id, seen=made.version, at=at)


@doing("escalation.usecases.attach_backtest")
def _attach(world: World) -> Doing:
    made, actor, at = draft(world, tried=False), world.actor("office"), world.clock()
    with world.office.reading() as unit:
        found = try_rule(unit.connection, RULE, None, TODAY - timedelta(days=30), TODAY)
    return lambda unit: attach_backtest(
        unit.rules, actor, made.id, found.summary(), seen=made.version, at=at
    )


@doing("escalation.usecases.approve_rule")
def _approve(world: World) -> Doing:
    case(world)
    made, actor, at = draft(world, STRICTER), world.actor("leader"), world.clock()
    happen(world, late(TODAY, "H32.04"), late(TODAY, "H32.04"))
    approval = Approval(act="1/QĐ", from_on=TODAY)
    return lambda unit: approve_rule(unit.rules, actor, made.id, approval, seen=made.version, at=at)


@doing("escalation.usecases.reject_rule")
def _reject(world: World) -> Doing:
    made, actor, at = draft(world), world.actor("leader"), world.clock()
    return lambda unit: reject_rule(
        unit.rules, actor, made.id, reason="x", seen=made.version, at=at
    )


@doing("escalation.usecases.retire_rule")
def _retire(world: World) -> Doing:
    made, actor, at = enact(world), world.actor("leader"), world.clock()
    return lambda unit: retire_rule(
        unit.rules, actor, made.id, last_day=TODAY, act="2/QĐ", seen=made.version, at=at
    )


@doing("escalation.evaluating.evaluate_touched")
def _evaluate(world: World) -> Doing:
    """One violation is overturned: a case is retracted, with its notices and its entry."""
    case(world)
    actor, at = world.actor("inspector"), world.clock()

    def do(unit: Any) -> object:
        truth = truth_of(world, unit)
        key = 1
        truth.occurrences[key] = late(TODAY)
        touched = truth.turn(key, overturned=True)
        return evaluate_touched(unit.escalation, touched, as_of=TODAY, at=at, actor=actor)

    return do


@doing("escalation.sweeping.sweep")
def _sweep(world: World) -> Doing:
    case(world)
    actor, at = world.actor("admin"), world.clock()
    return lambda unit: sweep(unit.escalation, actor, as_of=TODAY + timedelta(days=60), at=at)


@doing("escalation.sweeping.rederive")
def _rederive(world: World) -> Doing:
    case(world)
    with world.unit() as unit:
        truth = truth_of(world, unit)
        truth.add(late(TODAY))
    actor, at = world.actor("admin"), world.clock()
    return lambda unit: rederive(unit.escalation, actor, as_of=TODAY, at=at)


@doing("escalation.succeeding.counted_anew")
def _counted_anew(world: World) -> Doing:
    """An agency gets another code while a case stands under the old one."""
    case(world)
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.03"].id

    def do(unit: Any) -> None:
        with counted_anew(unit.escalation, actor, at=at):
            unit.connection.execute(
                update(AgencyRow).where(AgencyRow.id == key).values(code="H32.33")
            )

    return do


@doing("escalation.succeeding.set_merging")
def _merging(world: World) -> Doing:
    case(world)
    actor, at = world.actor("admin"), world.clock()
    return lambda unit: set_merging(unit.escalation, actor, Merging.FRESH, at=at)


@doing("escalation.suppressing.suppress")
def _suppress(world: World) -> Doing:
    enact(world)
    actor, at, scope = (
        world.actor("office"),
        world.clock(),
        Scope(from_on=TODAY, to_on=TODAY, rule="MC-01", agency_id=world.agencies["H32.03"].id),
    )
    return lambda unit: suppress(
        unit.suppressions, actor, scope, reason="x", expires_on=TODAY, at=at
    )


@doing("escalation.suppressing.end_suppression")
def _end(world: World) -> Doing:
    enact(world)
    key, actor, at = mark(world), world.actor("office"), world.clock()
    return lambda unit: end_suppression(unit.suppressions, actor, key, reason="x", at=at)
