"""Which violations a dossier shows as of a day: the table of product.md, section 5, row by row."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.days import PROVINCE_ZONE, local_day
from workflow.dossiers.fields import DETECTIONS
from workflow.violations.catalogue import FROM_DOSSIERS
from workflow.violations.detection import MOMENTS, RULES, Facts, is_late, signs_of, why_gone

DUE = date(2021, 9, 30)
LONG_AFTER = date(2021, 12, 31)
MORNING = datetime(2021, 10, 1, tzinfo=PROVINCE_ZONE)
NOON = datetime(2021, 9, 15, 5, tzinfo=UTC)

LATENESS = [
    # ended, day asked, late
    (date(2021, 9, 29), LONG_AFTER, False),
    (DUE, LONG_AFTER, False),
    (date(2021, 10, 1), LONG_AFTER, True),
    (None, date(2021, 9, 29), False),
    (None, DUE, False),
    (None, date(2021, 10, 1), True),
    (date(2021, 10, 5), DUE, False),
    (date(2021, 10, 5), date(2021, 10, 1), True),
]


@pytest.mark.parametrize(("ended", "day", "late"), LATENESS)
def test_a_dossier_is_late_once_its_promised_day_is_over(ended, day, late):
    facts = Facts(due_on=DUE, ended_on=ended)
    assert is_late(facts, day) is late
    assert signs_of(facts, day) == ({"V16": MORNING, "V17": MORNING} if late else {})


def test_a_dossier_without_a_promised_day_is_never_late():
    assert signs_of(Facts(ended_on=LONG_AFTER), LONG_AFTER) == {}


@pytest.mark.parametrize(
    ("apology", "missing"),
    [(None, True), (date(2021, 9, 29), False), (DUE, False), (date(2021, 10, 1), True)],
)
def test_an_apology_counts_on_or_before_the_promised_day(apology, missing):
    found = signs_of(Facts(due_on=DUE, apology_on=apology), LONG_AFTER)
    assert ("V17" in found) is missing
    assert found["V16"] == MORNING


def test_an_apology_is_owed_by_late_dossiers_only():
    assert signs_of(Facts(due_on=DUE, ended_on=DUE), LONG_AFTER) == {}


@pytest.mark.parametrize(
    ("online", "received", "late"),
    [
        (True, NOON, False),
        (True, NOON + timedelta(microseconds=1), True),
        (True, NOON - timedelta(days=1), False),
        (True, None, False),
        (False, NOON + timedelta(days=9), False),
    ],
)
def test_an_online_dossier_is_received_late_after_its_limit(online, received, late):
    facts = Facts(is_online=online, receipt_limit_at=NOON, received_at=received)
    assert signs_of(facts, LONG_AFTER) == ({"V19": NOON} if late else {})


def test_a_receipt_without_a_limit_is_not_late():
    assert signs_of(Facts(is_online=True, received_at=NOON), LONG_AFTER) == {}


@pytest.mark.parametrize("code", sorted(MOMENTS))
def test_a_field_that_says_so_makes_a_violation_at_its_own_moment(code):
    facts = Facts(**{MOMENTS[code]: NOON})
    assert signs_of(facts, LONG_AFTER) == {code: NOON}
    assert signs_of(facts, date(2021, 9, 15)) == {code: NOON}
    assert signs_of(facts, date(2021, 9, 14)) == {}


def test_the_day_that_counts_is_the_provinces_own():
    last_moment = datetime(2021, 9, 30, 16, 59, 59, tzinfo=UTC)
    first_moment = datetime(2021, 9, 30, 17, tzinfo=UTC)
    assert signs_of(Facts(no_slip_at=last_moment), DUE) == {"V12": last_moment}
    assert signs_of(Facts(no_slip_at=first_moment), DUE) == {}


def test_every_detection_of_the_catalogue_has_a_rule_and_fields_of_a_file():
    assert set(RULES) == {kind.code for kind in FROM_DOSSIERS} == set(DETECTIONS)


days = st.none() | st.dates(date(2021, 9, 1), date(2021, 10, 31))
moments = st.none() | st.builds(
    lambda day, hour: datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
    st.dates(date(2021, 9, 1), date(2021, 10, 31)),
    st.integers(0, 23),
)
facts = st.builds(
    Facts,
    due_on=days,
    ended_on=days,
    apology_on=days,
    is_online=st.booleans(),
    received_at=moments,
    receipt_limit_at=moments,
    **dict.fromkeys(MOMENTS.values(), moments),
)


@given(facts=facts)
def test_what_holds_on_a_day_holds_on_every_later_one(facts):
    seen = [signs_of(facts, date(2021, 9, 1) + timedelta(days=n)) for n in range(0, 75, 5)]
    assert all(set(before.items()) <= set(after.items()) for before, after in pairwise(seen))


@given(facts=facts, day=st.dates(date(2021, 9, 1), date(2021, 10, 31)))
def test_nothing_holds_before_it_occurred(facts, day):
    assert all(local_day(at) <= day for at in signs_of(facts, day).values())


@pytest.mark.parametrize(
    ("code", "still_late", "reason"),
    [
        ("V16", False, "not_overdue"),
        ("V17", False, "not_overdue"),
        ("V17", True, "apologised"),
        ("V11", False, "fact_gone"),
        ("V18", True, "fact_gone"),
    ],
)
def test_what_no_longer_holds_says_why(code, still_late, reason):
    assert why_gone(code, still_late=still_late) == reason
