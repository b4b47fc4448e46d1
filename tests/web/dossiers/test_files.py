"""Files as offices and others make them: read in full, or refused before anything is kept."""

import csv
from datetime import date, datetime

import pytest
import xlsxwriter
from cost import room_of, seconds_of
from digest import digest_of
from intake import COLUMNS, dossiers, rejects, row, take, told, write

from tests.fixtures import files
from web.dossiers.opening import open_dossiers
from web.uploads import tables
from workflow.dossiers import picking
from workflow.dossiers.profile_text import read_profile
from workflow.errors import Refused

SMALL = """
name = "small"
source = "s"
time_zone = "Asia/Ho_Chi_Minh"
promised_includes_waits = false
[columns]
code = "code"
received_at = "received"
officer = "officer"
"""


def small(more=""):
    return read_profile(SMALL + more)


def officers(world):
    return {code: one.officer for code, one in dossiers(world).items()}


def taken(world, tmp_path, body, profile=None, name="x.csv"):
    path = tmp_path / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    take(world, path, profile or small())
    return officers(world)


# --- CSV, as csv-spectrum and worse ------------------------------------------------------

HEAD = "code,received,officer\n"
SPECTRUM = [
    # the body below the heading, what the officers are
    ("A,2021-09-01,John\n", {"A": "John"}),
    ('A,2021-09-01,"Đặng, A"\n', {"A": "Đặng, A"}),
    ('A,2021-09-01,"ông ""A"""\n', {"A": 'ông "A"'}),
    ('A,2021-09-01,"một\nhai"\n', {"A": "một hai"}),
    ('A,2021-09-01,"một\r\nhai ""ba"""\r\n', {"A": 'một hai "ba"'}),
    ('A,2021-09-01,""\n"B",2021-09-01,\n', {"A": "", "B": ""}),
    ('A,2021-09-01,"{""type"": ""Point""}"\n', {"A": '{"type": "Point"}'}),
    ("A,2021-09-01,ʤ\n", {"A": "ʤ"}),
    ("A,2021-09-01,x", {"A": "x"}),
    ("A,2021-09-01,x\r\n\r\nB,2021-09-01,y\r\n", {"A": "x", "B": "y"}),
    ("A,2021-09-01,x\rB,2021-09-01,y\r", {"A": "x", "B": "y"}),
    (",,\nA,2021-09-01,x\n,,\n", {"A": "x"}),
    ("A,2021-09-01,=1+1\n", {"A": "=1+1"}),
    ("A,2021-09-01,\u200bx\u00a0 y\n", {"A": "x y"}),
    ("A,2021-09-01,a\x1fb\n", {"A": "a b"}),
]


@pytest.mark.parametrize(("body", "found"), SPECTRUM)
def test_a_csv_file_is_read_as_it_is_quoted(world, tmp_path, body, found):
    assert taken(world, tmp_path, HEAD + body) == found


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_common_separator_is_found_out(world, tmp_path, mark):
    body = f"{HEAD}A,2021-09-01,x\n".replace(",", mark)
    assert taken(world, tmp_path, body) == {"A": "x"}


def test_a_separator_may_be_named_by_the_file_or_by_the_profile(world, tmp_path):
    body = "sep=;\ncode;received;officer\nA;2021-09-01;a,b\n"
    assert taken(world, tmp_path, body) == {"A": "a,b"}
    body = "code|received|officer\nB|2021-09-01|a;b\n"
    assert taken(world, tmp_path, body, small('[file]\ndelimiter = "|"'))["B"] == "a;b"


@pytest.mark.parametrize(
    ("encoding", "profile"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", '[file]\nencoding = "utf-16"'),
        ("cp1258", '[file]\nencoding = "windows-1258"'),
    ],
)
def test_the_encodings_of_offices_are_read(world, tmp_path, encoding, profile):
    import unicodedata

    text = f"{HEAD}A,2021-09-01,Đặng Ơ\n"
    body = (unicodedata.normalize("NFD", "Đặng") + " Ơ") if encoding == "cp1258" else "Đặng Ơ"
    text = text.replace("Đặng Ơ", _for_1258(body) if encoding == "cp1258" else body)
    assert taken(world, tmp_path, text.encode(encoding), small(profile)) == {"A": "Đặng Ơ"}


def _for_1258(text):
    """The code page has â and ơ as one sign, the tone as another."""
    return text.replace("a\u0323\u0306", "ă\u0323")


def test_the_line_named_is_the_one_a_row_begins_on(world, tmp_path):
    body = HEAD + 'A,2021-09-01,"một\nhai\nba"\nB,hôm qua,x\n'
    taken(world, tmp_path, body)
    assert rejects(world) == [(5, "B", "received_at", "not_a_date")]


REFUSED = [
    # the bytes, the code
    (b"", "empty_file"),
    (b"\n\n\n", "empty_sheet"),
    ("mã;ngày\n".encode(), "columns_missing"),
    ((HEAD + 'A,2021-09-01,"x\n').encode(), "broken_file"),
    ((HEAD + 'A,2021-09-01,"x"y\n').encode(), "broken_file"),
    ((HEAD + "A,2021-09-01,\x00\n").encode(), "not_a_spreadsheet"),
    ((HEAD + "A,2021-09-01,").encode() + b"\xff\xfe\n", "unknown_encoding"),
    ((HEAD + "A,2021-09-01,Đặng\n").encode("utf-16-le"), "unknown_encoding"),
    (("x" * 200_000).encode(), "broken_file"),
    (b"a," * 2_000_000, "line_too_long"),
    (HEAD.encode() + b"a," * 2_000_000, "line_too_long"),
    (HEAD.encode() + b'"\n",' * 1_100_000, "line_too_long"),
    (HEAD.encode() + b'"A",2021-09-01,"' + (b"x" * 99_000 + b'\n","') * 400, "line_too_long"),
    (b"%PDF-1.4\n", "not_a_spreadsheet"),
    (b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
    (b"MZ\x90\x00" + b"\x00" * 100, "executable_file"),
    (b"<html><table></table></html>", "not_a_spreadsheet"),
    (files.EICAR.encode(), "infected_file"),
    (files.compound("Workbook"), "unsupported_spreadsheet"),
    (files.docx(), "not_a_spreadsheet"),
    (files.open_document("spreadsheet"), "unsupported_spreadsheet"),
    (files.archive({"a.csv": HEAD}), "file_type_not_allowed"),
]


@pytest.mark.parametrize(("body", "code"), REFUSED)
def test_what_is_no_table_is_refused_and_nothing_is_kept(world, tmp_path, body, code):
    before = digest_of(world.office.engine)
    with pytest.raises(Refused) as refusal:
        taken(world, tmp_path, body)
    assert refusal.value.code == code
    assert digest_of(world.office.engine) == before


def test_a_file_broken_at_its_end_leaves_nothing_of_its_beginning(world, tmp_path):
    rows = "".join(f"H{n},2021-09-01,x\n" for n in range(3000))
    before = digest_of(world.office.engine)
    with pytest.raises(Refused) as refusal:
        taken(world, tmp_path, (HEAD + rows).encode() + b"Z,2021-09-01,\xff\n")
    assert (refusal.value.code, refusal.value.params["row"]) == ("unknown_encoding", 3002)
    assert digest_of(world.office.engine) == before


@pytest.mark.parametrize(
    ("name", "above"), [("Hồ sơ (Mật).csv", ""), ("x.csv", "MẬT,,\nDanh sách hồ sơ,,\n")]
)
def test_a_marked_document_is_refused_by_its_name_and_by_its_title(tmp_path, name, above):
    path = tmp_path / name
    path.write_text(f"{above}{HEAD}A,2021-09-01,x\n", encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        open_dossiers(path, small())
    assert refusal.value.code == "secret_document"


def test_a_file_of_too_many_rows_is_refused(world, tmp_path, monkeypatch):
    monkeypatch.setattr(picking.Picker.__init__, "__kwdefaults__", {"most_rows": 100})
    with pytest.raises(Refused) as refusal:
        taken(world, tmp_path, HEAD + "".join(f"H{n},2021-09-01,x\n" for n in range(101)))
    assert refusal.value.code == "too_many_rows"
    assert dossiers(world) == {}


def test_a_column_of_names_taken_for_agencies_ends_the_import_with_its_reason(
    world, tmp_path, monkeypatch
):
    from workflow.dossiers import agencies

    monkeypatch.setattr(agencies, "MOST_WORDS", 20)
    profile = small('agency = "who"\n')
    body = "code,received,officer,who\n" + "".join(
        f"H{n:02d},2021-09-01,x,Nguyễn Văn {n}\n" for n in range(30)
    )
    with pytest.raises(Refused) as refusal:
        taken(world, tmp_path, body, profile)
    assert refusal.value.code == "too_many_agencies"
    from intake import imports

    [one] = imports(world)
    assert (one.state, one.failure, one.done_rows) == ("failed", "too_many_agencies", 0)


NAUGHTY = [
    "undefined", "NULL", "true", "1/0", "0xdeadbeef", "1E+02", "<script>alert(1)</script>",
    "' OR 1=1 --", "'; DROP TABLE dossiers; --", "\\copy", "\\N", "\\.", "%s", "{0}", "$(id)",
    "../../etc/passwd", "Ω≈ç√∫", "田中さん", "👾🙇🏽", "\u202eabc", "\ufeffx", "ﷺ", "a\u0301\u0301",
    "\u0000".replace("\u0000", " "), "\t\tx", "@SUM(A1)", "-1+1", "“”‘’", "İıſ", "Ẓ̌á̲l͔̝̞̄̑͌g̖̘̘̔̔͢͞͝o̪̔T̢̙̫̈̍͞e̬͈͕͌̏͑x̺̍ṭ̓̓ͅ",
]  # fmt: skip


def test_naughty_words_go_in_as_words_and_nothing_else_happens(world, tmp_path):
    lines = [row(f"N{n:03d}", officer=text, field=text) for n, text in enumerate(NAUGHTY)]
    lines += [row(text, officer="code") for text in NAUGHTY]
    take(world, write(tmp_path / "x.csv", lines))
    found = dossiers(world)
    from workflow.text import clean

    for n, text in enumerate(NAUGHTY):
        assert found[f"N{n:03d}"].officer == clean(text)
    before = told(world)
    again = take(world, write(tmp_path / "y.csv", list(reversed(lines))))
    assert again.done.counts.updated == 0
    assert told(world) == before


# --- XLSX --------------------------------------------------------------------------------


def workbook(tmp_path, rows, *, sheet="Hồ sơ", before=(), name="x.xlsx"):
    path = tmp_path / name
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for other in before:
        book.add_worksheet(other).write(0, 0, "Ghi chú")
    page = book.add_worksheet(sheet)
    for r, line in enumerate(rows):
        for c, value in enumerate(line):
            if isinstance(value, datetime):
                page.write_datetime(r, c, value, moment)
            elif isinstance(value, date):
                page.write_datetime(r, c, value, day)
            elif isinstance(value, str) and value.startswith("="):
                page.write_formula(r, c, value, value="")
            elif value is not None:
                page.write(r, c, value)
    book.close()
    return path


def test_a_workbook_says_the_same_as_a_csv_file(world, tmp_path):
    lines = [
        row("H-01", promised="10/09/2021", received="01/09/2021 08:30", officer="Đặng A"),
        row("H-02", promised="12/09/2021", received="01/09/2021", officer="007"),
    ]
    take(world, write(tmp_path / "x.csv", lines))
    before = told(world)
    columns = ["code", "agency", "field", "officer", "received", "promised"]
    rows = [list(COLUMNS)]
    for line in lines:
        cells = dict.fromkeys(COLUMNS) | {name: line.get(name) for name in columns}
        cells["promised"] = datetime.strptime(line["promised"], "%d/%m/%Y").date()  # noqa: DTZ007
        if ":" in line["received"]:
            cells["received"] = datetime(2021, 9, 1, 8, 30)  # noqa: DTZ001
        rows.append(list(cells.values()))
    again = take(world, workbook(tmp_path, rows))
    assert (again.done.counts.unchanged, again.done.counts.updated) == (2, 0)
    assert told(world) == before


def test_figures_dates_and_leading_zeros_of_a_workbook_are_kept(world, tmp_path):
    rows = [
        ["code", "received", "officer"],
        [150000, 44440, "007"],
        ["0012", 44440.5, 1.25],
        ["H3", date(2021, 9, 1), True],
        ["H4", "2021-09-01", None],
    ]
    take(world, workbook(tmp_path, rows), small())
    assert officers(world) == {"150000": "007", "0012": "1.25", "H3": "1", "H4": ""}
    assert {one.received_on for one in dossiers(world).values()} == {date(2021, 9, 1)}


def test_a_formula_without_its_result_is_no_value(world, tmp_path):
    rows = [["code", "received", "officer"], ["A", "=TODAY()", "x"], ["B", "2021-09-01", "=1+1"]]
    take(world, workbook(tmp_path, rows), small())
    assert officers(world) == {"B": "=1+1"}
    assert rejects(world) == [(2, "A", "received_at", "not_a_date")]


def test_the_sheet_is_the_one_with_the_columns_or_the_one_named(world, tmp_path):
    rows = [["DANH SÁCH HỒ SƠ"], [], ["code", "received", "officer"], ["A", "2021-09-01", "x"]]
    path = workbook(tmp_path, rows, before=("Hướng dẫn",))
    take(world, path, small())
    assert officers(world) == {"A": "x"}
    with pytest.raises(Refused) as refusal:
        open_dossiers(path, small('[file]\nsheet = "Khác"'))
    assert refusal.value.code == "sheet_missing"
    assert refusal.value.params["found"] == ["Hướng dẫn", "Hồ sơ"]


def test_cells_off_the_first_corner_stand_where_they_are(world, tmp_path):
    rows = [[], [], [None, "code", "received", "officer"], [None, "A", "2021-09-01", "x"]]
    take(world, workbook(tmp_path, rows), small())
    assert officers(world) == {"A": "x"}


BOMBS = {
    "zip_bomb": lambda: files.with_declared_size(files.xlsx(), "xl/workbook.xml", 2**31),
    "overlapping": lambda: files.overlapping(files.xlsx(), "xl/workbook.xml"),
    "macro": lambda: files.xlsx(extra={"xl/vbaProject.bin": b"x"}),
    "entities": lambda: files.xlsx(
        declaration='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    ),
    "wide": lambda: files.xlsx('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'),
    "deep": lambda: files.xlsx(
        '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_workbook_is_refused_soon_and_within_its_room(tmp_path, name):
    path = tmp_path / "x.xlsx"
    path.write_bytes(BOMBS[name]())

    def refuse():
        with pytest.raises(Refused):
            open_dossiers(path, small())

    assert room_of(refuse) < 100 * 1024**2
    assert seconds_of(refuse, allowed=10) < 10


def test_a_workbook_larger_than_the_limit_is_not_read(tmp_path, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(tables, "WORKBOOK", replace(tables.WORKBOOK, max_bytes=100))
    path = tmp_path / "x.xlsx"
    path.write_bytes(files.xlsx())
    with pytest.raises(Refused) as refusal:
        open_dossiers(path, small())
    assert refusal.value.code == "file_too_large"


def test_a_csv_file_of_any_size_is_read_in_little_room(tmp_path):
    """The reading alone: rows are handed over, put in order on disk and never held."""
    from web.dossiers.ordering import in_code_order

    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "received", "officer"])
        writer.writerows(
            (f"H{n * 7919 % 200_000:06d}", "2021-09-01", "x" * 100) for n in range(200_000)
        )
    opened = open_dossiers(path, small())
    picker = picking.Picker(small(), opened.layout)

    def read():
        last, count = "", 0
        for text in in_code_order(picker.pick(opened.rows()), tmp_path, run=5_000):
            assert text > last
            last, count = text, count + 1
        assert (count, picker.rows) == (200_000, 200_000)

    assert room_of(read) < 20 * 1024**2  # all rows at once take forty
