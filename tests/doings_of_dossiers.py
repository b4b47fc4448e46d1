"""The use cases around dossiers: files brought, names looked at, causes given."""

from __future__ import annotations

from datetime import date
from typing import Any

import caseload
import intake
from doings import Doing, doing
from world import World

from workflow.causes.records import CauseCode
from workflow.causes.usecases import Assignment, assign_causes
from workflow.imports.records import NewUpload
from workflow.imports.usecases import (
    ask_to_take_in,
    bring_file,
    keep_trial,
    keep_trouble,
    note_taken_in,
    save_profile,
)
from workflow.looks.usecases import keep_found, look_at_applicant

TOML = intake.PLAIN.format(included="false")
BROUGHT = NewUpload(
    sha256="a" * 64, size=12, file_name="ho-so.csv", profile="plain", toml=TOML, as_of=intake.DAY
)
KEY = 7


def dossier(world: World) -> None:
    caseload.one(
        world,
        id=KEY, code="H32-7", digest="7" * 32,
        applicant="Nguyễn Thị Ánh", ended_on=date(2021, 7, 2),
    )  # fmt: skip


def brought(world: World, *, tried: bool = False) -> int:
    with world.unit() as unit:
        key = bring_file(unit.imports, world.actor("admin"), BROUGHT, at=world.clock())
        if tried:
            keep_trial(unit.imports, world.actor("admin"), key, {"rows": 1}, at=world.clock())
    return key


@doing("imports.usecases.bring_file")
def _bring(world: World) -> Doing:
    admin = world.actor("admin")
    return lambda unit: bring_file(unit.imports, admin, BROUGHT, at=world.clock())


@doing("imports.usecases.keep_trial")
def _try(world: World) -> Doing:
    key, admin = brought(world), world.actor("admin")
    return lambda unit: keep_trial(unit.imports, admin, key, {"rows": 3}, at=world.clock())


@doing("imports.usecases.keep_trouble")
def _trouble(world: World) -> Doing:
    key, admin = brought(world), world.actor("admin")
    return lambda unit: keep_trouble(
        unit.imports, admin, key, "too_many_agencies", {"most": 9}, at=world.clock()
    )


@doing("imports.usecases.ask_to_take_in")
def _ask(world: World) -> Doing:
    key, admin = brought(world, tried=True), world.actor("admin")
    return lambda unit: ask_to_take_in(unit.imports, admin, key, at=world.clock())


@doing("imports.usecases.note_taken_in")
def _note(world: World) -> Doing:
    dossier(world)
    key, admin = brought(world, tried=True), world.actor("admin")
    return lambda unit: note_taken_in(unit.imports, admin, key, 1, at=world.clock())


@doing("imports.usecases.save_profile")
def _save(world: World) -> Doing:
    """The second version of one that stands."""
    admin = world.actor("admin")

    def keep(unit: Any, toml: str) -> object:
        return save_profile(unit.imports, admin, toml, at=world.clock())

    with world.unit() as unit:
        keep(unit, TOML)
    return lambda unit: keep(unit, TOML.replace("%d/%m/%Y", "%Y-%m-%d"))


@doing("looks.usecases.look_at_applicant")
def _look(world: World) -> Doing:
    dossier(world)
    clerk = world.actor("clerk")
    return lambda unit: look_at_applicant(unit.looks, clerk, KEY, at=world.clock())


@doing("looks.usecases.keep_found")
def _find(world: World) -> Doing:
    dossier(world)
    clerk = world.actor("clerk")

    def keep(unit: Any) -> None:
        found = unit.looks.handled_by_name(clerk, "Nguyễn Thị Ánh", 5)
        keep_found(unit.looks, clerk, found, at=world.clock())

    return keep


@doing("causes.usecases.assign_causes")
def _assign(world: World) -> Doing:
    dossier(world)
    given = Assignment(primary=CauseCode.L05, secondary=(CauseCode.L12,), reason="Chờ thuế")
    clerk = world.actor("clerk")
    return lambda unit: assign_causes(unit.causes, clerk, [KEY], given, at=world.clock())
