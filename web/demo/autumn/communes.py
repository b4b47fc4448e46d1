"""The 65 units of the commune tier since 1 July 2025: 48 communes, 16 wards, a special zone.

Counts are those of resolution 1667/NQ-UBTVQH15 (domain facts, section 5); the names follow
press reports of it, and which of them lies where a district lay is the demo's reading. Codes
are the demo's.
"""

from __future__ import annotations

from dataclasses import dataclass

COMMUNE, WARD, ZONE = "xã", "phường", "đặc khu"


@dataclass(frozen=True, slots=True)
class Area:
    """What stands where a district stood; `district` is empty for the former Ninh Thuận."""

    district: str
    wards: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()

    def named(self) -> tuple[tuple[str, str], ...]:
        """Return kind and name of each unit."""
        return (
            *((WARD, name) for name in self.wards),
            *((COMMUNE, name) for name in self.communes),
            *((ZONE, name) for name in self.zones),
        )


AREAS: tuple[Area, ...] = (
    Area(
        "UBND thành phố Nha Trang",
        wards=("Nha Trang", "Bắc Nha Trang", "Tây Nha Trang", "Nam Nha Trang"),
    ),
    Area(
        "UBND thành phố Cam Ranh",
        wards=("Bắc Cam Ranh", "Cam Ranh", "Cam Linh", "Ba Ngòi"),
        communes=("Nam Cam Ranh",),
    ),
    Area(
        "UBND thị xã Ninh Hòa",
        wards=("Ninh Hòa", "Đông Ninh Hòa", "Hòa Thắng"),
        communes=("Bắc Ninh Hòa", "Tân Định", "Nam Ninh Hòa", "Tây Ninh Hòa", "Hòa Trí"),
    ),
    Area(
        "UBND huyện Vạn Ninh",
        communes=("Đại Lãnh", "Tu Bông", "Vạn Thắng", "Vạn Ninh", "Vạn Hưng"),
    ),
    Area(
        "UBND huyện Diên Khánh",
        communes=(
            "Diên Khánh", "Diên Lạc", "Diên Điền", "Diên Lâm", "Diên Thọ", "Suối Hiệp",
        ),
    ),
    Area("UBND huyện Cam Lâm", communes=("Cam Lâm", "Suối Dầu", "Cam Hiệp", "Cam An")),
    Area(
        "UBND huyện Khánh Vĩnh",
        communes=(
            "Khánh Vĩnh", "Bắc Khánh Vĩnh", "Trung Khánh Vĩnh", "Tây Khánh Vĩnh", "Nam Khánh Vĩnh",
        ),
    ),
    Area("UBND huyện Khánh Sơn", communes=("Khánh Sơn", "Tây Khánh Sơn", "Đông Khánh Sơn")),
    Area("UBND huyện Trường Sa", zones=("Trường Sa",)),
    Area(
        "",
        wards=("Phan Rang", "Đông Hải", "Ninh Chử", "Bảo An", "Đô Vinh"),
        communes=(
            "Ninh Phước", "Phước Hữu", "Phước Hậu", "Thuận Nam", "Cà Ná", "Phước Hà",
            "Phước Dinh", "Ninh Hải", "Xuân Hải", "Vĩnh Hải", "Thuận Bắc", "Công Hải",
            "Ninh Sơn", "Lâm Sơn", "Anh Dũng", "Mỹ Sơn", "Bác Ái Đông", "Bác Ái", "Bác Ái Tây",
        ),
    ),
)  # fmt: skip
ECONOMY = {
    COMMUNE: "Phòng Kinh tế",
    WARD: "Phòng Kinh tế, Hạ tầng và Đô thị",
    ZONE: "Phòng Kinh tế, Hạ tầng và Đô thị",
}
DIVISIONS = ("Văn phòng HĐND và UBND", "Phòng Văn hóa - Xã hội")
CENTRE = "Trung tâm Phục vụ hành chính công"
