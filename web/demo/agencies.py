"""The demo's agencies: Khánh Hòa in 2021, three tiers, and the groups its documents name.

Names follow the province's own list of that year. The numbers behind `H32.` are the demo's:
the official ones were not found (domain facts, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.unit import Unit
from web.demo.divisions import OF_A_DISTRICT, divisions_of, seed_divisions
from workflow.agencies.records import Agency, Tier
from workflow.agencies.standard import STANDARD_GROUPS

PROVINCE_CODE = "H32"
PROVINCE_NAME = "UBND tỉnh Khánh Hòa"
OFFICE_NAME = "Văn phòng UBND tỉnh"


@dataclass(frozen=True, slots=True)
class Seed:
    """An agency as it is seeded: its name, the other words for it, and its code in statistics."""

    name: str
    aliases: tuple[str, ...] = ()
    gso_code: str = ""


DEPARTMENTS: tuple[Seed, ...] = (
    Seed(OFFICE_NAME, ("VP UBND tỉnh", "Văn phòng UBND tỉnh Khánh Hòa")),
    Seed("Sở Nội vụ", ("Sở NV",)),
    Seed("Sở Tư pháp", ("Sở TP",)),
    Seed(
        "Sở Kế hoạch và Đầu tư",
        ("Sở KH&ĐT", "Sở KHĐT", "Sở KH và ĐT", "Sở Kế hoạch - Đầu tư", "Sở Kế hoạch & Đầu tư"),
    ),
    Seed("Sở Tài chính", ("Sở TC",)),
    Seed("Sở Công Thương", ("Sở CT",)),
    Seed(
        "Sở Nông nghiệp và Phát triển nông thôn",
        (
            "Sở NN&PTNT",
            "Sở NNPTNT",
            "Sở NN và PTNT",
            "Sở Nông nghiệp và PTNT",
            "Sở Nông nghiệp & PTNT",
            "Sở Nông nghiệp",
        ),
    ),
    Seed("Sở Giao thông vận tải", ("Sở GTVT", "Sở Giao thông - Vận tải")),
    Seed("Sở Xây dựng", ("Sở XD",)),
    Seed(
        "Sở Tài nguyên và Môi trường",
        ("Sở TN&MT", "Sở TNMT", "Sở TN-MT", "Sở TN và MT", "Sở Tài nguyên & Môi trường"),
    ),
    Seed(
        "Sở Thông tin và Truyền thông",
        ("Sở TT&TT", "Sở TTTT", "Sở TT và TT", "Sở Thông tin & Truyền thông"),
    ),
    Seed(
        "Sở Lao động - Thương binh và Xã hội",
        (
            "Sở LĐ-TB&XH",
            "Sở LĐTBXH",
            "Sở LĐTB&XH",
            "Sở LĐ-TBXH",
            "Sở Lao động, Thương binh và Xã hội",
            "Sở Lao động Thương binh và Xã hội",
        ),
    ),
    Seed("Sở Văn hóa và Thể thao", ("Sở VH&TT", "Sở VHTT", "Sở VH-TT", "Sở Văn hóa - Thể thao")),
    Seed("Sở Du lịch", ("Sở DL",)),
    Seed("Sở Khoa học và Công nghệ", ("Sở KH&CN", "Sở KHCN", "Sở KH và CN")),
    Seed(
        "Sở Giáo dục và Đào tạo",
        ("Sở GD&ĐT", "Sở GDĐT", "Sở GD và ĐT", "Sở Giáo dục - Đào tạo"),
    ),
    Seed("Sở Y tế", ("Sở YT",)),
    Seed("Sở Ngoại vụ"),
    Seed("Thanh tra tỉnh", ("Thanh tra tỉnh Khánh Hòa",)),
    Seed("Ban Dân tộc", ("Ban Dân tộc tỉnh", "Ban DT")),
    Seed(
        "Ban Quản lý Khu kinh tế Vân Phong",
        (
            "BQL KKT Vân Phong",
            "BQL Khu kinh tế Vân Phong",
            "Ban Quản lý KKT Vân Phong",
            "Ban QLKKT Vân Phong",
            "Ban Quản lý Vân Phong",
        ),
    ),
)
DISTRICTS: tuple[Seed, ...] = (
    Seed("UBND thành phố Nha Trang", ("thành phố Nha Trang",), "568"),
    Seed("UBND thành phố Cam Ranh", ("thành phố Cam Ranh",), "569"),
    Seed("UBND huyện Cam Lâm", ("huyện Cam Lâm",), "570"),
    Seed("UBND huyện Vạn Ninh", ("huyện Vạn Ninh",), "571"),
    Seed("UBND thị xã Ninh Hòa", ("thị xã Ninh Hòa",), "572"),
    Seed("UBND huyện Khánh Vĩnh", ("huyện Khánh Vĩnh",), "573"),
    Seed("UBND huyện Diên Khánh", ("huyện Diên Khánh",), "574"),
    Seed("UBND huyện Khánh Sơn", ("huyện Khánh Sơn",), "575"),
    Seed("UBND huyện Trường Sa", ("huyện Trường Sa", "huyện đảo Trường Sa"), "576"),
)
VERTICALS: tuple[tuple[str, Seed], ...] = (
    ("KH-CT", Seed("Cục Thuế tỉnh", ("Cục Thuế", "Cục Thuế tỉnh Khánh Hòa"))),
    (
        "KH-KBNN",
        Seed(
            "Kho bạc Nhà nước tỉnh", ("KBNN tỉnh", "KBNN Khánh Hòa", "Kho bạc Nhà nước Khánh Hòa")
        ),
    ),
    (
        "KH-BHXH",
        Seed("Bảo hiểm xã hội tỉnh", ("BHXH tỉnh", "Bảo hiểm xã hội tỉnh Khánh Hòa")),
    ),
    ("KH-CA", Seed("Công an tỉnh", ("CA tỉnh", "Công an tỉnh Khánh Hòa"))),
)


def seed_agencies(unit: Unit, valid_from: date) -> dict[str, Agency]:
    """Add the province, its 30 agencies with divisions, vertical bodies and groups; by name.

    Each agency has its short code (`H32.10`) and keeps the form used before 2020
    (`000.00.10.H32`) as an alias.
    """
    root = _add(unit, PROVINCE_CODE, Seed(PROVINCE_NAME), Tier.PROVINCE, None, valid_from)
    made = {root.name: root}
    seeds = [(seed, Tier.DEPARTMENT) for seed in DEPARTMENTS]
    seeds += [(seed, Tier.DISTRICT) for seed in DISTRICTS]
    for place, (seed, tier) in enumerate(seeds, start=1):
        code = f"{PROVINCE_CODE}.{place:02d}"
        made[seed.name] = _add(unit, code, seed, tier, root, valid_from)
        known = OF_A_DISTRICT if tier is Tier.DISTRICT else divisions_of(seed.name)
        seed_divisions(unit, made[seed.name], known, valid_from)
    for code, seed in VERTICALS:
        made[seed.name] = _add(unit, code, seed, Tier.VERTICAL, root, valid_from)
    unit.agencies.install_groups(STANDARD_GROUPS)
    return made


def _add(
    unit: Unit, code: str, seed: Seed, tier: Tier, parent: Agency | None, valid_from: date
) -> Agency:
    agency = unit.agencies.add_agency(
        code=code,
        name=seed.name,
        tier=tier,
        parent=parent,
        valid_from=valid_from,
        is_office=seed.name == OFFICE_NAME,
        gso_code=seed.gso_code,
    )
    old = (_old_code(code),) if code.startswith(PROVINCE_CODE) else ()
    for alias in (*seed.aliases, *old):
        unit.agencies.add_alias(agency.id, alias, "entered", unit.now)
    return agency


def _old_code(code: str) -> str:
    """Return the form `000.00.<level 2>.H32` of a short code `H32.<level 2>`."""
    second = code.removeprefix(PROVINCE_CODE).removeprefix(".") or "00"
    return f"000.00.{second}.{PROVINCE_CODE}"
