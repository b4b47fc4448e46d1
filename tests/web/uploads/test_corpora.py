"""Corpora that others made, through every reader of files: cells of sheets, and names of files.

On PostgreSQL only: it refuses what SQLite lets pass.
"""

from __future__ import annotations

import csv
import io

import pytest
import xlsxwriter
from corpora import naughty, spectrum
from intake import COLUMNS, dossiers, row, take, told, write
from reflecting import Page
from sqlalchemy import select
from werkzeug.http import parse_options_header
from world import csrf_of

from models.papers.rows import ListedPaperRow
from web.documents.intake import keep, open_sheet, take_in
from web.dossiers.opening import open_dossiers
from web.uploads.content import inspect_upload
from workflow.accounts.usecases import system_actor
from workflow.directives.records import Action
from workflow.dossiers.profile_text import read_profile
from workflow.errors import Refused
from workflow.evidence.records import StoredFile
from workflow.text import clean, clean_lines

ON_THE_STRICTER = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
SPECTRUM = (
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates",
    "newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
)  # fmt: skip
PDF = b"%PDF-1.4\nx\n%%EOF\n"


# --- csv-spectrum --------------------------------------------------------------------------


@pytest.mark.parametrize("name", SPECTRUM)
def test_a_csv_file_of_the_spectrum_is_read_as_its_json_says(tmp_path, name):
    body, wanted = spectrum(name)
    path = tmp_path / f"{name}.csv"
    path.write_bytes(body)
    first, second = body.decode().splitlines()[0].split(",")[:2]
    profile = read_profile(
        'name = "x"\nsource = "x"\ntime_zone = "Asia/Ho_Chi_Minh"\n'
        f'promised_includes_waits = false\n[columns]\ncode = "{first}"\nreceived_at = "{second}"\n'
    )
    opened = open_dossiers(path, profile)
    found = [dict(zip(opened.heading, cells, strict=True)) for _, cells in opened.rows()]
    if name == "location_coordinates":  # its JSON is of another telephone, and no list
        wanted = [wanted | {"Contact Phone Number": "2095257564"}]
    assert found == wanted


# --- naughty strings as cells --------------------------------------------------------------


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8")


def as_xlsx(rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("x")
    for at, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            page.write_string(at, place, cell)
    book.close()
    return out.getvalue()


DRESSES = pytest.mark.parametrize(("dress", "kind"), [(as_csv, "csv"), (as_xlsx, "xlsx")])


def post(client, path, **data):
    token = csrf_of(client.get("/account").text)
    kind = "multipart/form-data"
    return client.post(path, data={"csrf_token": token} | data, content_type=kind)


@ON_THE_STRICTER
def test_cells_of_dossiers_are_kept_as_words(world, tmp_path):
    lines = [row(f"N{n:03d}", officer=text, field=text) for n, text in enumerate(naughty())]
    take(world, write(tmp_path / "x.csv", lines))
    found = dossiers(world)
    assert [found[f"N{n:03d}"].officer for n in range(len(lines))] == list(map(clean, naughty()))
    before = told(world)
    path = tmp_path / "x.xlsx"
    cells = [[one.get(name, "") for name in COLUMNS] for one in lines]
    path.write_bytes(as_xlsx([COLUMNS, *cells]))
    again = take(world, path)
    assert again.done.counts.updated == 0
    assert told(world) == before


@ON_THE_STRICTER
@DRESSES
def test_cells_of_a_task_sheet_are_kept_as_words(world, dress, kind):
    heading = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm"]
    rows = [[str(n), f"Việc {n}: {text}", text, text, text, text]
            for n, text in enumerate(naughty(), start=1)]  # fmt: skip
    with world.app.app_context(), world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
        body = io.BytesIO(dress([heading, *rows]))
        taken = take_in(unit, actor, open_sheet(body, f"x.{kind}"), year=2021)
        key = keep(unit, actor, taken)
    with world.office.reading() as unit:
        draft = unit.documents.document(key)
    assert draft is not None
    assert [one.content for one in draft.clauses] == [clean_lines(cells[1]) for cells in rows]
    client = world.sign_in("office")
    for page in ("", "/edit"):
        assert Page(client.get(f"/documents/drafts/{key}{page}").text).runs == []


@ON_THE_STRICTER
@DRESSES
def test_cells_of_a_list_of_papers_are_kept_as_words(world, dress, kind):
    heading = ["Số, ký hiệu", "Ngày tháng", "Tác giả", "Trích yếu", "Người ký"]
    rows = [
        [f"{n}/BC-STNMT", "20/08/2021", text, text, text]
        for n, text in enumerate(naughty(), start=1)
    ]
    client = world.sign_in("office")
    file = io.BytesIO(dress([heading, *rows])), f"x.{kind}"
    answer = post(client, "/papers/list/new", direction="incoming", file=file)
    assert answer.status_code in {200, 303}
    assert Page(answer.text).runs == []
    with world.office.reading() as unit:
        columns = (
            ListedPaperRow.number,
            ListedPaperRow.subject,
            ListedPaperRow.counterpart,
            ListedPaperRow.signer,
        )
        found = {one.number: one for one in unit.connection.execute(select(*columns))}
    kept = [cells for cells in rows if cells[0] in found]
    assert len(kept) > 400
    for number, _, *words in kept:
        one = found[number]
        assert {one.subject, one.counterpart, one.signer} == set(map(clean, words))
    page = Page(client.get("/papers/list").text)
    assert page.runs == []


@ON_THE_STRICTER
@DRESSES
def test_cells_of_a_sheet_of_people_come_back_as_words(world, dress, kind):
    heading = ["Tên đăng nhập", "Họ và tên", "Thư điện tử", "Cơ quan", "Vai trò", "Phòng"]
    rows = [[text] * 6 for text in naughty()] + [
        [f"p{n}", text, "", "H32.03", "chuyên viên", ""] for n, text in enumerate(naughty())
    ]
    file = io.BytesIO(dress([heading, *rows])), f"x.{kind}"
    answer = post(world.sign_in("admin"), "/accounts/import", file=file)
    assert answer.status_code in {200, 409, 422}
    assert Page(answer.text).runs == []


# --- naughty strings as names --------------------------------------------------------------


def kept_name(given):
    """Return the name a file is kept under, None where it is refused: what names a folder."""
    try:
        return inspect_upload(io.BytesIO(PDF), given).filename
    except Refused as refusal:
        return None if refusal.code == "file_type_not_allowed" else pytest.fail(refusal.code)


@ON_THE_STRICTER
def test_names_of_files_are_made_safe_and_go_out_as_they_are_kept(world):
    names = [name for text in naughty() if (name := kept_name(f"{text}.pdf"))]
    assert len(names) > 470
    assert all(name.endswith(".pdf") and not set(name) & set('/\\<>:"|?*\r\n') for name in names)
    [one] = world.issue(world.clause())
    sha = world.file().sha256
    files = [StoredFile(name=name, media_type="application/pdf", size=9, sha256=sha)
             for name in dict.fromkeys(names)]  # fmt: skip
    world.act("clerk", one.number, Action.ACCEPT)
    for at in range(0, len(files), MOST):
        world.act("clerk", one.number, Action.UPDATE, done="x", files=tuple(files[at : at + MOST]))
    client = world.sign_in("clerk")
    assert Page(client.get(f"/directives/{one.number}").text).runs == []
    for piece in world.directive(one.number).evidence:
        with client.get(f"/evidence/{piece.id}") as answer:
            said = answer.headers["Content-Disposition"]
        assert answer.status_code == 200
        assert parse_options_header(said) == ("attachment", {"filename": piece.name})


MOST = 10
