"""A task sheet comes in as XLSX or CSV; what could hurt is refused before it is parsed."""

import io
import unicodedata
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures import files
from tests.fixtures.sheets import (
    MINISTRY_SHEET,
    PROVINCE_SHEET,
    TASKS_HEADING,
    tasks,
    workbook_bytes,
)
from web.exports.tables import csv_text, xlsx
from web.uploads import workbook
from web.uploads.sheets import SheetLimits
from web.uploads.spreadsheet import read_spreadsheet
from workflow.agencies.matching import KnownNames
from workflow.documents.merging import MergedCells
from workflow.documents.sheet import read_sheet
from workflow.errors import Refused
from workflow.evidence.rules import MEGABYTE, UploadLimits

DATA = Path(__file__).parents[4] / "shared" / "data"
MOMENT = datetime(2021, 9, 30, 8, 5)  # noqa: DTZ001  # as a spreadsheet has it
HEADED = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Nhiệm vụ</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Chủ trì</t></is></c></row>'
)


def grid_of(body, name="a.xlsx", **limits):
    return read_spreadsheet(io.BytesIO(body), name, **limits).sheet.grid


def refused(body, name="a.xlsx", **limits):
    with pytest.raises(Refused) as refusal:
        read_spreadsheet(io.BytesIO(body), name, **limits)
    return refusal.value.code


def text_rows(grid):
    return [[value for value in row if value is not None] for row in grid]


@pytest.mark.parametrize("grid", [PROVINCE_SHEET, MINISTRY_SHEET])
def test_a_workbook_reads_as_the_sheet_it_was_made_from(grid):
    found = read_spreadsheet(io.BytesIO(workbook_bytes(grid)), "bảng.xlsx")
    assert (found.filename, found.sheet.name, found.other_sheets) == ("bảng.xlsx", "Trang 1", ())
    assert text_rows(found.sheet.grid) == text_rows(grid)
    assert len(read_sheet(found.sheet.grid, KnownNames(())).rows) == len(
        read_sheet(grid, KnownNames(())).rows
    )


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not at hand")
@pytest.mark.parametrize(
    ("name", "rows", "skipped"), [("directive_khanh_hoa_2021", 9, 0), ("task_sheet_2017", 27, 1)]
)
def test_the_two_sheets_the_work_started_from_are_taken_in(name, rows, skipped):
    with (DATA / f"{name}.xlsx").open("rb") as stream:
        found = read_spreadsheet(stream, f"{name}.xlsx")
    reading = read_sheet(
        found.sheet.grid, KnownNames(()), name=found.filename, merged=found.sheet.merged
    )
    assert (len(reading.rows), len(reading.skipped)) == (rows, skipped)
    assert reading.rows[0].ordinal == "1"


def test_values_come_as_a_reader_sees_them():
    row = [
        1,
        1.5,
        2.0,
        date(2021, 9, 30),
        MOMENT,
        True,
        " x ",
        None,
        "",
        2**60,
    ]
    grid = grid_of(workbook_bytes([[*TASKS_HEADING, *"abcd"], row]))
    assert grid[1] == [
        1,
        1.5,
        2,
        date(2021, 9, 30),
        MOMENT,
        True,
        " x ",
        None,
        None,
        float(2**60),
    ]
    assert [type(value) for value in grid[1][:4]] == [int, float, int, date]


def test_rows_keep_their_numbers_whatever_stands_above():
    grid = grid_of(workbook_bytes([[], [], [None, *TASKS_HEADING], [None, 1, "Việc"]]))
    assert [row[2] if len(row) > 2 else None for row in grid] == [None, None, "Nhiệm vụ", "Việc"]


def test_errors_and_formulas_without_a_result_are_not_lost():
    cells = (
        '<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2"><f>C2&amp;"x"</f><v></v></c>'
        '<c r="C2"><f>1+1</f><v>2</v></c><c r="D2"><f t="shared" si="0"/></c></row>'
    )
    grid = grid_of(files.xlsx(f"<sheetData>{HEADED}{cells}</sheetData>"))
    assert grid[1] == ["#REF!", '=C2&"x"', 2, "="]


def test_merged_blocks_come_along():
    body = workbook_bytes(
        tasks([1, "Việc một", "Sở A"], [None, None, "Sở B"]), merged=["B2:B3", "A2:A3"]
    )
    sheet = read_spreadsheet(io.BytesIO(body), "a.xlsx").sheet
    assert set(sheet.merged) == {MergedCells(1, 1, 2, 1), MergedCells(1, 0, 2, 0)}
    (row,) = read_sheet(sheet.grid, KnownNames(()), merged=sheet.merged).rows
    assert [match.words for match in row.lead] == ["Sở A", "Sở B"]


def test_the_first_sheet_with_tasks_is_taken_and_named():
    body = workbook_bytes(
        [["Bìa"]],
        tasks([1, "Việc", "Sở A"]),
        tasks([1, "Khác", "Sở B"]),
        titles=["Bìa", "Việc", "Cũ"],
    )
    found = read_spreadsheet(io.BytesIO(body), "a.xlsx")
    assert (found.sheet.name, found.other_sheets) == ("Việc", ("Bìa", "Cũ"))


def test_a_hidden_sheet_comes_after_those_that_can_be_seen():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes(tasks([1, "Ẩn", "A"]), tasks([1, "Rõ", "B"])))
    )
    book.worksheets[0].sheet_state = "hidden"
    book.worksheets[1].row_dimensions[2].hidden = True
    book.active = 1
    stream = io.BytesIO()
    book.save(stream)
    found = read_spreadsheet(io.BytesIO(stream.getvalue()), "a.xlsx")
    assert (found.sheet.grid[1][1], found.other_sheets) == ("Rõ", ("Trang 1",))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_any_common_dress_is_read(delimiter, encoding):
    lines = ["STT", "Nhiệm vụ", "Chủ trì"], ["1", f'"Việc{delimiter} ""một""\nhai"', "Sở A; Sở B"]
    lines[1][2] = f'"{lines[1][2]}"'
    body = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    found = read_spreadsheet(io.BytesIO(body), "a.csv")
    assert found.media_type == "text/csv"
    assert found.sheet.grid[1] == ["1", f'Việc{delimiter} "một"\nhai', "Sở A; Sở B"]


def test_a_csv_that_names_its_separator_is_believed():
    body = "sep=;\r\nSTT;Nhiệm vụ;Chủ trì\r\n1;a,b,c,d,e,f;Sở A".encode()
    assert grid_of(body, "a.csv") == [
        [],
        ["STT", "Nhiệm vụ", "Chủ trì"],
        ["1", "a,b,c,d,e,f", "Sở A"],
    ]


def old(text):
    """Encode as Windows-1258: shaped letters whole, tones after them."""
    shapes = {"\u0302", "\u0306", "\u031b"}
    out = ""
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        shape = "".join(mark for mark in marks if mark in shapes)
        out += unicodedata.normalize("NFC", base + shape) + "".join(
            m for m in marks if m not in shapes
        )
    return out.encode("cp1258")


def test_the_old_vietnamese_code_page_is_read_where_it_is_certain():
    assert grid_of(old("STT;Nhiệm vụ;Chủ trì\n1;Rà soát đất đai;Sở Nội vụ"), "a.csv")[1] == [
        "1", "Rà soát đất đai", "Sở Nội vụ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "STT;NhiÖm vô;Chñ tr×\n1;ViÖc;Së".encode("latin-1"),
        "STT;Nhiệm vụ;Chủ trì\n".encode()[:-4] + b"\xff\xfe",
        old("Họ tên;Quê quán\nAn;Ninh Hòa"),
        old("STT;Nhiệm vụ;Chủ trì\n1;") + b"\xdf\xff",
    ],
)
def test_an_uncertain_encoding_is_refused(body):
    assert refused(body, "a.csv") == "unknown_encoding"


def test_a_quote_never_closed_is_refused_with_its_row():
    body = 'STT,Nhiệm vụ,Chủ trì\n1,"Việc,Sở A\n2,Việc,Sở B\n'.encode()
    with pytest.raises(Refused) as refusal:
        read_spreadsheet(io.BytesIO(body), "a.csv")
    assert (refusal.value.code, refusal.value.params["row"]) == ("broken_file", 2)


def test_our_own_exports_come_back_with_their_values():
    rows = [[1, "=1+1", "-Sở A"], [2, "'=x", "a\n- b"], [3, "Việc", "Sở; =C"]]
    columns = ["STT", "Nhiệm vụ", "Chủ trì"]
    for body in (
        csv_text(columns, rows).encode(),
        xlsx(columns, rows, "Danh mục", {"Lọc": "tất cả"}),
    ):
        grid = grid_of(body)
        assert [row[1:3] for row in grid[-3:]] == [row[1:] for row in rows]


SHEET_LIMITS = SheetLimits(max_rows=50, max_columns=20, max_cells=200, max_letters=10_000)


def cells(*places, value="<v>1</v>"):
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, p))}"><c r="{p}">{value}</c></row>' for p in places
    )
    return f"<sheetData>{HEADED}{rows}</sheetData>"


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ('<dimension ref="A1:XFD1048576"/>' + cells("A2"), "too_many_cells"),
        (cells("A51"), "too_many_rows"),
        (cells("U2"), "too_many_columns"),
        (cells("XFD1048576"), "too_many_rows"),
        ("<sheetData>" + "<row>" + "<c><v>1</v></c>" * 201 + "</row></sheetData>", "too_many_cells"),
        ("<sheetData>" + "<row><c><v>1</v></c></row>" * 51 + "</sheetData>", "too_many_rows"),
        ("<sheetData><row>" + "<c><v>1</v></c>" * 21 + "</row></sheetData>", "too_many_columns"),
        ("<sheetData>" + '<row><c s="1"/></row>' * 201 + "</sheetData>", "too_many_cells"),
        (cells("A2") + '<mergeCells><mergeCell ref="A1:C100"/></mergeCells>', "too_many_cells"),
        (cells("A2") + "<mergeCells>" + '<mergeCell ref="A1"/>' * 51 + "</mergeCells>", "too_many_cells"),
        ('<dimension ref="A1:XFD10000000"/>' + cells("A2"), "too_many_cells"),
        ("<x:c/>" * 201, "too_many_cells"),
        ('<sheetData><row r="1"><c r="A1" x="&gt;"><v>1</v></c><c a=">" r="B900"><v>1</v></c></row></sheetData>',
         "too_many_rows"),
    ],
)  # fmt: skip
def test_a_sheet_too_large_is_refused_before_it_is_built(sheet, code):
    assert refused(files.xlsx(sheet), sheet_limits=SHEET_LIMITS) == code


def test_a_sheet_at_its_limits_is_read():
    grid = grid_of(files.xlsx(cells("A50", "T2")), sheet_limits=SHEET_LIMITS)
    assert (len(grid), len(grid[0])) == (50, 20)


def test_far_away_cells_that_hold_nothing_are_no_matter():
    sheet = cells("A2").replace(
        "</sheetData>", '<row r="900"><c r="XFD900" s="3"/></row></sheetData>'
    )
    assert len(grid_of(files.xlsx(sheet), sheet_limits=SHEET_LIMITS)) == 2


def test_one_long_text_in_many_cells_is_refused():
    pointers = "".join(f'<row><c t="s"><v>{k % 2}</v></c></row>' for k in range(40))
    sheet = f"<sheetData>{HEADED}{pointers}</sheetData>"
    assert (
        refused(files.xlsx(sheet, strings=["x" * 1000, "y"]), sheet_limits=SHEET_LIMITS)
        == "too_much_text"
    )
    mostly_short = sheet.replace("<v>0</v>", "<v>1</v>", 15)
    assert grid_of(files.xlsx(mostly_short, strings=["x" * 1000, "y"]), sheet_limits=SHEET_LIMITS)


def test_a_sheet_that_hides_behind_another_name_is_refused():
    assert refused(files.xlsx(cells("A2"), root="other")) == "broken_file"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_file"),
        (files.pdf(), "not_a_spreadsheet"),
        (files.png(), "not_a_spreadsheet"),
        (files.docx(), "not_a_spreadsheet"),
        (b"<html><table><tr><td>STT</td></tr></table></html>", "not_a_spreadsheet"),
        (b"\x00\x01\x02binary", "not_a_spreadsheet"),
        (b"MZ\x00", "executable_file"),
        (files.EICAR.encode(), "infected_file"),
        (files.compound("Root Entry", "EncryptedPackage"), "locked_file"),
        (files.compound("Workbook"), "unsupported_spreadsheet"),
        (files.compound("Workbook", "_VBA_PROJECT_CUR"), "macro_file"),
        (files.open_document("spreadsheet"), "unsupported_spreadsheet"),
        (files.xlsx(extra={"xl/vbaProject.bin": b"x"}), "macro_file"),
        (files.xlsx(types='<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'), "macro_file"),
        (files.xlsx("<sheetData/>"), "empty_sheet"),
        (files.xlsx(), "no_task_heading"),
        (workbook_bytes([["Một", "hai"]]), "no_task_heading"),
        ("một,hai\n1,2".encode(), "no_task_heading"),
        (b" \n\n", "empty_sheet"),
        (workbook_bytes([["a"]])[:-40], "broken_file"),
        (files.xlsx("<sheetData><row></sheetData>"), "broken_file"),
        (files.xlsx(declaration='<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'), "unsafe_xml"),
        (files.xlsx(extra={"xl/sharedStrings.xml": '<!DOCTYPE s SYSTEM "file:///etc/passwd"><sst/>'}), "unsafe_xml"),
        (files.xlsx(extra={"xl/media/a.zip": files.archive({"a": b"\0" * 10})}), "nested_archive"),
        (files.xlsx(extra={"xl/media/a.bin": b"\0" * (30 * MEGABYTE)}), "zip_bomb"),
        (files.xlsx(extra={f"xl/media/{k}": "" for k in range(2000)}), "too_many_parts"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_task_sheet_is_refused_with_its_reason(body, code):
    assert refused(body, "bảng.xlsx") == code


@pytest.mark.parametrize(
    "body",
    [
        workbook_bytes(tasks([1, "Việc", "Sở A"]), [["Bìa", "TỐI MẬT"]]),
        files.xlsx(cells("A2") + "<headerFooter><oddHeader>MẬT</oddHeader></headerFooter>"),
        files.xlsx(cells("A2") + "<headerFooter><evenFooter>a</evenFooter><firstFooter>M Ậ T</firstFooter></headerFooter>"),
        files.xlsx(cells("A2"), extra={"xl/drawings/drawing1.xml": "<d><a:t xmlns:a='a'>MẬT</a:t></d>"}),
        "Độ mật: Mật\nSTT,Nhiệm vụ,Chủ trì\n1,Việc,Sở A".encode(),
    ],
)  # fmt: skip
def test_a_marking_anywhere_in_the_file_refuses_it_whole(body):
    assert refused(body) == "secret_document"


def test_no_more_than_the_limit_is_read():
    class Stream(io.BytesIO):
        def read(self, size=-1):
            assert size == 1001
            return super().read(size)

    with pytest.raises(Refused) as refusal:
        read_spreadsheet(Stream(b"x" * 5000), "a.csv", UploadLimits(max_bytes=1000))
    assert refusal.value.code == "file_too_large"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("STT,Nhiệm vụ,Chủ trì\n" + "1,a,b\n" * 50, "too_many_rows"),
        ("STT,Nhiệm vụ,Chủ trì\n" + "," * 20, "too_many_columns"),
        ("STT,Nhiệm vụ,Chủ trì\n" + "1,2,3,4,5,6,7,8,9\n" * 22, "too_many_cells"),
    ],
)
def test_a_csv_too_large_is_refused(text, code):
    assert refused(text.encode(), "a.csv", sheet_limits=SHEET_LIMITS) == code


def test_a_parser_that_panics_is_a_refusal_and_a_stop_is_still_a_stop(monkeypatch):
    class PanicException(BaseException):  # the parser's own name for it
        pass

    def fail(error):
        def load(_):
            raise error

        monkeypatch.setattr(workbook.calamine, "load_workbook", load)

    fail(PanicException())
    assert refused(workbook_bytes(PROVINCE_SHEET)) == "broken_file"
    fail(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        read_spreadsheet(io.BytesIO(workbook_bytes(PROVINCE_SHEET)), "a.xlsx")


def test_charts_times_and_long_prologues_are_no_hindrance():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes(tasks([1, "Việc", "Sở A", time(8, 5)])))
    )
    book.create_chartsheet("Biểu đồ")
    stream = io.BytesIO()
    book.save(stream)
    found = read_spreadsheet(io.BytesIO(stream.getvalue()), "a.xlsx")
    assert (found.sheet.grid[1][3], found.other_sheets) == ("08:05:00", ())
    late = files.xlsx(cells("A2"), declaration="<!--" + "x" * 100_000 + "-->")
    assert grid_of(late)[1][0] == 1


def test_page_ends_do_not_disturb_and_a_reference_to_nowhere_is_refused():
    ends = "<headerFooter><oddHeader>Trang</oddHeader></headerFooter><drawing/>"
    assert grid_of(files.xlsx(cells("A2") + ends))[1][0] == 1
    strange = '<mergeCells><mergeCell ref="?"/></mergeCells>'
    assert refused(files.xlsx(cells("A2") + strange)) == "broken_file"


def test_more_shared_texts_than_cells_are_refused():
    body = files.xlsx(cells("A2"), strings=["x"] * 201)
    assert refused(body, sheet_limits=SHEET_LIMITS) == "too_many_cells"


def test_a_workbook_without_its_links_is_refused():
    parts = {"[Content_Types].xml": files.content_types("xlsx"), "xl/workbook.xml": "<workbook/>"}
    assert refused(files.archive(parts)) == "broken_file"


def test_a_csv_field_without_end_is_refused():
    body = "STT,Nhiệm vụ,Chủ trì\n1,".encode() + b"x" * 200_000
    assert refused(body, "a.csv") == "broken_file"


SOUND = workbook_bytes(PROVINCE_SHEET)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=6),
    st.integers(0, 3000),
)
def test_a_damaged_workbook_is_read_or_refused_and_never_an_accident(changes, cut):
    damaged = bytearray(SOUND)
    for at, value in changes:
        damaged[at] = value
    try:
        read_spreadsheet(io.BytesIO(bytes(damaged[: len(SOUND) - cut * (not changes)])), "a.xlsx")
    except Refused:
        return


MARKUP = st.lists(
    st.sampled_from(
        ["<row>", "</row>", '<row r="3">', "<c>", '<c r="B2" t="s">', '<c t="e">', '<c r="ZZ9">', "</c>",
         "<v>1</v>", "<v>-1</v>", "<v>1e400</v>", "<v>x</v>", "<f>A1</f>", "<is><t>a</t></is>", '<c t="b">',
         '<c t="d"><v>2021-99-99</v></c>', '<c s="9"><v>1</v></c>', '<row r="0">', '<c r="A0">', '<row r="x">']
    ),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(MARKUP)
def test_strange_markup_is_read_or_refused_and_never_an_accident(markup):
    body = files.xlsx(f"<sheetData>{HEADED}{markup}</sheetData>", strings=["một"])
    try:
        grid_of(body)
    except Refused:
        return


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(content):
    try:
        read_spreadsheet(io.BytesIO(content), "a")
    except Refused:
        return


def test_rows_that_are_hidden_are_read_and_named():
    book = openpyxl.Workbook()
    for row in (["Nhiệm vụ", "Chủ trì"], ["Việc một", "Sở Nội vụ"], ["Việc hai", "Sở Y tế"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    sheet = read_spreadsheet(io.BytesIO(stream.getvalue()), "a.xlsx").sheet
    assert (len(sheet.grid), sheet.hidden_rows) == (3, {2})


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("mm/yyyy", "09/2021"),
        ("mmm-yy", "09/2021"),
        ('"Tháng" m"/"yyyy', "09/2021"),
        ("[$-42A]mmmm\\ yyyy;@", "09/2021"),
        ("yyyy", "2021"),
        ("dd/mm/yyyy", date(2021, 9, 1)),
        ('d" tháng "m" năm "yyyy', date(2021, 9, 1)),
        ("dd/mm", date(2021, 9, 1)),
        ("yyyy-mm-dd hh:mm", date(2021, 9, 1)),
    ],
)
def test_a_date_whose_cell_shows_no_day_is_the_month_a_reader_sees(form, shown):
    book = openpyxl.Workbook()
    book.active.append(["Nhiệm vụ", "Chủ trì", "Thời hạn"])
    book.active.append(["Việc", "Sở Nội vụ", date(2021, 9, 1)])
    book.active["C2"].number_format = form
    book.active.append(["Việc", 44469, None])
    book.active["A3"].number_format = form
    stream = io.BytesIO()
    book.save(stream)
    grid = grid_of(stream.getvalue())
    assert grid[1] == ["Việc", "Sở Nội vụ", shown]
    assert grid[2][:2] == ["Việc", 44469]
