"""A report over parts: counts and amounts add up, rates go through their two numbers."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from cases import LEAD_CLERK, PART_CLERK, directive, do, part, part_of_district
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.directives.records import Action, State
from workflow.directives.summing import added_up, as_written, makes_rate, sums_of, whole_of
from workflow.errors import Invalid


def number_of(text):
    return None if text is None else Decimal(text)


def parts(*figures, state=State.VERIFIED):
    """Parts by (figure, numerator, denominator), all ended so that nothing else is asked."""
    return tuple(
        part_with(f"2021-0001-01-{place:02d}", state, *map(number_of, (*one, None, None)[:3]))
        for place, one in enumerate(figures, 1)
    )


def part_with(number, state, figure, numerator, denominator):
    return replace(part(number, state), figure=figure, numerator=numerator, denominator=denominator)


def errors_of(of, who=LEAD_CLERK, **given):
    values = {name: Decimal(value) for name, value in given.items()}
    try:
        do(Action.REPORT, of, who, result="x", **values)
    except Invalid as error:
        return error.errors
    return {}


def counting(*figures):
    return directive(State.IN_PROGRESS, target_unit="hồ sơ", parts=parts(*figures))


def rating(*figures, **more):
    return directive(State.IN_PROGRESS, target_unit="%", parts=parts(*figures), **more)


COUNTS = {
    "the sum": ((("3",), ("4.5",)), {"figure": "7.5"}, {}),
    "less than the sum": ((("3",), ("4.5",)), {"figure": "7.4"}, {"figure": "sum_differs"}),
    "more, and the rest is the lead's own": (
        (("3",), ("4",)), {"figure": "10", "own_figure": "3"}, {}),
    "more, and the rest is nobody's": (
        (("3",), ("4",)), {"figure": "10", "own_figure": "2"}, {"figure": "sum_differs"}),
    "none at all": ((("3",),), {}, {"figure": "required"}),
    "parts without a figure are not counted": ((("3",), (None,)), {"figure": "3"}, {}),
    "no part tells any": (((None,),), {"figure": "99"}, {}),
    "no part and no figure": ((), {}, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_counts_and_amounts_add_up(name):
    figures, given, errors = COUNTS[name]
    assert errors_of(counting(*figures), **given) == errors


RATES = {
    "the rate of the sums": (
        (("90", "9", "10"), ("50", "1", "2")),
        {"figure": "83.3", "numerator": "10", "denominator": "12"}, {}),
    "the mean of the rates": (
        (("90", "9", "10"), ("50", "1", "2")),
        {"figure": "70", "numerator": "10", "denominator": "12"}, {"figure": "rate_differs"}),
    "other numbers than the parts'": (
        (("90", "9", "10"),), {"figure": "50", "numerator": "8", "denominator": "16"},
        {"numerator": "sum_differs", "denominator": "sum_differs"}),
    "a rate over parts without its numbers": (
        (("90", "9", "10"),), {"figure": "90"},
        {"numerator": "required", "denominator": "required"}),
    "one number missing": (
        (), {"figure": "90", "numerator": "9"}, {"denominator": "required"}),
    "a rate that stands alone": ((), {"figure": "91.2"}, {}),
    "two numbers without the rate they make": (
        (), {"numerator": "8", "denominator": "10"}, {"figure": "required"}),
    "the numbers of the parts without their rate": (
        (("90", "9", "10"),), {"numerator": "9", "denominator": "10"}, {"figure": "required"}),
    "a rate of nothing": (
        (), {"figure": "0", "numerator": "0", "denominator": "0"},
        {"denominator": "not_a_rate"}),
    "more than the whole": (
        (), {"figure": "200", "numerator": "4", "denominator": "2"},
        {"denominator": "not_a_rate"}),
    "rounded as it was written": (
        (), {"figure": "67", "numerator": "2", "denominator": "3"}, {}),
    "rounded wrongly": (
        (), {"figure": "66.6", "numerator": "2", "denominator": "3"},
        {"figure": "rate_differs"}),
}  # fmt: skip


@pytest.mark.parametrize("name", RATES)
def test_rates_go_through_numerator_and_denominator(name):
    figures, given, errors = RATES[name]
    assert errors_of(rating(*figures), **given) == errors


def test_a_part_of_a_rate_tells_both_numbers_so_that_they_can_be_added():
    of = part_of_district(State.IN_PROGRESS, target_unit="%")
    assert errors_of(of, PART_CLERK, figure="90") == {
        "numerator": "required",
        "denominator": "required",
    }
    assert errors_of(of, PART_CLERK, figure="90", numerator="9", denominator="10") == {}


@pytest.mark.parametrize(
    ("unit", "whole"),
    [("%", 100), ("Phần trăm", 100), ("‰", 1000), ("hồ sơ", None), ("", None), ("tỷ đồng", None)],
)
def test_a_unit_says_whether_it_is_a_rate(unit, whole):
    assert whole_of(unit) == whole


def test_withdrawn_parts_are_not_quoted():
    of = directive(State.IN_PROGRESS, target_unit="xã", parts=parts(("5",), state=State.WITHDRAWN))
    assert sums_of(of).figure is None
    assert errors_of(of, figure="1") == {}


numbers = st.decimals(0, 10_000, places=2)


@settings(max_examples=100)
@given(figures=st.lists(numbers, min_size=1, max_size=6), own=numbers, off=numbers)
def test_only_the_exact_sum_is_taken(figures, own, off):
    of = counting(*((str(figure),) for figure in figures))
    total = sum(figures, own)
    assert errors_of(of, figure=str(total), own_figure=str(own)) == {}
    wrong = errors_of(of, figure=str(total + off), own_figure=str(own))
    assert wrong == ({"figure": "sum_differs"} if off else {})


@settings(max_examples=100)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=5),
    places=st.integers(0, 3),
)
def test_the_rate_of_the_sums_rounded_anywhere_is_taken(pairs, places):
    pairs = [(min(a, b), b) for a, b in pairs]
    of = rating(*((str(Decimal(100 * a) / b), str(a), str(b)) for a, b in pairs))
    above, below = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    rate = round(Decimal(100 * above) / below, places)
    given = {"figure": str(rate), "numerator": str(above), "denominator": str(below)}
    assert errors_of(of, **given) == {}


def told(figure, numerator=None, denominator=None):
    numbers = (None if n is None else Decimal(n) for n in (figure, numerator, denominator))
    return SimpleNamespace(
        **dict(zip(("figure", "numerator", "denominator"), numbers, strict=True))
    )


@pytest.mark.parametrize(
    ("reports", "unit", "value", "of_all", "left_out"),
    [
        ([told(3), told("4.5"), told(None)], "hồ sơ", "7.5", "7.5", 0),
        ([told(None)], "hồ sơ", None, None, 0),
        ([told(90, 9, 10), told(50, 5, 10)], "%", 70, 70, 0),
        ([told(90, 9, 10), told(50)], "%", 90, None, 1),
        ([told(90, 9, 10), told(50, 5)], "‰", 900, None, 1),
        ([told(90)], "%", None, None, 1),
        ([told(0, 0, 0)], "%", None, None, 0),
    ],
)  # fmt: skip
def test_amounts_add_and_rates_go_through_both_numbers(reports, unit, value, of_all, left_out):
    sums = added_up(reports, unit)
    assert (sums.value, sums.of_all, sums.left_out) == (
        None if value is None else Decimal(value),
        None if of_all is None else Decimal(of_all),
        left_out,
    )


@pytest.mark.parametrize(
    ("above", "below", "written"),
    [(80, 100, "80"), (1, 3, "33.33"), (2, 3, "66.67"), (1, 8, "12.5")],
)
def test_a_rate_is_written_with_two_places_at_most(above, below, written):
    exact = Decimal(above) * 100 / below
    assert as_written(exact) == Decimal(written)
    assert makes_rate(as_written(exact), Decimal(above), Decimal(below), 100) == {}
