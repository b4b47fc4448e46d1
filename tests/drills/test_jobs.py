"""Workers killed at random, and many at once: each job is done once, none is lost."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from often import often
from sqlalchemy import select
from world import build_world

from models.jobs.rows import JobRow, NightRow, RunRow
from models.messages.rows import InboxRow, MailRow, MessageRow
from models.violations.rows import ViolationRow as V
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from web.jobs.ticking import tick
from workflow.accounts.records import Role
from workflow.jobs.records import JobState
from workflow.messages.records import Notice

pytestmark = pytest.mark.drill
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
JOBS, WORKERS, KILLS = 20, 2, 6
FIRST_DUE, DUE = date(2021, 9, 13), "directives.due"


class Workers:
    """Worker processes, forked from one that has everything loaded."""

    def __init__(self, office, *options):
        url = office.engine.url.render_as_string(hide_password=False)
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "job_worker.py"), url, str(office.settings.instance),
             *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self.busy, self.idle, self.working = [], set(), set()
        assert self.process.stdout.readline() == b"ready\n"

    def start(self, what="go"):
        self.process.stdin.write(f"{what}\n".encode())
        self.process.stdin.flush()
        started = len(self.busy)
        while len(self.busy) == started:
            self._read()

    def _read(self):
        word, pid = self.process.stdout.readline().split()
        assert word != b"failed", "a worker failed, see its standard error"
        heard = {b"begun": self.busy.append, b"idle": self.idle.add, b"works": self.working.add}
        heard[word](int(pid))

    def kill_oldest(self, after):
        """Kill the oldest worker so many seconds after it began to work, or found nothing to do."""
        oldest = self.busy.pop(0)
        while oldest not in self.working | self.idle:
            self._read()
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(oldest, signal.SIGKILL)

    def kill_newest(self, after):
        """Kill the newest so many seconds after it began, wherever it stands."""
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.busy.pop(), signal.SIGKILL)

    def finish(self):
        """Wait until every worker that lives has nothing more to do."""
        while not set(self.busy) <= self.idle:
            self._read()
        self.busy.clear()

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture
def workers(app):
    made = []

    def make(*options):
        made.append(Workers(app.extensions["office"], *options))
        return made[-1]

    yield make
    for each in made:
        each.close()


def add_jobs(world):
    now = datetime.now(UTC) - timedelta(seconds=1)
    with world.unit() as unit:
        for number in range(JOBS):
            unit.jobs.add("drill", f"drill:{number:02}", run_at=now)


def done(world):
    with world.office.reading() as unit:
        rows = unit.connection.execute(select(RunRow.figures).where(RunRow.kind == "drilled"))
        return Counter(row.figures["key"] for row in rows)


def states(world):
    with world.office.reading() as unit:
        return Counter(unit.connection.execute(select(JobRow.state)).scalars())


def after_kills(world, staff, longest=0.02):
    """Kill busy workers one after the other, then let one finish; tell how often each was done."""
    add_jobs(world)
    dice = random.Random(7)
    for _ in range(WORKERS):
        staff.start()
    for _ in range(KILLS):
        staff.kill_oldest(dice.uniform(0, longest))
        staff.start()
    staff.finish()
    time.sleep(1.1)
    staff.start()
    staff.finish()
    return done(world)


def test_however_often_workers_are_killed_each_job_is_done_once(world, workers):
    assert after_kills(world, workers()) == {f"drill:{number:02}": 1 for number in range(JOBS)}
    assert states(world) == {JobState.DONE: JOBS}


def test_the_drill_itself_sees_jobs_that_are_lost(world, workers):
    """A job taken off the list before it is done is lost when its worker is killed in it."""
    assert len(after_kills(world, workers("--broken"), longest=0)) < JOBS


def test_many_workers_at_once_do_each_job_once(world, workers):
    add_jobs(world)
    staff = workers()
    for _ in range(4):
        staff.start()
    staff.finish()
    assert done(world) == {f"drill:{number:02}": 1 for number in range(JOBS)}


def together(world, count, act):
    """Do one thing in many threads at the same moment."""
    errors = []

    def run():
        try:
            with world.app.app_context():
                act()
        except Exception as error:  # noqa: BLE001 - told by the test
            errors.append(error)

    threads = [Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []


def test_however_many_deliver_at_once_everybody_gets_each_notice_once(world):
    with world.unit() as unit:
        unit.messages.post_all(
            Notice(
                key=f"n{number}", kind="x", subject="x", subject_key="", at=world.clock(),
                to_role=Role.OFFICE,
            )
            for number in range(700)
        )  # fmt: skip
    together(world, 4, lambda: run_due(world.office))
    with world.office.reading() as unit:
        got = Counter(unit.connection.execute(select(InboxRow.account_id)).scalars())
        assert got == {world.accounts["office"]: 700, world.accounts["office2"]: 700}
        assert unit.connection.execute(select(MailRow.id)).all() == []


def test_of_many_ticks_in_a_minute_one_stands(world):
    added = []
    together(world, 6, lambda: added.append(tick(world.office, world.clock())))
    assert sorted(added) == [False] * 5 + [True]


NIGHTS = often(8, night=25)


def swept(world):
    """What nights left behind, whatever ids it bears."""
    with world.office.reading() as unit:
        run = unit.connection.execute
        assert unit.history.verify().ok
        return {
            "notices": sorted(run(select(MessageRow.key).where(MessageRow.kind == DUE)).scalars()),
            "violations": sorted(
                run(select(V.type, V.directive_id, V.serial, V.occurred_on)).all()
            ),
            "nights": sorted(
                run(select(NightRow.day).where(NightRow.ended_at.is_not(None))).scalars()
            ),
        }


def lay_out(world):
    """A directive of two agencies falls due on the eve of each night."""
    days = [FIRST_DUE + timedelta(days=n) for n in range(NIGHTS)]
    for day in days:
        words = f"đến hết ngày {day:%d/%m/%Y}"
        world.issue(world.clause(deadline=words), world.clause(2, lead="H32.10", deadline=words))
    return [day + timedelta(days=1) for day in days]


def test_a_night_that_is_killed_ends_where_an_unbroken_one_would(backend, clock, workers):
    """Each night is killed twice at random, then swept by two at once."""
    unbroken = build_world(backend.app, clock)
    for night in lay_out(unbroken):
        with unbroken.app.app_context():
            sweep_night(unbroken.office, night)
    expected = swept(unbroken)
    backend.reset()
    clock.at = clock.START
    world = build_world(backend.app, clock)
    nights, staff, dice = lay_out(world), workers(), random.Random(11)
    for night in nights:
        for _ in range(2):
            staff.start(night)
            staff.kill_newest(dice.uniform(0, 0.15))
        staff.start(night)
        staff.start(night)
        staff.finish()
    assert swept(world) == expected
    assert [len(expected[what]) for what in ("notices", "violations", "nights")] == [
        2 * NIGHTS,
        2 * NIGHTS,
        NIGHTS,
    ]
