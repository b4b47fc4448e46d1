"""The use cases of notices, letters and jobs, as `doings` lays them out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from doings import Doing, doing
from sqlalchemy import update
from world import World

from models.accounts.rows import AccountRow
from models.unit import Unit
from web.jobs.running import run_due
from workflow.jobs.usecases import try_again
from workflow.messages.delivering import deliver
from workflow.messages.hours import OfficeHours
from workflow.messages.inbox import (
    archive_item,
    choose_letters,
    read_all,
    read_item,
    unread_item,
)
from workflow.messages.mailing import gather
from workflow.messages.records import Choices, Notice

ITEM = 1


def notice(world: World, key: str = "n1") -> Notice:
    return Notice(
        key=key, kind="job.dead", subject="status", subject_key="", at=world.clock(),
        to_agency=world.agencies["H32.03"].id, params={"name": key},
    )  # fmt: skip


def post(world: World) -> None:
    with world.unit() as unit:
        unit.messages.post_all(notice(world, f"n{n}") for n in (1, 2, 3))


def delivered(world: World) -> None:
    post(world)
    with world.app.app_context():
        run_due(world.office)


def hand_out(world: World, unit: Unit) -> object:
    return deliver(
        unit.delivery, hours=OfficeHours(), calendar=world.office.calendar(unit),
        at=world.clock(), by_email=True,
    )  # fmt: skip


@doing("messages.delivering.deliver")
def _deliver(world: World) -> Doing:
    post(world)
    return lambda unit: hand_out(world, unit)


@doing("messages.mailing.gather")
def _gather(world: World) -> Doing:
    with world.unit() as unit:
        unit.connection.execute(update(AccountRow).values(email="ai@khanhhoa.gov.vn"))
    post(world)
    with world.unit() as unit:
        hand_out(world, unit)
    tomorrow = world.clock() + timedelta(days=1)

    def do(unit: Unit) -> object:
        names = (f"<{n}@khanhhoa.gov.vn>" for n in range(100))
        return gather(unit.mails, unit.jobs, at=tomorrow, new_message_id=lambda: next(names))

    return do


def of_item(act: Any, *, prepared: bool = False) -> Any:
    def ready(world: World) -> Doing:
        delivered(world)
        head = world.actor("head")
        if prepared:
            with world.unit() as unit:
                read_item(unit.inbox, head, ITEM, at=world.clock())
        return lambda unit: act(unit, head, world.clock())

    return ready


doing("messages.inbox.read_item")(
    of_item(lambda unit, head, at: read_item(unit.inbox, head, ITEM, at=at))
)
doing("messages.inbox.unread_item")(
    of_item(lambda unit, head, _: unread_item(unit.inbox, head, ITEM), prepared=True)
)
doing("messages.inbox.archive_item")(
    of_item(lambda unit, head, at: archive_item(unit.inbox, head, ITEM, at=at))
)
doing("messages.inbox.read_all")(
    of_item(lambda unit, head, at: read_all(unit.inbox, head, upto=10**6, at=at))
)
doing("messages.inbox.choose_letters")(
    of_item(lambda unit, head, _: choose_letters(unit.inbox, head, Choices(digest_hour=14)))
)


@doing("jobs.usecases.try_again")
def _try_again(world: World) -> Doing:
    with world.unit() as unit:
        unit.jobs.add("x", "x:1")
        job = unit.jobs.claim(world.clock(), timedelta(minutes=1))
        assert job is not None
        unit.jobs.fail(job, world.clock(), "unknown_job", None)
    admin = world.actor("admin")
    return lambda unit: try_again(unit.jobs, admin, job.id, at=world.clock())


WORKINGS: dict[str, Callable[[World], Doing]] = {}
"""What workers and other use cases do, though no door calls it a use case."""


def working(name: str) -> Callable[[Callable[[World], Doing]], Callable[[World], Doing]]:
    def keep(prepare: Callable[[World], Doing]) -> Callable[[World], Doing]:
        WORKINGS[name] = prepare
        return prepare

    return keep


@working("post a notice, add a job, note a run")
def _post(world: World) -> Doing:
    def do(unit: Unit) -> None:
        unit.messages.post(notice(world))
        unit.jobs.add("x", "x:1", {"of": 1})
        unit.runs.note("x", world.clock().date(), world.clock(), world.clock(), {"n": 1})

    return do


@working("claim a job")
def _claim(world: World) -> Doing:
    with world.unit() as unit:
        unit.jobs.add("x", "x:1")
    return lambda unit: unit.jobs.claim(world.clock(), timedelta(minutes=1))


@working("finish a job")
def _finish(world: World) -> Doing:
    with world.unit() as unit:
        unit.jobs.add("x", "x:1")
        job = unit.jobs.claim(world.clock(), timedelta(minutes=1))
        assert job is not None

    def do(unit: Unit) -> None:
        assert unit.jobs.finish(job, world.clock())
        unit.runs.note("x", world.clock().date(), world.clock(), world.clock(), {"n": 1})

    return do


@working("sweep a night")
def _night(world: World) -> Doing:
    def do(unit: Unit) -> None:
        night = unit.nights.take(world.clock().date(), world.clock(), timedelta(minutes=1))
        assert night is not None
        unit.nights.end(night, {"one": {"did": 1}}, world.clock())

    return do
