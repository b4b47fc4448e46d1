"""The engine says what a plain reading of product.md §6, day by day, says."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st
from second_reading import read_again

from workflow.escalation.engine import episodes_of, replay
from workflow.escalation.records import GroupKey, Occurrence, Period, Rule, Version, Window

NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
TYPES = ("V01", "V16", "trễ hẹn")
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-5))])
KEYS = st.lists(st.sampled_from(list(GroupKey)), unique=True, max_size=5).map(tuple)
WINDOWS = st.one_of(
    st.integers(1, 12).map(lambda days: Window(days=days)),
    st.integers(1, 80).map(lambda days: Window(days=days)),
    st.sampled_from(list(Period)).map(lambda period: Window(calendar=period)),
)
LEVELS = st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True).map(
    lambda levels: tuple(sorted(levels))
)
WEIGHTS = st.one_of(
    st.just({}), st.dictionaries(st.sampled_from((*TYPES, "V99")), st.integers(0, 6), max_size=3)
)
MATCHES = st.one_of(
    st.just(("*",)), st.lists(st.sampled_from((*TYPES, "V99")), min_size=1, unique=True).map(tuple)
)


@st.composite
def rules(draw, code=None):
    return Rule(
        code=code or draw(st.sampled_from(["A", "B", "Đ"])),
        violation_types=draw(MATCHES),
        group_by=draw(KEYS),
        window=draw(WINDOWS),
        levels=draw(LEVELS),
        weights=draw(WEIGHTS),
        repeat_within_days=draw(st.one_of(st.none(), st.integers(0, 40))),
    )


@st.composite
def streams(draw, most=14):
    """Some violations within half a year around New Year and 29 February, in any order."""
    span = draw(st.sampled_from([4, 20, 60, 120]))
    start = NEW_YEAR + timedelta(days=draw(st.integers(-40, 60)))
    quarters = st.integers(0, span * 4).map(lambda quarter: start + timedelta(hours=6 * quarter))
    value = st.sampled_from(["", "x", "x", "y"])
    return [
        Occurrence(
            id=f"v{number}",
            type=draw(st.sampled_from(TYPES)),
            agency=draw(value),
            field=draw(value),
            procedure=draw(value),
            officer=draw(value),
            occurred_at=draw(quarters).astimezone(draw(ZONES)),
            overturned=draw(st.sampled_from([False, False, False, True])),
        )
        for number in draw(st.permutations(range(draw(st.integers(0, most)))))
    ]


DAYS = st.dates(date(2023, 11, 20), date(2024, 9, 1))


@settings(max_examples=150)
@given(rules(), streams(), DAYS)
def test_a_rule_makes_the_episodes_that_a_walk_over_the_days_finds(rule, stream, as_of):
    assert episodes_of(rule, stream, as_of) == read_again(rule, stream, as_of)


@st.composite
def versions_in_time(draw):
    """Versions of one rule, one after the other, some with days between that none covers."""
    made, day = [], date(2023, 12, 1) + timedelta(days=draw(st.integers(0, 60)))
    for number in range(1, draw(st.integers(1, 4)) + 1):
        length = draw(st.integers(1, 50))
        last = day + timedelta(days=length - 1)
        made.append(Version(rule=draw(rules("A")), from_on=day, to_on=last, number=number))
        day = last + timedelta(days=draw(st.sampled_from([1, 1, 1, 5])))
    open_start = draw(st.booleans())
    open_end = draw(st.booleans())
    if open_start:
        made[0] = Version(rule=made[0].rule, from_on=None, to_on=made[0].to_on, number=1)
    if open_end:
        last = made[-1]
        made[-1] = Version(rule=last.rule, from_on=last.from_on, to_on=None, number=last.number)
    return made


@st.composite
def kindred_versions(draw):
    """Versions that group alike and count all, so that episodes go on over the change."""
    keys = draw(st.sampled_from([(GroupKey.AGENCY,), (GroupKey.FIELD, GroupKey.AGENCY)]))
    return [
        Version(
            rule=Rule(
                code="A",
                group_by=keys if draw(st.booleans()) else tuple(reversed(keys)),
                window=draw(WINDOWS),
                levels=draw(LEVELS),
                repeat_within_days=draw(st.one_of(st.none(), st.integers(0, 40))),
            ),
            from_on=one.from_on,
            to_on=one.to_on,
            number=one.number,
        )
        for one in draw(versions_in_time())
    ]


@settings(max_examples=150)
@given(st.one_of(versions_in_time(), kindred_versions()), streams(), DAYS)
def test_each_day_is_judged_by_the_version_in_force_on_it(versions, stream, as_of):
    assert episodes_of(versions, stream, as_of) == read_again(versions, stream, as_of)


@settings(max_examples=40)
@given(st.lists(rules(), max_size=3, unique_by=lambda rule: rule.code), streams(), DAYS)
def test_a_replay_holds_every_rule_in_the_order_of_codes_groups_and_days(book, stream, as_of):
    expected = [one for rule in book for one in read_again(rule, stream, as_of)]
    assert replay(book, stream, as_of) == sorted(
        expected, key=lambda one: (one.rule, one.group, one.opened_on)
    )


@settings(max_examples=40)
@given(rules(), streams(), DAYS, st.randoms())
def test_the_answer_does_not_depend_on_the_order_of_arrival(rule, stream, as_of, chance):
    expected = episodes_of(rule, stream, as_of)
    chance.shuffle(stream)
    assert episodes_of(rule, stream, as_of) == expected


@settings(max_examples=40)
@given(rules(), streams(), DAYS, DAYS)
def test_an_earlier_day_is_judged_as_if_later_violations_had_not_come(rule, stream, one, other):
    earlier, later = sorted((one, other))
    known = {
        v.id
        for v in stream
        if v.occurred_at.astimezone(timezone(timedelta(hours=7))).date() <= earlier
    }
    assert episodes_of(rule, stream, earlier) == episodes_of(
        rule, [v for v in stream if v.id in known], earlier
    )
    opened = {(e.group, e.opened_on) for e in episodes_of(rule, stream, later)}
    assert {(e.group, e.opened_on) for e in episodes_of(rule, stream, earlier)} <= opened
