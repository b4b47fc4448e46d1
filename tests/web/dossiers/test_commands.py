"""`dondoc dossiers`: JSON on standard output, words on standard error, a status for each end."""

import csv
import json
import unicodedata
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from digest import digest_of
from intake import dossiers, imports, row, rows_of, write

from models.dossiers.rows import DossierStepRow
from web.dossiers.commands import dossiers as command
from web.dossiers.shipped import FOLDER, shipped_profiles
from web.exports.tables import xlsx

LOG = Path("/work/shared/data/permit_receipt_2011.csv")
LEDGER = frozenset({"dossier_imports"})
ONE_STOP = (
    "MaHoSo", "ChuHoSo", "MaTTHC", "TenTTHC", "LinhVuc", "DonVi", "KenhThucHien", "NgayTiepNhan",
    "NgayHenTra", "NgayYeuCauBoSung", "NgayBoSung", "NgayKetThucXuLy", "TrangThai", "NgayXinLoi",
)  # fmt: skip


@pytest.fixture
def run(world):
    """Run the command and return its result."""
    runner = world.app.test_cli_runner()

    def invoked(*words):
        return runner.invoke(command, list(map(str, words)))

    return invoked


def told(result):
    assert result.exit_code == 0, (result.output, result.stderr)
    return json.loads(result.stdout)


def one_stop(number, **more):
    base = {
        "MaHoSo": f"000.00.10.H32-210901-{number:04d}", "ChuHoSo": "Nguyễn Thị Bí Mật",
        "TenTTHC": "Cấp đổi giấy chứng nhận", "LinhVuc": "Đất đai", "DonVi": "UBND huyện Cam Lâm",
        "KenhThucHien": "Trực tiếp", "NgayTiepNhan": "01/09/2021 08:00:00",
        "NgayHenTra": "10/09/2021", "TrangThai": "Đang xử lý",
    }  # fmt: skip
    return base | more


# --- the real log --------------------------------------------------------------------------

needs_log = pytest.mark.skipif(not LOG.exists(), reason="the permit log is not on this machine")


def counted_by_hand(on):
    """Received, ended on time, ended late, open late: by the days as the file writes them."""
    cases = {}
    with LOG.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            cases[line["case:concept:name"]] = line
    counts = defaultdict(lambda: [0, 0, 0, 0, 0])
    for case in cases.values():
        start, promised, end = (
            case[name][:10] for name in ("case:startdate", "case:enddate_planned", "case:enddate")
        )
        if start > on:
            continue
        ended = bool(end) and end <= on
        tally = counts[case["case:department"]]
        tally[0] += 1
        tally[1] += ended
        tally[2] += ended and end <= promised
        tally[3] += ended and end > promised
        tally[4] += not ended and on > promised
    return counts


@needs_log
def test_the_permit_log_goes_in_whole_and_its_counts_are_those_of_the_file(world, run):
    with LOG.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.reader(file)) - 1
    first = told(
        run("import", LOG, "--profile", FOLDER / "permit_receipt.toml", "--as-of", "2012-06-30",
            "--json")
    )  # fmt: skip
    hand = counted_by_hand("2012-06-30")
    late = sum(tally[3] + tally[4] for tally in hand.values())
    assert first == {
        "rows": rows, "created": 1434, "updated": 0, "unchanged": 0, "rejected": 0,
        "violations": {"V16": late},
    }  # fmt: skip
    assert len(rows_of(world, DossierStepRow)) == rows == 8577
    by_agency = told(run("overdue", "--as-of", "2012-06-30", "--by", "agency,field", "--json"))
    assert {
        one["agency"]: [one[k] for k in ("received", "ended", "on_time", "late", "open_late")]
        for one in by_agency
    } == hand
    [total] = told(run("overdue", "--as-of", "2012-06-30", "--json"))
    sums = [sum(column) for column in zip(*hand.values(), strict=True)]
    assert list(total.values()) == [None, None, *sums, sums[2] / (sums[2] + sums[3] + sums[4])]
    assert sums[0] == 1434


@needs_log
@pytest.mark.parametrize("on", ["2010-10-01", "2011-03-31", "2011-10-30", "2012-01-23"])
def test_the_counts_are_those_of_the_file_on_any_day(world, run, on):
    run("import", LOG, "--profile", "permit_receipt", "--as-of", on)
    rows = told(run("overdue", "--as-of", on, "--by", "agency", "--json"))
    assert {
        one["agency"]: [one[k] for k in ("received", "ended", "on_time", "late", "open_late")]
        for one in rows
    } == counted_by_hand(on)
    assert {one["field"] for one in rows} <= {None}


@needs_log
def test_the_log_again_and_in_parts_leaves_what_stood(world, run, tmp_path):
    said = ("--profile", "permit_receipt", "--as-of", "2012-06-30", "--json")
    told(run("import", LOG, *said))
    before = digest_of(world.office.engine, without=LEDGER)
    again = told(run("import", LOG, *said))
    assert (again["unchanged"], again["created"], again["updated"]) == (1434, 0, 0)
    heading, *lines = LOG.read_text(encoding="utf-8").splitlines(keepends=True)
    for start in (6000, 0, 3000):
        part = tmp_path / "part.csv"
        part.write_text(heading + "".join(lines[start : start + 3500]), encoding="utf-8")
        assert told(run("import", part, *said))["updated"] == 0
    assert digest_of(world.office.engine, without=LEDGER) == before


@needs_log
def test_the_day_that_counts_is_that_of_the_municipality(world, run):
    run("import", LOG, "--profile", "permit_receipt")
    stands = dossiers(world)["case-10011"]
    assert stands.received_on == date(2011, 10, 11)
    assert stands.received_at == datetime.fromisoformat("2011-10-11T13:42:22.688+02:00")


# --- a province's file ------------------------------------------------------------------


def test_a_file_that_counts_the_requests_tells_the_moment_of_the_last(world, run, tmp_path):
    asked = {"NgayYeuCauBoSung": "03/09/2021 09:30:00", "NgayBoSung": "06/09/2021"}
    rows = [one_stop(number, SoLanBoSung=str(number), **asked) for number in (1, 2)]
    path = write(tmp_path / "hs.csv", rows, (*ONE_STOP, "SoLanBoSung"))
    said = ("import", path, "--profile", "one_stop", "--as-of", "2021-09-08", "--json")
    assert told(run(*said))["violations"] == {"V11": 1}
    moments = [one.second_supplement_at for one in dossiers(world).values()]
    assert moments == [None, datetime(2021, 9, 3, 2, 30, tzinfo=UTC)]


def test_a_one_stop_file_goes_in_and_its_violations_are_counted(world, run, tmp_path):
    path = write(
        tmp_path / "hs.csv",
        [
            one_stop(1, NgayKetThucXuLy="09/09/2021", TrangThai="Đã trả kết quả"),
            one_stop(2, NgayKetThucXuLy="15/09/2021", TrangThai="Đã xử lý xong"),
            one_stop(3, NgayXinLoi="10/09/2021"),
            one_stop(4, NgayYeuCauBoSung="06/09/2021", TrangThai="Yêu cầu bổ sung"),
        ],
        ONE_STOP,
    )
    said = ("--profile", "one_stop", "--as-of", "2021-09-20", "--json")
    result = run("import", path, *said)
    assert told(result) == {
        "rows": 4, "created": 4, "updated": 0, "unchanged": 0, "rejected": 0,
        "violations": {"V16": 2, "V17": 1},
    }  # fmt: skip
    assert "detections off" in result.stderr
    assert "V18" in result.stderr
    assert "V17" not in result.stderr.split("detections off")[1]
    [one] = told(run("overdue", "--as-of", "2021-09-20", "--by", "field,agency", "--json"))
    assert one == {
        "agency": "H32.10", "field": "Đất đai", "received": 4, "ended": 2, "on_time": 1,
        "late": 1, "open_late": 1, "rate": 1 / 3,
    }  # fmt: skip


def test_mending_a_dossier_takes_its_violation_back(world, run, tmp_path):
    said = ("--profile", "one_stop", "--as-of", "2021-09-20", "--json")
    path = write(tmp_path / "hs.csv", [one_stop(1), one_stop(2)], ONE_STOP)
    assert told(run("import", path, *said))["violations"] == {"V16": 2, "V17": 2}
    mended = [one_stop(1, NgayXinLoi="09/09/2021"), one_stop(2, NgayHenTra="30/09/2021")]
    write(path, mended, ONE_STOP)
    assert told(run("import", path, *said))["violations"] == {"V16": 1}
    assert told(run("import", path, *said))["violations"] == {"V16": 1}


def test_a_dry_run_says_what_would_be_and_leaves_nothing(world, run, tmp_path):
    path = write(tmp_path / "hs.csv", [one_stop(1), one_stop(2, NgayHenTra="mai")], ONE_STOP)
    run("import", path, "--profile", "one_stop", "--dry-run")
    before = digest_of(world.office.engine)
    result = run(
        "import", path, "--profile", "one_stop", "--as-of", "2021-09-20", "--dry-run", "--json"
    )
    assert told(result)["violations"] == {"V16": 1, "V17": 1}
    assert told(result)["rejected"] == 1
    assert "not_a_date" not in result.stderr
    assert "promised_on" in result.stderr
    assert digest_of(world.office.engine) == before
    assert imports(world) == []


def test_a_dossier_that_ended_before_it_was_received_is_taken_in_and_told(world, run, tmp_path):
    early = one_stop(1, NgayKetThucXuLy="31/08/2021 09:00:00", TrangThai="Đã trả kết quả")
    right = one_stop(2, NgayKetThucXuLy="02/09/2021 09:00:00", TrangThai="Đã trả kết quả")
    path = write(tmp_path / "a.csv", [early, right], ONE_STOP)
    result = run("import", path, "--profile", "one_stop", "--json")
    assert (told(result)["created"], told(result)["rejected"]) == (2, 0), result.stderr
    assert (
        f"ended before it was received: {early['MaHoSo']} (2021-08-31 before 2021-09-01)"
        in result.stderr
    )
    assert right["MaHoSo"] not in result.stderr


def test_rejected_rows_are_written_to_a_file_that_runs_nothing(world, run, tmp_path):
    place = tmp_path / "loi.csv"
    path = write(
        tmp_path / "hs.csv",
        [
            one_stop(1, NgayHenTra='=HYPERLINK("http://x","y")'),
            one_stop(2, ChuHoSo="Nguyễn Thị Bí Mật" * 99),
            one_stop(3, MaHoSo="+1-1"),
        ],
        ONE_STOP,
    )
    result = run("import", path, "--profile", "one_stop", "--rejected", place, "--json")
    assert told(result)["rejected"] == 3
    assert str(place) in result.stderr
    text = place.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    told_of = ("dondoc_line", "dondoc_field", "dondoc_reason")
    assert [tuple(one[name] for name in told_of) for one in rows] == [
        ("2", "promised_on", "not_a_date"), ("3", "applicant", "too_long"),
        ("4", "code", "bad_code"),
    ]  # fmt: skip
    assert rows[0]["NgayHenTra"].startswith("'=HYPERLINK")
    assert rows[2]["MaHoSo"] == "'+1-1"
    assert rows[1]["ChuHoSo"] == "Nguyễn Thị Bí Mật" * 99
    assert "Bí Mật" not in result.stderr
    assert "Không đọc được ngày" in rows[0]["dondoc_why"]
    assert place.stat().st_mode & 0o077 == 0
    tried = tmp_path / "thu.csv"
    run("import", path, "--profile", "one_stop", "--dry-run", "--rejected", tried)
    assert tried.read_bytes() == place.read_bytes(), "a trial tells them in the same order"


def test_the_file_of_rejected_rows_is_mended_and_taken_in_as_it_is(world, run, tmp_path):
    """Also the second time, when it has our own columns, and where a cell begins like a formula."""
    place, again = tmp_path / "loi.csv", tmp_path / "con-loi.csv"
    path = write(
        tmp_path / "hs.csv",
        [
            one_stop(1, NgayHenTra="mai", LinhVuc="=Đất đai"),
            one_stop(2, NgayHenTra="hôm nào"), one_stop(3),
        ],
        ONE_STOP,
    )  # fmt: skip
    run("import", path, "--profile", "one_stop", "--rejected", place, "--json")
    text = place.read_text(encoding="utf-8-sig")
    good = one_stop(3)["NgayHenTra"]
    place.write_text(text.replace('"mai"', f'"{good}"'), encoding="utf-8-sig")
    result = run("import", place, "--profile", "one_stop", "--rejected", again, "--json")
    assert (told(result)["created"], told(result)["rejected"]) == (1, 1)
    found = {one.field_text for one in dossiers(world).values()}
    assert "=Đất đai" in found
    [left] = csv.DictReader(again.read_text(encoding="utf-8-sig").splitlines())
    assert (left["NgayHenTra"], left["dondoc_line"]) == ("hôm nào", "3")
    heading = again.read_text(encoding="utf-8-sig").splitlines()[0]
    assert heading.count("dondoc_line") == 1


@pytest.mark.parametrize("kind", ["xlsx", "semicolons", "cp1258"])
def test_rejected_rows_come_back_from_every_kind_of_file(world, run, tmp_path, kind):
    good, rows = one_stop(2)["NgayHenTra"], [one_stop(1, NgayHenTra="mai"), one_stop(2)]
    profile = "one_stop"
    if kind == "xlsx":
        path = tmp_path / "hs.xlsx"
        path.write_bytes(xlsx(list(ONE_STOP), [[r.get(c, "") for c in ONE_STOP] for r in rows]))
    else:
        path, profile = tmp_path / "hs.csv", tmp_path / "p.toml"
        write(path, rows, ONE_STOP)
        text = path.read_text(encoding="utf-8").replace(",", ";")
        told_as = 'delimiter = ";"' + ('\nencoding = "windows-1258"' if kind == "cp1258" else "")
        if kind == "cp1258":
            path.write_bytes(in_1258(text))
        else:
            path.write_text(text, encoding="utf-8")
        shipped = shipped_profiles()["one_stop"]
        profile.write_text(f"{shipped}\n[file]\n{told_as}\n", encoding="utf-8")
    place = tmp_path / "loi.csv"
    result = run("import", path, "--profile", profile, "--rejected", place, "--json")
    assert (told(result)["created"], told(result)["rejected"]) == (1, 1), result.stderr
    text = place.read_text(encoding="utf-8-sig")
    assert "mai" in text
    place.write_text(text.replace('"mai"', f'"{good}"'), encoding="utf-8-sig")
    result = run("import", place, "--profile", profile, "--json")
    assert (told(result)["created"], told(result)["rejected"]) == (1, 0), result.stderr


def in_1258(text):
    """Vietnamese as old programs write it: the tone behind its letter."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tones = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tones))
            out += [rest.encode("cp1258"), "".join(tones).encode("cp1258")]
    return b"".join(out)


def test_without_a_place_named_rejected_rows_lie_in_the_instance_folder(world, run, tmp_path):
    path = write(tmp_path / "hs.csv", [one_stop(1, NgayHenTra="mai")], ONE_STOP)
    result = run("import", path, "--profile", "one_stop")
    place = world.office.settings.instance / "rejected" / "import-1.csv"
    assert str(place) in result.stderr
    assert place.read_text(encoding="utf-8-sig").count("\n") == 2


def test_the_personal_part_of_a_file_stands_in_no_message(world, run, tmp_path):
    rows = [one_stop(1), one_stop(2, ChuHoSo="Nguyễn Thị Bí Mật " * 40)]
    path = write(tmp_path / "hs.csv", rows, ONE_STOP)
    for more in ((), ("--dry-run",)):
        result = run("import", path, "--profile", "one_stop", *more)
        assert "Bí Mật" not in result.stdout + result.stderr


# --- refusals ---------------------------------------------------------------------------


def refused(result, *words):
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    for word in words:
        assert word in lines[0]


def test_a_file_without_the_columns_is_refused_with_what_it_has(world, run, tmp_path):
    path = write(tmp_path / "x.csv", [row("A")])
    refused(run("import", path, "--profile", "one_stop"), "columns_missing", "MaHoSo", "received")
    assert imports(world) == []


def test_a_profile_that_cannot_stand_is_refused_by_its_paths(world, run, tmp_path):
    path = write(tmp_path / "x.csv", [row("A")])
    profile = tmp_path / "p.toml"
    profile.write_text('name = "x"\nsuorce = "x"\n[columns]\ncode = "a"\n', encoding="utf-8")
    refused(run("import", path, "--profile", profile), "suorce", "source", "columns.received_at")


def test_an_unknown_profile_and_an_empty_file_are_refused(world, run, tmp_path):
    path = write(tmp_path / "x.csv", [row("A")])
    refused(run("import", path, "--profile", "nobody"), "profile_missing", "one_stop")
    empty = tmp_path / "empty.csv"
    empty.touch()
    refused(run("import", empty, "--profile", "one_stop"), "empty_file")


@pytest.mark.parametrize(
    "words",
    [
        ("import", "nowhere.csv", "--profile", "one_stop"),
        ("import", __file__),
        ("import", __file__, "--profile", "one_stop", "--as-of", "hôm nay"),
        ("overdue",),
        ("overdue", "--as-of", "2021-02-30"),
        ("overdue", "--as-of", "2021-02-20", "--by", "agency,colour"),
    ],
)
def test_wrong_usage_ends_with_two(run, words):
    assert run(*words).exit_code == 2


def test_an_empty_database_has_nothing_to_count(run):
    assert told(run("overdue", "--as-of", "2021-09-20", "--json")) == []
    assert run("overdue", "--as-of", "2021-09-20").stdout == ""
