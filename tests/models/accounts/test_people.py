"""The admin's list of people: found without diacritics, in Vietnamese order, page by page."""

from __future__ import annotations

from datetime import date

import pytest

from models.accounts.people import PAGE, PeopleFilter, people
from workflow.accounts.records import Membership, Role
from workflow.accounts.usecases import close_account

TODAY = date(2021, 8, 23)


def page(world, before=None, after=None, **asked):
    with world.office.reading() as unit:
        return people(
            unit.connection, PeopleFilter(**asked), at=world.clock(), day=TODAY,
            before=before, after=after,
        )  # fmt: skip


def names(found):
    return [line.name for line in found.lines]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ho van thu", ["Hồ Văn Thư"]),
        ("VĂN THƯ", ["Hồ Văn Thư"]),
        ("thu", ["Hồ Văn Thư", "Võ Thủ Trưởng"]),
        ("clerk", ["Hồ Văn Thư", "Bùi Xây Dựng"]),
        ("dang", ["Đặng Chuyên Viên"]),
        ("%", []),
        ("_", ["Bùi Xây Dựng", "Ngô Chủ Tịch Huyện"]),
        ("' OR 1=1 --", []),
        ("\\", []),
    ],
)
def test_words_find_people_without_diacritics_and_signs_are_only_signs(world, words, found):
    assert sorted(names(page(world, words=words))) == sorted(found)


def test_people_come_by_given_name_in_vietnamese_order(world):
    with world.unit() as unit:
        for login, name in (("a1", "Lê Đức Ân"), ("a2", "Lê An"), ("a3", "Bùi Thị Ấn"),
                            ("a4", "Trần An"), ("d1", "Lê Dung"), ("d2", "Lê Đào"),
                            ("d3", "Lê Dũng")):  # fmt: skip
            unit.accounts.add_account(login=login, name=name, password_hash="", at=world.clock())
    found = [n for n in names(page(world)) if n.split()[-1] in
             {"Ân", "An", "Ấn", "Dung", "Đào", "Dũng"}]  # fmt: skip
    assert found == ["Lê An", "Trần An", "Lê Đức Ân", "Bùi Thị Ấn", "Lê Dung", "Lê Dũng", "Lê Đào"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"role": Role.OFFICE}, {"office", "office2"}),
        ({"role": Role.ADMIN}, {"admin"}),
        ({"agency": "H32.03"}, {"head", "clerk", "officer"}),
        ({"agency": "H32.03", "role": Role.AGENCY_HEAD}, {"head"}),
        ({"standing": "closed"}, {"foreign"}),
        ({"standing": "one_time"}, {"moi"}),
        ({"standing": "without_role"}, {"moi", "commune"}),
    ],
)
def test_filters_ask_for_roles_held_today(world, asked, found):
    with world.unit() as unit:
        unit.accounts.add_account(login="moi", name="Mới", password_hash="", at=world.clock())
        held = unit.accounts.account(world.accounts["commune"]).memberships[0]
        unit.accounts.end_membership(world.accounts["commune"], held, date(2021, 8, 22))
        close_account(
            unit.accounts, world.actor("admin"), world.accounts["foreign"], reason="x",
            at=world.clock(),
        )  # fmt: skip
    if "agency" in asked:
        asked = dict(asked, agency_id=world.agencies[asked["agency"]].id)
        asked.pop("agency")
    assert {line.login for line in page(world, **asked).lines} == found


def test_pages_turn_forth_and_back_without_loss(world):
    with world.unit() as unit:
        for number in range(2 * PAGE):
            unit.accounts.add_account(
                login=f"p{number:03d}", name=f"Nguyễn Văn {number % 7}", password_hash="",
                at=world.clock(),
            )  # fmt: skip
    first = page(world, words="nguyen van")
    second = page(world, words="nguyen van", after=first.after)
    assert first.before is None
    assert second.after is None
    assert page(world, words="nguyen van", before=second.before) == first
    ids = [line.id for line in (*first.lines, *second.lines)]
    assert len(set(ids)) == len(ids) == first.total == 2 * PAGE


def test_a_stranger_to_the_list_is_the_system(world):
    with world.unit() as unit:
        unit.accounts.add_account(
            login="system", name="Hệ thống", password_hash="", at=world.clock(), is_system=True
        )
    assert page(world, words="he thong").total == 0


def test_a_role_stands_once_in_two_agencies(world):
    with world.unit() as unit:
        unit.accounts.add_membership(
            world.accounts["clerk"],
            Membership(
                role=Role.AGENCY_CLERK, agency_id=world.agencies["H32.04"].id, valid_from=TODAY
            ),
        )
    [line] = page(world, words="ho van thu").lines
    assert [held.agency_code for held in line.roles] == ["H32.03", "H32.04"]
