"""A sample that anybody can draw again, and a Pareto whose shares add up."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflow.causes.estimating import estimates, interval
from workflow.causes.pareto import pareto
from workflow.causes.sampling import draw as draw_with
from workflow.causes.sampling import margin_of

MANY = [(n, f"Cơ quan {n % 7}") for n in range(500)]


def draw(population, *, size, seed):
    return draw_with(population, Random(seed), size=size, seed=seed)


population = st.lists(st.tuples(st.integers(1, 9999), st.sampled_from("ABCDEFGH")), max_size=60)


def test_the_same_seed_gives_the_same_list_whatever_the_order():
    one, other = draw(MANY, size=20, seed=7), draw(reversed(MANY), size=20, seed=7)
    assert one == other
    assert draw(MANY, size=20, seed=8).keys != one.keys


def test_the_list_of_a_seed_does_not_change_with_the_years():
    assert draw(MANY, size=8, seed=2021).keys == (483, 62, 31, 357, 219, 425, 246, 396)


def test_each_agency_has_its_share_and_a_small_one_is_not_forgotten():
    uneven = [(n, "lớn") for n in range(980)] + [(n, "nhỏ") for n in range(1000, 1020)]
    drawn = {row.name: row.drawn for row in draw(uneven, size=20, seed=1).strata}
    assert drawn == {"lớn": 19, "nhỏ": 1}


def test_more_than_there_is_reads_all_of_it_without_a_margin():
    sample = draw([(1, "a"), (2, "b")], size=20, seed=1)
    assert sorted(sample.keys) == [1, 2]
    assert sample.margin == 0.0


def test_nothing_to_draw_from_is_an_empty_list():
    sample = draw([], size=20, seed=1)
    assert (sample.keys, sample.population, sample.margin) == ((), 0, 0.0)


@pytest.mark.parametrize(
    ("size", "population", "margin"),
    [(400, 10**9, 4.9), (20, 10**9, 21.9), (20, 100, 19.7), (0, 5, 100.0), (5, 5, 0.0)],
)
def test_the_margin_is_that_of_a_half(size, population, margin):
    assert margin_of(size, population) == margin


@given(population, st.integers(0, 80), st.integers())
def test_a_sample_has_its_size_and_nobody_twice(rows, size, seed):
    agencies = dict(rows)
    sample = draw(agencies.items(), size=size, seed=seed)
    assert sample.size == min(size, len(agencies))
    assert len(set(sample.keys)) == sample.size
    assert set(sample.keys) <= set(agencies)
    for stratum in sample.strata:
        assert 0 <= stratum.drawn <= stratum.population
        assert stratum.drawn == sum(agencies[key] == stratum.name for key in sample.keys)
    if size >= len(set(agencies.values())):
        assert all(stratum.drawn >= 1 for stratum in sample.strata)


def test_bars_fall_and_their_shares_add_up():
    bars = pareto([("L05", 2, 8.0), ("L02", 5, 30.5), ("L05", 1, 1.0), ("L11", 3, 4.0)])
    assert [(bar.key, bar.count, bar.days) for bar in bars] == [
        ("L02", 5, 30.5),
        ("L05", 3, 9.0),
        ("L11", 3, 4.0),
    ]
    assert [bar.running for bar in bars] == [Fraction(5, 11), Fraction(8, 11), Fraction(1)]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 9), st.floats(0, 9))))
def test_the_last_running_share_is_the_whole(counted):
    bars = pareto(counted)
    assert sum(bar.count for bar in bars) == sum(count for _, count, _ in counted)
    assert [b.count for b in bars] == sorted((b.count for b in bars), reverse=True)
    assert not bars or bars[-1].running == 1


@pytest.mark.parametrize(
    ("seen", "read", "population", "wanted"),
    [
        (0, 10, 10**9, (0.0, 0.2775)),
        (5, 10, 10**9, (0.2366, 0.7634)),
        (81, 263, 10**9, (0.2553, 0.3662)),
        (3, 4, 4, (0.75, 0.75)),
        (0, 0, 7, (0.0, 1.0)),
    ],
)
def test_a_share_has_the_interval_of_wilson(seen, read, population, wanted):
    assert interval(seen, read, population) == pytest.approx(wanted, abs=1e-4)


@given(st.lists(st.sampled_from("ABC"), min_size=1, max_size=40), st.integers(0, 500))
@example(["A"] * 9, 16)
def test_what_was_read_lies_within_what_is_told_of_all(codes, more):
    population = len(codes) + more
    for one in estimates(codes, population):
        assert 0 <= one.low <= one.share <= one.high <= 1
        assert one.seen <= one.least <= one.most <= population - (one.read - one.seen)
        nearer = interval(one.seen, one.read, max(one.read, population // 2))
        assert nearer[1] - nearer[0] <= one.high - one.low + 1e-9
