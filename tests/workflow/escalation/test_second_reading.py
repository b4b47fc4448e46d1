"""The engine says what a plain reading of product.md §6, day by day, says."""

from random import Random
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from second_reading import local_date, read_again
from streams import random_day, random_rule, random_stream, random_versions

from workflow.escalation import runs
from workflow.escalation.engine import episodes_of, replay
from workflow.escalation.near import near_misses

CHANCES = st.integers(0, 2**40).map(Random)


@settings(max_examples=200)
@given(CHANCES)
def test_a_rule_makes_the_episodes_that_a_walk_over_the_days_finds(chance):
    rule, stream, as_of = random_rule(chance), random_stream(chance), random_day(chance)
    assert episodes_of(rule, stream, as_of) == read_again(rule, stream, as_of)


@settings(max_examples=200)
@given(CHANCES, st.booleans())
def test_each_day_is_judged_by_the_version_in_force_on_it(chance, alike):
    versions = random_versions(chance, alike=alike)
    stream, as_of = random_stream(chance), random_day(chance)
    assert episodes_of(versions, stream, as_of) == read_again(versions, stream, as_of)


@settings(max_examples=80)
@given(CHANCES, st.sampled_from([1, 2, 3, 7]), st.booleans())
def test_how_many_violations_stand_on_a_line_changes_nothing(chance, length, versioned):
    judged = random_versions(chance, alike=True) if versioned else random_rule(chance)
    stream, as_of = random_stream(chance), random_day(chance)
    near = near_misses(judged, stream, as_of, missing_at_most=None)
    with patch.object(runs, "LINE", length):
        assert episodes_of(judged, stream, as_of) == read_again(judged, stream, as_of)
        assert near_misses(judged, stream, as_of, missing_at_most=None) == near


@settings(max_examples=40)
@given(CHANCES)
def test_a_replay_holds_every_rule_in_the_order_of_codes_groups_and_days(chance):
    book = [random_rule(chance, code) for code in chance.sample(["B", "a", "A", "Đ"], 3)]
    stream, as_of = random_stream(chance), random_day(chance)
    expected = [one for rule in book for one in read_again(rule, stream, as_of)]
    assert replay(book, stream, as_of) == sorted(
        expected, key=lambda one: (one.rule, one.group, one.opened_on)
    )


@settings(max_examples=40)
@given(CHANCES)
def test_the_answer_does_not_depend_on_the_order_of_arrival(chance):
    rule, stream, as_of = random_rule(chance), random_stream(chance), random_day(chance)
    expected = episodes_of(rule, stream, as_of)
    chance.shuffle(stream)
    assert episodes_of(rule, stream, as_of) == expected


@settings(max_examples=60)
@given(CHANCES)
def test_an_earlier_day_is_judged_as_if_later_violations_had_not_come(chance):
    rule, stream = random_rule(chance), random_stream(chance)
    earlier, later = sorted((random_day(chance), random_day(chance)))
    then = episodes_of(rule, stream, earlier)
    assert then == episodes_of(rule, [v for v in stream if local_date(v) <= earlier], earlier)
    assert {(e.group, e.opened_on) for e in then} == {
        (e.group, e.opened_on) for e in episodes_of(rule, stream, later) if e.opened_on <= earlier
    }


def test_the_random_streams_open_climb_close_repeat_and_cross_versions():
    """What the tests above compare is not nothing."""
    seen = {"running": 0, "closed": 0, "climbed": 0, "repeated": 0, "crossed": 0, "lowered": 0}
    for seed in range(300):
        chance = Random(seed)
        versions = random_versions(chance, alike=True)
        for one in episodes_of(versions, random_stream(chance), random_day(chance)):
            rule = next(v.rule for v in versions if v.number == one.raises[0].version)
            reached = sum(one.raises[0].score >= level for level in rule.levels)
            seen["running"] += one.closed_on is None
            seen["closed"] += one.closed_on is not None
            seen["climbed"] += len(one.raises) > 1
            seen["repeated"] += one.raises[0].level > reached
            seen["crossed"] += len({raised.version for raised in one.raises}) > 1
            seen["lowered"] += one.level < max(raised.level for raised in one.raises)
    assert min(seen.values()) >= 5, seen
