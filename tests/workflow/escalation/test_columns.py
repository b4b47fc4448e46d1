"""Violations in columns: order by moment then id, groups as numbers, any number of words."""

import gc
from datetime import UTC, date, datetime, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streams import random_day, random_rule, random_stream

from workflow.escalation.columns import (
    NO_GROUP,
    Coded,
    Columns,
    by_code,
    columns_of,
    in_order,
    keys_of,
)
from workflow.escalation.engine import episodes_of, found_in
from workflow.escalation.found import RUNNING
from workflow.escalation.records import GroupKey, Occurrence, Period, Rule, Window
from workflow.escalation.runs import last_day_of_period


@given(st.lists(st.tuples(st.integers(0, 4), st.text(max_size=2)), max_size=12, unique=True))
def test_rows_stand_by_moment_then_by_code_points_of_the_id(rows):
    instants, ids = np.array([at for at, _ in rows], np.int64), [name for _, name in rows]
    order = in_order(instants, ids)
    assert (rows if order is None else [rows[place] for place in order]) == sorted(rows)
    assert (order is None) == (rows == sorted(rows))


@given(
    st.lists(
        st.one_of(st.integers(0, 3), st.integers(65_530, 65_540), st.integers(0, 2**61)),
        max_size=30,
    )
)
def test_rows_sorted_by_code_keep_their_order_within_a_code(codes):
    order = by_code(np.array(codes, np.int64)).tolist()
    assert order == sorted(range(len(codes)), key=lambda place: codes[place])


def test_one_instant_in_two_zones_is_one_instant():
    noon = datetime(2024, 3, 1, 12, tzinfo=UTC)
    there = noon.astimezone(tz=datetime.fromisoformat("2024-01-01T00:00+05:00").tzinfo)
    made = [Occurrence(id=i, type="V", occurred_at=at) for i, at in (("b", noon), ("a", there))]
    assert columns_of(made).ids == ["a", "b"]


def test_a_row_without_a_value_has_no_group_and_a_missing_column_leaves_none():
    columns = Columns(
        ids=["a", "b", "c"],
        days=np.array([1, 2, 3]),
        types=Coded(np.array([1, 1, 1]), ("", "V")),
        keys={GroupKey.AGENCY: Coded(np.array([1, 0, 2]), ("", "A", "B"))},
    )
    codes = columns.groups((GroupKey.AGENCY,))
    assert codes[1] == NO_GROUP
    assert len({*codes.tolist()}) == 3
    assert columns.groups((GroupKey.AGENCY, GroupKey.FIELD)).tolist() == [NO_GROUP] * 3
    assert columns.groups(()).tolist() == [0, 0, 0]


def test_groups_of_words_without_number_stay_apart():
    """Five columns of a million words each are more groups than a number can hold."""
    chance, rows, words = np.random.default_rng(7), 400, range(1_000_000)
    codes = {key: chance.integers(1, 4, rows) * 333_333 for key in GroupKey}
    columns = Columns(
        ids=[str(n) for n in range(rows)],
        days=np.arange(rows),
        types=Coded(codes[GroupKey.TYPE], words),
        keys={key: Coded(codes[key], words) for key in GroupKey if key is not GroupKey.TYPE},
    )
    keys = keys_of(GroupKey)
    expected = list(zip(*(codes[key].tolist() for key in keys), strict=True))
    found = columns.groups(keys).tolist()
    assert len(set(found)) == len(set(expected)) == len(set(zip(found, expected, strict=True)))


@given(st.integers(0, 2**40).map(Random))
def test_the_columns_are_found_alike_by_numbers_and_as_records(chance):
    rule, stream, as_of = random_rule(chance), random_stream(chance), random_day(chance)
    columns = columns_of(stream)
    found = found_in(columns, rule, as_of)
    records = episodes_of(rule, columns, as_of)
    assert records == episodes_of(rule, stream, as_of)
    if found is None:
        assert records == []
        return
    assert len(found) == len(records)
    by_column = sorted(
        (date.fromordinal(opened), int(level), closed == RUNNING)
        for opened, level, closed in zip(found.opened, found.levels, found.closed, strict=True)
    )
    assert by_column == sorted((e.opened_on, e.level, e.closed_on is None) for e in records)
    assert found.raise_scores.tolist() == [r.score for e in found for r in e.raises]


def test_the_collector_works_or_rests_afterwards_as_it_did_before():
    found = found_in(
        columns_of(random_stream(Random(5))),
        Rule(code="R", group_by=(), window=Window(days=90), levels=(1,)),
        date(2025, 1, 1),
    )
    assert list(found)
    assert gc.isenabled()
    gc.disable()
    try:
        assert list(found)
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("period", list(Period))
@given(day=st.dates(max_value=date(9998, 12, 31)))
def test_the_last_day_of_a_period_is_the_day_before_the_next_begins(period, day):
    last = date.fromordinal(int(last_day_of_period(np.array([day.toordinal()]), period)[0]))
    after = last + timedelta(days=1)
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[period]
    assert after.day == 1
    assert (after.month - 1) % months == 0
    assert 0 <= (last.year - day.year) * 12 + last.month - day.month < months
    assert (day.month - 1) // months == (last.month - 1) // months


def test_wide_groups_are_counted_in_wide_numbers():
    """Groups times days beyond 2^31: the answer is that of few groups and few days."""
    rule = Rule(code="R", group_by=(GroupKey.AGENCY,), window=Window(days=3), levels=(2,))
    first, last = datetime(1, 1, 2, tzinfo=UTC), datetime(9998, 1, 1, tzinfo=UTC)
    stream = [Occurrence(id="first", type="V", agency="0", occurred_at=first)]
    stream += [
        Occurrence(id=f"{agency:04}{n}", type="V", agency=f"{agency:04}", occurred_at=last)
        for agency in range(800)
        for n in range(2)
    ]
    found = episodes_of(rule, stream, date(9999, 1, 1))
    assert len(found) == 800
    assert {(e.opened_on, e.closed_on, e.raises[0].score) for e in found} == {
        (date(9998, 1, 1), date(9998, 1, 4), 2)
    }
