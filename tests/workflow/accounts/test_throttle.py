"""How long a name or an address is locked after failed sign-ins: a pure rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from workflow.accounts.records import Failures
from workflow.accounts.rules import (
    BY_ADDRESS,
    BY_NAME,
    by_address,
    lock_end,
    login_key,
    same_login,
)

AT = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("throttle", [BY_NAME, by_address(5)])
@pytest.mark.parametrize("failures", range(5))
def test_up_to_four_failures_lock_nothing(throttle, failures):
    assert throttle.locked_until(failures, AT) is None


def test_a_shared_address_is_allowed_thirty_failures_unless_the_province_says_another_number():
    assert BY_ADDRESS.locked_until(29, AT) is None
    assert BY_ADDRESS.locked_until(30, AT) == AT + timedelta(seconds=30)
    many = Failures(by_address=12, address_last=AT)
    assert lock_end(many, AT) is None
    assert lock_end(many, AT, by_address(12)) == AT + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (12, 60), (500, 60)],
)
def test_the_lock_of_a_name_grows_to_an_hour(failures, minutes):
    assert BY_NAME.locked_until(failures, AT) == AT + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(30, 30), (31, 60), (32, 120), (33, 240), (34, 480), (35, 900), (500, 900)],
)
def test_the_lock_of_an_address_grows_to_a_quarter_of_an_hour(failures, seconds):
    assert BY_ADDRESS.locked_until(failures, AT) == AT + timedelta(seconds=seconds)


def test_each_lock_is_at_least_as_long_as_the_one_before():
    ends = [BY_NAME.locked_until(n, AT) for n in range(5, 40)]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("failures", "after", "locked_for"),
    [
        (Failures(), 0, None),
        (Failures(by_name=5, name_last=AT), 0, 60),
        (Failures(by_name=5, name_last=AT), 59, 60),
        (Failures(by_name=5, name_last=AT), 60, None),
        (Failures(by_address=30, address_last=AT), 0, 30),
        (Failures(by_address=30, address_last=AT), 30, None),
        (Failures(by_name=6, name_last=AT, by_address=30, address_last=AT), 0, 120),
        (Failures(by_name=4, name_last=AT, by_address=34, address_last=AT), 1, 480),
    ],
)
def test_the_longer_lock_of_name_and_address_counts(failures, after, locked_for):
    end = lock_end(failures, AT + timedelta(seconds=after))
    assert end == (None if locked_for is None else AT + timedelta(seconds=locked_for))


@pytest.mark.parametrize("typed", ["mai", " MAI ", "Mai", "ｍａｉ", "mai\n"])
def test_a_sign_in_name_is_one_however_it_is_typed(typed):
    assert same_login(typed) == "mai"


def test_what_attempts_are_counted_under_does_not_show_what_was_typed():
    key = login_key("một mật khẩu gõ nhầm chỗ")
    assert len(key) == 64
    assert "mật" not in key
    assert key != login_key("mai")
