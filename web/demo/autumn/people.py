"""The people of the demo's autumn: one account of each role to try, and a clerk everywhere."""

from __future__ import annotations

from web.demo.agencies import OFFICE_NAME
from web.demo.autumn.agencies import LAND_NOW
from web.demo.people import HOME_AFFAIRS, INSPECTORATE, PROVINCE
from workflow.accounts.records import Role
from workflow.agencies.records import Agency

COMMUNE = "UBND xã Cam Lâm"
NAMED: tuple[tuple[str, str, Role, str], ...] = (
    ("office", "Trần Thị Mai Lan", Role.OFFICE, OFFICE_NAME),
    ("office2", "Lê Quốc Bình", Role.OFFICE, OFFICE_NAME),
    ("leader", "Lê Hoàng Nam", Role.LEADER, PROVINCE),
    ("inspector", "Phạm Thị Thu Hòa", Role.INSPECTOR, INSPECTORATE),
    ("inspector2", "Đoàn Minh Trí", Role.INSPECTOR, HOME_AFFAIRS),
    ("head", "Võ Đình Khôi", Role.AGENCY_HEAD, LAND_NOW),
    ("clerk", "Hồ Thị Ngọc Diệp", Role.AGENCY_CLERK, LAND_NOW),
    ("officer", "Đặng Anh Tuấn", Role.AGENCY_OFFICER, LAND_NOW),
    ("chutich", "Nguyễn Thị Phượng", Role.AGENCY_HEAD, COMMUNE),
    ("vanthu", "Huỳnh Minh Đạt", Role.AGENCY_CLERK, COMMUNE),
    ("congchuc", "Phan Thanh Loan", Role.AGENCY_OFFICER, COMMUNE),
    ("admin", "Bùi Quang Vinh", Role.ADMIN, OFFICE_NAME),
)
PRINTED: tuple[tuple[str, str], ...] = (
    ("office", "Văn phòng UBND tỉnh · the office that assigns and follows"),
    ("leader", "Lãnh đạo UBND tỉnh · a leader of the province"),
    ("inspector", "Thanh tra tỉnh · an inspector"),
    ("head", "Sở Nông nghiệp và Môi trường · head of a merged department"),
    ("clerk", "Sở Nông nghiệp và Môi trường · clerk (đầu mối) of a merged department"),
    ("officer", "Sở Nông nghiệp và Môi trường · officer of a merged department"),
    ("chutich", "UBND xã Cam Lâm · head of a commune"),
    ("vanthu", "UBND xã Cam Lâm · clerk of a commune"),
    ("congchuc", "UBND xã Cam Lâm · officer of a commune"),
    ("admin", "Quản trị · administrator, no say in any case"),
)
OWN_CLERK = {LAND_NOW: "clerk", COMMUNE: "vanthu"}


def clerk_of(agency: Agency) -> str:
    """Return the sign-in name of an agency's clerk."""
    return OWN_CLERK.get(agency.name, f"clerk.{agency.code.lower()}")
