"""What happens to a draft before it is issued stands in the history: who, when, what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workflow.documents import mending
from workflow.documents.clauses import Choice, fingerprint
from workflow.documents.records import LeftOut, Problem
from workflow.documents.usecases import discard_draft, issue_document, keep_import, save_draft
from workflow.errors import Invalid, Refused


def entries(world):
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        return [link.entry for link in unit.history.walk()]


def save(world, *clauses, file=None, document_id=None, **head):
    with world.unit() as unit:
        return save_draft(
            unit.documents, world.actor("office"), world.head(**head),
            clauses or (world.clause(),), ground=world.office.ground(unit),
            document_id=document_id, file=file,
        )  # fmt: skip


def stored(world, key):
    with world.office.reading() as unit:
        return unit.documents.document(key)


def mend(world, act, key, *args, **given):
    with world.unit() as unit:
        return act(
            unit.documents, world.actor("office"), key, *args,
            ground=world.office.ground(unit), **given,
        )  # fmt: skip


def test_a_new_draft_tells_its_head_its_rows_and_its_file(world):
    file = world.file(name="Văn bản.pdf")
    key = save(world, world.clause(1), file=file, reference="12/UBND-TH", subject="Chấn chỉnh")
    [entry] = entries(world)
    assert (entry.subject.value, entry.subject_key) == ("document", f"draft-{key}")
    assert (entry.action, entry.actor_name) == ("save_draft", world.actor("office").name)
    assert entry.before == {}
    assert entry.after["reference"] == "12/UBND-TH"
    [row] = entry.after["clauses"]
    assert row["position"] == 1
    assert row["deadline"] == "Trước ngày 30-9"
    assert row["leads"] == ["Sở Tài nguyên và Môi trường"]
    assert (entry.given, entry.evidence) == ({"file": "Văn bản.pdf"}, (file.sha256,))


def test_a_changed_draft_tells_only_what_changed_on_both_sides(world):
    key = save(world, world.clause(1), world.clause(2), subject="Cũ", reference="1/UBND")
    first, second = stored(world, key).clauses
    changed = replace(second, content="Việc khác")
    save(world, first, changed, document_id=key, subject="Mới", reference="1/UBND")
    last = entries(world)[-1]
    assert last.before["subject"] == "Cũ"
    assert last.after["subject"] == "Mới"
    assert "reference" not in last.after
    assert last.before["clauses"] == [{"content": second.content, "position": 2}]
    assert last.after["clauses"] == [{"content": "Việc khác", "position": 2}]


def test_a_long_change_is_told_by_the_number_of_its_rows(world):
    key = save(world, *(world.clause(n) for n in range(1, 60)))
    [entry] = entries(world)
    assert "clauses" not in entry.after
    assert entry.given == {"rows": 59}
    assert len(stored(world, key).clauses) == 59


def test_an_import_tells_its_file_and_what_it_left_out(world):
    with world.unit() as unit:
        key = keep_import(
            unit.documents, world.actor("office"), world.head(), (world.clause(),),
            ground=world.office.ground(unit), file_name="bang.xlsx",
            left_out=(LeftOut(row=9, reason="total"),),
        )  # fmt: skip
    [entry] = entries(world)
    assert (entry.action, entry.subject_key) == ("import_draft", f"draft-{key}")
    assert entry.given == {"file": "bang.xlsx", "rows": 1, "left_out": 1}


def test_a_discarded_draft_leaves_what_it_said(world):
    key = save(world, subject="Bỏ đi")
    mend(world, discard_draft, key)
    first, last = entries(world)
    assert last.action == "discard_draft"
    assert (last.before, last.after) == (first.after, {})


def test_an_issued_document_names_the_draft_it_was(world):
    key = save(world)
    mend(world, issue_document, key)
    [issued] = [e for e in entries(world) if e.action == "issue"]
    assert issued.given["draft"] == f"draft-{key}"


WAITS = Problem(field="lead", text="Sở Lạ", reason="unknown_agency")


def waiting_row(world):
    return world.clause(1, lead=(), coordinating=(), lead_words="Sở Lạ", problems=(WAITS,))


def test_words_that_a_person_explained_are_told_with_whom_they_mean(world):
    key = save(world, waiting_row(world))
    row = stored(world, key).clauses[0]
    choice = Choice(agency_ids=(world.agencies["H32.04"].id,))
    mend(
        world, mending.choose_words, key, clause_id=row.id, words="Sở Lạ", choice=choice,
        remember=True,
    )  # fmt: skip
    last = entries(world)[-1]
    assert last.action == "mend_draft"
    assert last.given == {"words": "Sở Lạ", "remembered": True}
    assert last.after["clauses"][0]["leads"] == [world.agencies["H32.04"].name]


def test_rows_added_changed_and_dropped_are_told(world):
    key = save(world)
    mend(world, mending.add_row, key)
    first, blank = stored(world, key).clauses
    typed = replace(blank, content="Thêm việc")
    mend(world, mending.change_row, key, typed, seen=fingerprint(blank))
    mend(world, mending.drop_row, key, first.id, seen=fingerprint(first))
    added, changed, dropped = entries(world)[1:]
    assert added.after["clauses"][0]["position"] == 2
    assert changed.after["clauses"] == [{"content": "Thêm việc", "position": 2}]
    gone, moved = dropped.before["clauses"]
    assert gone["content"] == first.content
    assert (moved, dropped.after["clauses"]) == ({"position": 2}, [{"position": 1}])


@pytest.mark.parametrize("wrong", [{"reference": "x" * 501}, {"subject": "TỐI MẬT"}])
def test_a_refused_draft_leaves_no_entry(world, wrong):
    with pytest.raises((Invalid, Refused)):
        save(world, **wrong)
    assert entries(world) == []
