"""Who can sign a draft of whom, and what then stands above and below it."""

from datetime import date

import pytest

from web.official.signing import ways_to_sign
from workflow.agencies.records import Agency, Tier


def agency(key, name, tier, parent=None, *, is_office=False):
    return Agency(
        id=key, code=str(key), name=name, tier=tier, parent_id=parent, path=f"/{key}/",
        is_office=is_office, valid_from=date(2020, 1, 1),
    )  # fmt: skip


PROVINCE = agency(1, "UBND tỉnh Khánh Hòa", Tier.PROVINCE)
OFFICE = agency(2, "Văn phòng UBND tỉnh", Tier.DEPARTMENT, 1, is_office=True)
LAND = agency(3, "Sở Tài nguyên và Môi trường", Tier.DEPARTMENT, 1)
BOARD = agency(4, "Ban Dân tộc", Tier.DEPARTMENT, 1)
COMMUNE = agency(5, "UBND xã Cam Tân", Tier.COMMUNE, 1)
TREASURY = agency(6, "Kho bạc Nhà nước tỉnh", Tier.VERTICAL, 1)
ALL = (PROVINCE, OFFICE, LAND, BOARD, COMMUNE, TREASURY)
ABOVE = "ỦY BAN NHÂN DÂN\nTỈNH KHÁNH HÒA"
FRAMES = [
    # of whom: above, body, symbol, place, the ways to sign
    (OFFICE, ABOVE, "VĂN PHÒNG", "BC-VP", "Khánh Hòa",
     ["CHÁNH VĂN PHÒNG", "KT. CHÁNH VĂN PHÒNG, PHÓ CHÁNH VĂN PHÒNG",
      "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
      "TL. CHỦ TỊCH, CHÁNH VĂN PHÒNG"]),
    (LAND, ABOVE, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "BC-STNMT", "Khánh Hòa",
     ["GIÁM ĐỐC", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"]),
    (BOARD, ABOVE, "BAN DÂN TỘC", "BC-BDT", "Khánh Hòa",
     ["TRƯỞNG BAN", "KT. TRƯỞNG BAN, PHÓ TRƯỞNG BAN"]),
    (TREASURY, ABOVE, "KHO BẠC NHÀ NƯỚC TỈNH", "BC-KBNNT", "Khánh Hòa",
     ["THỦ TRƯỞNG CƠ QUAN", "KT. THỦ TRƯỞNG CƠ QUAN, PHÓ THỦ TRƯỞNG CƠ QUAN"]),
    (COMMUNE, "", "ỦY BAN NHÂN DÂN\nXÃ CAM TÂN", "BC-UBND", "Cam Tân",
     ["TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "above", "body", "symbol", "place", "lines"), FRAMES, ids=[f[0].name for f in FRAMES]
)
def test_each_agency_signs_as_itself(own, above, body, symbol, place, lines):
    ways = ways_to_sign(own, ALL)
    frame = ways[0].letterhead
    assert (frame.above, frame.body, frame.symbol, frame.place) == (above, body, symbol, place)
    assert [way.words for way in ways] == lines


def test_the_committee_may_let_its_office_sign_by_order():
    ways = ways_to_sign(PROVINCE, ALL)
    assert ways[-1].words == "TL. CHỦ TỊCH, CHÁNH VĂN PHÒNG"
    assert all(way.letterhead.body == ABOVE for way in ways)
