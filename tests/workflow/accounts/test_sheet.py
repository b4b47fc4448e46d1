"""A sheet of people: what each row would do, and why one waits."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.accounts.columns import heading_of, role_named
from workflow.accounts.importing import new_logins
from workflow.accounts.records import Account, Membership, Role
from workflow.accounts.sheet import fingerprint, logins_in, read_people
from workflow.accounts.sheet_records import Does, Known
from workflow.agencies.matching import KnownAgency, KnownNames
from workflow.agencies.records import Agency, Division, Tier
from workflow.errors import Refused

DAY = date(2021, 8, 23)
HEADING = ["TT", "Tên đăng nhập", "Họ và tên", "Thư điện tử", "Cơ quan", "Vai trò", "Phòng",
           "Từ ngày", "Đến ngày"]  # fmt: skip
LAND, BUILD, GONE = 3, 4, 9


def agency(key, code, name, until=None):
    return Agency(
        id=key, code=code, name=name, tier=Tier.DEPARTMENT, parent_id=None, path=f"/{key}/",
        valid_from=date(2020, 1, 1), valid_to=until, is_office=False,
    )  # fmt: skip


AGENCIES = (
    agency(LAND, "H32.03", "Sở Tài nguyên và Môi trường"),
    agency(BUILD, "H32.04", "Sở Xây dựng"),
    agency(GONE, "H32.09", "Sở Cũ", until=date(2021, 9, 30)),
)


def account(login, name, *held, **more):
    values = {
        "id": 7, "login": login, "name": name, "email": None, "password_hash": "",
        "must_change_password": False, "is_active": True, "is_system": False,
        "session_epoch": 0, "locale": "vi", "memberships": held,
    }  # fmt: skip
    return Account(**(values | more))


def held(role, since=date(2020, 1, 1), until=None, agency_id=LAND):
    return Membership(role=role, agency_id=agency_id, valid_from=since, valid_to=until)


def known(*accounts, own=""):
    return Known(
        names=KnownNames(KnownAgency(id=a.id, name=a.name, code=a.code) for a in AGENCIES),
        agencies={a.id: a for a in AGENCIES},
        divisions={LAND: (Division(id=5, name="Phòng Đo đạc", valid_from=date(2020, 1, 1)),)},
        accounts={one.login: one for one in accounts},
        own_login=own,
    )


def line(login="mai", name="Trần Mai", email="", agency="H32.03", role="Chuyên viên",
         division="", since=None, until=None):  # fmt: skip
    return [1, login, name, email, agency, role, division, since, until]


def read(*lines, beside=None):
    return read_people([HEADING, *lines], beside or known(), day=DAY)


def test_a_row_is_understood_by_code_or_name_and_starts_today():
    [row] = read(line("Mai.TT ", email=" mai@khanhhoa.gov.vn"))
    assert (row.does, row.login, row.email, row.place) == (
        Does.ACCOUNT, "mai.tt", "mai@khanhhoa.gov.vn", 2,
    )  # fmt: skip
    assert row.membership == Membership(
        role=Role.AGENCY_OFFICER, agency_id=LAND, valid_from=DAY, valid_to=None
    )
    [named] = read(line(agency="so xay dung", since="1/9/2021", until=date(2021, 12, 31)))
    assert (named.agency_id, named.valid_from, named.valid_to) == (
        BUILD, date(2021, 9, 1), date(2021, 12, 31),
    )  # fmt: skip


def test_the_heading_may_stand_below_a_title_and_lines_without_a_person_are_passed_over():
    grid = [["DANH SÁCH"], [None], HEADING, [None] * 9, line(), ["Cộng: 1 người"]]
    assert heading_of(grid)[0] == 2
    assert [row.place for row in read_people(grid, known(), day=DAY)] == [5]
    assert logins_in(grid) == ("mai",)


@pytest.mark.parametrize(
    ("grid", "code"),
    [
        ([], "empty_sheet"),
        ([[None], [None]], "empty_sheet"),
        ([HEADING], "empty_sheet"),
        ([["Tên đăng nhập", "Cơ quan"], ["a", "b"]], "no_people_heading"),
        ([HEADING, *[line(f"u{n}") for n in range(1001)]], "too_many_people"),
    ],
)
def test_a_sheet_without_people_is_refused(grid, code):
    with pytest.raises(Refused) as refused:
        read_people(grid, known(), day=DAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"login": ""}, "login", "required"),
        ({"login": "mai tt"}, "login", "login_form"),
        ({"name": ""}, "name", "required"),
        ({"email": "mai@"}, "email", "not_an_email"),
        ({"agency": ""}, "agency", "required"),
        ({"agency": "Sở Không Tên"}, "agency", "unknown_agency"),
        ({"agency": "Sở Xây dựng; H32.03"}, "agency", "one_agency"),
        ({"agency": "H32.09", "since": "1/10/2021"}, "agency", "agency_not_standing"),
        ({"role": ""}, "role", "required"),
        ({"role": "Trùm"}, "role", "unknown_role"),
        ({"division": "Phòng Lạ"}, "division", "unknown_division"),
        ({"since": "31/02/2021"}, "valid_from", "impossible_date"),
        ({"until": "hôm sau"}, "valid_to", "unreadable_date"),
        ({"since": "2/9/2021", "until": "1/9/2021"}, "valid_to", "period_reversed"),
    ],
)
def test_what_is_not_understood_waits_with_its_reason(change, field, reason):
    [row] = read(line(**change))
    assert row.does is Does.WAITS
    assert (field, reason) in [(one.field, one.reason) for one in row.problems]


def test_a_division_takes_people_from_its_first_day_on():
    [row] = read(line(division="Phòng Đo đạc", since="1/1/2020"))
    assert (row.does, row.division_id) == (Does.ACCOUNT, 5)
    [before] = read(line(division="Phòng Đo đạc", since="31/12/2019"))
    assert "unknown_division" in {problem.reason for problem in before.problems}


def test_the_division_is_found_by_name_within_its_agency():
    [row] = read(line(division="phong do dac"))
    assert (row.does, row.division_id) == (Does.ACCOUNT, 5)


CLERK = "Đầu mối cơ quan"


@pytest.mark.parametrize(
    ("who", "change", "does", "reason"),
    [
        (account("mai", "Trần Mai", held(Role.AGENCY_OFFICER)), {}, Does.NOTHING, None),
        (account("mai", "TRAN MAI", held(Role.AGENCY_OFFICER)), {}, Does.NOTHING, None),
        (account("mai", "Trần Mai", held(Role.AGENCY_OFFICER)), {"role": CLERK}, Does.ROLE, None),
        (account("mai", "Trần Mai"), {}, Does.ROLE, None),
        (account("mai", "Lê Mai"), {}, Does.WAITS, "name_differs"),
        (account("mai", "Trần Mãi"), {}, Does.WAITS, "name_differs"),
        (account("mai", "Trần Mai", is_active=False), {}, Does.WAITS, "account_closed"),
        (account("mai", "Trần Mai", is_system=True), {}, Does.WAITS, "login_taken"),
        (
            account("mai", "Trần Mai", held(Role.AGENCY_OFFICER, until=date(2021, 9, 1))),
            {}, Does.WAITS, "role_overlaps",
        ),
        (
            account("mai", "Trần Mai", held(Role.AGENCY_OFFICER, until=date(2021, 1, 1))),
            {}, Does.ROLE, None,
        ),
        (
            account("mai", "Trần Mai", held(Role.AGENCY_OFFICER, since=date(2021, 12, 1))),
            {}, Does.WAITS, "role_overlaps",
        ),
    ],
)  # fmt: skip
def test_a_row_is_judged_beside_what_stands(who, change, does, reason):
    [row] = read(line(**change), beside=known(who))
    assert row.does is does
    assert [one.reason for one in row.problems] == ([reason] if reason else [])


def test_rows_of_one_name_are_one_person_and_must_agree():
    rows = read(line(), line(role=CLERK), line(), line(name="Người Khác", role=CLERK))
    assert [row.does for row in rows] == [Does.ACCOUNT, Does.ROLE, Does.NOTHING, Does.WAITS]
    assert rows[3].problems[0].reason == "name_differs"
    assert new_logins(rows) == ("mai",)
    alike = read(line(), line(name="Trần Mãi", role=CLERK), line(name="TRAN MAI", role=CLERK))
    assert [row.does for row in alike] == [Does.ACCOUNT, Does.WAITS, Does.ROLE]


def test_nobody_gives_a_role_to_themselves_but_may_stand_in_their_own_sheet():
    own = account("mai", "Trần Mai", held(Role.AGENCY_OFFICER))
    rows = read(line(), line(role=CLERK), beside=known(own, own="mai"))
    assert [row.does for row in rows] == [Does.NOTHING, Does.WAITS]
    assert rows[1].problems[0].reason == "own_roles"


def test_another_reading_has_another_fingerprint():
    rows = read(line())
    assert fingerprint(rows) == fingerprint(read(line()))
    assert fingerprint(rows) != fingerprint(read(line(role=CLERK)))
    assert fingerprint(rows) != fingerprint(read(line(), beside=known(account("mai", "Trần Mai"))))


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_words_and_its_code(role):
    assert role_named(role.value) is role
