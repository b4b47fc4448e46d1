"""How the agencies of 2021 became those of autumn 2025: every step through its use case.

The mergers of 1 March 2025 follow the national pattern, those of 1 July the two tiers (domain
facts, section 5). The acts' numbers are the demo's own and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from models.unit import Unit
from web.demo.agencies import OFFICE_NAME, PROVINCE_CODE
from web.demo.autumn.communes import AREAS, CENTRE, COMMUNE, DIVISIONS, ECONOMY, WARD, ZONE
from web.demo.autumn.days import MERGED_ON, TWO_TIERS_ON
from web.demo.divisions import divisions_of
from web.demo.units import LAND_REGISTRY
from workflow.accounts.records import Actor
from workflow.agencies.divisions import add_division
from workflow.agencies.records import Agency, AgencyFacts, Handover, SuccessionKind, Tier
from workflow.agencies.successions import hand_over
from workflow.agencies.usecases import add_agency, end_agency
from workflow.directives.succeeding import move_open_work

ACT = "Nghị quyết sắp xếp tổ chức bộ máy (bản trình diễn: số là giả định)"
TWO_TIERS_ACT = "Nghị quyết 1667/NQ-UBTVQH15"
LAND_NOW = "Sở Nông nghiệp và Môi trường"
FAITHS = "Sở Dân tộc và Tôn giáo"
CULTURE = "Sở Văn hóa, Thể thao và Du lịch"
ZONES_BOARD = "Ban Quản lý Khu kinh tế và các khu công nghiệp"
NEW = (
    ("H32.31", LAND_NOW, ("Sở NN&MT", "Sở NNMT", "Sở NN và MT")),
    ("H32.32", FAITHS, ("Sở DT&TG", "Sở DTTG")),
    ("H32.33", CULTURE, ("Sở VHTT&DL", "Sở VH, TT và DL")),
    ("H32.34", ZONES_BOARD, ("BQL KKT và KCN", "Ban Quản lý KKT và các KCN")),
)
INTO: tuple[tuple[str, tuple[str, ...]], ...] = (
    (LAND_NOW, ("Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường")),
    ("Sở Tài chính", ("Sở Kế hoạch và Đầu tư",)),
    ("Sở Xây dựng", ("Sở Giao thông vận tải",)),
    ("Sở Khoa học và Công nghệ", ("Sở Thông tin và Truyền thông",)),
    ("Sở Nội vụ", ("Sở Lao động - Thương binh và Xã hội",)),
    (FAITHS, ("Ban Dân tộc",)),
    (CULTURE, ("Sở Văn hóa và Thể thao", "Sở Du lịch")),
    (OFFICE_NAME, ("Sở Ngoại vụ",)),
    (ZONES_BOARD, ("Ban Quản lý Khu kinh tế Vân Phong",)),
)
"""Which agency of 2025 took over which of 2021."""

TIERS = {COMMUNE: Tier.COMMUNE, WARD: Tier.COMMUNE, ZONE: Tier.SPECIAL_ZONE}
FIRST_COMMUNE = 101


def by_name(unit: Unit) -> dict[str, Agency]:
    """Return every agency by the name it bears now."""
    return {agency.name: agency for agency in unit.agencies.agencies()}


def merge_departments(unit: Unit, admin: Actor, at: datetime) -> None:
    """Make the departments of March 2025; their open work moves with them."""
    province = by_name(unit)["UBND tỉnh Khánh Hòa"]
    for code, name, aliases in NEW:
        made = _add(unit, admin, code, name, Tier.DEPARTMENT, province, MERGED_ON, at)
        for alias in aliases:
            unit.agencies.add_alias(made.id, alias, "entered", at)
        _add_divisions(unit, admin, made, divisions_of(name), MERGED_ON)
    known = by_name(unit)
    for name in LAND_REGISTRY:
        _renew(unit, admin, known[name], known[LAND_NOW], at)
    for name, before in INTO:
        old = tuple(known[each].id for each in before)
        _go_over(unit, admin, old, (known[name].id,), SuccessionKind.MERGE, MERGED_ON, ACT, at)
    move_open_work(unit.directives, admin, MERGED_ON, at=at)


def put_on_two_tiers(unit: Unit, admin: Actor, at: datetime) -> None:
    """End the districts and what stood below them; add the 65 units of the commune tier."""
    known, province = by_name(unit), by_name(unit)["UBND tỉnh Khánh Hòa"]
    place = FIRST_COMMUNE
    for area in AREAS:
        made = []
        for kind, name in area.named():
            made.append(_add_commune(unit, admin, f"{PROVINCE_CODE}.{place}", kind, name, province))
            place += 1
        if area.district:
            _end_below(unit, admin, known, known[area.district], at)
            old, new = (known[area.district].id,), tuple(one.id for one in made)
            kind_of = SuccessionKind.SPLIT if len(new) > 1 else SuccessionKind.MERGE
            _go_over(unit, admin, old, new, kind_of, TWO_TIERS_ON, TWO_TIERS_ACT, at)
    move_open_work(unit.directives, admin, TWO_TIERS_ON, at=at)


def _add(
    unit: Unit,
    admin: Actor,
    code: str,
    name: str,
    tier: Tier,
    parent: Agency,
    since: date,
    at: datetime,
) -> Agency:
    facts = AgencyFacts(code=code, name=name, tier=tier, valid_from=since, parent_id=parent.id)
    return add_agency(unit.agencies, unit.history, admin, facts, at=at)


def _add_commune(
    unit: Unit, admin: Actor, code: str, kind: str, name: str, province: Agency
) -> Agency:
    """Add a commune with its divisions and its service centre."""
    at, since = unit.now, TWO_TIERS_ON
    made = _add(unit, admin, code, f"UBND {kind} {name}", TIERS[kind], province, since, at)
    unit.agencies.add_alias(made.id, f"{kind} {name}", "entered", at)
    _add_divisions(unit, admin, made, (*DIVISIONS, ECONOMY[kind]), since)
    centre = f"{CENTRE} {kind} {name}"
    _add(unit, admin, f"{code}.01", centre, Tier.SERVICE_CENTRE, made, since, at)
    return made


def _add_divisions(
    unit: Unit, admin: Actor, agency: Agency, names: tuple[str, ...], since: date
) -> None:
    for name in names:
        add_division(
            unit.agencies, unit.history, admin, agency.id, name=name, valid_from=since, at=unit.now
        )


def _renew(unit: Unit, admin: Actor, old: Agency, parent: Agency, at: datetime) -> None:
    """Let a unit and those below it go on, under the same names, below another agency."""
    code = f"{parent.code}.{old.code.rsplit('.', 1)[1]}"
    new = _add(unit, admin, code, old.name, old.tier, parent, MERGED_ON, at)
    for below in sorted(unit.agencies.agencies(), key=lambda a: a.code):
        if below.parent_id == old.id:
            _renew(unit, admin, below, new, at)
    _go_over(unit, admin, (old.id,), (new.id,), SuccessionKind.RENAME, MERGED_ON, ACT, at)


def _end_below(
    unit: Unit, admin: Actor, known: Mapping[str, Agency], district: Agency, at: datetime
) -> None:
    """End the communes of a district: which new unit each went into is not told here."""
    for agency in known.values():
        if agency.parent_id == district.id:
            end_agency(
                unit.agencies, unit.history, admin, agency.id,
                last_day=TWO_TIERS_ON - timedelta(days=1), act=TWO_TIERS_ACT, at=at,
            )  # fmt: skip


def _go_over(
    unit: Unit,
    admin: Actor,
    old: tuple[int, ...],
    new: tuple[int, ...],
    kind: SuccessionKind,
    on: date,
    act: str,
    at: datetime,
) -> None:
    handover = Handover(predecessor_ids=old, successor_ids=new, kind=kind, act=act, on=on)
    hand_over(unit.agencies, unit.history, admin, handover, at=at)
