"""The use cases of documents: drafts, their rows mended, their issue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from doings import DAY, Doing, doing
from world import World

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
from workflow.documents.signing import attach_signed
from workflow.documents.usecases import (
    discard_draft,
    issue_document,
    keep_import,
    remember_words,
    save_draft,
)


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


@doing("documents.signing.attach_signed")
def _sign(world: World) -> Doing:
    actor, file = world.actor("office"), world.file()
    [made] = world.issue()
    return lambda unit: attach_signed(
        unit.documents, actor, made.document_id, file, ground=world.office.ground(unit)
    )


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
