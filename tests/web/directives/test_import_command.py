"""`dondoc directives import`: its JSON, its exit status, and what it leaves."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from fixtures.sheets import MINISTRY_SHEET, PROVINCE_SHEET, tasks, workbook_bytes
from sqlalchemy import func, select

from models.base import Base
from web.demo.agencies import seed_agencies
from web.directives.commands import directives
from workflow.accounts.records import Membership, Role
from workflow.agencies.records import AgencyGroup, Tier

SHARED = Path(__file__).parents[3].parent / "shared/data"
HEADING = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]
shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared sheets are not beside this clone"
)


@pytest.fixture
def run(app):
    def run_(*arguments):
        from flask.cli import ScriptInfo

        runner = CliRunner()
        made = ScriptInfo(create_app=lambda: app)
        return runner.invoke(directives, ["import", *map(str, arguments)], obj=made)

    return run_


@pytest.fixture
def sheet(tmp_path):
    def sheet_(grid, name="bang.xlsx"):
        file = tmp_path / name
        file.write_bytes(workbook_bytes(grid))
        return file

    return sheet_


@pytest.fixture
def khanh_hoa(app):
    office = app.extensions["office"]
    with office.writing() as unit:
        seed_agencies(unit, date(2016, 1, 1))
    return office


def test_a_sheet_with_a_heading_alone_is_passed_over_for_one_with_tasks(run, tmp_path):
    empty, told = tasks(heading=HEADING), tasks([1, "Việc", "Sở A"], heading=HEADING)
    (file := tmp_path / "hai.xlsx").write_bytes(workbook_bytes(empty, told))
    answer = run(file, "--json", "--dry-run", "--year", "2021")
    assert json.loads(answer.stdout)["rows"] == 1, answer.output
    (file := tmp_path / "khong.xlsx").write_bytes(workbook_bytes(empty, empty))
    assert run(file, "--json", "--dry-run").exit_code == 1


def test_a_row_that_ended_before_it_was_given_is_told_and_taken_in(run, sheet):
    above = ["DANH MỤC NHIỆM VỤ GIAO", "(Kèm theo Công văn số 12/UBND-NC ngày 12/7/2021)"]
    heading = [*HEADING, "Tình trạng", "Ngày hoàn thành"]
    row = [1, "Việc", "Sở A", None, "30/9/2021", "Đã hoàn thành", "01/07/2021"]
    answer = run(sheet(tasks(row, heading=heading, above=above)), "--json", "--dry-run")
    assert answer.exit_code == 0
    assert "ended or paused elsewhere before it was given on 2021-07-12" in answer.stderr
    assert json.loads(answer.stdout)["rows"] == 1


def counts(app):
    with app.extensions["office"].reading() as unit:
        return {
            table.name: unit.connection.execute(
                select(func.count()).select_from(table)
            ).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def draft(app, key=1):
    with app.extensions["office"].reading() as unit:
        return unit.documents.document(key)


def printed(answer):
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_json_has_exactly_its_three_keys(run, sheet, khanh_hoa):
    found = printed(run(sheet(PROVINCE_SHEET), "--json"))
    assert list(found) == ["rows", "directives", "unresolved"]
    assert found["rows"] == 5
    assert found["directives"] == 30 + 9 + 1 + 30
    assert found["unresolved"] == [
        {
            "row": 5,
            "field": "lead",
            "text": "Các cơ quan được giao chủ trì",
            "reason": "vague_agency",
        }
    ]


def test_one_draft_document_is_left_as_the_system_account(app, run, sheet, khanh_hoa):
    before = counts(app)
    printed(run(sheet(PROVINCE_SHEET), "--json"))
    after = counts(app)
    assert (after["documents"], after["clauses"], after["directives"]) == (1, 5, 0)
    document = draft(app)
    with khanh_hoa.reading() as unit:
        account = unit.accounts.account(document.entered_by)
        office = next(a for a in unit.agencies.agencies() if a.is_office)
    assert (account.login, account.is_system) == ("system", True)
    assert document.imported_from == "bang.xlsx"
    assert document.head.issuer == "UBND tỉnh Khánh Hòa"
    assert document.head.overseer_id == office.id
    assert after["agencies"] == before["agencies"]
    printed(run(sheet(PROVINCE_SHEET), "--json"))
    assert counts(app)["accounts"] == after["accounts"]


def test_another_sheet_with_anything_on_it_is_named_and_not_dropped_in_silence(app, run, tmp_path):
    tasks = [HEADING, [1, "Việc một", "Sở Y tế", None, "Thường xuyên"]]
    file = tmp_path / "hai trang.xlsx"
    file.write_bytes(workbook_bytes(tasks, [["Việc ở trang sau"]], [], titles=["A", "B", "C"]))
    answer = run(file, "--year", 2021)
    assert "sheet 'B' is not read" in answer.stderr
    assert "'C'" not in answer.stderr
    assert [(one.reason, one.text) for one in draft(app).left_out] == [("other_sheet", "B")]


@pytest.mark.parametrize("more", [(), ("--create-agencies",)])
def test_a_dry_run_leaves_nothing(app, run, sheet, more):
    before = counts(app)
    found = printed(run(sheet(MINISTRY_SHEET), "--dry-run", "--json", *more))
    assert found["rows"] == 7
    assert counts(app) == before


def test_a_dry_run_says_what_the_real_one_says(run, sheet, khanh_hoa):
    file = sheet(MINISTRY_SHEET)
    for more in ((), ("--create-agencies",)):
        assert printed(run(file, "--dry-run", "--json", *more)) == printed(
            run(file, "--json", *more)
        )


def test_agencies_nobody_knows_are_added_where_asked_and_vague_words_never(app, run, sheet):
    found = printed(run(sheet(MINISTRY_SHEET), "--create-agencies", "--json"))
    assert [
        (one["row"], one["field"], one["text"], one["reason"]) for one in found["unresolved"]
    ] == [
        (2, "coordinating", "các đơn vị", "vague_agency"),
        (7, "lead", "các đơn vị liên quan", "vague_agency"),
        (7, "deadline", "Trong Quý I và trước ngày 30/4/2018", "two_ends"),
    ]
    with app.extensions["office"].reading() as unit:
        agencies = unit.agencies.agencies()
    names = {a.name for a in agencies if a.tier is Tier.DEPARTMENT}
    assert [a.name for a in agencies if a.tier is Tier.PROVINCE] == ["UBND tỉnh"]
    assert {"Vụ VTLT", "Vụ KHTC", "thanh tra Bộ", "HV Quản lý", "Viện KHLT"} <= names
    assert "Vụ V TLT" not in names
    assert "các đơn vị" not in names
    assert min(a.valid_from for a in agencies) == date(2018, 1, 1)
    assert counts(app)["history"] == len(agencies) + 1
    again = printed(run(sheet(MINISTRY_SHEET), "--create-agencies", "--json"))
    assert again == found
    assert counts(app)["agencies"] == len(agencies)


def test_agencies_are_added_under_the_province_that_stands(app, run, sheet, khanh_hoa):
    grid = tasks([1, "Việc", "Chi cục Mới", None, "30/9/2021"], heading=HEADING)
    found = printed(run(sheet(grid), "--create-agencies", "--json"))
    assert (found["directives"], found["unresolved"]) == (1, [])
    with khanh_hoa.reading() as unit:
        made = next(a for a in unit.agencies.agencies() if a.name == "Chi cục Mới")
        assert unit.agencies.agency(made.parent_id).name == "UBND tỉnh Khánh Hòa"
    assert made.tier is Tier.DEPARTMENT


def test_a_province_younger_than_the_sheet_still_takes_its_agencies(app, run, sheet):
    with app.extensions["office"].writing() as unit:
        unit.agencies.add_agency(
            code="P",
            name="UBND tỉnh",
            tier=Tier.PROVINCE,
            parent=None,
            valid_from=date(2021, 8, 23),
        )
    found = printed(run(sheet(MINISTRY_SHEET), "--create-agencies", "--json"))
    assert [one["field"] for one in found["unresolved"]] == ["coordinating", "lead", "deadline"]
    assert found["directives"] == 9


def test_groups_are_counted_as_of_the_sheet_s_own_year(app, run, sheet):
    with app.extensions["office"].writing() as unit:
        root = unit.agencies.add_agency(
            code="P", name="UBND tỉnh", tier=Tier.PROVINCE, parent=None, valid_from=date(2010, 1, 1)
        )
        for number, ends in ((1, date(2017, 6, 30)), (2, None), (3, date(2019, 12, 31))):
            unit.agencies.add_agency(
                code=f"D{number}", name=f"UBND huyện {number}", tier=Tier.DISTRICT, parent=root,
                valid_from=date(2010, 1, 1), valid_to=ends,
            )  # fmt: skip
        unit.agencies.add_group(
            AgencyGroup(code="districts", name="UBND cấp huyện", tiers=frozenset({Tier.DISTRICT}))
        )
    grid = tasks(
        [1, "Việc", "UBND cấp huyện", None, "Quý III"], heading=HEADING, above=["Kế hoạch năm 2018"]
    )
    assert printed(run(sheet(grid), "--json"))["directives"] == 2


def test_a_year_on_the_command_stands_above_the_sheet_s(app, run, sheet, khanh_hoa):
    grid = tasks([1, "Việc", "Sở Nội vụ", None, "Trước ngày 30-9"], heading=HEADING)
    without = printed(run(sheet(grid), "--json"))
    assert [one["reason"] for one in without["unresolved"]] == ["no_year"]
    given = printed(run(sheet(grid), "--year", "2021", "--json"))
    assert given["unresolved"] == []
    assert draft(app, 2).clauses[0].deadline.due_on == date(2021, 9, 29)


def test_a_day_that_counts_from_an_event_nobody_named_waits_too(run, sheet, khanh_hoa):
    grid = tasks(
        [1, "Việc", "Sở Nội vụ", None, "Trong 5 ngày làm việc kể từ ngày nhận được văn bản"],
        heading=HEADING,
    )
    found = printed(run(sheet(grid), "--json"))
    assert [(one["field"], one["reason"]) for one in found["unresolved"]] == [
        ("deadline", "start_not_known")
    ]


def test_people_named_in_the_sheet_are_found(app, run, sheet, khanh_hoa):
    with khanh_hoa.writing() as unit:
        root = next(a for a in unit.agencies.agencies() if a.tier is Tier.PROVINCE)
        key = unit.accounts.add_account(
            login="ct", name="Nguyễn Hữu Thành", password_hash="", at=khanh_hoa.clock()
        )
        unit.accounts.add_membership(
            key, Membership(role=Role.LEADER, agency_id=root.id, valid_from=date(2021, 1, 1))
        )
    grid = tasks(
        [1, "Việc", "Sở Nội vụ", "NGUYỄN HỮU THÀNH"],
        heading=["STT", "Nhiệm vụ", "Chủ trì", "Người giao"],
    )
    printed(run(sheet(grid), "--json"))
    assert draft(app).clauses[0].assigner_id == key


def test_without_json_people_are_told(run, sheet, khanh_hoa):
    answer = run(sheet(PROVINCE_SHEET))
    assert answer.exit_code == 0
    assert "nói chung chung, không nêu tên cơ quan nào" in answer.stdout
    assert answer.stdout.count("\n") == 1
    assert "rows 5 · directives 70 · unresolved 1 · draft 1" in answer.stderr


REFUSED = [
    (b"", "empty_file"),
    (b"PK\x03\x04 no zip", "broken_file"),
    ("STT,Nhiệm vụ,Chủ trì\n".encode(), "no_tasks"),
    (b"a,b\n1,2\n", "no_task_heading"),
    ("STT,Nhiệm vụ,Chủ trì\n1,MẬT,Sở Nội vụ\n".encode(), "secret_document"),
    (b"%PDF-1.4 x", "not_a_spreadsheet"),
]


@pytest.mark.parametrize(("body", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_a_refusal_ends_with_status_one_and_one_line(app, run, tmp_path, body, code):
    file = tmp_path / "bang.csv"
    file.write_bytes(body)
    before = counts(app)
    answer = run(file, "--json")
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith(f"{code}: ")
    assert answer.stderr.count("\n") == 1
    assert counts(app) == before


def test_a_file_marked_secret_by_its_name_is_refused(app, run, sheet):
    answer = run(sheet(PROVINCE_SHEET, "Giao việc (Mật).xlsx"))
    assert answer.exit_code == 1
    assert answer.stderr.startswith("secret_document: ")


@pytest.mark.parametrize(
    "arguments",
    [(), ("khong-co.xlsx",), (".",), ("bang.xlsx", "--year", "20x1"), ("bang.xlsx", "--year", "1")],
)
def test_wrong_usage_ends_with_status_two(run, sheet, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    sheet(PROVINCE_SHEET)
    assert run(*arguments).exit_code == 2


@shared
def test_the_sheet_of_khanh_hoa_goes_through(run, khanh_hoa):
    found = printed(run(SHARED / "directive_khanh_hoa_2021.xlsx", "--json"))
    assert (found["rows"], found["directives"]) == (9, 140)
    assert [(one["row"], one["field"], one["reason"]) for one in found["unresolved"]] == [
        (5, "lead", "vague_agency")
    ]


@shared
def test_the_sheet_of_a_ministry_goes_through(run):
    found = printed(run(SHARED / "task_sheet_2017.xlsx", "--create-agencies", "--json"))
    assert found["rows"] == 27
    unread = [one for one in found["unresolved"] if one["field"] == "deadline"]
    assert [one["text"] for one in unread] == ["Trong Quý I và trước ngày 30/4/2017"]
    assert {one["reason"] for one in found["unresolved"]} == {"vague_agency", "two_ends"}
