"""A call for a worker is made soon, never waited for, and once for many that come together."""

import subprocess
import sys
import threading
import time

from web.jobs.calling import Caller

WAIT = 10


def test_a_call_returns_before_it_is_made():
    go, made = threading.Event(), threading.Event()

    def make():
        go.wait(WAIT)
        made.set()

    Caller(make).call()
    assert not made.is_set()
    go.set()
    assert made.wait(WAIT)


def test_calls_that_come_while_one_is_made_are_one():
    begun, go, made = threading.Event(), threading.Event(), []

    def make():
        made.append(1)
        begun.set()
        go.wait(WAIT)

    caller = Caller(make)
    caller.call()
    assert begun.wait(WAIT)
    for _ in range(50):
        caller.call()
    go.set()
    end = time.monotonic() + WAIT
    while len(made) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(0.05)
    assert len(made) == 2


ENDING = """
from web.jobs.calling import Caller
Caller(lambda: print("called", flush=True)).call()
"""


def test_a_program_that_ends_at_once_makes_its_call_before():
    """Whether the thread or the end comes first, it is made once."""
    ran = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.split() == ["called"]
