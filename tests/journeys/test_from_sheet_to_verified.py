"""Five people take a task sheet from import to a verified directive, in real browsers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from someone import Someone

from web.demo.agencies import seed_agencies
from web.demo.document import AUGUST
from web.demo.people import SINCE, seed_people
from web.demo.units import seed_units

PASSWORD = "mật khẩu của hành trình"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "directive_khanh_hoa_2021.xlsx"
CAM_LAM = "UBND huyện Cam Lâm"
VAGUE = "Các cơ quan được giao chủ trì tham mưu"


@pytest.fixture
def province(app, clock):
    """The demo's agencies and people, and nothing issued yet: Monday 23 August 2021."""
    clock.at = datetime(2021, 8, 23, 1, 30, tzinfo=UTC)
    with app.extensions["office"].writing() as unit:
        seed_agencies(unit, SINCE)
        seed_units(unit, SINCE)
        seed_people(unit, PASSWORD)
    return app


def own_sheet(folder: Path) -> Path:
    """Write a sheet of the same shape as Khánh Hòa's annex, in our own words."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["PHỤ LỤC NHIỆM VỤ"])
    page.append(["(Kèm theo văn bản của UBND tỉnh, tháng 8 năm 2021)"])
    page.append([])
    page.append(
        ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn",
         "Sản phẩm / chỉ tiêu", "Lĩnh vực CCHC"]
    )  # fmt: skip
    for place, row in enumerate(AUGUST, start=1):
        lead = VAGUE if place == 1 else row["lead"]
        page.append(
            [place, row["content"], lead, row.get("coordinating"), row["deadline"] or None,
             row.get("output"), row.get("index")]
        )  # fmt: skip
    path = folder / "phu-luc.xlsx"
    book.save(path)
    return path


def evidence(folder: Path) -> Path:
    path = folder / "so-lieu.csv"
    path.write_text("Tháng,Đúng hạn\n09/2021,97\n", encoding="utf-8")
    return path


@pytest.fixture(params=["own", "shared"])
def sheet(request, tmp_path):
    if request.param == "own":
        return own_sheet(tmp_path)
    if not SHARED.exists():
        pytest.skip("the real sheet is not here")
    return SHARED


def press(someone: Someone, name: str) -> None:
    """Press a button and wait for the page that follows."""
    with someone.page.expect_navigation():
        someone.page.get_by_role("button", name=name, exact=True).first.click()


def follow(someone: Someone, name: str) -> None:
    with someone.page.expect_navigation():
        someone.page.get_by_role("link", name=name, exact=True).first.click()


def pick(someone: Someone, field: str, typed: str, name: str) -> None:
    """Choose from a searchable list as a person does: type without diacritics, click the name."""
    control = someone.page.locator(f"select[name='{field}'] + .ts-wrapper .ts-control")
    box = control.locator("input")
    box.click()
    box.fill(typed)
    someone.page.locator(".ts-dropdown .option", has_text=name).first.click()
    box.press("Escape")
    as_high_as = control.bounding_box()["height"]
    box.blur()
    # else the button below moves from under the pointer that presses it
    assert control.bounding_box()["height"] == as_high_as


def see(someone: Someone, words: str) -> None:
    assert words in someone.page.locator("main").inner_text(), someone.page.locator(
        "main"
    ).inner_text()


def mend_the_vague_lead(office: Someone) -> None:
    with office.page.expect_response(lambda r: "/choose" in r.url):
        office.page.get_by_role("link", name="Chọn cơ quan…").first.click()
    office.page.wait_for_selector("select[name=choice]", state="attached")
    pick(office, "choice", "so noi vu", "Sở Nội vụ")
    press(office, "Chọn")


def fill_the_head(office: Someone) -> None:
    follow(office, "Điền phần đầu văn bản")
    office.page.fill("[name=reference]", "2847/UBND-KSTTHC")
    office.page.fill("[name=issued_on]", "20/08/2021")
    office.page.fill("[name=subject]", "Khắc phục tồn tại, nâng cao Chỉ số CCHC")
    press(office, "Lưu và xem trước khi ban hành")


def issue_the_sheet(office: Someone, sheet: Path) -> None:
    office.go("/documents/import")
    office.page.set_input_files("[name=file]", sheet)
    press(office, "Đọc bảng")
    see(office, "29/09/2021")
    mend_the_vague_lead(office)
    fill_the_head(office)
    press(office, "Ban hành 141 nhiệm vụ")
    assert "/documents/2021-0001" in office.page.url


def own_number(someone: Someone, words: str) -> str:
    """Find one's own directive by searching without diacritics."""
    someone.go(f"/directives/?q={words}&state=assigned")
    return someone.page.locator("table a[href^='/directives/2021-']").first.get_attribute("href")


def hand_a_part_down(district: Someone, number: str) -> None:
    district.go(number)
    press(district, "Tiếp nhận")
    district.go(f"{number}/hand_down")
    district.page.get_by_role("checkbox", name="UBND xã Cam Tân").check()
    district.page.fill("[name=content]", "Giảm hồ sơ trễ hạn tại xã Cam Tân")
    press(district, "Giao phần việc cho đơn vị trực thuộc")


def do_the_part(commune: Someone, part: str) -> None:
    commune.go(part)
    press(commune, "Tiếp nhận")
    commune.go(f"{part}/report")
    commune.page.fill("[name=result]", "Không còn hồ sơ trễ hạn")
    sign(commune, "7/BC-UBND")
    press(commune, "Báo cáo kết quả")
    see(commune, "Chờ xác nhận")


def verify(someone: Someone, number: str) -> None:
    someone.go(f"{number}/verify")
    someone.page.get_by_label("Đạt yêu cầu").check()
    press(someone, "Xác nhận hoàn thành")
    see(someone, "Hoàn thành")


def sign(someone: Someone, number: str) -> None:
    """Type what stands at the foot of a signed report."""
    for name, words in {
        "report_number": number,
        "report_date": "23/08/2021",
        "signer": "Võ An",
    }.items():
        someone.page.fill(f"[name={name}]", words)


def report(someone: Someone, number: str, result: str, file: Path | None = None) -> None:
    someone.go(f"{number}/report")
    someone.page.fill("[name=result]", result)
    sign(someone, "88/BC-STNMT")
    if file:
        someone.page.set_input_files("[name=files]", file)
    press(someone, "Báo cáo kết quả")
    see(someone, "Chờ xác nhận")


def send_back(someone: Someone, number: str, reason: str) -> None:
    someone.go(f"{number}/return")
    someone.page.fill("[name=reason]", reason)
    press(someone, "Yêu cầu bổ sung, thực hiện lại")
    see(someone, "Đang thực hiện")


def test_five_people_from_sheet_to_verified(province, sheet, tmp_path, newcomer):
    office, district, commune = newcomer("office"), newcomer("camlam"), newcomer("camtan")
    inspector, second = newcomer("inspector"), newcomer("office2")

    issue_the_sheet(office, sheet)
    number = own_number(district, "ho+so+tre+han")
    hand_a_part_down(district, number)
    do_the_part(commune, f"{number}-01")
    verify(district, f"{number}-01")
    report(district, number, "Còn ba hồ sơ trễ hạn", evidence(tmp_path))
    send_back(inspector, number, "Chưa nêu số liệu từng tháng")
    report(district, number, "Đã bổ sung số liệu từng tháng")
    verify(second, number)

    told = second.page.locator("main").inner_text()
    assert "Chưa nêu số liệu từng tháng" in told
    assert "so-lieu.csv" in told
    with province.extensions["office"].reading() as unit:
        assert unit.history.verify().ok
