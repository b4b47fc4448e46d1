"""Units below an agency: Cam Lâm's communes, the land registry and its branches.

Names as of 2021; their codes are the demo's own.
"""

from __future__ import annotations

from datetime import date

from models.unit import Unit
from workflow.agencies.records import Tier

CAM_LAM = (
    "UBND xã Cam Tân",
    "UBND xã Suối Cát",
    "UBND xã Suối Tân",
    "UBND xã Sơn Tân",
    "UBND xã Cam Hòa",
    "UBND xã Cam Hải Đông",
    "UBND xã Cam Hải Tây",
    "UBND xã Cam Hiệp Bắc",
    "UBND xã Cam Hiệp Nam",
    "UBND xã Cam Phước Tây",
    "UBND xã Cam Thành Bắc",
    "UBND xã Cam An Bắc",
    "UBND xã Cam An Nam",
    "UBND thị trấn Cam Đức",
)
REGISTRY = "Văn phòng Đăng ký đất đai tỉnh"
LAND_REGISTRY = (REGISTRY, "Chi cục Quản lý đất đai")
BRANCHES = (
    "Chi nhánh VPĐKĐĐ Cam Lâm",
    "Chi nhánh VPĐKĐĐ Nha Trang",
    "Chi nhánh VPĐKĐĐ Diên Khánh",
    "Chi nhánh VPĐKĐĐ Ninh Hòa",
)
BELOW: tuple[tuple[str, Tier, tuple[str, ...]], ...] = (
    ("UBND huyện Cam Lâm", Tier.COMMUNE, CAM_LAM),
    ("Sở Tài nguyên và Môi trường", Tier.BRANCH, LAND_REGISTRY),
    (REGISTRY, Tier.BRANCH, BRANCHES),
)


def seed_units(unit: Unit, valid_from: date) -> None:
    """Add the units below to the agencies that are there."""
    for parent_name, tier, names in BELOW:
        by_name = {agency.name: agency for agency in unit.agencies.agencies()}
        parent = by_name[parent_name]
        for place, name in enumerate(names, start=1):
            unit.agencies.add_agency(
                code=f"{parent.code}.{place:02d}",
                name=name,
                tier=tier,
                parent=parent,
                valid_from=valid_from,
            )
