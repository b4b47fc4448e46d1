"""Where a file has the columns of a profile, and what it says where it has not."""

import pytest

from workflow.dossiers.headings import find_layout
from workflow.dossiers.profile_text import read_profile
from workflow.errors import Refused

PROFILE = read_profile("""
name = "x"
source = "x"
time_zone = "UTC"
promised_includes_waits = false
optional = ["apology_on", "channel", "receipt_limit_at", "waits", "second_new_date_at", "no_slip_at",
    "supplement_requests"]
[columns]
code = ["MaHoSo", "Mã hồ sơ"]
received_at = "Ngày tiếp nhận"
promised_on = "Ngày hẹn trả"
processed_at = "Ngày xong"
apology_on = "Ngày xin lỗi"
channel = "Kênh"
receipt_limit_at = "Hạn tiếp nhận"
second_new_date_at = "Hẹn lại lần 2"
supplement_requests = "Số lần bổ sung"
[marks.no_slip_at]
column = "Không phiếu"
yes = ["x"]
at = "received_at"
[[waits]]
asked = "Yêu cầu 1"
answered = "Bổ sung 1"
[[waits]]
asked = "Yêu cầu 2"
""")
NEEDED = ["Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày xong"]


def test_columns_are_found_by_name_wherever_they_stand():
    layout = find_layout(PROFILE, [["STT", *reversed(NEEDED), "Ghi chú"]])
    assert dict(zip(layout.fills, layout.places, strict=True)) == {
        "code": 4, "received_at": 3, "promised_on": 2, "processed_at": 1,
    }  # fmt: skip
    assert (layout.fills[0], layout.heading, layout.width) == ("code", 1, 6)


def test_a_heading_may_stand_below_a_title_and_in_other_letters():
    rows = [["DANH SÁCH HỒ SƠ", ""], ["", ""], [name.upper() for name in NEEDED]]
    assert find_layout(PROFILE, rows).heading == 3
    bare = [["mahoso", "ngay tiep nhan", "NGÀY HẸN  TRẢ ", "ngày xong"]]
    assert find_layout(PROFILE, bare).heading == 1


def test_a_column_that_is_missing_is_named_with_the_one_nearest_to_it():
    with pytest.raises(Refused) as told:
        find_layout(PROFILE, [["Mã hồ sơ", "Ngày tiếp nhan hs", "Ngày xong"]])
    assert told.value.code == "columns_missing"
    assert told.value.params["columns"] == ["Ngày tiếp nhận (Ngày tiếp nhan hs?)", "Ngày hẹn trả"]
    assert "Ngày xong" in told.value.params["found"]


def test_no_column_is_suggested_that_is_something_else():
    with pytest.raises(Refused) as told:
        find_layout(PROFILE, [["Mã hồ sơ", "Ngày_TiếpNhận", "Ngày hẹn trả", "Kết thúc"]])
    assert told.value.params["columns"] == ["Ngày tiếp nhận (Ngày_TiếpNhận?)", "Ngày xong"]


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(Refused) as told:
        find_layout(PROFILE, [[*NEEDED, "Ngày xong"]])
    assert (told.value.code, told.value.params) == ("column_twice", {"column": "Ngày xong"})


@pytest.mark.parametrize("rows", [[], [[]], [["", " "]]])
def test_a_sheet_without_words_is_empty(rows):
    with pytest.raises(Refused) as told:
        find_layout(PROFILE, rows)
    assert told.value.code == "empty_sheet"


ALWAYS_OFF = {"V10", "V14", "V20", "V21"}


@pytest.mark.parametrize(
    ("more", "off"),
    [
        ([], {"V11", "V12", "V17", "V18", "V19"}),
        (["Ngày xin lỗi"], {"V11", "V12", "V18", "V19"}),
        (["Hẹn lại lần 2"], {"V11", "V12", "V17", "V19"}),
        (["Hạn tiếp nhận"], {"V11", "V12", "V17", "V18", "V19"}),
        (["Hạn tiếp nhận", "Kênh"], {"V11", "V12", "V17", "V18"}),
        (["Không phiếu"], {"V11", "V17", "V18", "V19"}),
        (["Yêu cầu 1"], {"V11", "V12", "V17", "V18", "V19"}),
        (["Yêu cầu 1", "Yêu cầu 2"], {"V12", "V17", "V18", "V19"}),
        (["Số lần bổ sung"], {"V11", "V12", "V17", "V18", "V19"}),
        (["Số lần bổ sung", "Yêu cầu 1"], {"V12", "V17", "V18", "V19"}),
    ],
)
def test_a_detection_without_its_columns_is_off(more, off):
    assert set(find_layout(PROFILE, [[*NEEDED, *more]]).off) == off | ALWAYS_OFF
