"""`dondoc escalation replay`, as other tools rely on it (product.md §9)."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from second_reading import read_again
from streams import random_day, random_rule, random_stream

from web.escalation.commands import escalation
from workflow.days import PROVINCE_ZONE
from workflow.escalation import sheet
from workflow.escalation.rulebook import rule_as_toml

BOOK = """\
[[rule]]
code = "MC-01"
violation_types = ["V16"]
group_by = ["field", "agency"]
window = { days = 30 }
levels = [3, 5]
"""
HEADING = "id,type,agency,field,procedure,officer,occurred_at,status\n"
THREE = """\
a,V16,Sở A,đất đai,,,2025-01-01T08:00:00,recorded
b,V16,Sở A,đất đai,,,2025-01-03,confirmed
c,V16,Sở A,đất đai,,,2025-01-05 10:00,
"""
EPISODE = (
    '{"rule": "MC-01", "group": {"agency": "Sở A", "field": "đất đai"}, '
    '"opened_on": "2025-01-05", "closed_on": "2025-01-31", "level": 1, '
    '"raises": [{"level": 1, "on": "2025-01-05", "score": 3, "violations": ["a", "b", "c"]}]}\n'
)


class Place:
    """A folder with a rule book and violations, and the command beside it."""

    def __init__(self, folder):
        self.book, self.table = folder / "r.toml", folder / "v.csv"
        self.book.write_text(BOOK, encoding="utf-8")

    def run(self, table, *more, book=None, as_of="2025-12-31"):
        if book is not None:
            self.book.write_bytes(book if isinstance(book, bytes) else book.encode())
        self.table.write_bytes(table if isinstance(table, bytes) else table.encode())
        words = ["replay", "--rules", str(self.book), "--violations", str(self.table)]
        return CliRunner().invoke(escalation, [*words, "--as-of", as_of, *more])


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def test_it_prints_one_line_for_each_episode_with_these_keys_in_this_order(place):
    ran = place.run(HEADING + THREE)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, EPISODE, "")


def test_the_example_of_the_documents_is_what_it_prints(place):
    page = Path(__file__).resolve().parents[3] / "docs" / "escalation.md"
    blocks = re.findall(
        r"```(toml|csv|json)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL
    )
    told = dict(blocks)
    assert place.run(told["csv"], book=told["toml"]).stdout == told["json"]
    fell = re.sub(r"^c,.*\n", "", told["csv"], flags=re.MULTILINE)
    after = [json.loads(line) for line in place.run(fell).stdout.splitlines()]
    assert [(one["opened_on"], one["level"]) for one in after] == [
        ("2025-03-31", 1),
        ("2025-07-15", 2),
    ]
    assert after[0]["raises"][0]["violations"] == ["a", "b", "d", "e"]


def test_the_word_for_json_changes_nothing(place):
    assert place.run(HEADING + THREE, "--json").stdout == EPISODE


def test_while_it_runs_an_episode_has_no_day_of_closing(place):
    (line,) = place.run(HEADING + THREE, as_of="2025-01-30").stdout.splitlines()
    assert json.loads(line)["closed_on"] is None


@pytest.mark.parametrize(
    "table", ["", HEADING, "\ufeff", "\ufeff" + HEADING, "\n\n", HEADING.strip()]
)
def test_an_empty_table_is_valid_and_prints_nothing(place, table):
    ran = place.run(table)
    assert (ran.exit_code, ran.output) == (0, "")


def test_an_empty_book_is_valid_and_prints_nothing(place):
    ran = place.run(HEADING + THREE, book="")
    assert (ran.exit_code, ran.output) == (0, "")


@pytest.mark.parametrize(
    "table",
    [
        "\ufeff" + HEADING + THREE,
        (HEADING + THREE).replace("\n", "\r\n"),
        (HEADING + THREE).replace("\n", "\r"),
        (HEADING + THREE).strip(),
        (HEADING + THREE).replace("\n", "\n\n"),
        (HEADING + THREE).replace("Sở A", '"Sở A"'),
        (
            "status,occurred_at,id,officer,field,agency,procedure,type\n"
            "recorded,2025-01-05T10:00,c,,đất đai,Sở A,,V16\n"
            "recorded,2025-01-01T08:00,a,,đất đai,Sở A,,V16\n"
            "recorded,2025-01-03T08:00,b,,đất đai,Sở A,,V16\n"
        ),
        (
            "id,type,agency,field,occurred_at\n"
            "b,V16,Sở A,đất đai,2025-01-03\n"
            "a,V16,Sở A,đất đai,2025-01-01\n"
            "c,V16,Sở A,đất đai,2025-01-05\n"
        ),
    ],
)
def test_marks_line_ends_quotes_order_and_missing_columns_change_nothing(place, table):
    assert place.run(table).stdout == EPISODE


BY_OFFICER = BOOK.replace('["field", "agency"]', '["officer"]').replace("MC-01", "MC-02")


@pytest.mark.parametrize(
    ("book", "table", "says"),
    [
        (BOOK, HEADING + THREE, ""),
        (BOOK.replace('["field", "agency"]', '["type"]'), HEADING + THREE, ""),
        (BOOK + BY_OFFICER, HEADING + THREE, "MC-02: no violation has a value for officer"),
        (BOOK, "id,type,occurred_at\na,V16,2025-01-01\n", "MC-01: no violation has a value for"),
        (BOOK + BY_OFFICER, HEADING, ""),
    ],
)
def test_a_rule_that_counts_nothing_for_want_of_a_column_says_so(place, book, table, says):
    done = place.run(table, book=book)
    assert done.exit_code == 0
    assert done.stderr.count("\n") == bool(says)
    assert says in done.stderr
    assert "no violation" not in done.stdout


def test_quoted_cells_keep_commas_quotes_and_line_ends(place):
    table = HEADING + "".join(
        f'"{n}, ""một""\nhai",V16,"Sở A, B",đất đai,,,2025-01-01,\n' for n in (1, 2, 3)
    )
    (line,) = place.run(table).stdout.splitlines()
    told = json.loads(line)
    assert told["group"]["agency"] == "Sở A, B"
    assert told["raises"][0]["violations"] == [f'{n}, "một"\nhai' for n in (1, 2, 3)]


def test_times_with_a_zone_are_converted_and_those_without_are_the_province_s(place):
    table = HEADING + (
        "d,V16,A,F,,,2025-01-01T16:59:59Z,\n"
        "b,V16,A,F,,,2025-01-01T23:59:59.500000,\n"
        "c,V16,A,F,,,2025-01-01T12:00:00-05:00,\n"
        "a,V16,A,F,,,2025-01-02T00:00:00+07:00,\n"
    )
    book = BOOK.replace("days = 30", "days = 1").replace("[3, 5]", "[2]")
    told = [json.loads(line) for line in place.run(table, book=book).stdout.splitlines()]
    assert [one["raises"][0]["on"] for one in told] == ["2025-01-01"]
    assert told[0]["raises"][0]["violations"] == ["d", "b"]
    assert [(r["on"], r["violations"]) for one in told for r in one["raises"]] == [
        ("2025-01-01", ["d", "b"])
    ]
    assert told[0]["closed_on"] == "2025-01-03"


def test_blank_cells_are_no_value_and_an_overturned_one_does_not_count(place):
    assert place.run(HEADING + THREE.replace("b,V16,Sở A", "b,V16, ")).stdout == ""
    assert place.run(HEADING + THREE.replace("confirmed", "overturned")).stdout == ""


def test_lines_stand_by_rule_group_and_day_by_code_point(place):
    rules = "".join(
        BOOK.replace("MC-01", code).replace("[3, 5]", "[1]") for code in ("b", "Đ", "a", "B")
    )
    rows = "".join(
        f"{n},V16,{agency},F,,,{day},\n"
        for n, (agency, day) in enumerate(
            (agency, day) for agency in ("ế", "Z", "a", "Đ") for day in ("2025-05-01", "2025-01-01")
        )
    )
    told = [json.loads(line) for line in place.run(HEADING + rows, book=rules).stdout.splitlines()]
    order = [(one["rule"], one["group"]["agency"], one["opened_on"]) for one in told]
    assert order == sorted(order)
    assert len(order) == 4 * 4 * 2


CHANCES = st.integers(0, 2**40).map(Random)


@pytest.fixture(scope="module")
def shared_place(tmp_path_factory):
    return Place(tmp_path_factory.mktemp("replay"))


@settings(max_examples=60)
@given(CHANCES)
def test_files_say_what_a_second_reading_says(shared_place, chance):
    rules = [random_rule(chance, code) for code in ("B", "A")]
    stream, as_of = random_stream(chance), random_day(chance)
    told = io.StringIO()
    table = csv.writer(told, lineterminator=chance.choice(["\n", "\r\n"]))
    table.writerow(HEADING.strip().split(","))
    for one in stream:
        at = one.occurred_at
        if chance.random() < 0.5:
            at = at.astimezone(PROVINCE_ZONE).replace(tzinfo=None)
        status = "overturned" if one.overturned else chance.choice(["", "recorded", "upheld"])
        words = (one.id, one.type, one.agency, one.field, one.procedure, one.officer)
        table.writerow([*words, at.isoformat(), status])
    book = "\n".join(map(rule_as_toml, rules))
    ran = shared_place.run(told.getvalue(), book=book, as_of=as_of.isoformat())
    expected = [
        {
            "rule": one.rule,
            "group": dict(one.group),
            "opened_on": one.opened_on.isoformat(),
            "closed_on": one.closed_on and one.closed_on.isoformat(),
            "level": one.level,
            "raises": [
                {
                    "level": raised.level,
                    "on": raised.on.isoformat(),
                    "score": raised.score,
                    "violations": list(raised.violations),
                }
                for raised in one.raises
            ],
        }
        for rule in sorted(rules, key=lambda rule: rule.code)
        for one in read_again(rule, stream, as_of)
    ]
    assert ran.exit_code == 0
    assert [json.loads(line) for line in ran.stdout.splitlines()] == expected


# --- refusals ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("id,type,when\n", ":1: when:"),
        ("id,type,agency\na,V16,A\n", ":1: occurred_at:"),
        ("id,type,id,occurred_at\n", ":1: id:"),
        (HEADING + THREE + "d,V16,A\n", ":5: field:"),
        (HEADING + THREE + "d,V16,A,F,,,2025-01-01,,x\n", ":5: 9:"),
        (HEADING + THREE + "b,V16,A,F,,,2025-01-01,\n", ":5: id:"),
        (HEADING + " ,V16,A,F,,,2025-01-01,\n", ":2: id:"),
        (HEADING + "a,,A,F,,,2025-01-01,\n", ":2: type:"),
        (HEADING + "a,V16,A,F,,,,\n", ":2: occurred_at:"),
        (HEADING + "a,V16,A,F,,,31/12/2024,\n", ":2: occurred_at:"),
        (HEADING + "a,V16,A,F,,,2025-02-29,\n", ":2: occurred_at:"),
        (HEADING + "a,V16,A,F,,,0001-01-01T00:00+14:00,\n", ":2: occurred_at:"),
        (HEADING + "a,V16,A,F,,,2025-01-01,gone\n", ":2: status:"),
        (HEADING + 'a,"V\n16",A,F,,,2025-01-01,\nb,V16,A,F,,,never,\n', ":4: occurred_at:"),
        (HEADING + 'a,"V16,A,F,,,2025-01-01,\n', ":2:"),
        (HEADING + 'a,"V"16,A,F,,,2025-01-01,\n', ":2:"),
        (HEADING.encode() + b"a,V16,S\xff,F,,,2025-01-01,\n", ":2:"),
        ((HEADING + THREE).encode("utf-16"), ":1:"),
        (HEADING + "a,V16," + "x" * 200_000 + ",F,,,2025-01-01,\n", ":2:"),
        (b"PK\x03\x04\x00\x00", ":1:"),
    ],
)
def test_a_wrong_table_is_refused_in_one_line_that_names_line_and_field(place, table, says):
    ran = place.run(table)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    assert f"{place.table}{says}" in ran.stderr


@pytest.mark.parametrize(
    ("book", "says"),
    [
        (BOOK.replace("[3, 5]", "[5, 3]"), ":6: levels:"),
        (BOOK.replace("days = 30", "days ="), ":5: rule:"),
        (BOOK + BOOK, ":8: code:"),
        (BOOK.encode() + b"# \xff\n", ":7:"),
        (BOOK.replace("levels", "level"), ":6: level:"),
    ],
)
def test_a_wrong_book_is_refused_in_one_line_that_names_line_and_field(place, book, says):
    ran = place.run(HEADING + THREE, book=book)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    assert f"{place.book}{says}" in ran.stderr


def test_a_file_that_cannot_be_opened_is_refused_in_one_line(place, monkeypatch):
    def shut(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    place.table.write_text(HEADING, encoding="utf-8")
    monkeypatch.setattr(Path, "open", shut)
    words = ["replay", "--rules", str(place.book), "--violations", str(place.table)]
    ran = CliRunner().invoke(escalation, [*words, "--as-of", "2025-12-31"])
    assert (ran.exit_code, ran.stderr) == (1, f"{place.book}: Permission denied\n")


def test_a_table_longer_than_anything_is_refused(place, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    ran = place.run(HEADING + THREE)
    assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1)


def test_rows_are_read_alike_in_many_goes(place, monkeypatch):
    monkeypatch.setattr(sheet, "AT_ONCE", 2)
    assert place.run(HEADING + THREE).stdout == EPISODE
    assert ":5: id:" in place.run(HEADING + THREE + "a,V16,A,F,,,2025-01-01,\n").stderr


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--as-of", "2025-12-31"],
        ["--rules", "{book}", "--violations", "{table}"],
        ["--rules", "{book}", "--violations", "{table}", "--as-of", "31/12/2025"],
        ["--rules", "{book}", "--violations", "nowhere.csv", "--as-of", "2025-12-31"],
        ["--rules", "{book}", "--violations", "{table}", "--as-of", "2025-12-31", "--fast"],
    ],
)
def test_wrong_usage_ends_with_two(place, words):
    place.table.write_text(HEADING + THREE, encoding="utf-8")
    said = [word.format(book=place.book, table=place.table) for word in words]
    ran = CliRunner().invoke(escalation, ["replay", *said])
    assert (ran.exit_code, ran.stdout) == (2, "")


def test_no_database_is_touched(place, tmp_path):
    """The program itself, where no database answers and nothing may be written."""
    place.table.write_text(HEADING + THREE, encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    facts = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "DONDOC_INSTANCE": str(empty)}
    ran = subprocess.run(
        [
            *(sys.executable, "-c", "from web.program import main; main()"),
            *("escalation", "replay", "--rules", str(place.book)),
            *("--violations", str(place.table), "--as-of", "2025-12-31", "--json"),
        ],
        env=os.environ | facts,
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, EPISODE, "")
    assert list(empty.iterdir()) == []


def test_moments_before_the_zone_was_seven_hours_are_converted_too(place):
    """On 1 January 1970 clocks in the south stood at UTC+8."""
    table = HEADING + "".join(f"{n},V16,A,F,,,1970-01-01T16:30:00Z,\n" for n in range(3))
    (line,) = place.run(table).stdout.splitlines()
    assert json.loads(line)["opened_on"] == "1970-01-02"
