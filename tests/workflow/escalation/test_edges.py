"""The edges of product.md §6: thresholds, window ends, calendar turns, repeats, versions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from second_reading import read_again

from workflow.days import PROVINCE_ZONE
from workflow.errors import Invalid
from workflow.escalation.engine import episodes_of
from workflow.escalation.records import GroupKey, Occurrence, Period, Raise, Rule, Version, Window

AGENCY = (GroupKey.AGENCY,)
NEVER = date(2030, 1, 1)


def rule(**changes):
    facts = {"code": "R", "group_by": AGENCY, "window": Window(days=30), "levels": (3,)}
    return Rule(**(facts | changes))


def on(day, identifier="", *, hour=8, **facts):
    """One violation of agency A on a day like "2024-01-31"."""
    at = datetime.fromisoformat(day).replace(hour=hour, tzinfo=PROVINCE_ZONE)
    values = {"id": identifier or day, "type": "V16", "agency": "A", "occurred_at": at}
    return Occurrence(**(values | facts))


def daily(first, count, *, step=1, **facts):
    start = date.fromisoformat(first)
    days = [(start + timedelta(days=step * n)).isoformat() for n in range(count)]
    return [on(day, f"{n:06}", **facts) for n, day in enumerate(days)]


def spans(episodes):
    """Each episode as (opened, closed, level)."""
    return [(str(e.opened_on), str(e.closed_on or ""), e.level) for e in episodes]


@pytest.mark.parametrize(
    ("count", "levels"),
    [
        (0, []),
        (2, []),
        (3, [1]),
        (4, [1]),
        (5, [1, 2]),
        (6, [1, 2]),
        (8, [1, 2, 3]),
        (16, [1, 2, 3]),
    ],
)
def test_a_level_is_reached_with_its_score_and_not_one_before(count, levels):
    found = episodes_of(rule(levels=(3, 5, 8)), daily("2024-03-01", count), NEVER)
    assert [raised.level for e in found for raised in e.raises] == levels
    assert [raised.score for e in found for raised in e.raises] == [3, 5, 8][: len(levels)]


def test_one_episode_says_all_of_itself():
    found = episodes_of(rule(levels=(3, 5)), daily("2024-03-01", 5, step=2), NEVER)
    (one,) = found
    assert (one.rule, one.group) == ("R", (("agency", "A"),))
    assert spans(found) == [("2024-03-05", "2024-04-04", 2)]
    assert one.raises == (
        Raise(1, date(2024, 3, 5), 3, ("000000", "000001", "000002")),
        Raise(2, date(2024, 3, 9), 5, ("000000", "000001", "000002", "000003", "000004")),
    )


def test_many_at_one_instant_raise_once_to_the_highest_level_they_make():
    same = [on("2024-03-01", f"v{n}") for n in (3, 10, 1, 2, 5)]
    (one,) = episodes_of(rule(levels=(2, 3, 5)), same, NEVER)
    assert one.raises == (Raise(3, date(2024, 3, 1), 5, ("v1", "v10", "v2", "v3", "v5")),)


def test_a_score_is_taken_at_the_end_of_the_day():
    crowded = [on("2024-03-01", f"v{n}", hour=n) for n in range(4)]
    (one,) = episodes_of(rule(levels=(3,)), crowded, NEVER)
    assert one.raises[0].score == 4


@pytest.mark.parametrize(("last", "fires"), [("2024-03-30", True), ("2024-03-31", False)])
def test_a_window_of_days_holds_its_first_and_its_last_date(last, fires):
    stream = [on("2024-03-01"), on("2024-03-15"), on(last, "z")]
    assert spans(episodes_of(rule(), stream, NEVER)) == (
        [("2024-03-30", "2024-03-31", 1)] if fires else []
    )


def test_a_window_of_one_day_is_that_day():
    stream = [on("2024-03-01", "a"), on("2024-03-01", "b"), on("2024-03-02", "c")]
    assert spans(episodes_of(rule(window=Window(days=1), levels=(2,)), stream, NEVER)) == [
        ("2024-03-01", "2024-03-02", 1)
    ]


def test_the_local_date_decides_at_midnight():
    late = datetime(2024, 2, 29, 16, 59, 59, tzinfo=UTC)
    stream = [
        on("2024-02-29", "a"),
        on("2024-02-29", "b", occurred_at=late),
        on("2024-02-29", "c", occurred_at=late + timedelta(seconds=1)),
    ]
    found = episodes_of(rule(window=Window(days=1), levels=(2,)), stream, NEVER)
    assert spans(found) == [("2024-02-29", "2024-03-01", 1)]


def test_the_leap_day_is_a_day():
    stream = [on("2024-02-28"), on("2024-02-29"), on("2024-03-01")]
    assert spans(episodes_of(rule(window=Window(days=3)), stream, NEVER)) == [
        ("2024-03-01", "2024-03-02", 1)
    ]
    assert episodes_of(rule(window=Window(days=2)), stream, NEVER) == []
    monthly = rule(window=Window(calendar=Period.MONTH), levels=(2,))
    assert spans(episodes_of(monthly, stream, NEVER)) == [("2024-02-29", "2024-03-01", 1)]
    ordinary = [on("2023-02-28", "a"), on("2023-02-28", "b"), on("2023-03-01", "c")]
    assert spans(episodes_of(monthly, ordinary, NEVER)) == [("2023-02-28", "2023-03-01", 1)]


@pytest.mark.parametrize("period", list(Period))
def test_calendar_windows_begin_anew_with_the_year(period):
    """31 December and 1 January stand in no common calendar window."""
    stream = [on("2023-12-30"), on("2023-12-31"), on("2024-01-01")]
    assert episodes_of(rule(window=Window(calendar=period)), stream, NEVER) == []
    stream.append(on("2023-12-31", "again"))
    assert spans(episodes_of(rule(window=Window(calendar=period)), stream, NEVER)) == [
        ("2023-12-31", "2024-01-01", 1)
    ]


def test_an_episode_goes_on_over_the_turn_when_the_new_period_has_its_own_score():
    """Days on end at the first level are one run, whichever windows they were seen through."""
    monthly = rule(window=Window(calendar=Period.MONTH), levels=(2, 3))
    stream = [on("2024-01-31", f"j{n}") for n in range(3)]
    stream += [on("2024-02-01", f"f{n}") for n in range(2)]
    found = episodes_of(monthly, stream, NEVER)
    assert spans(found) == [("2024-01-31", "2024-03-01", 2)]
    assert found[0].raises == (Raise(2, date(2024, 1, 31), 3, ("j0", "j1", "j2")),)


@pytest.mark.parametrize(
    ("period", "closes"),
    [(Period.MONTH, "2024-06-01"), (Period.QUARTER, "2024-07-01"), (Period.YEAR, "2025-01-01")],
)
def test_a_calendar_window_closes_with_its_period(period, closes):
    found = episodes_of(rule(window=Window(calendar=period)), daily("2024-05-03", 3), NEVER)
    assert spans(found) == [("2024-05-05", closes, 1)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2024, 3, 2), []),
        (date(2024, 3, 3), [("2024-03-03", "", 1)]),
        (date(2024, 3, 30), [("2024-03-03", "", 1)]),
        (date(2024, 3, 31), [("2024-03-03", "2024-03-31", 1)]),
        (date(2024, 4, 1), [("2024-03-03", "2024-03-31", 1)]),
        (date.max, [("2024-03-03", "2024-03-31", 1)]),
    ],
)
def test_the_day_asked_may_be_the_day_of_opening_or_of_closing(as_of, expected):
    assert spans(episodes_of(rule(), daily("2024-03-01", 3), as_of)) == expected


def test_a_violation_later_than_the_day_asked_does_not_count_and_is_not_seen():
    stream = [*daily("2024-03-01", 3), on("2024-03-10", "later")]
    (one,) = episodes_of(rule(levels=(3, 4)), stream, date(2024, 3, 9))
    assert (one.level, one.closed_on) == (1, None)


def test_a_violation_without_an_officer_counts_for_no_officer():
    by_officer = rule(group_by=(GroupKey.OFFICER,), levels=(2,))
    stream = [
        on("2024-03-01", officer="Mai"),
        on("2024-03-02"),
        on("2024-03-03"),
        on("2024-03-04", officer="Mai"),
    ]
    (one,) = episodes_of(by_officer, stream, NEVER)
    assert one.group == (("officer", "Mai"),)
    assert one.raises[0].violations == ("2024-03-01", "2024-03-04")


def test_a_rule_by_nothing_gathers_everything_and_a_group_names_its_keys_in_order():
    stream = [on("2024-03-01", agency=""), on("2024-03-02", agency="B"), on("2024-03-03")]
    (one,) = episodes_of(rule(group_by=()), stream, NEVER)
    assert one.group == ()
    keys = (GroupKey.TYPE, GroupKey.AGENCY)
    (one,) = episodes_of(rule(group_by=keys, levels=(1,)), stream[2:], NEVER)
    assert one.group == (("agency", "A"), ("type", "V16"))


def test_overturned_ones_and_other_types_do_not_count():
    stream = [*daily("2024-03-01", 3), on("2024-03-02", "x", type="V01")]
    stream.append(on("2024-03-02", "y", overturned=True))
    (one,) = episodes_of(rule(violation_types=("V16",)), stream, NEVER)
    assert one.raises[0].violations == ("000000", "000001", "000002")
    assert episodes_of(rule(violation_types=("một từ lạ",)), stream, NEVER) == []


def test_a_weight_can_make_one_violation_enough_and_none_can_make_it_nothing():
    heavy = rule(weights={"V16": 3, "V01": 0}, levels=(3, 6))
    stream = [
        on("2024-03-01", "zero", type="V01"),
        on("2024-03-02", "one"),
        on("2024-03-05", "two"),
    ]
    (one,) = episodes_of(heavy, stream, NEVER)
    assert one.raises == (
        Raise(1, date(2024, 3, 2), 3, ("zero", "one")),
        Raise(2, date(2024, 3, 5), 6, ("zero", "one", "two")),
    )
    assert spans([one]) == [("2024-03-02", "2024-04-04", 2)]


def test_scores_and_windows_beyond_every_number_are_simply_never_reached():
    stream = daily("2024-03-01", 5)
    endless = rule(levels=(2, 10**30), window=Window(days=10**30), repeat_within_days=10**30)
    assert spans(episodes_of(endless, stream, NEVER)) == [("2024-03-02", "", 1)]
    heavy = rule(levels=(10**9 * 5,), weights={"V16": 10**9})
    assert spans(episodes_of(heavy, stream, NEVER)) == [("2024-03-05", "2024-03-31", 1)]


def test_the_first_and_the_last_day_there_is_are_days_like_others():
    first = datetime(1, 1, 2, tzinfo=PROVINCE_ZONE)
    last = datetime(9999, 12, 31, 6, tzinfo=PROVINCE_ZONE)
    stream = [on("2024-01-01", "a", occurred_at=first), on("2024-01-01", "b", occurred_at=last)]
    for window in (Window(days=7), Window(calendar=Period.YEAR)):
        found = episodes_of(rule(levels=(1,), window=window), stream, date.max)
        assert [e.closed_on is None for e in found] == [False, True]


# --- repeats -----------------------------------------------------------------------------

WEEK = Window(days=7)


@pytest.mark.parametrize(
    ("within", "gap", "level"),
    [(20, 19, 2), (20, 20, 2), (20, 21, 1), (None, 1, 1), (0, 1, 1), (1, 1, 2)],
)
def test_an_episode_that_opens_soon_after_another_begins_one_level_higher(within, gap, level):
    """The first closes on 9 March; the second opens `gap` days later."""
    twice = rule(window=WEEK, levels=(2, 5, 9), repeat_within_days=within)
    opens = date(2024, 3, 9) + timedelta(days=gap)
    stream = daily("2024-03-02", 2, step=0)
    stream += [on(opens.isoformat(), f"z{n}") for n in range(2)]
    found = episodes_of(twice, stream, NEVER)
    assert [str(e.opened_on) for e in found] == ["2024-03-02", str(opens)]
    assert found[0].closed_on == date(2024, 3, 9)
    assert [e.level for e in found] == [1, level]
    assert found[1].raises == (Raise(level, opens, 2, ("z0", "z1")),)


def test_repeats_climb_to_the_highest_level_and_no_further():
    often = rule(window=WEEK, levels=(2, 5, 9), repeat_within_days=30)
    stream = [
        one
        for month in range(5)
        for one in (on(f"2024-0{month + 1}-0{1 + n % 9}", f"{month}{n}") for n in range(2))
    ]
    assert [e.level for e in episodes_of(often, stream, NEVER)] == [1, 2, 3, 3, 3]


def test_a_repeat_takes_the_higher_of_its_own_score_and_the_step_up():
    often = rule(window=WEEK, levels=(2, 3, 4, 5), repeat_within_days=60)
    stream = [on("2024-03-01", f"a{n}") for n in range(2)]
    stream += [on("2024-04-01", f"b{n}") for n in range(4)]
    found = episodes_of(often, stream, NEVER)
    assert [e.level for e in found] == [1, 3]
    stream += [on("2024-04-02", "b9")]
    assert [[r.level for r in e.raises] for e in episodes_of(often, stream, NEVER)] == [[1], [3, 4]]


def test_a_repeat_that_its_own_score_only_catches_up_with_is_not_raised_again():
    often = rule(window=WEEK, levels=(2, 3, 6), repeat_within_days=60)
    stream = [on("2024-03-01", f"a{n}") for n in range(2)]
    stream += [on("2024-04-01", f"b{n}") for n in range(2)] + [on("2024-04-03", "b2")]
    assert [[r.level for r in e.raises] for e in episodes_of(often, stream, NEVER)] == [[1], [2]]


def test_another_group_s_episode_is_no_repeat():
    often = rule(window=WEEK, levels=(2, 5), repeat_within_days=365)
    stream = [on("2024-03-01", f"a{n}") for n in range(2)]
    stream += [on("2024-04-01", f"b{n}", agency="B") for n in range(2)]
    assert [e.level for e in episodes_of(often, stream, NEVER)] == [1, 1]


# --- versions ----------------------------------------------------------------------------

TURN = date(2024, 4, 1)


def turned(before, after):
    """Two versions, the second in force from 1 April on."""
    return [
        Version(rule=before, to_on=TURN - timedelta(days=1), number=1),
        Version(rule=after, from_on=TURN, number=2),
    ]


def test_an_episode_goes_on_when_both_sides_reach_their_first_level():
    versions = turned(rule(levels=(3,)), rule(levels=(2, 3)))
    found = episodes_of(versions, daily("2024-03-20", 3), NEVER)
    assert spans(found) == [("2024-03-22", "2024-04-20", 2)]
    assert [(r.level, r.on, r.version) for r in found[0].raises] == [
        (1, date(2024, 3, 22), 1),
        (2, TURN, 2),
    ]


def test_an_episode_closes_on_the_day_of_a_stricter_measure_it_does_not_reach():
    versions = turned(rule(levels=(3,)), rule(levels=(4,)))
    assert spans(episodes_of(versions, daily("2024-03-20", 3), NEVER)) == [
        ("2024-03-22", "2024-04-01", 1)
    ]


def test_a_new_version_opens_on_its_first_day_what_stood_below_the_old_one():
    versions = turned(rule(levels=(4,)), rule(levels=(2,)))
    (one,) = episodes_of(versions, daily("2024-03-20", 3), NEVER)
    assert one.raises == (Raise(1, TURN, 3, ("000000", "000001", "000002"), 2),)


def test_fewer_levels_lower_an_episode_that_goes_on():
    versions = turned(rule(levels=(1, 2, 3)), rule(levels=(1, 2)))
    found = episodes_of(versions, daily("2024-03-20", 3), NEVER)
    assert [r.level for r in found[0].raises] == [1, 2, 3]
    assert found[0].level == 2


def test_other_keys_are_other_groups_and_end_what_ran():
    versions = turned(rule(), rule(group_by=(GroupKey.TYPE,)))
    found = episodes_of(versions, daily("2024-03-20", 3), NEVER)
    assert [(e.group[0][0], str(e.opened_on), str(e.closed_on)) for e in found] == [
        ("agency", "2024-03-22", "2024-04-01"),
        ("type", "2024-04-01", "2024-04-19"),
    ]


def test_the_order_in_which_a_version_names_its_keys_is_nothing():
    keys = (GroupKey.AGENCY, GroupKey.TYPE)
    versions = turned(rule(group_by=keys), rule(group_by=tuple(reversed(keys))))
    assert len(episodes_of(versions, daily("2024-03-20", 3), NEVER)) == 1


def test_a_day_that_no_version_covers_ends_what_ran():
    versions = [
        Version(rule=rule(), to_on=date(2024, 3, 30), number=1),
        Version(rule=rule(repeat_within_days=1, levels=(3, 9)), from_on=TURN, number=2),
    ]
    found = episodes_of(versions, daily("2024-03-20", 3), NEVER)
    assert spans(found) == [("2024-03-22", "2024-03-31", 1), ("2024-04-01", "2024-04-19", 2)]


def test_a_repeat_is_known_over_a_version_that_grouped_otherwise():
    kept = rule(window=WEEK, levels=(2, 9), repeat_within_days=90)
    versions = [
        Version(rule=kept, to_on=date(2024, 3, 31), number=1),
        Version(
            rule=rule(group_by=(GroupKey.OFFICER,)), from_on=TURN, to_on=date(2024, 4, 30), number=2
        ),
        Version(rule=kept, from_on=date(2024, 5, 1), number=3),
    ]
    stream = [on("2024-03-01", f"a{n}") for n in range(2)] + [
        on("2024-05-03", f"b{n}") for n in range(2)
    ]
    assert [e.level for e in episodes_of(versions, stream, NEVER)] == [1, 2]


def test_two_versions_cannot_judge_one_day():
    versions = [Version(rule=rule(), to_on=TURN), Version(rule=rule(), from_on=TURN)]
    with pytest.raises(Invalid) as refused:
        episodes_of(versions, [], NEVER)
    assert refused.value.errors == {"from_on": "versions_overlap"}


def test_no_versions_and_no_violations_make_no_episodes():
    assert episodes_of([], daily("2024-03-20", 3), NEVER) == []
    assert episodes_of(rule(), [], NEVER) == []


# --- size --------------------------------------------------------------------------------


def test_a_hundred_thousand_violations_of_one_group_are_read_like_five():
    """One every five minutes for a year; each level keeps exactly those in its window."""
    start = datetime(2024, 1, 1, tzinfo=PROVINCE_ZONE)
    stream = [
        Occurrence(
            id=f"{n:06}", type="V16", agency="A", occurred_at=start + timedelta(minutes=5 * n)
        )
        for n in range(100_000)
    ]
    (one,) = episodes_of(rule(levels=(3, 5000, 8640)), stream, date(2024, 12, 31))
    assert [(r.level, str(r.on), r.score) for r in one.raises] == [
        (1, "2024-01-01", 288),
        (2, "2024-01-18", 5184),
        (3, "2024-01-30", 8640),
    ]
    assert one.raises[2].violations == tuple(f"{n:06}" for n in range(8640))
    assert one.closed_on is None


def test_twenty_thousand_episodes_of_one_group_repeat_one_another():
    alternate = [
        Occurrence(
            id=f"{n:06}",
            type="V",
            agency="A",
            occurred_at=datetime(1900, 1, 1, tzinfo=UTC) + timedelta(days=2 * n),
        )
        for n in range(20_000)
    ]
    levels = tuple(range(1, 12))
    found = episodes_of(
        rule(window=Window(days=1), levels=levels, repeat_within_days=1), alternate, NEVER
    )
    assert [e.level for e in found[:13]] == [*range(1, 12), 11, 11]
    assert {e.level for e in found[12:]} == {11}


@pytest.mark.parametrize("levels", [(1,), (2, 3), (1, 5)])
def test_edges_are_read_alike_by_the_second_reading(levels):
    stream = [
        on("2023-12-31", "a"),
        on("2023-12-31", "b", hour=23),
        on("2024-01-01", "c", hour=0),
        on("2024-02-29", "d"),
        on("2024-03-01", "e"),
    ]
    for window in (Window(days=1), Window(days=2), *(Window(calendar=period) for period in Period)):
        judged = rule(levels=levels, window=window, repeat_within_days=1)
        for as_of in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 1)):
            assert episodes_of(judged, stream, as_of) == read_again(judged, stream, as_of)
