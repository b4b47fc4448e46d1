"""`dondoc audit`: the JSON other tools rely on, and the status that tells a broken chain."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from models.base import WRITE
from models.history.anchors import AnchorFile


def run(world, *args):
    return world.app.test_cli_runner().invoke(args=["audit", *args])


def spoil(world, statement):
    with world.office.engine.execution_options(**WRITE).begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("update", "delete", "replace"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS history_no_{name}"))
        else:
            connection.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
        connection.execute(text(statement))


def test_a_whole_chain_prints_exactly_three_keys(world):
    world.issue(world.clause(1), world.clause(2))
    done = run(world, "verify", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == '{"entries": 4, "ok": true, "first_broken": null}\n'
    assert "4 entries" in run(world, "verify").stdout


@pytest.mark.parametrize(
    ("statement", "entries", "named", "reason"),
    [
        ("UPDATE history SET reason = 'khác' WHERE serial = 2", 1, 2, "content_differs"),
        ("DELETE FROM history WHERE serial = 2", 1, 2, "entry_missing"),
        ("DELETE FROM history WHERE serial = 4", 3, 4, "tail_missing"),
        ("DELETE FROM history", 0, 1, "tail_missing"),
        ("UPDATE history SET previous = digest WHERE serial = 1", 0, 1, "previous_differs"),
        ("UPDATE history_head SET digest = 'x'", 4, 4, "head_differs"),
    ],
)
def test_a_broken_chain_has_status_one_and_a_one_line_reason(
    world, statement, entries, named, reason
):
    world.issue(world.clause(1), world.clause(2))
    spoil(world, statement)
    done = run(world, "verify", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"entries": entries, "ok": False, "first_broken": named}
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"entry {named}: {reason}" in done.stderr
    plain = run(world, "verify")
    assert (plain.exit_code, plain.stdout) == (1, "")
    assert run(world, "anchor").exit_code == 1


def test_an_anchor_is_written_outside_the_database_and_checked(world):
    world.issue()
    done = run(world, "anchor", "--json")
    assert done.exit_code == 0
    [kept] = AnchorFile(world.office.settings.anchors).anchors()
    printed = json.loads(done.stdout)
    assert printed == {"entries": 3, "digest": kept.digest, "at": kept.at.isoformat()}
    assert "anchors.jsonl" in done.stderr
    spoil(world, "DELETE FROM history")
    spoil(world, "DELETE FROM history_head")
    with world.office.reading() as unit:
        assert unit.history.verify().ok
    done = run(world, "verify", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"entries": 0, "ok": False, "first_broken": 1}


def test_an_unreadable_file_of_anchors_is_a_refusal(world):
    world.office.settings.anchors.write_text("x\n", encoding="utf-8")
    done = run(world, "verify", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "anchor_unreadable" in done.stderr


@pytest.mark.parametrize("args", [("verify", "--nonsense"), ("verify", "x"), ("nonsense",)])
def test_wrong_usage_has_status_two(world, args):
    assert run(world, *args).exit_code == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET reason = 'khác'",
        "UPDATE history SET serial = serial + 100",
        "DELETE FROM history",
        "DELETE FROM history WHERE serial = 1",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(world, statement):
    from sqlalchemy.exc import DBAPIError

    world.issue()
    engine = world.office.engine.execution_options(**WRITE)
    with pytest.raises(DBAPIError) as refusal, engine.begin() as connection:
        connection.execute(text(statement))
    assert "append-only" in str(refusal.value)
    assert run(world, "verify").exit_code == 0
