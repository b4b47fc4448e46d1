"""The demo's people: one account of each role to try, and heads and clerks of every agency."""

from __future__ import annotations

from datetime import date

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
    ("head", "Sở Tài nguyên và Môi trường · head of an agency"),
    ("clerk", "Sở Tài nguyên và Môi trường · clerk (đầu mối) of an agency"),
    ("officer", "Sở Tài nguyên và Môi trường · officer of an agency"),
    ("camlam", "UBND huyện Cam Lâm · clerk of a district with communes below"),
    ("camtan", "UBND xã Cam Tân · clerk of a commune"),
    ("admin", "Quản trị · administrator, no say in any case"),
)
SHORT = {"UBND huyện Cam Lâm": "camlam", "UBND xã Cam Tân": "camtan"}
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


def seed_people(unit: Unit, password: str) -> None:
    """Add the demo's people, all with the same password."""
    kept, at = hash_password(password), unit.now
    by_name = {agency.name: agency for agency in unit.agencies.agencies()}

    def add(login: str, name: str, role: Role, agency: Agency) -> None:
        account = unit.accounts.add_account(
            login=login, name=name, password_hash=kept, at=at, must_change_password=False
        )
        membership = Membership(role=role, agency_id=agency.id, valid_from=SINCE)
        unit.accounts.add_membership(account, membership)

    unit.accounts.add_account(
        login="system-demo",
        name="Hệ thống (trình diễn)",
        password_hash="",
        at=at,
        is_system=True,
        must_change_password=False,
    )
    for login, name, role, agency_name in NAMED:
        add(login, name, role, by_name[agency_name])
    for place, agency in enumerate(by_name.values()):
        if agency.tier is not Tier.PROVINCE and agency.name != LAND:
            add(clerk_of(agency), _invented_name(place), Role.AGENCY_CLERK, agency)
