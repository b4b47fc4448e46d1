"""An import killed at random moments: the next run ends where an unbroken one does."""

import os
import random
import selectors
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from digest import digest_of
from intake import PLAIN, dossiers, imports, row, rows_of, take, write
from often import often
from sqlalchemy import text
from world import build_world

from models.dossiers.rows import DossierChangeRow, DossierRejectRow
from models.history.rows import HistoryRow
from models.jobs.rows import RunRow
from models.violations.rows import ViolationRow
from tests.drills.import_worker import AT, CHUNK
from web.dossiers.following import detection

pytestmark = pytest.mark.drill
KILLS = often({"sqlite": 12, "postgresql": 6}, night={"sqlite": 50, "postgresql": 20})
CONTROL_KILLS = 4
ROWS = often(2_000, night=100_000)
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ON = date(2021, 9, 20)


def lines(count=ROWS, changed=0):
    """A year in small: some late, some waiting, some that can't be read; later some mended."""
    start = date(2021, 8, 2)
    for n in range(count):
        promised = start + timedelta(days=n % 45)
        bad = n % 97 == 50
        yield row(
            f"H32-{n:06d}",
            agency=("H32.03", "H32.10", "Sở Lạ")[n % 3],
            received="hôm qua" if bad else start,
            promised=promised,
            processed=promised + timedelta(days=n % 7 - 4) if n % 4 else None,
            apology=promised if n < changed else None,
            asked=start + timedelta(days=1) if n % 11 == 0 else None,
        )


class Victim:
    """The worker, what it said it has done, and the hand that kills it."""

    def __init__(self, world, file, folder, *options):
        profile = folder / "profile.toml"
        profile.write_text(PLAIN.format(included="false"), encoding="utf-8")
        url = world.office.engine.url.render_as_string(hide_password=False)
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "import_worker.py"), url, str(folder), str(file),
             str(profile), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self.done, self.rest, self.finished, self.dead = 0, b"", False, True
        self.eyes = selectors.DefaultSelector()
        self.eyes.register(self.process.stdout, selectors.EVENT_READ)
        self.until("ready")

    def _words(self, patience):
        if not self.eyes.select(patience):
            return []
        said = os.read(self.process.stdout.fileno(), 65536)
        assert said, "the worker ended by itself"
        *whole, self.rest = (self.rest + said).split(b"\n")
        words = [line.decode().split() for line in whole]
        for word, *more in words:
            if word == "done":
                self.done = max(self.done, int(more[0]))
            self.finished = self.finished or word == "finished"
            self.dead = self.dead or word == "dead"
        return words

    def until(self, wanted, patience=120):
        """Read on until something begins with `wanted`; return its last word."""
        found = None
        while found is None:
            words = self._words(patience)
            assert words, "it says nothing"
            for one in words:
                if one[0] == wanted:
                    found = one[-1]
        return found

    def go(self):
        self.dead = False
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()
        return int(self.until("begun"))

    def kill_after(self, rows, seconds):
        """Let it take in some more rows, then end it a moment later; return what it did instead."""
        child = self.go()
        wanted = min(self.done + rows, ROWS)
        while self.done < wanted and not self.finished and not self.dead:
            assert self._words(120), "it says nothing"
        if not self.dead:
            self._words(seconds)
        alone = self.dead and not self.finished
        if not self.finished and not self.dead:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        while not self.dead:
            assert self._words(120), "it says nothing"
        return ["it ended by itself"] if alone else []

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()
        self.eyes.close()


def faults_of(world, victim):
    """Everything that is lost or half done, in words."""
    found = []
    stands, [running] = dossiers(world), imports(world)[-1:]
    said = [one for one in rows_of(world, HistoryRow) if one.subject == "dossier_import"]
    with world.office.reading() as unit:
        if not unit.history.verify().ok:
            found.append("the chain")
        if unit.connection.dialect.name == "sqlite":
            [[verdict]] = unit.connection.execute(text("PRAGMA integrity_check")).all()
            found += [] if verdict == "ok" else [verdict]
    mine = [
        one for one in said
        if one.subject_key == str(running.id) and one.action == "take_in_dossiers"
    ]  # fmt: skip
    if running.done_rows < victim.done:
        found.append(f"lost: {victim.done} rows were done, {running.done_rows} stand")
    if running.created != sum(one.first_import_id == running.id for one in stands.values()):
        found.append("created")
    if sum(one.given["created"] for one in mine) != running.created:
        found.append("entries")
    if len({(v.dossier_id, v.type) for v in rows_of(world, ViolationRow)}) != len(
        rows_of(world, ViolationRow)
    ):
        found.append("a violation twice")
    late = {
        one.id for code, one in stands.items()
        if code <= running.last_code and not one.waiting_since and not one.waited_days
        and one.promised_on < (one.ended_on or ON)
    }  # fmt: skip
    shown = {v.dossier_id for v in rows_of(world, ViolationRow) if v.type == "V16"}
    if late - shown:
        found.append(f"{len(late - shown)} dossiers without their violation")
    if any(code > running.last_code for code in stands if running.id == 1):
        found.append("beyond the last chunk")
    return found


def kill_often(world, victim, kills, longest=0.05, caught=lambda _: False):
    dice, found = random.Random(7), []
    for number in range(kills):
        left = ROWS * (number + 1) // (kills + 1) - victim.done
        found += victim.kill_after(max(left, 1) - dice.randrange(CHUNK), dice.random() * longest)
        found += faults_of(world, victim)
        if caught(found):
            break
    return found


def told(world):
    """The whole database, less the serials of the ledger: a killed transaction may use one up."""
    runs = [one._asdict() | {"id": place} for place, one in enumerate(rows_of(world, RunRow))]
    return digest_of(world.office.engine, without=frozenset({"runs"})), runs


def unbroken(world, first, second):
    take(world, first, as_of=ON, following=detection, chunk=CHUNK)
    take(world, second, as_of=ON, following=detection, chunk=CHUNK)
    return told(world)


def test_an_import_that_is_killed_again_and_again_ends_as_an_unbroken_one(
    world, tmp_path, backend, clock
):
    clock.at = AT
    first = write(tmp_path / "first.csv", lines())
    second = write(tmp_path / "second.csv", lines(changed=ROWS * 9 // 20))
    whole = unbroken(world, first, second)
    counts = [(one.created, one.updated, one.rejected) for one in imports(world)]
    assert counts[0][0] > ROWS * 0.95
    assert counts[1][1] > ROWS * 2 // 5
    assert rows_of(world, DossierChangeRow)
    assert rows_of(world, DossierRejectRow)
    backend.reset()
    clock.at = clock.START
    again = build_world(world.app, clock)
    clock.at = AT
    take(again, first, as_of=ON, following=detection, chunk=CHUNK)
    victim = Victim(again, second, tmp_path)
    kills = KILLS[again.office.engine.dialect.name]
    try:
        assert kill_often(again, victim, kills) == []
        assert 0 < victim.done < ROWS
        assert not victim.finished
        victim.go()
        victim.until("finished")
    finally:
        victim.close()
    assert [(one.created, one.updated, one.rejected) for one in imports(again)] == counts
    assert told(again) == whole


def test_progress_in_a_transaction_of_its_own_is_caught(world, tmp_path, clock):
    """The control: a program that is wrong must fail the same drill."""
    clock.at = AT
    victim = Victim(world, write(tmp_path / "x.csv", lines()), tmp_path, "--broken")
    try:
        found = kill_often(world, victim, CONTROL_KILLS, longest=0.6, caught=is_caught)
    finally:
        victim.close()
    assert is_caught(found)


def is_caught(found):
    """Whether rows and what is said of them were found apart."""
    return any(word in fault for fault in found for word in ("created", "entries", "by itself"))
