"""Accounts from a sheet: looked through, made once, passwords handed out once."""

from __future__ import annotations

import csv
import io
import re

import pytest
from world import csrf_of

from workflow.accounts.records import Role

HEADING = "Tên đăng nhập\tHọ và tên\tThư điện tử\tCơ quan\tVai trò\tTừ ngày\tĐến ngày"
LINES = (
    HEADING,
    "lan.nt\tNguyễn Thị Lan\tlan@khanhhoa.gov.vn\tH32.03\tChuyên viên\t\t",
    "lan.nt\tNguyễn Thị Lan\t\tSở Xây dựng\tĐầu mối cơ quan\t01/09/2021\t31/12/2021",
    "clerk\tHồ Văn Thư\t\tH32.03\tĐầu mối cơ quan\t\t",
    "sai\tKhông Đúng\t\tSở Không Tên\tChuyên viên\t\t",
)
SHEET = "\n".join(LINES)


@pytest.fixture
def admin(world):
    return world.sign_in("admin")


def post(client, path, **data):
    token = csrf_of(client.get("/account").text)
    return client.post(path, data={"csrf_token": token} | data, content_type="multipart/form-data")


def preview(client, text=SHEET):
    return post(client, "/accounts/import", text=text)


def hidden(answer, name):
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', answer.text)[1]


def take(client, seen, text=SHEET, hand_out="page"):
    return post(client, "/accounts/import/take", text=text, seen=seen, hand_out=hand_out)


def test_the_preview_says_row_by_row_what_would_be_done_and_keeps_nothing(world, admin):
    answer = preview(admin)
    assert answer.status_code == 200
    assert "4 dòng: 1 tài khoản mới, 1 vai trò giao thêm, 1 đã có, 1 chờ xem lại." in answer.text
    assert "không có cơ quan nào tên hoặc mã như vậy" in answer.text
    with world.office.reading() as unit:
        assert unit.accounts.account_by_login("lan.nt") is None


def test_what_was_seen_is_made_in_one_go_and_its_passwords_are_shown_once(world, admin):
    answer = take(admin, hidden(preview(admin), "seen"))
    assert answer.status_code == 201
    password = re.search(r"<code>([a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{5})</code>", answer.text)[1]
    assert answer.headers["Cache-Control"] == "no-store"
    with world.office.reading() as unit:
        account = unit.accounts.account_by_login("lan.nt")
        everything = " ".join(str(sealed.entry) for sealed in unit.history.walk())
        actions = [sealed.entry.action for sealed in unit.history.walk()]
    assert (account.must_change_password, account.email) == (True, "lan@khanhhoa.gov.vn")
    assert [(m.role, m.agency_id) for m in account.memberships] == [
        (Role.AGENCY_OFFICER, world.agencies["H32.03"].id),
        (Role.AGENCY_CLERK, world.agencies["H32.04"].id),
    ]
    assert actions == ["add_account", "add_role", "add_role"]
    assert password not in everything
    client = world.app.test_client()
    token = csrf_of(client.get("/sign-in").text)
    client.post("/sign-in", data={"login": "lan.nt", "password": password, "csrf_token": token})
    assert client.get("/").location == "/account/password"
    again = preview(admin)
    assert "0 tài khoản mới, 0 vai trò giao thêm, 3 đã có" in again.text
    assert "Tạo và hiện giấy" not in again.text


def test_passwords_may_be_taken_as_a_file_that_no_program_can_run(world, admin):
    answer = take(admin, hidden(preview(admin), "seen"), hand_out="csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    heading, row = csv.reader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert heading[0] == "Tên đăng nhập"
    assert row[:3] == ["lan.nt", "Nguyễn Thị Lan", "Sở Tài nguyên và Môi trường"]


def test_a_sheet_that_means_something_else_by_now_is_shown_again(world, admin):
    seen = hidden(preview(admin), "seen")
    assert take(admin, seen).status_code == 201
    answer = take(admin, seen)
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in answer.text


def test_a_file_is_read_like_pasted_lines(admin):
    token = csrf_of(admin.get("/account").text)
    body = SHEET.replace("\t", ";").encode()
    answer = admin.post(
        "/accounts/import",
        data={"csrf_token": token, "file": (io.BytesIO(body), "nguoi-dung.csv")},
        content_type="multipart/form-data",
    )
    assert "1 tài khoản mới" in answer.text


WRONG = (
    ("", "Cần điền mục này"),
    ("a\tb", "Không tìm thấy dòng tiêu đề"),
    (HEADING, "không có chữ nào"),
)


def test_what_is_no_sheet_of_people_is_refused_in_words(admin):
    for text, words in WRONG:
        answer = preview(admin, text)
        assert answer.status_code in {409, 422}
        assert words in answer.text


def test_only_the_admin_brings_people(world):
    client = world.sign_in("office")
    assert client.get("/accounts/import").status_code == 404
    assert preview(client).status_code == 404
    assert take(client, "x").status_code == 404


def test_the_command_makes_them_and_prints_the_passwords_once(world, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(SHEET.replace("\t", ";"), encoding="utf-8")
    run = world.app.test_cli_runner().invoke
    dry = run(args=["accounts", "import", str(path), "--dry-run", "--json"])
    assert dry.exit_code == 0, dry.output
    assert '"accounts": 1, "roles": 2, "unchanged": 1' in dry.stdout
    assert '"passwords": []' in dry.stdout
    done = run(args=["accounts", "import", str(path)])
    assert done.exit_code == 0, done.output
    assert '"lan.nt","Nguyễn Thị Lan","' in done.stdout
    assert "row 5: agency 'Sở Không Tên'" in done.stderr
    again = run(args=["accounts", "import", str(path), "--json"])
    assert '"accounts": 0, "roles": 0, "unchanged": 3' in again.stdout
