"""Short forms that every office writes: matched where one agency is meant, else suggested."""

import pytest

from workflow.agencies.matching import How, KnownAgency, KnownNames, match_cell

NAMES = KnownNames(
    [
        KnownAgency(1, "Trung tâm Phục vụ hành chính công xã Cam Lâm"),
        KnownAgency(2, "Trung tâm Phục vụ hành chính công phường Nha Trang"),
        KnownAgency(3, "Trung tâm Phục vụ hành chính công tỉnh"),
        KnownAgency(4, "Văn phòng HĐND và UBND xã Cam Lâm"),
        KnownAgency(5, "Văn phòng UBND tỉnh"),
        KnownAgency(6, "Ban Quản lý Khu kinh tế Vân Phong"),
        KnownAgency(7, "Ban Quản lý Khu kinh tế và các khu công nghiệp"),
        KnownAgency(8, "Phòng Kinh tế xã Cam Lâm"),
        KnownAgency(9, "Phòng Văn hóa - Xã hội xã Cam Lâm"),
        KnownAgency(10, "Chi nhánh Văn phòng Đăng ký đất đai Cam Lâm"),
        KnownAgency(11, "Văn phòng Đăng ký đất đai tỉnh"),
        KnownAgency(12, "UBND phường Vĩnh Hải"),
        KnownAgency(13, "Phòng Kinh tế phường Nha Trang"),
        KnownAgency(14, "Chi nhánh VPĐKĐĐ Ninh Hòa"),
        KnownAgency(15, "Trung tâm Phục vụ hành chính công xã Cẩm Thành"),
        KnownAgency(16, "UBND xã Cam Lâm"),
    ]
)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Trung tâm PVHCC xã Cam Lâm", 1),
        ("TTPVHCC xã Cam Lâm", 1),
        ("TT PVHCC xã Cam Lâm", 1),
        ("TT. PVHCC xã Cam Lâm", 1),
        ("TT Phục vụ hành chính công xã Cam Lâm", 1),
        ("ttpvhcc xa cam lam", 1),
        ("Giám đốc Trung tâm PVHCC xã Cam Lâm", 1),
        ("TTPVHCC phường Nha Trang", 2),
        ("TTPVHCC P. Nha Trang", 2),
        ("TTPVHCC tỉnh", 3),
        ("VP HĐND&UBND xã Cam Lâm", 4),
        ("VP HĐND và UBND xã Cam Lâm", 4),
        ("Văn phòng HĐND - UBND xã Cam Lâm", 4),
        ("VP Hội đồng nhân dân và Ủy ban nhân dân xã Cam Lâm", 4),
        ("VP UBND tỉnh", 5),
        ("VPUBND tỉnh", 5),
        ("Chánh VP UBND tỉnh", 5),
        ("BQL KKT Vân Phong", 6),
        ("BQLKKT Vân Phong", 6),
        ("Ban QL KKT Vân Phong", 6),
        ("BQL Khu kinh tế Vân Phong", 6),
        ("BQL KKT và các KCN", 7),
        ("P. Kinh tế xã Cam Lâm", 8),
        ("P.Kinh tế xã Cam Lâm", 8),
        ("P. Văn hóa - Xã hội xã Cam Lâm", 9),
        ("CN VPĐKĐĐ Cam Lâm", 10),
        ("CNVPĐKĐĐ Cam Lâm", 10),
        ("Chi nhánh VPĐKĐĐ Cam Lâm", 10),
        ("Chi nhánh VPĐK đất đai Cam Lâm", 10),
        ("CN Văn phòng Đăng ký đất đai Cam Lâm", 10),
        ("VPĐKĐĐ tỉnh", 11),
        ("UBND P. Vĩnh Hải", 12),
        ("P. Kinh tế P. Nha Trang", 13),
        ("Phòng Kinh tế P. Nha Trang", 13),
        ("Chi nhánh Văn phòng Đăng ký đất đai Ninh Hòa", 14),
        ("CN VPĐKĐĐ Ninh Hòa", 14),
    ],
)
def test_a_short_form_is_the_one_agency_it_means(text, agency):
    (match,) = match_cell(text, NAMES)
    assert (match.agency_id, match.reason) == (agency, "")


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("TTPVHCC", ["Trung tâm Phục vụ hành chính công tỉnh"]),
        ("TTPVHCC xã Cam Thạnh", ["Trung tâm Phục vụ hành chính công xã Cẩm Thành"]),
        ("P. Kinh tế", []),
        ("TT Cam Lâm", []),
        ("CN Cam Lâm", []),
        ("TT VH xã Cam Lâm", []),
    ],
)
def test_what_means_several_or_none_waits_for_a_person(text, suggested):
    (match,) = match_cell(text, NAMES)
    assert (match.how, match.agency_id) == (How.NONE, None)
    assert match.reason in {"unknown_agency", "ambiguous_agency"}
    for name in suggested:
        assert name in [one.name for one in match.suggestions]


def test_p_is_a_tie_where_a_division_and_a_ward_have_one_name():
    names = KnownNames([KnownAgency(1, "Phòng Vĩnh Hải"), KnownAgency(2, "Phường Vĩnh Hải")])
    (match,) = match_cell("P. Vĩnh Hải", names)
    assert (match.agency_id, match.reason) == (None, "ambiguous_agency")
    assert {one.agency_id for one in match.suggestions} == {1, 2}


def test_several_short_forms_in_one_cell_are_told_apart():
    cell = "TTPVHCC xã Cam Lâm, VP HĐND&UBND xã Cam Lâm; P. Kinh tế xã Cam Lâm và UBND xã Cam Lâm"
    assert [one.agency_id for one in match_cell(cell, NAMES)] == [1, 4, 8, 16]
