"""Requests are counted in windows that run out, in bounded room, with no thread beside them."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from web import counting
from web.counting import CountsHere


def clock(monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr(counting.time, "time", lambda: now[0])
    return now


def test_a_window_that_ran_out_is_begun_anew(monkeypatch):
    now, counts = clock(monkeypatch), CountsHere()
    assert [counts.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert counts.get_expiry("a") == 1_060.0
    now[0] = 1_059.9
    assert (counts.get("a"), counts.incr("a", 60)) == (3, 4)
    now[0] = 1_060.0
    assert (counts.get("a"), counts.incr("a", 60)) == (0, 1)


def test_counters_that_ran_out_are_put_away_once_there_are_many(monkeypatch):
    now, counts = clock(monkeypatch), CountsHere()
    for n in range(counting.MOST):
        counts.incr(str(n), 60)
    counts.incr("kept", 600)
    now[0] += 61
    counts.incr("new", 60)
    assert (counts.get("kept"), counts.reset()) == (1, 2)


def test_one_counter_can_be_forgotten_and_all_of_them(monkeypatch):
    clock(monkeypatch)
    counts = CountsHere()
    counts.incr("a", 60)
    counts.incr("b", 60)
    counts.clear("a")
    assert (counts.get("a"), counts.get("b"), counts.reset(), counts.get("b")) == (0, 1, 1, 0)


def test_counting_starts_no_thread():
    counts, before = CountsHere(), threading.active_count()
    assert counts.check()
    for _ in range(50):
        counts.incr("a", 60)
    assert threading.active_count() == before


@given(st.lists(st.sampled_from("ab"), max_size=20))
def test_nobody_is_let_in_more_often_than_the_limit_says(keys):
    limiter, limit = FixedWindowRateLimiter(CountsHere()), parse("3 per hour")
    let_in = {"a": 0, "b": 0}
    for key in keys:
        let_in[key] += limiter.hit(limit, key)
    assert let_in == {key: min(3, keys.count(key)) for key in "ab"}
