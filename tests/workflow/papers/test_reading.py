"""The office's list of papers as offices keep it: every row read, or left with its reason."""

from datetime import date

import pytest

from workflow.agencies.matching import KnownAgency, KnownNames
from workflow.errors import Refused
from workflow.papers.columns import heading_of
from workflow.papers.reading import read_list
from workflow.papers.records import Direction

NAMES = KnownNames(
    [KnownAgency(id=3, name="Sở Tài nguyên và Môi trường", code="H32.03", aliases=("Sở TN&MT",))]
)
PLAIN = ["45/BC-STNMT", "20/08/2021", "Báo cáo", "Sở Tài nguyên và Môi trường", "Võ Thủ Trưởng"]


def read(grid, direction=Direction.INCOMING):
    return read_list(grid, direction, NAMES)


def test_cells_without_a_heading_stand_in_their_usual_order():
    [paper] = read([PLAIN]).papers
    assert paper.number == "45/BC-STNMT"
    assert paper.dated == date(2021, 8, 20)
    assert (paper.subject, paper.signer, paper.agency_id) == ("Báo cáo", "Võ Thủ Trưởng", 3)


def test_cells_without_a_heading_show_by_the_agencies_which_column_is_whose():
    number, dated, subject, agency, signer = PLAIN
    reading = read([[number, dated, agency, subject, signer], ["46/BC", dated, "Sở Lạ", "Khác"]])
    assert reading.order == ("number", "dated", "counterpart", "subject", "signer")
    assert [(one.counterpart, one.subject) for one in reading.papers] == [
        (agency, subject), ("Sở Lạ", "Khác"),
    ]  # fmt: skip
    assert read([PLAIN]).order == ("number", "dated", "subject", "counterpart", "signer")
    assert read(HEADINGS[1]).order == ()


def test_a_day_after_the_signer_is_that_of_receipt():
    reading = read([[*PLAIN, "23/08/2021"], PLAIN])
    assert reading.order[-1] == "received_on"
    assert [one.received_on for one in reading.papers] == [date(2021, 8, 23), None]
    assert read([[*PLAIN, "Phòng KSTT"]]).order[-1] == "signer"


HEADINGS = [
    # the register of incoming papers, NĐ 30/2020
    (["Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung",
      "Đơn vị hoặc người nhận", "Ký nhận", "Ghi chú"],
     ["23/08/2021", "112", "Sở TN&MT", "45/BC-STNMT", "20/08/2021", "Báo cáo", "Phòng KSTT", "", ""]),
    # the register of outgoing papers
    (["Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
      "Nơi nhận văn bản", "Số lượng bản"],
     ["45/BC-STNMT", "20/08/2021", "Báo cáo", "Võ Thủ Trưởng", "Sở TN&MT", "3"]),
    # what a document system exports
    (["STT", "Số ký hiệu", "Ngày văn bản", "Cơ quan ban hành", "Trích yếu"],
     [1, "45/BC-STNMT", date(2021, 8, 20), "Sở Tài nguyên và Môi trường", "Báo cáo"]),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "row"), HEADINGS)
def test_the_columns_of_registers_are_known_by_their_names(heading, row):
    reading = read([["SỔ ĐĂNG KÝ VĂN BẢN"], heading, row])
    assert reading.left == ()
    [paper] = reading.papers
    assert (paper.number, paper.dated, paper.subject, paper.agency_id) == (
        "45/BC-STNMT", date(2021, 8, 20), "Báo cáo", 3,
    )  # fmt: skip


def test_the_day_a_paper_came_is_not_the_day_it_bears():
    heading, row = HEADINGS[0]
    [paper] = read([heading, row]).papers
    assert (paper.dated, paper.received_on) == (date(2021, 8, 20), date(2021, 8, 23))


@pytest.mark.parametrize("words", ["Số đến", "SỐ VĂN BẢN ĐẾN", "Số CV đến", "Số công văn đến"])
def test_the_number_a_paper_got_when_it_came_is_not_its_own(words):
    heading, row = HEADINGS[0]
    reading = read([[heading[0], words, *heading[2:]], row])
    [paper] = reading.papers
    assert (paper.number, paper.arrival_number) == ("45/BC-STNMT", "112")
    assert words not in reading.unused


def test_a_line_of_column_numbers_below_the_heading_is_no_paper():
    heading, row = HEADINGS[1]
    reading = read([heading, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], row])
    assert (len(reading.papers), reading.left) == (1, ())


@pytest.mark.parametrize(
    ("place", "words", "field", "reason"),
    [
        (0, "", "number", "required"),
        (1, "", "dated", "required"),
        (1, "hôm qua", "dated", "not_a_date"),
        (1, "31/02/2021", "dated", "not_a_date"),
        (3, "", "counterpart", "required"),
        (0, "x" * 501, "number", "too_long"),
        (4, "x" * 501, "signer", "too_long"),
        (2, "x" * 5001, "subject", "too_long"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_with_its_place_and_reason(place, words, field, reason):
    spoilt = [words if at == place else cell for at, cell in enumerate(PLAIN)]
    reading = read([PLAIN, [], spoilt])
    assert len(reading.papers) == 1
    [left] = reading.left
    assert (left.row, left.field, left.reason) == (3, field, reason)


def test_an_agency_nobody_is_sure_of_stays_words():
    [paper] = read([[*PLAIN[:3], "Sở Không Tên", ""]]).papers
    assert (paper.counterpart, paper.agency_id) == ("Sở Không Tên", None)


@pytest.mark.parametrize(
    ("grid", "code"),
    [
        ([["Số ký hiệu", "Ngày văn bản"]], "no_papers"),
        ([[None, ""]], "no_papers"),
        ([PLAIN] * 5001, "too_many_rows"),
        ([[*PLAIN[:2], "MẬT", *PLAIN[3:]]], "secret_document"),
        (
            [["Số ký hiệu", "Ngày văn bản", "Độ mật", "Cơ quan gửi"],
             ["45/BC", "20/08/2021", "Tối mật", "Sở"]],
            "secret_document",
        ),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_whole(grid, code):
    with pytest.raises(Refused) as error:
        read(grid)
    assert error.value.code == code


def test_a_sheet_without_number_and_date_has_no_heading():
    assert heading_of([["Họ tên", "Chức vụ"]]) is None
    assert heading_of([["Số đến", "Số lượng"]]) is None


def test_the_same_paper_is_known_whatever_the_spelling():
    first, second = read([PLAIN, ["45 / bc-stnmt", "20-8-2021", "", PLAIN[3].upper(), ""]]).papers
    assert first.key == second.key
    [other] = read([PLAIN], Direction.OUTGOING).papers
    assert other.key != first.key


SHORT = KnownNames(
    [
        KnownAgency(id=4, name="Sở Giao thông vận tải", code="H32.04"),
        KnownAgency(id=5, name="Sở Tài chính", code="H32.05"),
        KnownAgency(id=6, name="Sở Tư pháp", code="H32.06"),
        KnownAgency(id=7, name="Sở Thể chế", code="H32.07"),
    ]
)


@pytest.mark.parametrize(
    ("words", "agency"),
    [("Sở GTVT", 4), ("so gtvt", 4), ("Sở Giao thông Vận tải", 4), ("Sở TC", None),
     ("Sở Khác", None)],
)  # fmt: skip
def test_a_short_form_is_the_one_agency_it_abbreviates(words, agency):
    reading = read_list([[*PLAIN[:3], words]], Direction.INCOMING, SHORT)
    assert reading.papers[0].agency_id == agency
    assert [one.reason for one in reading.told] == ([] if agency else ["agency_unknown"])


def test_what_is_not_used_or_stands_twice_is_told():
    head = ["STT", "Số, ký hiệu", "Ngày văn bản", "Trích yếu", "Cơ quan gửi", "Tệp", "Trống"]
    first = ["1", "45/BC", "20/08/2021", "Một", "Sở TN&MT", "cv.pdf", ""]
    second = ["2", "45/bc", "20/08/2021", "Hai", "Sở TN&MT", "", ""]
    reading = read([head, first, second])
    assert reading.unused == ("Tệp",)
    assert [(one.row, one.reason) for one in reading.told] == [(3, "paper_twice")]
    assert [one.subject for one in reading.papers] == ["Một", "Hai"]


def test_a_row_dated_ahead_is_left_and_comes_back_with_its_heading():
    head = ["Số, ký hiệu", "Ngày văn bản", "Trích yếu", "Cơ quan gửi", "Ngày đến"]
    good = ["45/BC", "20/08/2021", "Một", "Sở TN&MT", "23/08/2021"]
    ahead = ["46/BC", "20/08/2022", "Hai", "Sở TN&MT", ""]
    came_ahead = ["47/BC", "20/08/2021", "Ba", "Sở TN&MT", "24/08/2021"]
    names = NAMES
    reading = read_list(
        [head, good, ahead, came_ahead], Direction.INCOMING, names, today=date(2021, 8, 23)
    )
    assert [(one.row, one.field, one.reason) for one in reading.left] == [
        (3, "dated", "date_future"), (4, "received_on", "date_future"),
    ]  # fmt: skip
    assert reading.again == (tuple(head), tuple(ahead), tuple(came_ahead))


COMMUNES = KnownNames(
    [
        KnownAgency(id=5, name="UBND xã Công Hải", code="H32.05", aliases=()),
        KnownAgency(id=6, name="UBND phường Bắc Nha Trang", code="H32.06", aliases=()),
    ]
)


@pytest.mark.parametrize(
    ("cells", "agency", "told"),
    [
        (["UBND xã Công Hải báo cáo kết quả số hóa"], 5, ["agency_in_subject"]),
        (["ubnd phường bắc nha trang báo cáo", ""], 6, ["agency_in_subject"]),
        (["Báo cáo", "Công Hải"], 5, ["agency_by_place"]),
        (["Báo cáo", "phường Bắc Nha Trang"], 6, ["agency_by_place"]),
    ],
)
def test_the_sender_is_taken_from_the_subject_or_from_its_place_and_told(cells, agency, told):
    reading = read_list([["45/BC", "13/10/25", *cells]], Direction.INCOMING, COMMUNES)
    [paper] = reading.papers
    assert (paper.agency_id, paper.dated) == (agency, date(2025, 10, 13))
    assert [one.reason for one in reading.told] == told


@pytest.mark.parametrize("direction", list(Direction))
def test_a_subject_that_names_an_agency_further_on_says_not_whose_paper_it_is(direction):
    row = ["45/BC", "13/10/2025", "Báo cáo việc kiểm tra UBND xã Công Hải"]
    reading = read_list([row], direction, COMMUNES)
    assert [(one.field, one.reason) for one in reading.left] == [("counterpart", "required")]
