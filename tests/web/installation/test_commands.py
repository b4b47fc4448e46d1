"""The commands that set up and check an installation, as a shell sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from web.config import Settings, SettingsError, database_url, from_env, settle
from web.installation import database, doctor, newest_revision
from web.program import main
from web.terminal import refusals_told


@pytest.fixture
def run(app):
    runner = app.test_cli_runner(catch_exceptions=False)
    return lambda command, *args: runner.invoke(command, args)


def test_the_doctor_finds_a_migrated_installation_in_order(run):
    answer = run(doctor, "--json")
    assert answer.exit_code == 0, answer.output
    found = {f["name"]: f["ok"] for f in json.loads(answer.stdout)}
    assert found["migrations"]
    assert all(found.values())


def shell(instance, *words, **settings):
    return subprocess.run(
        [sys.executable, "-c", "from web.program import main; main()", *words],
        env={k: v for k, v in os.environ.items() if not k.startswith(("DONDOC_", "DATABASE_"))}
        | {"DONDOC_INSTANCE": str(instance)}
        | settings,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def standing_in(folder):
    """Every file with its bytes and the time of its last change, but for SQLite's shared memory."""
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".sqlite3-shm"
    }


def test_the_doctor_changes_nothing_neither_before_nor_after_a_first_start(tmp_path):
    instance = tmp_path / "deep" / "instance"
    before = shell(instance, "doctor")
    assert before.returncode == 1
    assert "BAD  database" in before.stdout
    assert "never set up" in before.stdout
    assert "ok   files" in before.stdout
    assert list(tmp_path.iterdir()) == []
    assert shell(instance, "db", "upgrade").returncode == 0
    stood = standing_in(instance)
    after = shell(instance, "doctor")
    assert (after.returncode, "BAD" in after.stdout) == (0, False), after.stdout
    assert standing_in(instance) == stood
    assert len(stood) > 1


def test_a_new_installation_is_its_owners_alone_and_the_doctor_says_when_it_no_longer_is():
    production = {"DONDOC_ENVIRONMENT": "production", "DONDOC_SECRET_KEY": "x" * 32}
    # not below pytest's own folder: nobody else walks into that one
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        instance = Path(place) / "instance"
        assert shell(instance, "db", "upgrade").returncode == 0
        assert instance.stat().st_mode & 0o777 == 0o700
        assert "ok   private: yes" in shell(instance, "doctor", **production).stdout
        instance.chmod(0o755)
        opened = "private: other accounts of this machine can read"
        assert f"BAD  {opened}" in shell(instance, "doctor", **production).stdout
        assert f"ok   {opened}" in shell(instance, "doctor").stdout


def test_upgrading_twice_changes_nothing_the_second_time(run):
    first, second = run(database, "upgrade"), run(database, "upgrade")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"{newest_revision()} -> {newest_revision()}" in second.stderr


def test_a_database_that_was_never_set_up_is_a_reason_and_not_a_traceback(app):
    import click
    from sqlalchemy import text

    @click.command()
    @refusals_told
    def ask():
        with app.extensions["office"].engine.connect() as connection:
            connection.execute(text("SELECT * FROM no_such_table"))

    answer = CliRunner().invoke(ask)
    assert answer.exit_code == 1
    assert "dondoc db upgrade" in answer.stderr


def test_production_does_not_start_without_a_secret(tmp_path):
    with pytest.raises(SettingsError, match="DONDOC_SECRET_KEY"):
        from_env({"DONDOC_ENVIRONMENT": "production", "DONDOC_INSTANCE": str(tmp_path)})
    with pytest.raises(SettingsError, match="at least 32 letters"):
        from_env({"DONDOC_ENVIRONMENT": "Production", "DONDOC_SECRET_KEY": "short"})


def test_a_setting_that_nothing_reads_is_named_by_the_doctor(tmp_path):
    told = {"DONDOC_ENV": "production", "DONDOC_TEST_PROFILE": "light", "DONDOC_SWEEP_AT": "01:00"}
    assert from_env({"DONDOC_INSTANCE": str(tmp_path)} | told).unknown == ("DONDOC_ENV",)


def test_a_secret_is_kept_between_starts_and_only_its_owner_reads_it(tmp_path):
    environ = {"DONDOC_INSTANCE": str(tmp_path / "new")}
    assert from_env(environ).secret_key == ""
    both = from_env(environ), from_env(environ)
    first, second = map(settle, both)
    assert first.secret_key == second.secret_key == from_env(environ).secret_key
    assert len(first.secret_key) == 64
    assert [kept.name for kept in (tmp_path / "new").iterdir()] == ["secret_key"]
    tmp_path /= "new"
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DONDOC_UPLOAD_BYTES", "lots"),
        ("DONDOC_SIGN_IN_FAILURES_PER_ADDRESS", "0"),
        ("DONDOC_BEFORE_IS_STRICT", "maybe"),
        ("DONDOC_REOPEN_DAYS", "-1"),
        ("DONDOC_SESSION_IDLE_MINUTES", "0"),
        ("DONDOC_UPLOAD_BYTES", "²"),
        ("DONDOC_SESSION_IDLE_MINUTES", "99999999999"),
        ("DONDOC_SESSION_ABSOLUTE_HOURS", "9" * 5000),
        ("DONDOC_REOPEN_DAYS", "9999999"),
        ("DONDOC_DECLINE_WORKING_DAYS", "1000"),
        ("DONDOC_PERIOD_DUE_DAY", "32"),
        ("DONDOC_ENVIRONMENT", "prod"),
        ("DONDOC_SQLITE_SYNCHRONOUS", "off"),
        ("DONDOC_RATE_LIMIT", "lots"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(tmp_path, name, value):
    with pytest.raises(SettingsError, match=name):
        from_env({"DONDOC_INSTANCE": str(tmp_path), name: value})


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
    ],
)
def test_the_database_address_is_understood(tmp_path, given, meant):
    assert database_url(given, tmp_path) == meant


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("DONDOC_SHEET_BYTES", "abc"),
        ("DONDOC_RATE_STORAGE", "bogus://h"),
        ("DONDOC_RATE_STORAGE", "redis://:geheim@h:x/"),
    ],
)
def test_a_wrong_setting_ends_every_command_with_one_line(
    tmp_path, name, value, monkeypatch, capfd
):
    monkeypatch.setattr(sys, "argv", ["dondoc", "doctor"])
    monkeypatch.setenv("DONDOC_INSTANCE", str(tmp_path))
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")  # Flask leaves it there; it goes with the test
    with pytest.raises(SystemExit) as ended:
        main()
    said = capfd.readouterr()
    assert (ended.value.code, said.out) == (1, "")
    [line] = said.err.splitlines()
    assert name in line
    assert "geheim" not in line


def test_the_demo_clock_never_shifts_production(tmp_path):
    (tmp_path / "clock_offset").write_text("-1000")
    environ = {"DONDOC_INSTANCE": str(tmp_path), "DONDOC_SECRET_KEY": "x" * 32}
    assert from_env(environ).clock_offset == -1000
    assert from_env(environ | {"DONDOC_ENVIRONMENT": "production"}).clock_offset == 0
    assert isinstance(from_env(environ), Settings)
