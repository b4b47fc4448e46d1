"""Units below an agency, for handing parts down: Cam Lâm's communes, the land registry.

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
LAND_REGISTRY = ("Văn phòng Đăng ký đất đai tỉnh", "Chi cục Quản lý đất đai")
BELOW: tuple[tuple[str, Tier, tuple[str, ...]], ...] = (
    ("UBND huyện Cam Lâm", Tier.COMMUNE, CAM_LAM),
    ("Sở Tài nguyên và Môi trường", Tier.BRANCH, LAND_REGISTRY),
)


def seed_units(unit: Unit, valid_from: date) -> None:
    """Add the units below to the agencies that are there."""
    by_name = {agency.name: agency for agency in unit.agencies.agencies()}
    for parent_name, tier, names in BELOW:
        parent = by_name[parent_name]
        for place, name in enumerate(names, start=1):
            unit.agencies.add_agency(
                code=f"{parent.code}.{place:02d}",
                name=name,
                tier=tier,
                parent=parent,
                valid_from=valid_from,
            )
