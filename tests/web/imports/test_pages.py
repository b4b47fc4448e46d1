"""Bringing a file through the pages: tried first, then taken in; profiles built on a sample."""

from __future__ import annotations

import csv as tables
import io
import re
import unicodedata
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import caseload
import pytest
from digest import digest_of
from sqlalchemy import func, select, update
from upkeep import counted_queries
from world import csrf_of

from models.dossiers.rows import DossierImportRow, DossierProfileRow, DossierRow
from models.imports.queries import versions_of
from models.jobs.rows import JobRow
from web.imports import bringing
from web.imports.keeping import folder_of
from web.imports.sampling import Dress, headings_of
from web.jobs.importing import IMPORT
from web.jobs.running import run_due
from workflow.agencies.records import Tier
from workflow.dossiers.profile_text import read_profile
from workflow.jobs.records import JobState

HEADING = "MaHoSo,ChuHoSo,TenTTHC,MaTTHC,LinhVuc,DonVi,KenhThucHien,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,TrangThai"
ROWS = (
    "H32.03-210601-0001,Nguyễn Văn An,Đăng ký biến động,1.004199,Đất đai,Sở Tài nguyên và Môi trường,1,01/06/2021,15/06/2021,20/06/2021,Đã xử lý xong",
    "H32.03-210601-0002,Trần Thị Bình,Đăng ký biến động,1.004199,Đất đai,Sở Tài nguyên và Môi trường,2,01/06/2021,15/06/2021,,Đang xử lý",
    "H32.99-210601-0003,Lê Văn C,Khai sinh,1.001193,Hộ tịch,Chi nhánh Không Tên,1,02/06/2021,03/06/2021,03/06/2021,Đã trả kết quả",
    "H32.03-210601-0004,Phạm D,Khai sinh,1.001193,Hộ tịch,Sở Xây dựng,1,ngày nào đó,03/06/2021,,Đang xử lý",
)


def csv(*rows, heading=HEADING):
    return "\n".join((heading, *(rows or ROWS))).encode()


def count(world, row):
    with world.office.reading() as unit:
        return unit.connection.scalar(select(func.count()).select_from(row))


def bring(client, body, name="ho-so.csv", **more):
    token = csrf_of(client.get("/dossiers/import").text)
    data = {"csrf_token": token, "profile": "one_stop", "as_of": "23/08/2021"} | more
    return client.post(
        "/dossiers/import",
        data=data | {"file": (io.BytesIO(body), name)},
        content_type="multipart/form-data",
    )


def links_to_rows(page):
    """The addresses under an import's figures, and a dossier that their pages hold."""
    addresses = sorted(map(unescape, re.findall(r'href="(/dossiers/\?[^"]*new_in=[^"]*)"', page)))
    return dict(zip(addresses, ("H32.03-210601-0001", "H32.03-210601-0002"), strict=True))


def figure(page, words):
    found = re.search(rf"<b>([\d.]+)</b> {words}", page)
    return found and found[1]


@pytest.fixture
def admin(world):
    for left in folder_of(world.office).glob("*"):
        left.unlink()
    return world.sign_in("admin")


def test_a_file_is_tried_before_anything_changes(world, admin):
    answer = bring(admin, csv())
    assert answer.status_code == 302, answer.text
    page = admin.get(answer.headers["Location"]).text
    assert (figure(page, "dòng"), figure(page, "hồ sơ mới")) == ("4", "3")
    assert figure(page, "dòng không đọc được") == "1"
    assert "Không đọc được ngày, giờ này." in page
    assert "Chi nhánh Không Tên" in page
    assert "Lĩnh vực lần đầu gặp: Hộ tịch, Đất đai." in page
    assert "V17" in page
    assert "Nguyễn Văn An" not in page
    assert (count(world, DossierRow), count(world, DossierImportRow)) == (0, 0)


def test_after_the_trial_it_is_taken_in_and_the_file_forgotten(world, admin):
    place = bring(admin, csv()).headers["Location"]
    token = csrf_of(admin.get(place).text)
    assert list(folder_of(world.office).glob("[0-9a-f]*"))
    done = admin.post(f"{place}/take-in", data={"csrf_token": token}, follow_redirects=True)
    assert done.status_code == 200
    assert "Đã nhập xong" in done.text
    assert figure(done.text, "hồ sơ mới") == "3"
    assert count(world, DossierRow) == 3
    for address, found in links_to_rows(done.text).items():
        assert found in admin.get(address).text, address
    assert "không mở, lên mức hay làm mất căn cứ" in done.text
    assert not list(folder_of(world.office).glob("[0-9a-f]*"))
    shown = admin.get("/dossiers/imports").text
    assert "ho-so.csv" in shown
    again = admin.post(f"{place}/take-in", data={"csrf_token": token})
    assert again.status_code == 409
    same = admin.get(bring(admin, csv(), name="lai.csv").headers["Location"]).text
    assert re.search(r"Tệp này đã nhập ở lần \d+, xong lúc", same)
    assert re.search(r'data-confirm="Tệp này đã nhập ở lần \d+. Nhập lại\?"', same)


def test_the_rows_that_could_not_be_read_come_as_a_file(world, admin):
    place = bring(admin, csv()).headers["Location"]
    sent = {"csrf_token": csrf_of(admin.get(place).text)}
    tried = admin.post(f"{place}/rejected.csv", data=sent).get_data(as_text=True)
    assert re.search(r'"5",[^\n]*"H32.03-210601-0004"', tried)
    done = admin.post(f"{place}/take-in", data=sent, follow_redirects=True)
    address = re.search(r"/dossiers/imports/\d+/rejected.csv", done.text)[0]
    assert admin.post(address, data=sent).get_data(as_text=True) == tried
    assert handed_out(world) == [f"trial {place.rpartition('/')[2]}", address.split("/")[3]]


def test_an_import_tells_what_ended_before_it_was_received(world, admin):
    one = caseload.one(world, received_on=date(2021, 6, 9), ended_on=date(2021, 6, 4))
    caseload.one(world, ended_on=date(2021, 6, 4))
    text = admin.get("/dossiers/imports/1").text
    told = text.partition('id="early"')[2].partition("</section>")[0]
    assert re.findall(r"\d\d/\d\d/\d{4}", told)[-2:] == ["09/06/2021", "04/06/2021"]
    [address] = re.findall(r'href="([^"]+)"', told)
    assert address.endswith(one["code"])
    assert admin.get(address).status_code == 200


def test_an_import_without_such_dossiers_says_nothing_of_them(world, admin):
    caseload.one(world, ended_on=date(2021, 6, 4))
    assert 'id="early"' not in admin.get("/dossiers/imports/1").text


def handed_out(world):
    """Of which imports and trials the rows with applicants' names went out, as the log tells."""
    with world.office.reading() as unit:
        sealed = list(unit.history.walk())
    return [one.entry.subject_key for one in sealed if one.entry.action == "hand_out_rejected"]


def test_a_file_that_cannot_be_read_is_refused_where_it_was_chosen(world, admin):
    answer = bring(admin, csv("1,2", heading="a,b"))
    assert answer.status_code == 409
    assert "Không tìm thấy cột" in answer.text
    assert "trình duyệt không giữ lại" in answer.text
    assert "/dossiers/profiles/build?from=one_stop" in answer.text
    assert not list(folder_of(world.office).glob("*"))
    assert bring(admin, b"").status_code == 409
    assert bring(admin, csv(), profile="none").status_code == 422


def test_of_a_secret_file_nothing_is_kept(world, admin):
    before = digest_of(world.office.engine)
    answer = bring(admin, "MẬT\n".encode() + csv())
    assert answer.status_code == 409
    assert not list(folder_of(world.office).glob("*"))
    assert digest_of(world.office.engine) == before


def test_a_long_file_is_tried_and_taken_in_by_a_worker(world, admin, monkeypatch):
    monkeypatch.setattr(bringing, "SMALL", 10)
    place = bring(admin, csv()).headers["Location"]
    waits = admin.get(place).text
    assert "hx-get" in waits
    assert "Nhập thật" not in waits
    with world.app.app_context():
        run_due(world.office)
    tried = admin.get(place).text
    assert figure(tried, "hồ sơ mới") == "3"
    assert count(world, DossierRow) == 0
    admin.post(f"{place}/take-in", data={"csrf_token": csrf_of(tried)})
    assert "hx-get" in admin.get(place).text
    with world.app.app_context():
        run_due(world.office)
    done = admin.get(place, follow_redirects=True).text
    assert "Đã nhập xong" in done
    assert count(world, DossierRow) == 3
    assert not list(folder_of(world.office).glob("[0-9a-f]*"))


def test_the_rows_that_a_worker_could_not_read_come_whole(world, admin, monkeypatch):
    monkeypatch.setattr(bringing, "SMALL", 10)
    place = bring(admin, csv()).headers["Location"]
    with world.app.app_context():
        run_due(world.office)
    sent = {"csrf_token": csrf_of(admin.get(place).text)}
    tried = admin.post(f"{place}/rejected.csv", data=sent).get_data(as_text=True)
    assert re.search(r'"5",[^\n]*"Phạm D"', tried)
    admin.post(f"{place}/take-in", data=sent)
    with world.app.app_context():
        run_due(world.office)
    done = admin.get(place, follow_redirects=True).text
    address = re.search(r"/dossiers/imports/\d+/rejected.csv", done)[0]
    assert admin.post(address, data=sent).get_data(as_text=True) == tried


def jobs_of_imports(world):
    with world.office.reading() as unit:
        named = select(JobRow.state, JobRow.trouble).where(JobRow.name == IMPORT)
        return unit.connection.execute(named).all()


def test_a_long_file_that_two_ask_for_is_taken_in_once(world, admin, monkeypatch):
    monkeypatch.setattr(bringing, "SMALL", 10)
    place = bring(admin, csv()).headers["Location"]
    with world.app.app_context():
        run_due(world.office)
    sent = {"csrf_token": csrf_of(admin.get(place).text)}
    assert admin.post(f"{place}/take-in", data=sent).status_code == 302
    world.clock.at += timedelta(seconds=1)
    assert admin.post(f"{place}/take-in", data=sent).status_code == 302
    with world.app.app_context():
        run_due(world.office)
    assert jobs_of_imports(world) == [(JobState.DONE, "")]
    assert count(world, DossierImportRow) == 1


def test_a_long_file_that_was_given_up_is_begun_afresh_where_it_is_asked_for_again(
    world, admin, monkeypatch
):
    monkeypatch.setattr(bringing, "SMALL", 10)
    place = bring(admin, csv()).headers["Location"]
    with world.app.app_context():
        run_due(world.office)
    sent = {"csrf_token": csrf_of(admin.get(place).text)}
    admin.post(f"{place}/take-in", data=sent)
    with world.unit() as unit:
        unit.connection.execute(update(JobRow).values(state=JobState.DEAD, trouble="OSError"))
    admin.post(f"{place}/take-in", data=sent)
    with world.app.app_context():
        run_due(world.office)
    assert JobState.DONE in {job.state for job in jobs_of_imports(world)}
    assert count(world, DossierRow) == 3


def test_the_admin_sees_dossiers_but_no_names(world, admin):
    place = bring(admin, csv()).headers["Location"]
    admin.post(f"{place}/take-in", data={"csrf_token": csrf_of(admin.get(place).text)})
    for address in ("/dossiers/", "/dossiers/one-stop/H32.03-210601-0001", "/dossiers/export.csv"):
        text = admin.get(address).text
        assert "Nguyễn Văn An" not in text
        assert "H32.03-210601-0001" in text


# --- profiles ------------------------------------------------------------------------------


def sample(admin, body=None, name="mau.csv"):
    token = csrf_of(admin.get("/dossiers/profiles/build").text)
    return admin.post(
        "/dossiers/profiles/sample",
        data={"csrf_token": token, "base": "one_stop", "file": (io.BytesIO(body or csv()), name)},
        content_type="multipart/form-data",
    )


FIELD = re.compile(
    r'<(?:input|select|textarea)[^>]* name="([^"]+)"[^>]*?(?: value="([^"]*)")?[^>]*>(.*?)(?=<(?:input|select|textarea|button))',
    re.DOTALL,
)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')


def filled(page):
    """Return the builder's form as a browser would send it."""
    form = page[page.index('id="build"') :]
    said = {}
    for name, value, rest in FIELD.findall(form):
        if chosen := CHOSEN.search(rest):
            said[name] = chosen[1]
        elif "<option" in rest:
            said[name] = re.search(r'<option value="([^"]*)"', rest)[1]
        elif "</textarea>" in rest:
            said[name] = rest.partition("</textarea>")[0]
        else:
            said[name] = value
    said.pop("promised_includes_waits", None)
    return said


def test_a_profile_is_built_on_the_first_rows_of_a_file(world, admin):
    place = sample(admin).headers["Location"]
    page = admin.get(place).text
    assert "H32.03-210601-0001" in page
    assert "N.V.A." in page
    assert "Nguyễn Văn An" not in page
    said = filled(page) | {"name": "tinh-nha", "source": "tinh", "title": "Phần mềm của tỉnh"}
    assert said["col-code"] == "MaHoSo"
    read = admin.post("/dossiers/profiles/reading", data=said)
    assert "H32.03-210601-0001" in read.text
    saved = admin.post("/dossiers/profiles/build", data=said)
    assert saved.status_code == 302, saved.text
    shown = admin.get(saved.headers["Location"]).text
    assert "tinh-nha" in shown
    assert "bản 1" in shown
    admin.post("/dossiers/profiles/build", data=said)
    admin.post("/dossiers/profiles/build", data=said | {"title": "Đổi"})
    assert count(world, DossierProfileRow) == 2
    taken = bring(admin, csv(), profile="tinh-nha")
    assert figure(admin.get(taken.headers["Location"]).text, "hồ sơ mới") == "3"


def test_the_history_tells_a_kept_profile_in_words(world, admin):
    said = filled(admin.get(sample(admin).headers["Location"]).text)
    saved = admin.post("/dossiers/profiles/build", data=said | {"name": "tinh", "source": "tinh"})
    assert saved.status_code == 302, saved.text
    told = re.sub(r"<[^>]+>", " ", admin.get("/history/").text)
    assert "Mã băm của cấu hình" in told
    assert not re.search(r"\b(version|digest)\b", told)


def asked(world, client, place):
    """How many statements a page takes once its like was shown."""
    client.get(place)
    with counted_queries(world) as sent:
        assert client.get(place).status_code == 200
    return len([one for one in sent if one != "BEGIN"])


def test_the_builder_asks_no_more_in_a_province_of_many_mergers(world, admin):
    place = sample(admin).headers["Location"]
    few = asked(world, admin, place)
    assert few <= 8
    with world.unit() as unit:
        for n in range(4):
            unit.agencies.add_agency(
                code=f"H32.88{n}", name=f"UBND xã mới {n}", tier=Tier.COMMUNE,
                parent=world.agencies["H32"], valid_from=date(2015 + n, 3, 1),
                valid_to=date(2019, 1 + n, 1),
            )  # fmt: skip
    assert asked(world, admin, place) == few


def test_the_headings_that_exports_bear_are_chosen_by_themselves(admin):
    names = {"TenTTHC": "Tên thủ tục", "NgayKetThucXuLy": "Ngày có kết quả"}
    heading = ",".join(names.get(one, one) for one in HEADING.split(","))
    said = filled(admin.get(sample(admin, csv(heading=heading)).headers["Location"]).text)
    assert said["col-procedure"] == "Tên thủ tục"
    assert said["col-processed_at"] == "Ngày có kết quả"


def test_what_is_wrong_with_a_profile_is_said_while_choosing_and_nothing_is_lost(world, admin):
    page = admin.get(sample(admin).headers["Location"]).text
    said = filled(page) | {"name": "x", "source": "x", "col-code": "-", "formats": "%Q"}
    read = admin.post("/dossiers/profiles/reading", data=said).text
    assert '<a href="#b-col-code">Mã hồ sơ</a>' in read
    assert '<a href="#b-formats">Dạng ngày</a>: Dạng ngày cần đủ %d, %m, %Y và' in read
    assert "columns.code" not in read
    saved = admin.post("/dossiers/profiles/build", data=said)
    assert saved.status_code == 422
    assert "%Q" in saved.text
    assert 'name="col-code" aria-describedby="b-col-code-error" aria-invalid="true"' in saved.text
    assert 'aria-describedby="b-formats-hint b-formats-error" aria-invalid="true"' in saved.text
    assert count(world, DossierProfileRow) == 0
    shipped = filled(page) | {"name": "one_stop", "source": "x"}
    refused = admin.post("/dossiers/profiles/build", data=shipped)
    assert refused.status_code == 422
    assert "cấu hình có sẵn" in refused.text


@pytest.mark.parametrize(
    ("typed", "field", "label"),
    [
        ({"name": "Sở TNMT"}, "name", "Tên"),
        ({"words-status": "Xong = 11"}, "words-status", "Từ chỉ trạng thái, “Xong”"),
        ({"words-channel": "Zalo = chat"}, "words-channel", "Từ chỉ kênh nộp, “Zalo”"),
        ({"rows": "step"}, "step-name", "Cột của bước"),
        ({"col-stopped_at": "NgayTiepNhan"}, "col-stopped_at", "Lúc dừng"),
        ({"source": " "}, "source", "Nguồn"),
    ],
)
def test_each_part_of_a_profile_that_is_wrong_is_told_at_its_field(
    world, admin, typed, field, label
):
    page = admin.get(sample(admin).headers["Location"]).text
    said = filled(page) | {"name": "x", "source": "x"}
    saved = admin.post("/dossiers/profiles/build", data=said | typed)
    assert saved.status_code == 422
    assert f'<a href="#b-{field}">{label}</a>' in saved.text
    assert f'id="b-{field}-error"' in saved.text


ROW = ["1", "Trần Thị Bí", "01/08/2021", "10/08/2021", "Sở Y tế"]


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        ([["STT", "Tên", "Ngày", "Ngày", "Đơn vị"], ROW], ["STT", "Tên", "Ngày", "Đơn vị"]),
        ([["", "Tên", "Nhận", "Hẹn", "Đơn vị"], ROW], ["Tên", "Nhận", "Hẹn", "Đơn vị"]),
        ([["BÁO CÁO"], ["Từ 1/8, đến 31/8"], [], ["STT", "Tên", "Nhận"], ROW[:3]],
         ["STT", "Tên", "Nhận"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", [",", ";"])
def test_the_headings_of_a_sample_are_its_headings_and_no_dossier(tmp_path, rows, headings, mark):
    path = tmp_path / "mau.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        tables.writer(file, delimiter=mark).writerows([*rows, *[ROW] * 3])
    assert headings_of(path, Dress()) == headings


def old_1258(text):
    """Vietnamese as Windows writes it: the tone behind its letter."""
    out = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = "".join(m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323")
        rest = unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tones))
        out.append((rest + tones).encode("cp1258"))
    return b"".join(out)


OLD_ROWS = (
    "Mã hồ sơ;Cơ quan giải quyết;Lĩnh vực;Ngày tiếp nhận;Ngày hẹn trả\n"
    "H32-1;Sở Tư pháp;Đất đai;01/09/2021;10/09/2021\n"
)


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("windows-1258", old_1258),
        ("tcvn3", lambda text: text.encode("tcvn3")),
        ("utf-16", lambda text: text.encode("utf-16-le")),
        ("", lambda text: text.encode("utf-16")),
        ("", lambda text: text.encode()),
    ],
)
def test_the_builder_tells_how_a_sample_is_written_and_keeps_it(world, admin, encoding, written):
    body = written(OLD_ROWS)
    place = sample(admin, body).headers["Location"]
    page = admin.get(place).text
    for heading in ("Mã hồ sơ", "Cơ quan giải quyết", "Ngày hẹn trả"):
        assert f">{heading}</option>" in unicodedata.normalize("NFC", page)
    chosen = re.findall(r'<option value="([^"]*)" selected>[^<]*</option>', page)
    assert (encoding in chosen) == bool(encoding)
    assert "tệp mẫu dùng dấu chấm phẩy" in page
    form = filled(page)
    wanted = {"code": "Mã hồ sơ", "agency": "Cơ quan giải quyết", "field": "Lĩnh vực",
              "received_at": "Ngày tiếp nhận", "promised_on": "Ngày hẹn trả"}  # fmt: skip
    form |= {name: "-" for name in form if name.startswith(("col-", "step-", "wait-"))}
    form |= {f"col-{name}": heading for name, heading in wanted.items()}
    form |= {"name": "cu", "title": "Cũ", "source": "cu", "formats": "%d/%m/%Y"}
    form |= {"wait-1-kind": "supplement", "wait-2-kind": "payment", "code_pattern": ""}
    saved = admin.post("/dossiers/profiles/build", data=form)
    assert saved.status_code == 302, saved.text
    with world.office.reading() as unit:
        [kept] = versions_of(unit.connection, "cu")
    assert read_profile(kept.toml).file.encoding == (encoding or None)
    again = bring(admin, body, profile="cu").headers["Location"]
    tried = admin.get(again).text
    assert figure(tried, "hồ sơ mới") == "1"


def test_who_looks_at_a_sample_reads_it_by_another_encoding(world, admin):
    place = sample(admin, OLD_ROWS.encode("tcvn3")).headers["Location"]
    page = admin.get(f"{place}&encoding=windows-1252&delimiter=%3B").text
    assert "Mã hồ sơ</option>" not in page
    page = admin.get(f"{place}&encoding=tcvn3&delimiter=%7C").text
    assert "Không đọc được dòng tiêu đề nào" in page
    page = admin.get(f"{place}&encoding=tcvn3&delimiter=%3B").text
    assert ">Mã hồ sơ</option>" in page
    assert '<input type="hidden" name="delimiter" value=";">' in page


def test_a_sample_that_is_no_table_is_refused(world, admin):
    answer = sample(admin, b"%PDF-1.4 x", "x.pdf")
    assert answer.status_code == 409
    assert not list(folder_of(world.office).glob("*"))


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "clerk"])
def test_nobody_but_the_admin_brings_files(world, who):
    client = world.sign_in(who)
    for address in ("import", "imports", "profiles", "profiles/build", "profiles/one_stop"):
        assert client.get(f"/dossiers/{address}").status_code == 404


def test_files_nobody_took_in_are_forgotten_after_two_weeks(world, admin, clock):
    from datetime import timedelta
    from types import SimpleNamespace

    from web.imports.keeping import forget_old_files

    bring(admin, csv())
    [kept] = folder_of(world.office).glob("[0-9a-f]*")
    import os

    os.utime(kept, (clock().timestamp(), clock().timestamp()))
    night = SimpleNamespace(at=clock() + timedelta(days=13))
    assert forget_old_files(world.office, None, night) == {"forgotten": 0}
    night = SimpleNamespace(at=clock() + timedelta(days=30))
    forget_old_files(world.office, None, night)
    assert not Path(kept).exists()
