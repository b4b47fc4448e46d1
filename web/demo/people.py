"""The demo's people: one account of each role to try, and heads and clerks of every agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from models.accounts.passwords import hash_password
from models.unit import Unit
from workflow.accounts.records import Membership, Role
from workflow.agencies.records import Agency, Tier

SINCE = date(2021, 1, 1)
OFFICE, HOME_AFFAIRS = "Văn phòng UBND tỉnh", "Sở Nội vụ"
LAND, INSPECTORATE = "Sở Tài nguyên và Môi trường", "Thanh tra tỉnh"
PROVINCE = "UBND tỉnh Khánh Hòa"

NAMED: tuple[tuple[str, str, Role, str], ...] = (
    ("office", "Trần Thị Mai Lan", Role.OFFICE, OFFICE),
    ("office2", "Lê Quốc Bình", Role.OFFICE, OFFICE),
    ("leader", "Nguyễn Hữu Thành", Role.LEADER, PROVINCE),
    ("inspector", "Phạm Thị Thu Hòa", Role.INSPECTOR, INSPECTORATE),
    ("inspector2", "Đoàn Minh Trí", Role.INSPECTOR, HOME_AFFAIRS),
    ("head", "Võ Đình Khôi", Role.AGENCY_HEAD, LAND),
    ("clerk", "Hồ Thị Ngọc Diệp", Role.AGENCY_CLERK, LAND),
    ("officer", "Đặng Anh Tuấn", Role.AGENCY_OFFICER, LAND),
    ("admin", "Bùi Quang Vinh", Role.ADMIN, OFFICE),
)
PRINTED: tuple[tuple[str, str], ...] = (
    ("office", "Văn phòng UBND tỉnh · the office that assigns and follows"),
    ("leader", "Lãnh đạo UBND tỉnh · a leader of the province"),
    ("inspector", "Thanh tra tỉnh · an inspector"),
    ("inspector2", "Sở Nội vụ · the inspectors' desk at the home affairs department"),
    ("head", "Sở Tài nguyên và Môi trường · head of an agency"),
    ("clerk", "Sở Tài nguyên và Môi trường · clerk (đầu mối) of an agency"),
    ("officer", "Sở Tài nguyên và Môi trường · officer of an agency"),
    ("camlam", "UBND huyện Cam Lâm · clerk of a district with communes below"),
    ("camtan", "UBND xã Cam Tân · clerk of a commune"),
    ("chinhanh", "Chi nhánh VPĐKĐĐ Cam Lâm · clerk of a land registry branch that runs late"),
    ("admin", "Quản trị · administrator, no say in any case"),
)
SHORT = {
    "UBND huyện Cam Lâm": "camlam",
    "UBND xã Cam Tân": "camtan",
    "Chi nhánh VPĐKĐĐ Cam Lâm": "chinhanh",
}
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
MIDDLE = ("Thị", "Văn", "Thanh", "Minh", "Ngọc", "Đức", "Quốc")
GIVEN = ("An", "Bích", "Cường", "Dung", "Đạt", "Giang", "Hạnh", "Khánh", "Loan", "Nghĩa", "Phượng")


def clerk_of(agency: Agency) -> str:
    """Return the sign-in name of an agency's clerk."""
    if agency.name == LAND:
        return "clerk"
    return SHORT.get(agency.name, f"clerk.{agency.code.lower()}")


def _invented_name(place: int) -> str:
    return " ".join(
        (FAMILY[place % len(FAMILY)], MIDDLE[place % len(MIDDLE)], GIVEN[place * 3 % len(GIVEN)])
    )


SITS_IN = {"officer": "Phòng Quản lý đất đai", "congchuc": "Phòng Kinh tế"}
"""In which division of their agency the officers of the stories work, by sign-in name."""
HEADS = {"clerk": "Võ Đình Khôi", "vanthu": "Nguyễn Thị Phượng"}
"""Heads who have an account of their own in a story, by their clerk's sign-in name."""


def head_over(clerk: str) -> str:
    """Return who signs the reports that a clerk sends, the same in every demo."""
    return HEADS.get(clerk) or _invented_name(crc32(clerk.encode()) % 500)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody of the demo: how they sign in, their name, role and agency, from a day on."""

    login: str
    name: str
    role: Role
    agency: Agency
    since: date

    @classmethod
    def clerk(cls, login: str, place: int, agency: Agency, since: date) -> Seat:
        """Return a clerk under an invented name, the same in every demo."""
        return cls(login, _invented_name(place), Role.AGENCY_CLERK, agency, since)


def seed_people(unit: Unit, password: str) -> None:
    """Add the demo's people, all with the same password."""
    by_name = {agency.name: agency for agency in unit.agencies.agencies()}
    seats = [Seat(login, name, role, by_name[agency], SINCE) for login, name, role, agency in NAMED]
    seats += [
        Seat.clerk(clerk_of(agency), place, agency, SINCE)
        for place, agency in enumerate(by_name.values())
        if agency.tier is not Tier.PROVINCE and agency.name != LAND
    ]
    mark(unit, "demo")
    seed_accounts(unit, password, seats)


def seed_accounts(unit: Unit, password: str, seats: Iterable[Seat]) -> None:
    """Add accounts with their roles, all with the same password."""
    kept, at = hash_password(password), unit.now
    for seat in seats:
        account = unit.accounts.add_account(
            login=seat.login, name=seat.name, password_hash=kept, at=at, must_change_password=False
        )
        membership = Membership(
            role=seat.role,
            agency_id=seat.agency.id,
            division_id=_division(unit, seat),
            valid_from=seat.since,
        )
        unit.accounts.add_membership(account, membership)


def _division(unit: Unit, seat: Seat) -> int | None:
    name = SITS_IN.get(seat.login)
    known = unit.agencies.divisions(seat.agency.id) if name else ()
    return next((one.id for one in known if one.name == name), None)


def mark(unit: Unit, story: str) -> None:
    """Add the account by which a database is known to hold a story of the demo."""
    unit.accounts.add_account(
        login=f"system-{story}",
        name="Hệ thống (trình diễn)",
        password_hash="",
        at=unit.now,
        is_system=True,
        must_change_password=False,
    )
