"""The divisions of the demo's agencies, so that a clerk finds where to route work.

Every agency arranges its own; these are the demo's, in the words such divisions go by. Those
of a district follow the list that holds in every district of that time (NĐ 37/2014).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from models.unit import Unit
from workflow.agencies.records import Agency

COMMON = ("Văn phòng", "Phòng Kế hoạch - Tài chính")
OWN: Mapping[str, tuple[str, ...]] = {
    "Văn phòng UBND tỉnh": (
        "Phòng Hành chính - Tổ chức",
        "Phòng Kiểm soát thủ tục hành chính",
        "Phòng Tổng hợp",
    ),
    "Sở Nội vụ": (*COMMON, "Phòng Cải cách hành chính"),
    "Sở Tư pháp": (*COMMON, "Phòng Kiểm tra văn bản"),
    "Sở Tài nguyên và Môi trường": (*COMMON, "Phòng Quản lý đất đai"),
    "Sở Thông tin và Truyền thông": (*COMMON, "Phòng Công nghệ thông tin"),
    "Sở Nông nghiệp và Môi trường": (*COMMON, "Phòng Quản lý đất đai", "Phòng Môi trường"),
    "Sở Khoa học và Công nghệ": (*COMMON, "Phòng Quản lý khoa học"),
}
OF_A_DISTRICT = (
    "Văn phòng HĐND và UBND",
    "Phòng Nội vụ",
    "Phòng Tài chính - Kế hoạch",
    "Phòng Tài nguyên và Môi trường",
)


def divisions_of(name: str) -> tuple[str, ...]:
    """Return the divisions of a department by its name."""
    return OWN.get(name, COMMON)


def seed_divisions(unit: Unit, agency: Agency, names: tuple[str, ...], valid_from: date) -> None:
    """Add divisions to an agency that is being seeded."""
    for name in names:
        unit.agencies.add_division(agency.id, name, valid_from)
