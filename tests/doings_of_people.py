"""The use cases of people beyond one account: sheets, stand-ins, work handed over."""

from __future__ import annotations

from datetime import date

from doings import Doing, doing
from world import World

from models.accounts.passwords import hash_for_tests
from web.accounts.intake import grid_of, read_rows
from workflow.accounts.handing_over import Ground, hand_over_work
from workflow.accounts.importing import import_people
from workflow.accounts.records import Role
from workflow.accounts.standing_in import NewStandIn, end_stand_in, name_stand_in
from workflow.agencies.records import Handover, SuccessionKind
from workflow.agencies.successions import hand_over
from workflow.directives.following import set_follower
from workflow.directives.handing_on import Move, hand_on_left
from workflow.views.records import ListPage
from workflow.views.usecases import put_away, save_view, send_view

LINES = (
    "Tên đăng nhập\tHọ và tên\tCơ quan\tVai trò",
    "lan.nt\tNguyễn Thị Lan\tH32.03\tChuyên viên",
    "lan.nt\tNguyễn Thị Lan\tH32.04\tĐầu mối",
)
SHEET = "\n".join(LINES)


def leave(world: World, who: str = "clerk") -> NewStandIn:
    """The head goes on leave and the clerk acts in the role."""
    return NewStandIn(
        absent_id=world.accounts["head"],
        stand_in_id=world.accounts[who],
        role=Role.AGENCY_HEAD,
        agency_id=world.agencies["H32.03"].id,
        from_on=date(2021, 8, 23),
        to_on=date(2021, 9, 3),
        reason="Nghỉ phép",
    )


@doing("accounts.importing.import_people")
def _import(world: World) -> Doing:
    admin = world.actor("admin")
    with world.app.app_context(), world.office.reading() as unit:
        rows = read_rows(unit, grid_of(SHEET))
    hashes = {"lan.nt": hash_for_tests("x")}
    return lambda unit: import_people(unit.accounts, admin, rows, hashes, at=world.clock())


@doing("accounts.standing_in.name_stand_in")
def _name(world: World) -> Doing:
    head = world.actor("head")
    return lambda unit: name_stand_in(unit.accounts, head, leave(world), at=world.clock())


@doing("accounts.standing_in.end_stand_in")
def _end(world: World) -> Doing:
    head = world.actor("head")
    with world.unit() as unit:
        key = name_stand_in(unit.accounts, head, leave(world), at=world.clock())
    return lambda unit: end_stand_in(unit.accounts, head, key, at=world.clock())


def followed_by(world: World, who: str) -> str:
    """Let somebody of the office follow a directive that runs."""
    [made] = world.issue(world.clause(monitor_id=world.accounts[who]))
    return made.number


@doing("accounts.handing_over.hand_over_work")
def _hand_over(world: World) -> Doing:
    followed_by(world, "office")
    admin, at = world.actor("admin"), world.clock()
    giver, taker = world.accounts["office"], world.accounts["office2"]
    return lambda unit: hand_over_work(
        unit.handovers, admin, giver, taker, reason="Chuyển công tác", ground=Ground(at=at)
    )


def kept_view(world: World, who: str = "clerk") -> int:
    """Keep a view of somebody's and return its id."""
    with world.unit() as unit:
        return save_view(
            unit.views, world.actor(who), ListPage.DIRECTIVES, "Quá hạn", "time=overdue",
            at=world.clock(),
        )  # fmt: skip


@doing("views.usecases.save_view")
def _keep(world: World) -> Doing:
    clerk, at = world.actor("clerk"), world.clock()
    return lambda unit: save_view(
        unit.views, clerk, ListPage.BOARD, "Của sở", "agency=H32.03", at=at
    )


@doing("views.usecases.send_view")
def _send(world: World) -> Doing:
    key, clerk, at = kept_view(world), world.actor("clerk"), world.clock()
    people = [world.accounts["head"], world.accounts["officer"]]
    return lambda unit: send_view(unit.views, clerk, key, people, at=at)


@doing("views.usecases.put_away")
def _put_away(world: World) -> Doing:
    key, clerk, at = kept_view(world), world.actor("clerk"), world.clock()
    with world.unit() as unit:
        send_view(unit.views, clerk, key, [world.accounts["head"]], at=at)
    return lambda unit: put_away(unit.views, clerk, key)


@doing("directives.handing_on.hand_on_left")
def _hand_on(world: World) -> Doing:
    """An agency was split: one directive it led, one it coordinates, go to one of the two."""
    made = world.issue(
        world.clause(lead="H32.04", coordinating=()), world.clause(2, coordinating=("H32.04",))
    )
    old, new = world.agencies["H32.04"].id, world.agencies["H32.11"].id
    handover = Handover(
        predecessor_ids=(old,), successor_ids=(new, world.agencies["H32.10"].id),
        kind=SuccessionKind.SPLIT, act="1/NQ-HĐND", on=world.office.today(),
    )  # fmt: skip
    with world.unit() as unit:
        hand_over(unit.agencies, unit.history, world.actor("admin"), handover, at=world.clock())
    moves = [
        Move(number=one.number, version=world.directive(one.number).version, heirs={old: new})
        for one in made
    ]
    office = world.actor("office")
    return lambda unit: hand_on_left(unit.papers, office, moves, at=world.clock())


@doing("directives.following.set_follower")
def _follow(world: World) -> Doing:
    numbers = [one.number for one in world.issue(world.clause(), world.clause(2))]
    office, follower = world.actor("office"), world.accounts["office2"]
    return lambda unit: set_follower(unit.followers, office, numbers, follower, at=world.clock())
