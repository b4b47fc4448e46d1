"""Drafts in memory: what is written, and that mending one row leaves the others alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from models.documents.rows import ClauseRow
from workflow.deadlines.phrases import read_deadline
from workflow.documents.records import Clause, LeftOut, Party, PartyRole, Problem
from workflow.documents.usecases import keep_import, save_draft


def kept(world, *clauses):
    actor = world.actor("office")
    with world.unit() as unit:
        return save_draft(
            unit.documents, actor, world.head(), clauses, ground=world.office.ground(unit)
        )


def loaded(world, key):
    with world.office.reading() as unit:
        return unit.documents.document(key)


def changed(world, key, clauses):
    document = loaded(world, key)
    with world.unit() as unit:
        save_draft(
            unit.documents,
            world.actor("office"),
            document.head,
            tuple(clauses),
            ground=world.office.ground(unit),
            document_id=key,
        )
    return loaded(world, key)


def full_clause(world):
    return replace(
        world.clause(2, lead="districts", deadline="Trong 10 ngày làm việc kể từ ngày ký"),
        expected_output="Báo cáo",
        target_indicator="Tỷ lệ đúng hạn",
        index_refs="3.4.1",
        note="Lĩnh vực: đất đai",
        problems=(
            Problem(
                field="coordinating",
                text="các đơn vị",
                reason="vague_agency",
                suggestions=(world.agencies["H32.02"].id,),
                groups=("districts",),
            ),
        ),
        parties=(
            Party(
                role=PartyRole.LEAD,
                group_code="districts",
                words="UBND cấp huyện",
                how="group",
                without=frozenset({world.agencies["H32.11"].id}),
            ),
        ),
    )


def test_a_clause_comes_back_as_it_was_kept(world):
    key = kept(world, world.clause(), full_clause(world))
    second = loaded(world, key).clauses[1]
    assert replace(second, id=None) == full_clause(world)


def test_rows_keep_their_ids_when_one_is_changed(world):
    key = kept(world, world.clause(1), world.clause(2, content="Hai"), world.clause(3))
    before = loaded(world, key)
    clauses = [before.clauses[0], replace(before.clauses[1], content="Hai mới"), before.clauses[2]]
    after = changed(world, key, clauses)
    assert [c.id for c in after.clauses] == [c.id for c in before.clauses]
    assert [c.content for c in after.clauses][1] == "Hai mới"
    assert after.version == before.version + 1


def test_a_row_can_be_dropped_from_the_middle(world):
    key = kept(world, *(world.clause(n, content=f"Việc {n}") for n in (1, 2, 3)))
    first, _, third = loaded(world, key).clauses
    after = changed(world, key, (first, replace(third, position=2)))
    assert [c.content for c in after.clauses] == ["Việc 1", "Việc 3"]


def test_a_clause_of_another_draft_is_not_moved_over(world):
    other = kept(world, world.clause(1, content="Của người khác"))
    theirs = loaded(world, other).clauses[0]
    key = kept(world, world.clause(1))
    after = changed(world, key, (replace(theirs, content="Chép"),))
    assert after.clauses[0].id != theirs.id
    assert loaded(world, other).clauses[0].content == "Của người khác"


def test_an_import_remembers_its_file_and_what_was_left_out(world):
    with world.unit() as unit:
        key = keep_import(
            unit.documents,
            world.actor("office"),
            world.head(),
            (world.clause(),),
            ground=world.office.ground(unit),
            file_name="giao-viec.xlsx",
            left_out=(LeftOut(row=29, reason="empty_row", text="54"),),
        )
    document = loaded(world, key)
    assert document.imported_from == "giao-viec.xlsx"
    assert document.left_out == (LeftOut(row=29, reason="empty_row", text="54"),)


def test_a_deadline_keeps_both_readings(world):
    clause = Clause(position=1, content="x", deadline=read_deadline("Trước ngày 30-9", year=2021))
    key = kept(world, clause)
    deadline = loaded(world, key).clauses[0].deadline
    assert (deadline.due_on.day, deadline.other_due_on.day) == (29, 30)
    with world.office.reading() as unit:
        kind = unit.connection.execute(select(ClauseRow.deadline_kind)).scalar_one()
    assert kind == "fixed"


@pytest.mark.parametrize("count", [1, 40])
def test_mending_one_row_costs_the_same_on_a_long_sheet(world, count):
    from sqlalchemy import event

    key = kept(world, *(world.clause(n, content=f"Việc {n}") for n in range(1, count + 1)))
    document = loaded(world, key)
    clauses = (replace(document.clauses[0], content="Sửa"), *document.clauses[1:])
    seen = []
    actor = world.actor("office")
    with world.unit() as unit:
        event.listen(unit.connection, "before_cursor_execute", lambda *a: seen.append(a[2]))
        save_draft(
            unit.documents,
            actor,
            document.head,
            clauses,
            ground=world.office.ground(unit),
            document_id=key,
        )
    assert len(seen) <= 14, seen
