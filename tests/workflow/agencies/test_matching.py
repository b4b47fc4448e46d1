"""Words of a cell become agencies only beyond doubt; the rest waits for a person, none lost."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.agencies.matching import (
    LONGEST_CELL,
    How,
    KnownAgency,
    KnownGroup,
    KnownNames,
    match_cell,
)
from workflow.text import clean_lines, fold

AGENCIES = (
    KnownAgency(1, "Văn phòng UBND tỉnh", "H32.1", ("VPUBND",)),
    KnownAgency(2, "Sở Nội vụ", "H32.2"),
    KnownAgency(3, "Sở Kế hoạch và Đầu tư", "H32.3", ("Sở KHĐT",)),
    KnownAgency(4, "Sở Lao động - Thương binh và Xã hội"),
    KnownAgency(5, "Sở Tài nguyên và Môi trường"),
    KnownAgency(6, "Sở Y tế"),
    KnownAgency(7, "Thanh tra tỉnh"),
    KnownAgency(8, "Ban Dân tộc"),
    KnownAgency(9, "UBND thành phố Nha Trang"),
    KnownAgency(10, "UBND huyện Cam Lâm"),
    KnownAgency(11, "UBND huyện Trường Sa"),
    KnownAgency(12, "UBND thị xã Ninh Hòa"),
    KnownAgency(13, "Vụ GDĐH"),
    KnownAgency(14, "Vụ QHQT"),
    KnownAgency(15, "Thanh tra"),
    KnownAgency(16, "Sở Tài chính"),
    KnownAgency(17, "Xã Cẩm Thành"),
    KnownAgency(18, "Trung tâm Số (Một cửa)"),
)
GROUPS = (
    KnownGroup("departments", ("Các sở, ban, ngành",)),
    KnownGroup("districts", ("UBND cấp huyện", "UBND các huyện, thị xã, thành phố")),
)
NAMES = KnownNames(AGENCIES, GROUPS)


def read(text, names=NAMES):
    return [
        (match.words, match.how.value, match.agency_id or match.group_code)
        for match in match_cell(text, names)
    ]


@pytest.mark.parametrize(
    ("text", "how", "target"),
    [
        ("Sở Nội vụ", "exact", 2),
        ("  SỞ  NỘI\u00a0VỤ. ", "exact", 2),
        ("so noi vu", "folded", 2),
        ("Sở Nội Vu", "folded", 2),
        ("UBND thị xã Ninh Hoà", "folded", 12),
        ("Vụ GD ĐH", "squeezed", 13),
        ("Sở Lao động – Thương binh và Xã hội", "folded", 4),
        ("Sở Lao động, Thương binh và Xã hội", "squeezed", 4),
        ("Sở Lao động Thương binh và Xã hội", "squeezed", 4),
        ("Sở Kế hoạch\nvà Đầu tư", "exact", 3),
        ("Ủy ban nhân dân huyện Cam Lâm", "squeezed", 10),
        ("UBND TP. Nha Trang", "squeezed", 9),
        ("sở khđt", "alias", 3),
        ("VPUBND", "alias", 1),
        ("Sở KH&ĐT", "squeezed", 3),
        ("h32.2", "code", 2),
        ("Trung tâm Số (Một cửa)", "exact", 18),
        ("Các sở, ban, ngành", "group", "departments"),
        ("Sở, ban, ngành", "group", "departments"),
        ("các sở ban ngành", "group", "departments"),
        ("UBND các huyện, thị xã, thành phố", "group", "districts"),
        ("Giám đốc Sở Nội vụ", "head_of", 2),
        ("Chủ tịch UBND huyện Cam Lâm", "head_of", 10),
        ("Chánh Văn phòng UBND tỉnh", "head_of", 1),
        ("Trưởng Ban Dân tộc", "head_of", 8),
        ("Thủ trưởng các sở, ban, ngành", "head_of", "departments"),
        ("Đồng chí Giám đốc Sở Y tế", "head_of", 6),
    ],
)
def test_a_name_is_recognised_however_it_is_typed(text, how, target):
    (match,) = match_cell(text, NAMES)
    assert (match.how.value, match.agency_id or match.group_code) == (how, target)
    assert match.is_settled


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "Các sở, ban, ngành; UBND cấp huyện",
            [("Các sở, ban, ngành", "departments"), ("UBND cấp huyện", "districts")],
        ),
        ("Sở Y tế, Sở Kế hoạch và Đầu tư và Sở Nội vụ", [*zip(
            ["Sở Y tế", "Sở Kế hoạch và Đầu tư", "Sở Nội vụ"], [6, 3, 2], strict=True)]),
        ("Sở Y tế\nSở Nội vụ", [("Sở Y tế", 6), ("Sở Nội vụ", 2)]),
        ("1. Sở Y tế\n2) Sở Nội vụ", [("Sở Y tế", 6), ("Sở Nội vụ", 2)]),
        ("- Sở Y tế\n+ Sở Nội vụ;", [("Sở Y tế", 6), ("Sở Nội vụ", 2)]),
        ("Sở Y tế/Sở Nội vụ - Ban Dân tộc", [("Sở Y tế", 6), ("Sở Nội vụ", 2), ("Ban Dân tộc", 8)]),
        ("sở ban ngành và Sở Y tế", [("sở ban ngành", "departments"), ("Sở Y tế", 6)]),
        (
            "Các Sở: Tài chính, Kế hoạch và Đầu tư, Nội vụ; UBND các huyện Cam Lâm, Trường Sa",
            [("Các Sở: Tài chính", 16), ("Kế hoạch và Đầu tư", 3), ("Nội vụ", 2),
             ("UBND các huyện Cam Lâm", 10), ("Trường Sa", 11)],
        ),
        ("", []),
        (" ;, và \n", []),
    ],
)  # fmt: skip
def test_several_agencies_in_one_cell_are_told_apart(text, pieces):
    matches = match_cell(text, NAMES)
    assert [(m.words, m.agency_id or m.group_code) for m in matches] == pieces
    assert all(match.is_settled for match in matches)


@pytest.mark.parametrize(
    "text",
    [
        "các đơn vị",
        "Các đơn vị liên quan",
        "các cơ quan, đơn vị và địa phương có liên quan",
        "các cơ quan liên quan",
        "Các cơ quan được giao chủ trì tham mưu",
        "Người đứng đầu các cơ quan, đơn vị, địa phương",
        "Các sở, ban, ngành liên quan",
        "Các sở, ban, ngành, đơn vị có liên quan",
        "một số địa phương",
        "UBND các xã, phường, thị trấn",
        "UBND cấp xã",
        "các trường đại học, cao đẳng",
        "Đơn vị chủ trì",
        "Như trên",
        "Tất cả",
    ],
)
def test_vague_words_are_never_an_agency(text):
    match = match_cell(text, NAMES)[0]
    assert (match.how, match.reason) == (How.VAGUE, "vague_agency")
    assert (match.agency_id, match.group_code) == (None, None)


def test_a_vague_phrase_that_the_province_knows_as_a_group_is_that_group():
    names = KnownNames(
        (), (KnownGroup("all", ("Người đứng đầu các cơ quan, đơn vị, địa phương",)),)
    )
    assert read("Người đứng đầu các cơ quan, đơn vị, địa phương", names) == [
        ("Người đứng đầu các cơ quan, đơn vị, địa phương", "group", "all")
    ]


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("Vụ HTQT", ["Vụ QHQT"]),
        ("thanh tra Bộ", ["Thanh tra", "Thanh tra tỉnh"]),
        ("Sở KHvàĐT", ["Sở Kế hoạch và Đầu tư"]),
        ("Sở TN&MT", ["Sở Tài nguyên và Môi trường"]),
        ("Sơ Nội Vũ", ["Sở Nội vụ"]),
        ("Phó Giám đốc Sở Nội vụ", ["Sở Nội vụ"]),
        ("Phòng Một cửa Sở Nội vụ", ["Sở Nội vụ"]),
        ("Sở Nội vụ (đầu mối)", ["Sở Nội vụ"]),
        ("Trường Sa", ["UBND huyện Trường Sa"]),
        ("Xã Cam Thạnh", ["Xã Cẩm Thành"]),
        ("Trường Ban Dân tộc", ["Ban Dân tộc"]),
        ("Cục NGCB", []),
    ],
)
def test_a_near_miss_is_a_suggestion_and_nothing_more(text, suggested):
    (match,) = match_cell(text, NAMES)
    assert (match.how, match.agency_id, match.reason) == (How.NONE, None, "unknown_agency")
    assert [one.name for one in match.suggestions][: len(suggested) or 1] == suggested
    assert len(match.suggestions) <= 3


@pytest.mark.parametrize("text", ["Báo Khánh Hòa", "Đài PTTH Khánh Hòa"])
def test_a_place_alone_suggests_nobody(text):
    """Only the place is the same: neither the treasury nor the People's Committee is meant."""
    names = KnownNames(
        [
            KnownAgency(id=1, name="UBND tỉnh Khánh Hòa", code="H32", aliases=("Khánh Hòa",)),
            KnownAgency(id=2, name="Kho bạc Nhà nước tỉnh", code="K", aliases=("KBNN Khánh Hòa",)),
            KnownAgency(id=3, name="Cục Thuế tỉnh Khánh Hòa", code="T"),
        ]
    )
    assert match_cell(text, names)[0].suggestions == ()
    [near, *_more] = match_cell("Cục Thuêe tỉnh Khánh Hòa", names)[0].suggestions
    assert near.name == "Cục Thuế tỉnh Khánh Hòa"


def test_no_suggestions_are_sought_when_nobody_asked_for_them():
    (match,) = match_cell("Vụ HTQT", NAMES, suggesting=False)
    assert match.suggestions == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "Cục NGCB, Dự án Phát triển giai đoạn 2, HV Quản lý GD, các đơn vị liên quan",
            ["Cục NGCB", "Dự án Phát triển giai đoạn 2", "HV Quản lý GD", "các đơn vị liên quan"],
        ),
        ("Học viện Quản lý GD và các đơn vị", ["Học viện Quản lý GD", "các đơn vị"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Trần Văn A",
         ["Sở Văn hóa, Thể thao và Du lịch", "Trần Văn A"]),
        ("Phòng Kế hoạch và Tài chính", ["Phòng Kế hoạch và Tài chính"]),
        ("Cục A (phòng B, phòng C), Cục D", ["Cục A (phòng B, phòng C)", "Cục D"]),
        ("Cục A (phòng B, Cục D", ["Cục A (phòng B", "Cục D"]),
        ("Hội Nông dân và Hội Phụ nữ", ["Hội Nông dân", "Hội Phụ nữ"]),
    ],
)  # fmt: skip
def test_unknown_names_are_split_where_another_begins(text, pieces):
    assert [match.words for match in match_cell(text, NAMES)] == pieces


def test_a_comma_never_joins_two_agencies_into_one_name():
    names = KnownNames((KnownAgency(1, "Ban Dân tộc"), KnownAgency(2, "Ban")))
    assert read("Ban, Dân tộc", names) == [("Ban", "exact", 2), ("Dân tộc", "none", None)]


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("UBND cấp huyện (trừ Trường Sa)", [("Trường Sa", "short", 11)]),
        ("UBND cấp huyện trừ huyện Trường Sa", [("huyện Trường Sa", "short", 11)]),
        ("UBND cấp huyện, trừ UBND huyện Trường Sa và UBND huyện Cam Lâm",
         [("UBND huyện Trường Sa", "exact", 11), ("UBND huyện Cam Lâm", "exact", 10)]),
        ("UBND cấp huyện (không bao gồm Cam Lâm, Trường Sa)",
         [("Cam Lâm", "short", 10), ("Trường Sa", "short", 11)]),
    ],
)  # fmt: skip
def test_exclusions_stay_with_their_group(text, excluded):
    (match,) = match_cell(text, NAMES)
    assert (match.words, match.group_code, match.is_settled) == (text, "districts", True)
    assert [(m.words, m.how.value, m.agency_id) for m in match.excluded] == excluded


def test_an_exclusion_ends_where_its_bracket_or_its_part_ends():
    assert [m.words for m in match_cell("UBND cấp huyện (trừ Trường Sa), Sở Y tế", NAMES)] == [
        "UBND cấp huyện (trừ Trường Sa)",
        "Sở Y tế",
    ]
    assert [m.words for m in match_cell("UBND cấp huyện trừ Trường Sa; Sở Y tế", NAMES)] == [
        "UBND cấp huyện trừ Trường Sa",
        "Sở Y tế",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "UBND cấp huyện trừ Hoàng Sa",
        "Các sở, ban, ngành trừ Sở Y tế, UBND cấp huyện",
        "Sở Y tế trừ Sở Nội vụ",
        "trừ Sở Y tế",
    ],
)
def test_an_exclusion_that_can_be_read_two_ways_waits(text):
    (match,) = match_cell(text, NAMES)
    assert match.reason == "unclear_exclusion"


def test_a_name_may_carry_the_word_for_except():
    names = KnownNames((KnownAgency(1, "Chi cục Phòng trừ dịch bệnh"),))
    assert read("Chi cục Phòng trừ dịch bệnh; Sở A", names)[0][1:] == ("exact", 1)


def test_a_short_name_in_an_exclusion_is_sought_among_the_members_first():
    agencies = (KnownAgency(1, "UBND huyện Trường Sa"), KnownAgency(2, "UBND thị trấn Trường Sa"))
    open_group = KnownGroup("g", ("UBND cấp huyện",))
    (match,) = match_cell("UBND cấp huyện trừ Trường Sa", KnownNames(agencies, (open_group,)))
    assert match.reason == "unclear_exclusion"
    closed = KnownGroup("g", ("UBND cấp huyện",), frozenset({1}))
    (match,) = match_cell("UBND cấp huyện trừ Trường Sa", KnownNames(agencies, (closed,)))
    assert [one.agency_id for one in match.excluded] == [1]


def test_two_agencies_with_one_alias_wait_with_both_as_suggestions():
    names = KnownNames(
        (
            KnownAgency(1, "Sở Kế hoạch", aliases=("Sở KH",)),
            KnownAgency(2, "Sở Khí", aliases=("so kh",)),
        )
    )
    (match,) = match_cell("Sở KH", names)
    assert (match.how, match.reason) == (How.NONE, "ambiguous_agency")
    assert {one.agency_id for one in match.suggestions} == {1, 2}


def test_an_official_name_written_exactly_wins_over_an_alias_and_over_another_tone():
    names = KnownNames(
        (
            KnownAgency(1, "Xã Cam Thành"),
            KnownAgency(2, "Xã Cẩm Thành", aliases=("Xã Cam Thành",)),
            KnownAgency(3, "Xã Cam Thanh"),
        )
    )
    assert read("xã cam thành", names) == [("xã cam thành", "exact", 1)]
    assert read("Xã Cam Thanh", names) == [("Xã Cam Thanh", "exact", 3)]
    assert read("Xã Cẩm Thành", names) == [("Xã Cẩm Thành", "exact", 2)]


def test_a_name_of_another_period_is_an_alias():
    names = KnownNames((KnownAgency(1, "Sở Nông nghiệp và Môi trường", aliases=("Sở TN và MT",)),))
    assert read("Sở TN và MT", names) == [("Sở TN và MT", "alias", 1)]


def test_a_cell_longer_than_any_list_of_agencies_waits_whole():
    text = "Sở Y tế, " * (LONGEST_CELL // 8)
    (match,) = match_cell(text, NAMES)
    assert (match.how, match.reason, match.words) == (How.NONE, "cell_too_long", text.strip())


PIECES = st.one_of(
    st.sampled_from([agency.name for agency in AGENCIES]),
    st.sampled_from([phrase for group in GROUPS for phrase in group.phrases]),
    st.sampled_from(
        ["Giám đốc", "các", "các Sở", "trừ", "(trừ", ")", "(", "đơn vị liên quan", "UBND"]
    ),
    st.sampled_from([";", ",", "\n", " và ", "/", " - ", ":", "&"]),
    st.text(alphabet="abđơư ,;()và\n.-", max_size=12),
)
SEPARATING_WORDS = {"va"}


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_no_word_of_a_cell_is_lost_and_none_is_read_twice(text):
    matches = match_cell(text, NAMES)
    bullets = r"(?m)^(?:\s*[-+*•–·]+\s*|\s*(?:\d{1,2}|[a-zđ])\s*[.)]\s+)+"
    wanted = words_in(re.sub(bullets, "", clean_lines(text)))
    kept = [word for match in matches for word in words_in(match.words)]
    assert kept == wanted
    assert all(
        match.is_settled == bool(match.agency_id or match.group_code) or match.reason
        for match in matches
    )


def words_in(text):
    return [word for word in re.findall(r"[^\W_]+", fold(text)) if word not in SEPARATING_WORDS]


@settings(deadline=None)
@given(
    st.sampled_from(AGENCIES), st.sampled_from(AGENCIES), st.sampled_from([";", ", ", "\n", " và "])
)
def test_two_known_names_are_found_behind_any_separator(one, other, separator):
    matches = match_cell(one.name + separator + other.name, NAMES)
    assert [match.agency_id for match in matches] == [one.id, other.id]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Tài nguyên và Môi trường",
        "Sở Nông nghiệp và Môi trường",
        "Chi cục Bảo vệ Môi trường",
        "Phòng Tài nguyên và Môi trường",
        "Sở Dân tộc và Tôn giáo",
    ],
)
@pytest.mark.parametrize("cell", ["{}", "{}; Sở Y tế", "Sở Y tế, {}", "Sở Y tế và {}"])
def test_an_unknown_name_with_and_inside_stays_one_name(name, cell):
    found = match_cell(cell.format(name), KnownNames([], []))
    assert name in [match.words for match in found]
    assert all(match.reason == "unknown_agency" for match in found)


ENDED = KnownAgency(
    40, "UBND huyện Cam Lâm", "H32.24", ended_on=date(2025, 6, 30), heirs=(41, 42, 43, 44)
)
COMMUNES = tuple(
    KnownAgency(key, f"UBND xã {name}", aliases=aliases)
    for key, name, aliases in (
        (41, "Cam Lâm", ("UBND huyện Cam Lâm",)),
        (42, "Suối Dầu", ()),
        (43, "Cam Hiệp", ()),
        (44, "Cam An", ()),
    )
)
MERGED = KnownAgency(45, "Sở Tài nguyên và Môi trường", ended_on=date(2025, 2, 28), heirs=(46,))
SUCCESSOR = KnownAgency(46, "Sở Nông nghiệp và Môi trường")
SAME_NAME = (KnownAgency(47, "Sở Nội vụ", ended_on=date(2025, 2, 28)), KnownAgency(48, "Sở Nội vụ"))


@pytest.mark.parametrize(
    ("text", "ended_on", "heirs"),
    [
        ("UBND huyện Cam Lâm", date(2025, 6, 30), [41, 42, 43, 44]),
        ("ubnd huyen cam lam", date(2025, 6, 30), [41, 42, 43, 44]),
        ("Chủ tịch UBND huyện Cam Lâm", date(2025, 6, 30), [41, 42, 43, 44]),
        ("Sở Tài nguyên và Môi trường", date(2025, 2, 28), [46]),
        ("Sở TN&MT", date(2025, 2, 28), [46]),
    ],
)
def test_the_name_of_an_agency_that_ended_waits_with_all_who_follow_it(text, ended_on, heirs):
    names = KnownNames((*COMMUNES, ENDED, MERGED, SUCCESSOR))
    (match,) = match_cell(text, names)
    assert (match.reason, match.agency_id, match.ended_on) == ("ended_agency", None, ended_on)
    assert [one.agency_id for one in match.suggestions] == heirs


def test_who_stands_under_the_name_of_one_that_ended_is_meant():
    (match,) = match_cell("Sở Nội vụ", KnownNames(SAME_NAME))
    assert (match.agency_id, match.is_settled) == (48, True)
