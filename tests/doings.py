"""Every use case once: how the ground is laid, and the act itself as one transaction does it.

Keys name the function (`workflow` left out), with the action where one function has many.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import intake
from world import PASSWORD, World

import workflow
from models.accounts.passwords import Argon2, hash_for_tests
from models.unit import Unit
from web.dossiers.following import detection
from workflow.accounts.looking import mark_looked
from workflow.accounts.records import Membership, Role
from workflow.accounts.roles import end_role, give_role
from workflow.accounts.signing import begin_sign_in, finish_sign_in
from workflow.accounts.usecases import (
    change_details,
    change_own_password,
    close_account,
    end_sessions,
    open_account,
    reopen_account,
    reset_password,
    system_actor,
    unlock_account,
)
from workflow.agencies.aliases import add_alias, remove_alias
from workflow.agencies.divisions import add_division, end_division
from workflow.agencies.groups import add_group, change_group
from workflow.agencies.records import AgencyFacts, AgencyGroup, Handover, SuccessionKind, Tier
from workflow.agencies.successions import hand_over
from workflow.agencies.usecases import (
    add_agency,
    change_agency,
    end_agency,
    rename_agency,
    stands_again,
)
from workflow.calendar.records import DayKind, Override
from workflow.calendar.usecases import DayChange, change_days, preview_days
from workflow.calendar.vietnam import vietnam_calendar
from workflow.directives.records import Action
from workflow.directives.succeeding import move_open_work
from workflow.directives.usecases import take_action
from workflow.documents.clauses import Choice, fingerprint
from workflow.documents.mending import (
    add_row,
    change_row,
    choose_words,
    drop_row,
    keep_as_is,
    note_words,
    take_from_leads,
)
from workflow.documents.newcomers import add_newcomers
from workflow.documents.records import LeftOut, Problem
from workflow.documents.usecases import (
    discard_draft,
    issue_document,
    keep_import,
    remember_words,
    save_draft,
)
from workflow.dossiers.misread import Rejected
from workflow.dossiers.recounting import recount_waits
from workflow.dossiers.usecases import begin_import, fail_import, finish_import, take_in

Doing = Callable[[Unit], object]
DAY = date(2021, 9, 10)

READERS = {
    "accounts.changing.person_of",
    "accounts.changing.roles_told",
    "accounts.handing_over.look_through",
    "views.usecases.own_view",
    "agencies.usecases.agency_of",
    "calendar.usecases.preview_days",
    "directives.doing.doers_there",
    "directives.doing.doers_told",
    "directives.usecases.look_at",
    "documents.usecases.open_draft",
    "looks.usecases.find_applicant",
    "review.usecases.cases_of",
    "review.usecases.read_given",
}
"""Functions that ask memory and keep nothing."""

PARTS = {
    "escalation.sitting.sit",
    "escalation.sweeping.reenact",
    "accounts.changing.change_and_sign_out",
    "documents.usecases.tell_of_draft",
    "review.usecases.keep",
}
"""Shared parts of other use cases, never called by a door."""


def all_use_cases() -> set[str]:
    """Return every public function of `workflow` that is handed a memory."""
    found = set()
    for module in pkgutil.walk_packages(workflow.__path__, "workflow."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            ours = inspect.isfunction(thing) and thing.__module__ == module.name
            if ours and not name.startswith("_"):
                given = list(inspect.signature(thing).parameters)
                if given[:1] == ["memory"]:
                    found.add(f"{module.name.removeprefix('workflow.')}.{name}")
    return found


DOINGS: dict[str, Callable[[World], Doing]] = {}


def doing(key: str) -> Callable[[Callable[[World], Doing]], Callable[[World], Doing]]:
    def keep(prepare: Callable[[World], Doing]) -> Callable[[World], Doing]:
        assert key not in DOINGS
        DOINGS[key] = prepare
        return prepare

    return keep


# --- directives ------------------------------------------------------------------------


def act(action: Action, who: str, prepare: Callable[[World], tuple[str, dict[str, Any]]]) -> None:
    def ready(world: World) -> Doing:
        number, given = prepare(world)
        actor = world.actor(who)

        def do(unit: Unit) -> object:
            ground = world.office.ground(unit)
            return take_action(unit.directives, actor, number, action, given, ground=ground)

        return do

    DOINGS[f"directives.usecases.take_action:{action.value}"] = ready


def fresh(world: World, **clause: Any) -> str:
    [made] = world.issue(world.clause(**clause))
    return made.number


def running(world: World, **clause: Any) -> str:
    number = fresh(world, **clause)
    world.act("clerk", number, Action.ACCEPT)
    return number


def reported(world: World, **clause: Any) -> str:
    number = running(world, expected_output="Báo cáo", **clause)
    world.report(number)
    return number


def verified(world: World) -> str:
    number = reported(world)
    world.act("office", number, Action.VERIFY, verdict="met")
    return number


def family(world: World) -> str:
    """A directive of the district with a running part, a reported one and a verified one."""
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    for unit in ("H32.10.1", "H32.10.1", "H32.10.1"):
        world.act(
            "district", made.number, Action.HAND_DOWN,
            agency=world.agencies[unit].id, content="Rà soát", due_on=DAY,
        )  # fmt: skip
    parts = [part.number for part in world.directive(made.number).parts]
    for number in parts[1:]:
        world.report(number, "commune")
    world.act("district_head", parts[2], Action.VERIFY, verdict="met")
    return made.number


def declined(world: World) -> str:
    number = fresh(world)
    given = {"paper": "9/STNMT", "ask": "part", "reason": "x", "files": (world.file(),)}
    world.act("clerk", number, Action.DECLINE, **given)
    return number


def asked(world: World) -> str:
    number = running(world)
    world.act("clerk", number, Action.REQUEST_EXTENSION, due_on=date(2021, 11, 1), reason="x")
    return number


def with_piece(world: World) -> tuple[str, int]:
    number = reported(world)
    return number, world.directive(number).evidence[0].id


FILES = ("a.pdf", "b.pdf", "a.pdf")
act(Action.ACCEPT, "clerk", lambda w: (fresh(w), {}))
act(Action.UPDATE, "officer", lambda w: (
    fresh(w), {"done": "x", "progress": 10, "files": tuple(w.file(n, n) for n in FILES)}))  # fmt: skip
act(Action.REPORT, "clerk", lambda w: (
    running(w), w.signed() | {"result": "x", "figure": "91.5", "files": (w.file(), w.file("hai", "b.pdf"))}))  # fmt: skip
act(Action.DECLINE, "clerk", lambda w: (
    fresh(w), {"paper": "9/A", "ask": "part", "reason": "x", "files": (w.file(),)}))  # fmt: skip
act(
    Action.RECORD_REPORT,
    "office",
    lambda w: (
        fresh(w),
        {
            "result": "x",
            "report_number": "88/BC",
            "report_date": w.office.today(),
            "signer": "x",
            "received_on": w.office.today(),
            "files": (w.file(),),
        },
    ),
)
act(Action.REMIND, "office", lambda w: (fresh(w), {"text": "x", "paper": "3/UBND"}))
act(Action.DIRECT, "leader", lambda w: (running(w), {"text": "x", "new_content": "y"}))
act(Action.INSIST, "office", lambda w: (declined(w), {"reason": "x"}))
act(Action.REASSIGN, "office", lambda w: (
    running(w), {"agency": w.agencies["H32.04"].id, "reason": "x", "due_on": DAY}))  # fmt: skip
act(Action.HAND_DOWN, "district", lambda w: (
    family(w), {"agency": w.agencies["H32.10.2"].id, "content": "x", "due_on": DAY}))  # fmt: skip
act(Action.REQUEST_EXTENSION, "clerk", lambda w: (
    running(w), {"due_on": date(2021, 11, 1), "reason": "x"}))  # fmt: skip
act(
    Action.DECIDE_EXTENSION,
    "office",
    lambda w: (asked(w), {"decision": "granted", "paper": "5/UBND"}),
)
act(Action.RECALL, "clerk", lambda w: (reported(w), {"reason": "x"}))
act(Action.RETURN, "office", lambda w: (reported(w), {"reason": "x", "due_on": DAY}))
act(Action.VERIFY, "inspector", lambda w: (reported(w), {"verdict": "met", "grade": "good"}))
act(Action.REOPEN, "office", lambda w: (verified(w), {"reason": "x"}))
act(Action.CORRECT, "office", lambda w: (running(w), {"content": "Chữ đúng", "reason": "x"}))
act(Action.AMEND, "office", lambda w: (reported(w), {"paper": "9/A", "due_on": date(2021, 12, 1)}))
act(Action.WITHDRAW, "office", lambda w: (family(w), {"paper": "9/A", "reason": "x"}))


def _judging(action: Action, **given: Any) -> None:
    def prepare(world: World) -> tuple[str, dict[str, Any]]:
        number, piece = with_piece(world)
        return number, {"evidence": piece, **given}

    act(action, "office", prepare)


_judging(Action.ACCEPT_EVIDENCE)
_judging(Action.REJECT_EVIDENCE, reason="Mờ")


# --- documents -------------------------------------------------------------------------


def draft(world: World, *clauses: Any, **head: Any) -> int:
    with world.unit() as unit:
        return save_draft(
            unit.documents, world.actor("office"), world.head(**head),
            clauses or (world.clause(), world.clause(2)), ground=world.office.ground(unit),
        )  # fmt: skip


WAITING = "Sở Không Tên"


def waiting_draft(world: World) -> int:
    """A draft with two rows that wait: words that name nobody, and a doubt to look at."""
    lead = Problem(field="lead", text=WAITING, reason="unknown_agency")
    beside = Problem(field="coordinating", text=WAITING, reason="unknown_agency")
    first = replace(world.clause(), parties=(), lead_words=WAITING, problems=(lead,))
    second = replace(world.clause(2), problems=(beside,))
    return draft(world, first, second)


def clauses_of(world: World, document: int) -> Any:
    with world.office.reading() as unit:
        found = unit.documents.document(document)
    assert found is not None
    return found.clauses


@doing("documents.usecases.save_draft:new")
def _new_draft(world: World) -> Doing:
    actor, head, file = world.actor("office"), world.head(), world.file()
    clauses = (world.clause(), world.clause(2, lead="districts"))
    return lambda unit: save_draft(
        unit.documents, actor, head, clauses, ground=world.office.ground(unit), file=file
    )


@doing("documents.usecases.save_draft:again")
def _changed_draft(world: World) -> Doing:
    key, actor, head = draft(world), world.actor("office2"), world.head()
    clauses = (world.clause(content="khác"),)
    return lambda unit: save_draft(
        unit.documents, actor, head, clauses,
        ground=world.office.ground(unit), document_id=key, version=1,
    )  # fmt: skip


@doing("documents.usecases.keep_import")
def _import(world: World) -> Doing:
    actor, head = world.actor("office"), world.head()
    clauses = (world.clause(), world.clause(2))
    left_out = (LeftOut(row=3, reason="empty", text=""),)
    return lambda unit: keep_import(
        unit.documents, actor, head, clauses,
        ground=world.office.ground(unit), file_name="giao-viec.xlsx", left_out=left_out,
    )  # fmt: skip


@doing("documents.usecases.discard_draft")
def _discard(world: World) -> Doing:
    key, actor = draft(world), world.actor("office")
    return lambda unit: discard_draft(unit.documents, actor, key, ground=world.office.ground(unit))


@doing("documents.usecases.remember_words")
def _remember(world: World) -> Doing:
    actor, key = world.actor("office"), world.agencies["H32.03"].id
    words = {"Sở TN": key, "Sở TNMT": key}
    return lambda unit: remember_words(
        unit.documents, actor, words, ground=world.office.ground(unit)
    )


@doing("documents.usecases.issue_document")
def _issue(world: World) -> Doing:
    actor = world.actor("office")
    key = draft(
        world, world.clause(lead="districts"), world.clause(2, lead=("H32.03", "H32.04")),
        world.clause(3, deadline="Trong 10 ngày làm việc kể từ ngày ký"),
    )  # fmt: skip
    return lambda unit: issue_document(unit.documents, actor, key, ground=world.office.ground(unit))


@doing("documents.mending.choose_words")
def _choose(world: World) -> Doing:
    key, actor = waiting_draft(world), world.actor("office")
    choice = Choice(agency_ids=(world.agencies["H32.03"].id,))
    clause = clauses_of(world, key)[0].id
    return lambda unit: choose_words(
        unit.documents, actor, key, clause_id=clause, words=WAITING, choice=choice,
        ground=world.office.ground(unit), remember=True,
    )  # fmt: skip


@doing("documents.mending.note_words")
def _note(world: World) -> Doing:
    key, actor = waiting_draft(world), world.actor("office")
    return lambda unit: note_words(
        unit.documents, actor, key, WAITING, ground=world.office.ground(unit)
    )


@doing("documents.mending.add_row")
def _add_row(world: World) -> Doing:
    key, actor = draft(world), world.actor("office")
    return lambda unit: add_row(unit.documents, actor, key, ground=world.office.ground(unit))


@doing("documents.mending.keep_as_is")
def _keep_as_is(world: World) -> Doing:
    key, actor = waiting_draft(world), world.actor("office")
    clause = clauses_of(world, key)[1]
    return lambda unit: keep_as_is(
        unit.documents, actor, key, clause.id, clause.problems[0],
        ground=world.office.ground(unit),
    )  # fmt: skip


@doing("documents.mending.take_from_leads")
def _take_from_leads(world: World) -> Doing:
    key = draft(world, world.clause(lead=("H32.03", "H32.04"), coordinating=()))
    actor, clause = world.actor("office"), clauses_of(world, key)[0]
    agency_id = world.agencies["H32.04"].id
    return lambda unit: take_from_leads(
        unit.documents, actor, key, clause.id, agency_id, seen=fingerprint(clause),
        ground=world.office.ground(unit),
    )  # fmt: skip


@doing("documents.mending.change_row")
def _change_row(world: World) -> Doing:
    key, actor = draft(world), world.actor("office")
    clause = clauses_of(world, key)[0]
    changed = replace(clause, content="Chữ mới")
    return lambda unit: change_row(
        unit.documents, actor, key, changed, seen=fingerprint(clause),
        ground=world.office.ground(unit),
    )  # fmt: skip


@doing("documents.mending.drop_row")
def _drop_row(world: World) -> Doing:
    key, actor = draft(world), world.actor("office")
    clause = clauses_of(world, key)[0]
    return lambda unit: drop_row(
        unit.documents, actor, key, clause.id, seen=fingerprint(clause),
        ground=world.office.ground(unit),
    )  # fmt: skip


@doing("documents.newcomers.add_newcomers")
def _newcomers(world: World) -> Doing:
    actor, at = world.actor("admin"), world.clock()
    return lambda unit: add_newcomers(
        unit.agencies, unit.history, actor, ["Vụ Một", "Vụ Hai"], since=DAY, at=at
    )


# --- accounts --------------------------------------------------------------------------


def of_accounts(
    key_of: str, use_case: Callable[..., object], who: str = "officer", **given: Any
) -> None:
    """A use case of the admin on one person's account."""

    def prepare(world: World) -> Doing:
        actor, at, key = world.actor("admin"), world.clock(), world.accounts[who]
        return lambda unit: use_case(unit.accounts, actor, key, **given, at=at)

    DOINGS[key_of] = prepare


of_accounts("accounts.usecases.change_details", change_details, name="Tên Mới", email="a@b.vn")
of_accounts("accounts.usecases.close_account", close_account, reason="Nghỉ hưu")
of_accounts("accounts.usecases.reset_password", reset_password, password_hash="y")
of_accounts("accounts.usecases.end_sessions", end_sessions)


@doing("accounts.usecases.open_account")
def _open_account(world: World) -> Doing:
    actor, at = world.actor("admin"), world.clock()
    return lambda unit: open_account(
        unit.accounts, actor, login="moi", name="Người Mới", email="", password_hash="x", at=at
    )


@doing("accounts.usecases.reopen_account")
def _reopen_account(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.accounts["officer"]
    with world.unit() as unit:
        close_account(unit.accounts, actor, key, reason="x", at=at)
    return lambda unit: reopen_account(unit.accounts, actor, key, at=at)


@doing("accounts.usecases.unlock_account")
def _unlock(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.accounts["officer"]
    for _ in range(3):
        with world.unit() as unit:
            begin_sign_in(unit.accounts, "officer", "10.0.0.1", at=at)
    return lambda unit: unlock_account(unit.accounts, actor, key, at=at)


@doing("accounts.usecases.change_own_password")
def _own_password(world: World) -> Doing:
    actor, at = world.actor("officer"), world.clock()
    return lambda unit: change_own_password(unit.accounts, actor, "new", at=at)


@doing("accounts.usecases.system_actor")
def _system(world: World) -> Doing:
    return lambda unit: system_actor(unit.accounts, at=world.clock())


@doing("accounts.roles.give_role")
def _give_role(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.accounts["officer"]
    role = Membership(role=Role.AGENCY_HEAD, agency_id=world.agencies["H32.04"].id, valid_from=DAY)
    return lambda unit: give_role(unit.accounts, actor, key, role, at=at)


@doing("accounts.roles.end_role")
def _end_role(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.accounts["officer"]
    [role] = world.actor("officer").memberships
    return lambda unit: end_role(unit.accounts, actor, key, role, last_day=DAY, at=at)


@doing("accounts.signing.begin_sign_in")
def _begin_sign_in(world: World) -> Doing:
    return lambda unit: begin_sign_in(unit.accounts, "officer", "10.0.0.1", at=world.clock())


@doing("accounts.signing.finish_sign_in")
def _finish_sign_in(world: World) -> Doing:
    with world.unit() as unit:
        attempt = begin_sign_in(unit.accounts, "officer", "10.0.0.1", at=world.clock())
    return lambda unit: finish_sign_in(
        unit.accounts, attempt, PASSWORD, Argon2(quick=True),
        token="một phiên", address="10.0.0.1", browser="x", at=world.clock(),
    )  # fmt: skip


@doing("accounts.looking.mark_looked")
def _looked(world: World) -> Doing:
    actor, at = world.actor("officer"), world.clock()
    return lambda unit: mark_looked(unit.accounts, actor, at)


# --- agencies --------------------------------------------------------------------------


def of_agencies(
    key_of: str, use_case: Callable[..., object], code: str | None = "H32.04", **given: Any
) -> None:
    """A use case of the admin on the tree, on one agency where `code` names it."""

    def prepare(world: World) -> Doing:
        actor, at = world.actor("admin"), world.clock()
        key = (world.agencies[code].id,) if code else ()
        return lambda unit: use_case(unit.agencies, unit.history, actor, *key, **given, at=at)

    DOINGS[key_of] = prepare


SINCE = date(2020, 1, 1)
of_agencies("agencies.aliases.add_alias", add_alias, alias="Sở XD")
of_agencies("agencies.divisions.add_division", add_division, name="Phòng Một", valid_from=DAY)
of_agencies(
    "agencies.usecases.rename_agency", rename_agency,
    name="Sở Xây dựng và Giao thông", on=date(2021, 8, 1), act="1/NQ-HĐND",
)  # fmt: skip
of_agencies("agencies.usecases.end_agency", end_agency, "H32.10.2", last_day=DAY, act="1/NQ-HĐND")
of_agencies(
    "agencies.groups.add_group", add_group, None,
    group=AgencyGroup(code="moi", name="Nhóm mới", tiers=frozenset({Tier.COMMUNE})),
)  # fmt: skip
of_agencies(
    "agencies.groups.change_group", change_group, None,
    group=AgencyGroup(code="communes", name="UBND xã", tiers=frozenset({Tier.COMMUNE})),
)  # fmt: skip


@doing("agencies.usecases.add_agency")
def _add_agency(world: World) -> Doing:
    actor, at = world.actor("admin"), world.clock()
    facts = AgencyFacts(
        code="H32.60", name="Sở Mới", tier=Tier.DEPARTMENT,
        parent_id=world.agencies["H32"].id, valid_from=DAY,
    )  # fmt: skip
    return lambda unit: add_agency(unit.agencies, unit.history, actor, facts, at=at)


@doing("agencies.usecases.change_agency")
def _change_agency(world: World) -> Doing:
    """Code, name and place at once: the units below move with it."""
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.10"].id
    facts = AgencyFacts(
        code="H32.70", name="UBND huyện Cam Lâm mới", tier=Tier.DISTRICT,
        parent_id=world.agencies["H32.01"].id, valid_from=SINCE,
    )  # fmt: skip
    return lambda unit: change_agency(
        unit.agencies, unit.history, actor, key, facts, reason="Nhập sai", at=at
    )


@doing("agencies.usecases.stands_again")
def _stands_again(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.10.2"].id
    with world.unit() as unit:
        end_agency(unit.agencies, unit.history, actor, key, last_day=DAY, act="1/NQ", at=at)
    return lambda unit: stands_again(
        unit.agencies, unit.history, actor, key, reason="Nhập nhầm", at=at
    )


@doing("agencies.aliases.remove_alias")
def _remove_alias(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.04"].id
    with world.unit() as unit:
        add_alias(unit.agencies, unit.history, actor, key, alias="Sở XD", at=at)
        [alias] = unit.agencies.aliases(key)
    return lambda unit: remove_alias(unit.agencies, unit.history, actor, key, alias.id, at=at)


@doing("agencies.divisions.end_division")
def _end_division(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.agencies["H32.04"].id
    with world.unit() as unit:
        division = add_division(
            unit.agencies, unit.history, actor, key, name="Phòng", valid_from=SINCE, at=at
        )
    return lambda unit: end_division(
        unit.agencies, unit.history, actor, key, division, last_day=DAY, at=at
    )


@doing("agencies.successions.hand_over")
def _hand_over(world: World) -> Doing:
    actor, at = world.actor("admin"), world.clock()
    handover = Handover(
        predecessor_ids=(world.agencies["H32.10.1"].id, world.agencies["H32.10.2"].id),
        successor_ids=(world.agencies["H32.11"].id,),
        kind=SuccessionKind.MERGE, act="1/NQ-HĐND", on=DAY, takes_over="Toàn bộ",
    )  # fmt: skip
    return lambda unit: hand_over(unit.agencies, unit.history, actor, handover, at=at)


@doing("directives.succeeding.move_open_work")
def _(world: World) -> Doing:
    """Two open directives of an agency that another follows."""
    world.issue(world.clause(1), world.clause(2))
    actor, at = world.actor("admin"), world.clock()
    handover = Handover(
        predecessor_ids=(world.agencies["H32.03"].id,),
        successor_ids=(world.agencies["H32.11"].id,),
        kind=SuccessionKind.MERGE, act="1/NQ-HĐND", on=DAY,
    )  # fmt: skip
    with world.unit() as unit:
        hand_over(unit.agencies, unit.history, actor, handover, at=at)
    return lambda unit: move_open_work(unit.directives, actor, DAY, at=at)


# --- calendar --------------------------------------------------------------------------


@doing("calendar.usecases.change_days")
def _change_days(world: World) -> Doing:
    """A day off is entered under two dates that were counted, another one is taken back."""
    actor, at = world.actor("admin"), world.clock()
    for _ in range(2):
        fresh(world, deadline="Trong 10 ngày làm việc kể từ ngày ký")
    today = world.office.today()
    first = DayChange(put=(_off(today + timedelta(days=2)),))
    with world.unit() as unit:
        seen = preview_days(unit.calendar, first, today=today).seen
        change_days(unit.calendar, actor, first, seen=seen, at=at)
    change = DayChange(put=(_off(today + timedelta(days=3)),), remove=(today + timedelta(days=2),))
    with world.office.reading() as unit:
        seen = preview_days(unit.calendar, change, today=today).seen
    return lambda unit: change_days(unit.calendar, actor, change, seen=seen, at=at)


def _off(day: date) -> Override:
    return Override(day=day, kind=DayKind.OFF, reason="Bão", act="1/UBND")


# --- dossiers --------------------------------------------------------------------------


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


__all__ = ["DOINGS", "PARTS", "READERS", "all_use_cases", "hash_for_tests"]
