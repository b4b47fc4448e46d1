"""The demo's year at the one-stop shops of 2025: the land registry still late, new communes begin.

Invented like that of 2021, by the same hands: branches of the land registry go over to the merged
department in March, districts end in June, communes and wards take over in July.
"""

from __future__ import annotations

from datetime import date, timedelta

from web.demo.autumn.agencies import LAND_NOW
from web.demo.autumn.days import AUTUMN_NOW, LAST_DAY, MERGED_ON, TWO_TIERS_ON
from web.demo.desk import ordinary_cases
from web.demo.dossiers import CAM_LAM, NHA_TRANG, Desk, year_of
from web.demo.procedures import BIRTHS, CHANGE, FIRMS, FIRST_TIME, HOUSES, PLANS, SHOPS, SPLITTING
from web.demo.telling import Settable
from web.demo.year import Year, pass_year
from web.wiring import Office

FIRST_DAY = date(2024, 11, 1)
RULES_FROM = MERGED_ON
WORSE_FROM = date(2025, 5, 5)
ACT = "Quy chế (trình diễn) 01/2025"
WHY = "Mức đề xuất để thử trong năm 2025; chưa văn bản nào định số lần."
FILES = (
    *(date(2025, month, 1) - timedelta(days=1) for month in range(1, 11)),
    LAST_DAY,
)
"""The days whose export is taken in: each month's end, and the last Friday."""

_EVE = MERGED_ON - timedelta(days=1)
_LAST_OF_DISTRICTS = TWO_TIERS_ON - timedelta(days=1)
_LAND = (CHANGE, FIRST_TIME, SPLITTING)
_DISTRICT, _COMMUNE = (SHOPS, HOUSES), (SHOPS, HOUSES, BIRTHS)
DESKS: tuple[Desk, ...] = (
    Desk(CAM_LAM, "07.04", _LAND, 34, 0.04, worse_from=WORSE_FROM, signer=LAND_NOW),
    Desk(NHA_TRANG, "07.01", _LAND, 46, 0.03, signer=LAND_NOW),
    Desk("Chi nhánh VPĐKĐĐ Diên Khánh", "07.05", (CHANGE, SPLITTING), 28, 0.06, signer=LAND_NOW),
    Desk("Chi nhánh VPĐKĐĐ Ninh Hòa", "07.03", (CHANGE, FIRST_TIME), 26, 0.04, signer=LAND_NOW),
    Desk("Sở Tài nguyên và Môi trường", "00.07", (PLANS,), 8, 0.05, until=_EVE),
    Desk(LAND_NOW, "00.31", (PLANS,), 10, 0.05, since=MERGED_ON),
    Desk("Sở Kế hoạch và Đầu tư", "00.03", (FIRMS,), 22, 0.01, until=_EVE),
    Desk("Sở Tài chính", "00.04", (FIRMS,), 24, 0.01, since=MERGED_ON),
    Desk("UBND huyện Cam Lâm", "04.00", _DISTRICT, 20, 0.02, until=_LAST_OF_DISTRICTS),
    Desk("UBND thành phố Nha Trang", "01.00", _DISTRICT, 24, 0.02, until=_LAST_OF_DISTRICTS),
    Desk("UBND xã Cam Lâm", "04.31", _COMMUNE, 26, 0.22, 0.5, since=TWO_TIERS_ON),
    Desk("UBND xã Suối Dầu", "04.32", _COMMUNE, 12, 0.05, since=TWO_TIERS_ON),
    Desk("UBND phường Nha Trang", "01.31", _COMMUNE, 34, 0.03, since=TWO_TIERS_ON),
    Desk("UBND phường Bắc Nha Trang", "01.32", _COMMUNE, 22, 0.24, 0.4, since=TWO_TIERS_ON),
    Desk("UBND xã Ninh Phước", "09.31", _COMMUNE, 16, 0.04, since=TWO_TIERS_ON),
)
"""What starts anew starts with more lateness: two of the new communes come up on the desk."""


def tell_autumn_year(place: Office, clock: Settable) -> None:
    """Let the year pass: rules in force from the day of the mergers, files by the month."""
    with place.reading() as unit:
        told = year_of(place.calendar(unit), LAST_DAY, DESKS, FIRST_DAY)
    year = Year(
        told=told, first_day=FIRST_DAY, files=FILES, rules_from=RULES_FROM, act=ACT, why=WHY
    )  # fmt: skip
    heard = [day for day in FILES[:-2] if day >= RULES_FROM]
    pass_year(place, clock, year, ordinary_cases(place, heard, _left_standing))
    clock.at = AUTUMN_NOW


def _left_standing(day: date) -> frozenset[str]:
    """Whose cases nobody settles: the branch's that keeps running late, from May's file on."""
    return frozenset({CAM_LAM} if day >= WORSE_FROM else ())
