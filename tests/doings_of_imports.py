"""The use cases of dossiers that come in: an import begun, taken in, finished, failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import intake
from doings import Doing, doing
from world import World

from web.dossiers.following import detection
from workflow.calendar.records import DayKind, Override
from workflow.calendar.vietnam import vietnam_calendar
from workflow.dossiers.misread import Rejected
from workflow.dossiers.recounting import recount_waits
from workflow.dossiers.rejecting import hand_out_rejected
from workflow.dossiers.usecases import begin_import, fail_import, finish_import, take_in


@contextmanager
def file_of(*rows: Mapping[str, str]) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield intake.write(Path(folder) / "x.csv", rows)


def begun(world: World, *rows: Mapping[str, str]) -> tuple[Any, Any, Any]:
    """An import under way: what it is, its one chunk, what reads it."""
    with file_of(*rows) as path:
        facts, chunk, reader = intake.ground_of(world, path)
    with world.unit() as unit:
        admin = world.actor("admin")
        running = begin_import(unit.dossiers, admin, facts, rows=chunk.rows, at=world.clock.at)
    return running, chunk, reader


@doing("dossiers.usecases.begin_import")
def _(world: World) -> Doing:
    with file_of(intake.row("A")) as path:
        facts, chunk, _ = intake.ground_of(world, path)
    admin, lost = world.actor("admin"), Rejected(line=9, code="", field="code", reason="required")
    return lambda unit: begin_import(
        unit.dossiers, admin, facts, rows=chunk.rows, rejected=[lost], at=world.clock.at
    )


@doing("dossiers.usecases.take_in")
def _(world: World) -> Doing:
    """One dossier is new, one has changed, one can't be read; violations follow."""
    with file_of(intake.row("A", promised="02/09/2021"), intake.row("B")) as path:
        intake.take(world, path)
    running, chunk, reader = begun(
        world,
        intake.row("A", promised="03/09/2021", officer="x"),
        intake.row("B"),
        intake.row("C", promised="06/09/2021"),
        intake.row("D", received="hôm qua"),
    )
    admin = world.actor("admin")
    return lambda unit: take_in(
        unit.dossiers, admin, running, chunk, reader,
        then=detection(unit, admin), at=world.clock.at,
    )  # fmt: skip


@doing("dossiers.usecases.finish_import")
def _(world: World) -> Doing:
    running, admin = begun(world, intake.row("A"))[0], world.actor("admin")
    return lambda unit: finish_import(unit.dossiers, admin, running, at=world.clock.at)


@doing("dossiers.usecases.fail_import")
def _(world: World) -> Doing:
    running, admin = begun(world, intake.row("A"))[0], world.actor("admin")
    return lambda unit: fail_import(
        unit.dossiers, admin, running, reason="too_many_agencies", at=world.clock.at
    )


@doing("dossiers.rejecting.hand_out_rejected")
def _(world: World) -> Doing:
    admin = world.actor("admin")
    return lambda unit: hand_out_rejected(unit.history, admin, "1", at=world.clock.at)


@doing("dossiers.recounting.recount_waits")
def _(world: World) -> Doing:
    """A dossier waited over a day that has become a day off."""
    with file_of(
        intake.row("A", promised="10/09/2021", asked="06/09/2021", answered="08/09/2021")
    ) as path:
        intake.take(world, path)
    admin = world.actor("admin")
    day_off = Override(day=date(2021, 9, 7), kind=DayKind.OFF, reason="Bão", act="9/QĐ")
    calendar = vietnam_calendar((day_off,))
    return lambda unit: recount_waits(unit.dossiers, admin, calendar, at=world.clock.at)
