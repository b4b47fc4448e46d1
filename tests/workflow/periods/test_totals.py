"""What the figures of a year's periods come to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from workflow.directives.targets import TargetBasis
from workflow.periods.totals import YearTotal, latest_year, totals_of_leads, year_total

OWN, RUNNING = TargetBasis.PERIOD, TargetBasis.RUNNING
DAY = date(2021, 12, 1)


@dataclass(frozen=True)
class Told:
    due_on: date
    figure: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def told(month, *figures, year=2021):
    return Told(date(year, month, 19), *(None if one is None else Decimal(one) for one in figures))


@pytest.mark.parametrize(
    ("basis", "periods", "figure", "silent"),
    [
        (OWN, [told(9, 10), told(10, 20), told(11, 30)], 60, 0),
        (OWN, [told(9, 10), told(10), told(11, 30)], 40, 1),
        (OWN, [told(9), told(10)], None, 2),
        (OWN, [told(11, 5), told(12)], 5, 0),
        (OWN, [told(12, 100, year=2020), told(9, 10)], 10, 0),
        (RUNNING, [told(9, 10), told(10, 20), told(11, 30)], 30, 0),
        (RUNNING, [told(10, 20), told(9, 10), told(11)], 20, 1),
        (RUNNING, [told(9), told(10, 20), told(11, 30)], 30, 0),
        (RUNNING, [told(9), told(10)], None, 2),
    ],
)
def test_amounts_add_up_or_the_latest_one_stands(basis, periods, figure, silent):
    total = year_total(periods, basis, "hồ sơ", DAY)
    assert (total.figure, total.silent, total.loose, total.year) == (figure, silent, 0, 2021)


@pytest.mark.parametrize(
    ("basis", "periods", "rate", "numbers", "loose"),
    [
        (OWN, [told(9, 90, 9, 10), told(10, 50, 5, 10)], 70, (14, 20), 0),
        (OWN, [told(9, 90, 9, 10), told(10, 50, 45, 90)], 54, (54, 100), 0),
        (OWN, [told(9, 90, 9, 10), told(10, 50)], 90, (9, 10), 1),
        (OWN, [told(9, 90), told(10, 50)], None, (None, None), 2),
        (RUNNING, [told(9, 90, 9, 10), told(10, 50, 10, 20)], 50, (10, 20), 0),
        (RUNNING, [told(9, 90, 9, 10), told(10, 50)], None, (None, None), 1),
    ],
)
def test_rates_go_through_their_two_numbers(basis, periods, rate, numbers, loose):
    total = year_total(periods, basis, "%", DAY)
    assert (total.figure, (total.numerator, total.denominator), total.loose) == (
        rate, numbers, loose,
    )  # fmt: skip


def test_no_period_is_no_total():
    assert year_total([], OWN, "hồ sơ", DAY) is None


def year(at, figure, silent=0, loose=0):
    return YearTotal(year=at, figure=figure, silent=silent, loose=loose)


def test_the_leads_of_a_clause_are_told_in_the_latest_year_of_any_of_them():
    old, new, quiet = year(2020, Decimal(1)), year(2021, Decimal(2), silent=1), year(2021, None, 2)
    found = latest_year([old, new, quiet])
    assert (found.year, found.totals, found.silent) == (2021, (new, quiet), 3)


@pytest.mark.parametrize("totals", [[], [year(2021, None, silent=4)]])
def test_a_year_in_which_nobody_told_a_figure_is_not_told(totals):
    assert latest_year(totals) is None


def test_rates_that_are_in_no_total_are_told_all_the_same():
    assert latest_year([year(2021, None, loose=2), year(2021, None, loose=1)]).loose == 3


@dataclass(frozen=True)
class OfLead(Told):
    directive_id: int = 0


def test_each_lead_of_a_clause_has_its_own_total():
    rows = [
        OfLead(date(2021, month, 19), Decimal(figure), directive_id=key)
        for month, figure, key in [(9, 1, 7), (9, 10, 8), (10, 2, 7), (10, 20, 8)]
    ]
    totals = totals_of_leads(rows, OWN, "hồ sơ", DAY)
    assert [one.figure for one in totals] == [3, 30]
