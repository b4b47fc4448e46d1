"""How far each role reads, on days on which it is held and on others."""

from datetime import date

import pytest

from workflow.accounts.reach import ALL, NOTHING, Reach, reach_of
from workflow.accounts.records import PROVINCE_ROLES, Actor, Membership, Role

HELD, BEFORE, AFTER = date(2021, 6, 1), date(2021, 4, 30), date(2021, 9, 1)
PATH = "/1/7/"
FAR = {
    Role.OFFICE: ALL,
    Role.LEADER: ALL,
    Role.INSPECTOR: ALL,
    Role.AGENCY_HEAD: Reach(path=PATH),
    Role.AGENCY_CLERK: Reach(path=PATH),
    Role.AGENCY_OFFICER: Reach(path=PATH),
    Role.ADMIN: NOTHING,
}
"""How far each reads where nothing else is said (product.md, section 1)."""


def person(role, path=PATH):
    held = Membership(
        role=role, agency_id=7, valid_from=date(2021, 5, 1), valid_to=date(2021, 8, 31)
    )
    return Actor(
        account_id=1, name="An", role=role, agency_id=7, agency_path=path, memberships=(held,)
    )


def test_every_role_is_in_the_table():
    assert set(FAR) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_each_role_reads_so_far_while_it_is_held_and_nothing_on_other_days(role):
    days = (BEFORE, date(2021, 5, 1), HELD, date(2021, 8, 31), AFTER)
    read = [reach_of(person(role), day) for day in days]
    assert read == [NOTHING, FAR[role], FAR[role], FAR[role], NOTHING]


@pytest.mark.parametrize("role", Role)
def test_an_agency_that_cannot_be_resolved_reads_nothing(role):
    expected = NOTHING if FAR[role] != ALL else ALL
    assert reach_of(person(role, path=""), HELD) == expected


def test_who_reads_the_province_can_be_widened():
    wide = PROVINCE_ROLES | {Role.ADMIN}
    assert reach_of(person(Role.ADMIN), HELD, wide) == ALL
    assert reach_of(person(Role.AGENCY_HEAD), HELD, wide) == Reach(path=PATH)


def test_the_program_itself_reads_everything_on_every_day():
    system = Actor(account_id=0, name="", role=None, agency_id=None, is_system=True)
    assert reach_of(system, BEFORE) == ALL


@pytest.mark.parametrize(
    ("reach", "paths", "covered"),
    [
        (ALL, (), True),
        (ALL, ("/9/",), True),
        (NOTHING, (PATH,), False),
        (NOTHING, ("",), False),
        (Reach(path=PATH), (), False),
        (Reach(path=PATH), (PATH,), True),
        (Reach(path=PATH), ("/1/7/12/",), True),
        (Reach(path=PATH), ("/1/70/", "/1/"), False),
        (Reach(path=PATH), ("", "/1/8/", "/1/7/3/"), True),
    ],
)
def test_a_reach_covers_what_lies_at_its_path_or_below(reach, paths, covered):
    assert reach.covers(paths) is covered
    assert reach.is_nothing is (reach == NOTHING)
