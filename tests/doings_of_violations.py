"""The use cases of violations, as `doings` lays them out; a rule stands, so cases follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from doings import DOINGS, Doing, doing
from ruling import enact
from sqlalchemy import update
from violating import add_dossiers, add_import, kept, recorded, reported
from world import World

from models.dossiers.rows import DossierRow
from models.unit import Unit
from workflow.accounts.usecases import system_actor
from workflow.escalation.holding import judge_held
from workflow.escalation.telling import import_source
from workflow.violations.basing import put_basis, remove_basis
from workflow.violations.judging import Said, act_on, act_on_many
from workflow.violations.recording import record
from workflow.violations.records import ViolationAction
from workflow.violations.scopes import DossierScope, DueScope, Scope
from workflow.violations.usecases import detect, detect_late_directives

TODAY = date(2021, 8, 23)


def late(world: World, count: int = 4) -> tuple[int, ...]:
    """Lay late dossiers of one agency and field, enough for a case."""
    enact(world)
    add_import(world)
    days = [date(2021, 8, 10 + n) for n in range(count)]
    return tuple(add_dossiers(world, *({"promised_on": day, "due_on": day} for day in days)))


def found(world: World) -> tuple[int, ...]:
    """Lay late dossiers and find their violations; return the dossiers."""
    ids = late(world)
    with world.unit() as unit:
        _detect(world, DossierScope(dossier_ids=ids))(unit)
    return ids


def _detect(world: World, scope: Scope) -> Doing:
    at = world.clock()

    def do(unit: Unit) -> object:
        actor = system_actor(unit.accounts, at=at)
        return detect(unit.violations, actor, scope, day=TODAY, at=at)

    return do


@doing("violations.usecases.detect")
def _find(world: World) -> Doing:
    return _detect(world, DossierScope(dossier_ids=late(world)))


@doing("violations.usecases.detect:held")
def _hold_back(world: World) -> Doing:
    return _detect(world, DossierScope(dossier_ids=late(world), source="1", held=True))


@doing("escalation.holding.judge_held")
def _judge_held(world: World) -> Doing:
    """What an import found is judged at its end, and let go."""
    scope = DossierScope(dossier_ids=late(world), source="1", held=True)
    with world.unit() as unit:
        _detect(world, scope)(unit)
    admin, at, source = world.actor("admin"), world.clock(), import_source(1)
    return lambda unit: judge_held(unit.escalation, admin, source, as_of=TODAY, at=at)


@doing("violations.usecases.detect:due")
def _due(world: World) -> Doing:
    late(world)
    return _detect(world, DueScope())


@doing("violations.usecases.detect:mended")
def _mended(world: World) -> Doing:
    ids = found(world)
    with world.unit() as unit:
        ended = update(DossierRow).where(DossierRow.id.in_(ids[:2]))
        unit.connection.execute(ended.values(ended_on=date(2021, 8, 1)))
        moved = update(DossierRow).where(DossierRow.id == ids[2])
        unit.connection.execute(moved.values(field_text="Môi trường"))
    return _detect(world, DossierScope(dossier_ids=ids))


@doing("violations.usecases.detect_late_directives")
def _late_directives(world: World) -> Doing:
    world.issue(world.clause(deadline="30/8/2021"))
    at = world.clock()

    def do(unit: Unit) -> object:
        actor = system_actor(unit.accounts, at=at)
        return detect_late_directives(unit.violations, actor, day=date(2021, 9, 1), at=at)

    return do


@doing("violations.recording.record")
def _record(world: World) -> Doing:
    found(world)
    actor, at = world.actor("inspector"), world.clock()
    told, files = reported(world, type="V16", field_text="Đất đai"), (world.file(),)
    return lambda unit: record(unit.violations, actor, told, files=files, at=at)


JUDGED = {
    # what is done, by whom, after what
    ViolationAction.CONTEST: ("clerk", ()),
    ViolationAction.CONFIRM: ("inspector", ()),
    ViolationAction.UPHOLD: ("inspector", (("clerk", ViolationAction.CONTEST),)),
    ViolationAction.OVERTURN: ("inspector", ()),
    ViolationAction.REINSTATE: ("inspector", (("inspector", ViolationAction.OVERTURN),)),
}


def _said(world: World) -> dict[str, Any]:
    return {"said": Said(reason="vì vậy", files=(world.file(),)), "at": world.clock()}


def _act(action: ViolationAction) -> None:
    who, before = JUDGED[action]

    def ready(world: World) -> Doing:
        found(world)
        key, given = kept(world, type="V16")[0].id, _said(world)
        for person, earlier in before:
            with world.unit() as unit:
                act_on(unit.violations, world.actor(person), key, earlier, **given)
        actor = world.actor(who)
        return lambda unit: act_on(unit.violations, actor, key, action, **given)

    DOINGS[f"violations.judging.act_on:{action.value}"] = ready


for _action in JUDGED:
    _act(_action)


@doing("violations.judging.act_on_many")
def _act_on_many(world: World) -> Doing:
    found(world)
    stray = recorded(world, agency_id=world.agencies["H32.05"].id).id
    keys = [*(row.id for row in kept(world, type="V16")), stray]
    actor, given = world.actor("inspector"), _said(world)
    overturn = ViolationAction.OVERTURN
    return lambda unit: act_on_many(unit.violations, actor, keys, overturn, **given)


@doing("violations.basing.put_basis")
def _put_basis(world: World) -> Doing:
    actor, at, first = world.actor("admin"), world.clock(), date(2021, 1, 1)
    return lambda unit: put_basis(
        unit.bases, actor, "V16", text="QĐ 12", valid_from=first, valid_to=None, at=at
    )


@doing("violations.basing.remove_basis")
def _remove_basis(world: World) -> Doing:
    with world.unit() as unit:
        _put_basis(world)(unit)
        [row] = unit.bases.entered("V16")
    actor, at = world.actor("admin"), world.clock()
    return lambda unit: remove_basis(unit.bases, actor, "V16", row.id, at=at)
