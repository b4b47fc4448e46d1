"""Heads written down outside the database: what the database alone could hide is found."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, text
from world import staged

from models.base import WRITE
from models.history.anchors import AnchorFile
from models.history.proving import anchor, anchor_what_came, prove
from models.history.register import HistoryRegister
from models.history.rows import HistoryHeadRow, HistoryRow
from workflow.directives.records import Action
from workflow.errors import Refused
from workflow.history.records import Head

AT = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    return AnchorFile(tmp_path / "kept" / "anchors.jsonl")


@pytest.fixture
def written(world):
    """A dozen entries."""
    return staged(world, "a dozen entries", _write)


def _write(world):
    for _ in range(2):
        [made] = world.issue()
        world.act("clerk", made.number, Action.ACCEPT)
        for step in range(4):
            world.act("officer", made.number, Action.UPDATE, done=f"việc {step}")


def tamper(world, *statements):
    """Change the tables themselves, as somebody with every right on the database could."""
    with world.office.engine.execution_options(**WRITE).begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("update", "delete", "replace"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS history_no_{name}"))
        else:
            connection.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
        for statement in statements:
            statement(connection)


def rewritten(world, keep):
    """Let the intruder cut the tail and set the head to fit: the database proves itself."""

    def cut(connection):
        rows = list(HistoryRegister(connection).walk())[:keep]
        connection.execute(delete(HistoryRow).where(HistoryRow.serial > keep))
        connection.execute(delete(HistoryHeadRow))
        last = rows[-1].digest if rows else "0" * 64
        connection.execute(
            text("INSERT INTO history_head (id, entries, digest) VALUES (1, :n, :d)"),
            {"n": keep, "d": last},
        )

    tamper(world, cut)


def entries_of(world):
    with world.office.reading() as unit:
        return unit.history.head().entries


def test_an_anchor_is_one_line_of_three_keys(file, written):
    report, made = anchor(written.office.engine, file, AT)
    [line] = file.path.read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert set(kept) == {"entries", "digest", "at"}
    assert kept["entries"] == report.entries == made.entries == entries_of(written)
    assert file.anchors() == (made,)


def test_anchors_are_only_ever_added(file, written):
    anchor(written.office.engine, file, AT)
    first = file.path.read_bytes()
    written.issue()
    anchor(written.office.engine, file, AT)
    assert file.path.read_bytes().startswith(first)
    assert len(file.anchors()) == 2
    assert prove(written.office.engine, file)[0].ok


@pytest.mark.parametrize("keep", [0, 1, 5, 11])
def test_a_tail_cut_together_with_its_head_is_found_by_the_anchor(file, written, keep):
    anchor(written.office.engine, file, AT)
    rewritten(written, keep)
    with written.office.reading() as unit:
        assert unit.history.verify().ok
    report, _head = prove(written.office.engine, file)
    assert (report.ok, report.first_broken, report.reason) == (False, keep + 1, "tail_missing")


def test_a_history_written_anew_is_found_by_the_anchor(file, written):
    whole = entries_of(written)
    anchor(written.office.engine, file, AT)
    rewritten(written, 5)
    while entries_of(written) < whole:
        written.issue()
    with written.office.reading() as unit:
        assert unit.history.verify().ok
    report, _head = prove(written.office.engine, file)
    assert (report.ok, report.first_broken, report.reason) == (False, whole, "anchor_differs")


def test_two_anchors_that_contradict_each_other_break_the_chain(file, written):
    anchor(written.office.engine, file, AT)
    head = entries_of(written)
    file.add(Head(entries=head, digest="f" * 64), AT)
    report, _head = prove(written.office.engine, file)
    assert (report.ok, report.first_broken) == (False, head)


def test_a_broken_chain_is_never_anchored(file, written):
    tamper(
        written, lambda c: c.execute(text("UPDATE history SET reason = 'khác' WHERE serial = 4"))
    )
    with pytest.raises(Refused) as refusal:
        anchor(written.office.engine, file, AT)
    assert (refusal.value.code, refusal.value.params["serial"]) == ("chain_broken", 4)
    assert not file.path.exists()


def test_what_came_since_the_last_anchor_is_proved_and_written_down_once(file, written):
    engine = written.office.engine
    first = anchor_what_came(engine, file, AT)
    assert first.entries == entries_of(written)
    assert anchor_what_came(engine, file, AT) is None
    written.issue()
    assert anchor_what_came(engine, file, AT).entries == entries_of(written) > first.entries
    assert len(file.anchors()) == 2
    assert prove(engine, file)[0].ok


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda c, at: c.execute(
            text("UPDATE history SET reason = 'x' WHERE serial > :n"), {"n": at}
        ),
        lambda c, at: c.execute(text("DELETE FROM history WHERE serial > :n"), {"n": at}),
        lambda c, _: c.execute(text("UPDATE history_head SET digest = 'x'")),
        lambda c, at: c.execute(
            text("UPDATE history SET previous = 'x' WHERE serial = :n"), {"n": at + 1}
        ),
    ],
)
def test_nothing_is_written_down_after_what_came_was_spoiled(file, written, spoiled):
    anchored = anchor_what_came(written.office.engine, file, AT)
    written.issue()
    tamper(written, lambda connection: spoiled(connection, anchored.entries))
    with pytest.raises(Refused) as refusal:
        anchor_what_came(written.office.engine, file, AT)
    assert refusal.value.code == "chain_broken"
    assert file.anchors() == (anchored,)


def test_a_head_set_back_behind_the_last_anchor_is_found(file, written):
    anchor_what_came(written.office.engine, file, AT)
    rewritten(written, 5)
    with pytest.raises(Refused):
        anchor_what_came(written.office.engine, file, AT)


def test_an_entry_put_before_the_first_one_breaks_the_whole_chain(file, written):
    tamper(written, lambda c: c.execute(text(PUT_BEFORE)))
    report, _head = prove(written.office.engine, file)
    assert (report.ok, report.reason) == (False, "entry_missing")


PUT_BEFORE = (
    "INSERT INTO history SELECT 0, at, actor_id, actor_name, role, agency_id, agency_name, "
    "subject, subject_key, action, before, after, given, reason, evidence, previous, digest "
    "FROM history WHERE serial = 1"
)


def test_an_empty_history_is_whole(file, world):
    report, head = prove(world.office.engine, file)
    assert (report.ok, report.entries, head.entries) == (True, 0, 0)
    anchor(world.office.engine, file, AT)
    world.issue()
    assert prove(world.office.engine, file)[0].ok


@pytest.mark.parametrize(
    "line",
    ["nonsense", "{}", '{"entries": 1}', '{"entries": "1", "digest": "a", "at": "2021-01-01"}',
     '{"entries": 1, "digest": 2, "at": "2021-01-01"}', '{"entries": 1, "digest": "a", "at": "x"}',
     "[]", "null", '{"entries": 1, "digest": "a'],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named_and_not_skipped(file, written, line):
    anchor(written.office.engine, file, AT)
    with file.path.open("a", encoding="utf-8") as kept:
        kept.write(line)
    with pytest.raises(Refused) as refusal:
        prove(written.office.engine, file)
    assert (refusal.value.code, refusal.value.params["line"]) == ("anchor_unreadable", 2)


def test_a_line_after_a_torn_one_stands_on_its_own(file):
    file.path.parent.mkdir()
    file.path.write_text('{"entries": 1, "dig', encoding="utf-8")
    file.add(Head(entries=2, digest="a" * 64), AT)
    assert len(file.path.read_text(encoding="utf-8").splitlines()) == 2


def test_proving_sees_one_moment_though_others_go_on(written, file):
    """Between the head and the last entry somebody else commits: the proof does not stumble."""
    from sqlalchemy import event

    engine, done = written.office.engine, []

    def meanwhile(_connection, _cursor, statement, *_more):
        if "FROM history_head" in statement and not done:
            done.append(statement)
            written.issue()

    event.listen(engine, "after_cursor_execute", meanwhile)
    try:
        report, head = prove(engine, file)
    finally:
        event.remove(engine, "after_cursor_execute", meanwhile)
    assert done
    assert report.ok
    assert report.entries == head.entries < entries_of(written)


def test_a_history_wiped_with_its_head_is_found_by_the_work_it_left(world, written, file):
    tamper(
        world,
        lambda connection: connection.execute(delete(HistoryRow)),
        lambda connection: connection.execute(delete(HistoryHeadRow)),
    )
    report, _head = prove(world.office.engine, file)
    assert report.as_json() == {"entries": 0, "ok": False, "first_broken": 1}
    assert report.reason == "tail_missing"
