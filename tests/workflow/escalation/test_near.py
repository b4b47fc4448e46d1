"""How near a group is to its next level, and why a rule is silent (product.md §6)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from second_reading import counts, group_of, in_force, read_again, windows
from streams import TYPES, random_day, random_rule, random_stream, random_versions

from workflow.days import PROVINCE_ZONE
from workflow.escalation.engine import episodes_of
from workflow.escalation.near import near_misses, one_more
from workflow.escalation.records import (
    GroupKey,
    NearMiss,
    Occurrence,
    Period,
    Quiet,
    Rule,
    Uncounted,
    Version,
    Window,
)
from workflow.escalation.silence import silence

AGENCY = (GroupKey.AGENCY,)
GROUP = (("agency", "A"),)


def rule(**changes):
    facts = {"code": "R", "group_by": AGENCY, "window": Window(days=30), "levels": (3, 5)}
    return Rule(**(facts | changes))


def on(day, identifier="", **facts):
    at = datetime.fromisoformat(day).replace(hour=8, tzinfo=PROVINCE_ZONE)
    values = {"id": identifier or day, "type": "V16", "agency": "A", "occurred_at": at}
    return Occurrence(**(values | facts))


TWO = [on("2024-09-15"), on("2024-09-20")]


def test_two_of_three_and_one_more_before_the_first_leaves_the_window():
    """“2 of 3; one more before 15 October fires”: the last day is the 14th."""
    assert near_misses(rule(), TWO, date(2024, 9, 25)) == [
        NearMiss(
            rule="R",
            version=1,
            group=GROUP,
            score=2,
            need=3,
            level=0,
            next_level=1,
            until=date(2024, 10, 14),
            violations=("2024-09-15", "2024-09-20"),
        )
    ]


@pytest.mark.parametrize(
    ("period", "until"),
    [
        (Period.MONTH, date(2024, 9, 30)),
        (Period.QUARTER, date(2024, 9, 30)),
        (Period.YEAR, date(2024, 12, 31)),
    ],
)
def test_a_calendar_window_lasts_to_the_end_of_its_period(period, until):
    (near,) = near_misses(rule(window=Window(calendar=period)), TWO, date(2024, 9, 25))
    assert near.until == until


def test_one_of_three_is_told_only_when_asked_for_and_one_more_is_not_enough():
    assert near_misses(rule(), TWO[:1], date(2024, 9, 25)) == []
    (near,) = near_misses(rule(), TWO[:1], date(2024, 9, 25), missing_at_most=None)
    assert (near.missing, near.until) == (2, None)
    assert near_misses(rule(), TWO[:1], date(2024, 9, 25), missing_at_most=2) == [near]


def test_an_episode_is_near_its_next_level_and_at_the_highest_near_none():
    four = [*TWO, on("2024-09-21"), on("2024-09-22")]
    (near,) = near_misses(rule(), four, date(2024, 9, 25))
    assert (near.level, near.next_level, near.need, near.until) == (1, 2, 5, date(2024, 10, 14))
    assert near_misses(rule(), [*four, on("2024-09-23")], date(2024, 9, 25)) == []


def test_a_repeat_would_open_one_level_higher():
    before = [on(f"2024-07-0{n}") for n in (1, 2, 3)]
    (near,) = near_misses(rule(repeat_within_days=90), before + TWO, date(2024, 9, 25))
    assert (near.level, near.next_level, near.need) == (0, 2, 3)
    (near,) = near_misses(rule(repeat_within_days=30), before + TWO, date(2024, 9, 25))
    assert near.next_level == 1


def test_a_version_that_ends_takes_the_chance_with_it():
    ends = date(2024, 10, 1)
    versions = [Version(rule=rule(), to_on=ends, number=4)]
    (near,) = near_misses(versions, TWO, date(2024, 9, 25))
    assert (near.version, near.until) == (4, ends)
    assert near_misses(versions, TWO, date(2024, 10, 2)) == []


def test_a_group_with_nothing_in_its_window_is_not_near():
    assert near_misses(rule(levels=(1,)), TWO, date(2025, 9, 25)) == []
    zero = rule(levels=(1,), weights={"V16": 0}, violation_types=("V16",))
    assert near_misses(zero, TWO, date(2024, 9, 25)) == []
    (near,) = near_misses(zero, TWO, date(2024, 9, 25), missing_at_most=None)
    assert (near.score, near.missing, near.until) == (0, 1, None)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"levels": (6,), "violation_types": ("V16",)}, [(4, 6)]),
        ({"levels": (5,), "violation_types": ("V16",)}, [(4, 5)]),
        ({"levels": (7,), "violation_types": ("V16",)}, []),
        ({"levels": (6,), "violation_types": ("V16", "V01")}, []),
        ({"levels": (6,), "violation_types": ("*",)}, []),
        ({"levels": (6,), "group_by": (GroupKey.AGENCY, GroupKey.TYPE)}, [(4, 6)]),
    ],
)
def test_one_more_is_what_the_least_of_the_rules_types_adds(more, told):
    found = near_misses(rule(weights={"V16": 2}, **more), TWO, date(2024, 9, 25))
    assert [(near.score, near.need) for near in found] == told
    assert {near.until for near in found} <= {date(2024, 10, 14)}


def test_one_more_that_passes_two_levels_says_the_higher():
    (near,) = near_misses(
        rule(weights={"V16": 2}, levels=(5, 6), violation_types=("V16",)), TWO, date(2024, 9, 25)
    )
    assert (near.need, near.next_level) == (5, 2)


def test_groups_are_told_in_their_order():
    stream = [
        replace(one, id=f"{agency}{one.id}", agency=agency) for agency in "BÁA" for one in TWO
    ]
    found = near_misses(rule(), stream, date(2024, 9, 25))
    assert [near.group[0][1] for near in found] == ["A", "B", "Á"]


CHANCES = st.integers(0, 2**40).map(Random)


def level_of(judged, stream, as_of, group):
    running = [
        one for one in read_again(judged, stream, as_of) if one.group == group and not one.closed_on
    ]
    return running[0].level if running else 0


@settings(max_examples=80)
@given(CHANCES, st.booleans())
def test_near_misses_are_those_that_a_second_reading_counts(chance, versioned):
    judged = random_versions(chance, alike=True) if versioned else random_rule(chance)
    stream, as_of = random_stream(chance), random_day(chance)
    version = in_force(judged if versioned else [Version(rule=judged)], as_of)
    expected = {}
    if version is not None:
        known = [one for one in stream if counts(version.rule, one, as_of)]
        for group, inside in windows(version.rule, known, as_of).items():
            level = level_of(judged, stream, as_of, group)
            score = sum(version.rule.weights.get(one.type, 1) for one in inside)
            if level < len(version.rule.levels):
                expected[group] = (score, version.rule.levels[level], level, version.number)
    found = near_misses(judged, stream, as_of, missing_at_most=None)
    assert [near.group for near in found] == sorted(expected)
    for near in found:
        assert (near.score, near.need, near.level, near.version) == expected[near.group]
        assert near.missing >= 1
    alike = [near for near in found if near.missing <= one_more(version.rule, near.group)]
    assert near_misses(judged, stream, as_of) == alike


@settings(max_examples=80)
@given(CHANCES)
def test_one_more_on_the_last_day_fires_and_a_day_later_does_not(chance):
    judged = random_rule(chance)
    stream, as_of = random_stream(chance), random_day(chance)
    known = [one for one in stream if counts(judged, one, as_of)]
    for near in near_misses(judged, known, as_of):
        types = [dict(near.group)["type"]] if GroupKey.TYPE in judged.group_by else TYPES
        adds = one_more(judged, near.group)
        kind = next((t for t in types if judged.counts_type(t) and judged.weight(t) == adds), None)
        if kind is None or near.until is None:
            continue
        assert near.until >= as_of

        def rises(day, near=near, kind=kind):
            values = {key: value for key, value in near.group if key != "type"}
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=PROVINCE_ZONE)
            more = Occurrence(id="more", type=kind, occurred_at=noon, **values)
            found = read_again(judged, [*known, more], day)
            mine = [one for one in found if one.group == near.group and not one.closed_on]
            return [raised.level for one in mine for raised in one.raises if raised.on == day]

        own = [one for one in episodes_of(judged, known, as_of) if one.group == near.group]
        if own and own[-1].closed_on == as_of:
            continue  # one more today would let the episode that ends today go on
        assert rises(as_of) == [near.next_level]
        assert rises(near.until)
        assert not rises(near.until + timedelta(days=1))


# --- silence -----------------------------------------------------------------------------


def test_a_silence_says_what_was_left_out_and_why():
    stream = [
        *TWO,
        on("2024-09-21", "fell", overturned=True),
        on("2024-09-21", "other", type="V01"),
        on("2024-09-30", "later"),
        on("2024-09-22", "nobody", agency=""),
        on("2024-08-01", "old"),
        on("2024-09-21", "elsewhere", agency="B"),
    ]
    told = silence(rule(violation_types=("V16",)), GROUP, stream, date(2024, 9, 25))
    assert told.reason is Quiet.BELOW
    assert told.uncounted == {
        Uncounted.OVERTURNED: ("fell",),
        Uncounted.OTHER_TYPE: ("other",),
        Uncounted.LATER: ("later",),
        Uncounted.NO_VALUE: ("nobody",),
        Uncounted.OUTSIDE_WINDOW: ("old",),
    }
    assert told.near is not None
    assert (told.near.violations, told.near.until) == (
        ("2024-09-15", "2024-09-20"),
        date(2024, 10, 14),
    )
    assert (told.episode, told.before) == (None, None)


def test_a_silence_about_nothing_still_says_what_is_needed():
    told = silence(rule(), GROUP, [], date(2024, 9, 25))
    assert (told.reason, told.near.score, told.near.need) == (Quiet.NOTHING_COUNTED, 0, 3)
    assert told.uncounted == {}


def test_while_an_episode_runs_it_is_told_with_what_the_next_level_needs():
    three = [*TWO, on("2024-09-21")]
    told = silence(rule(), GROUP, three, date(2024, 9, 25))
    assert (told.reason, told.episode.level, told.near.need) == (Quiet.STANDS, 1, 5)
    highest = silence(rule(levels=(3,)), GROUP, three, date(2024, 9, 25))
    assert (highest.reason, highest.near) == (Quiet.AT_HIGHEST, None)


def test_the_last_episode_is_told_after_it_closed():
    told = silence(rule(), GROUP, [*TWO, on("2024-09-21")], date(2024, 12, 25))
    assert told.reason is Quiet.NOTHING_COUNTED
    assert told.before.closed_on == date(2024, 10, 15)
    assert told.episode is None


def test_a_day_or_a_group_that_no_version_judges_is_said_to_be_so():
    versions = [Version(rule=rule(), from_on=date(2024, 9, 22))]
    assert silence(versions, GROUP, TWO, date(2024, 9, 21)).reason is Quiet.NOT_IN_FORCE
    assert silence(versions, GROUP, TWO, date(2024, 9, 22)).reason is Quiet.BELOW
    other = (("officer", "Mai"),)
    assert silence(versions, other, TWO, date(2024, 9, 22)).reason is Quiet.NOT_IN_FORCE


@settings(max_examples=60)
@given(CHANCES, st.booleans())
def test_a_silence_agrees_with_the_near_misses_and_loses_no_violation(chance, versioned):
    judged = random_versions(chance, alike=True) if versioned else random_rule(chance)
    stream, as_of = random_stream(chance, 20), random_day(chance)
    for near in near_misses(judged, stream, as_of, missing_at_most=None):
        told = silence(judged, near.group, stream, as_of)
        assert told.near == near
        left_out = [name for names in told.uncounted.values() for name in names]
        told_of = sorted([*near.violations, *left_out])
        mine = {
            one.id
            for one in stream
            if all(getattr(one, key) in {value, ""} for key, value in near.group)
        }
        assert told_of == sorted(mine)
        assert set(near.violations) <= {
            one.id for one in stream if group_of(rule(group_by=_keys(near)), one) == near.group
        }


def _keys(near):
    return tuple(GroupKey(key) for key, _ in near.group)
