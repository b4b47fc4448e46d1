"""Acts on a period through their forms: reported, confirmed, given a rhythm."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
import standing
from forms import filled, form_on
from period_pages import DAY, OCT, SEP, sheet, words
from standing import act, file, go_to, periods

from web.jobs.running import run_due
from workflow.directives.records import Action
from workflow.errors import Invalid
from workflow.periods.records import PeriodAction

PDF = b"%PDF-1.4\nbao cao\n%%EOF\n"


def test_a_clerk_reports_a_period_through_its_form(world):
    number = standing.standing(world)
    go_to(world, SEP)
    client = world.sign_in("clerk")
    address = f"/periods/{number}/1/report_period"
    form = form_on(client.get(address).text, address)
    data = filled(form, result="Đã rà soát 120 hồ sơ", report_number="12/BC-STNMT")
    answer = client.post(address, data=data | {"files": (io.BytesIO(PDF), "bao-cao.pdf")})
    assert (answer.status_code, answer.location) == (303, f"/periods/{number}/1")
    text = client.get(answer.location).text
    told = words(text)
    for said in ("Đã rà soát 120 hồ sơ", "12/BC-STNMT", "bao-cao.pdf", "Chờ xác nhận"):
        assert said in told, said
    assert "Báo cáo kỳ" in sheet(text, "history")


def test_the_office_confirms_and_the_period_says_so(world, number):
    client = world.sign_in("office")
    address = f"/periods/{number}/2/confirm_period"
    assert f'href="{address}"' in client.get(f"/periods/{number}/2").text
    data = filled(form_on(client.get(address).text, address), comment="Đạt yêu cầu")
    assert client.post(address, data=data).status_code == 303
    told = words(client.get(f"/periods/{number}/2").text)
    assert "Đã xác nhận" in told
    assert "Đạt yêu cầu" in told


def test_a_form_with_a_mistake_keeps_what_was_typed(world):
    number = standing.standing(world, target_indicator="Tỷ lệ", target_value=Decimal(95))
    go_to(world, SEP)
    client, address = world.sign_in("clerk"), f"/periods/{number}/1/report_period"
    data = filled(form_on(client.get(address).text, address), result="Đã rà soát", figure="")
    answer = client.post(address, data=data)
    assert answer.status_code == 422
    assert "Đã rà soát" in answer.text
    assert len(periods(world, number)) == 4


def test_the_second_person_keeps_every_word_and_is_told_who_came_first(world):
    number = standing.standing(world)
    go_to(world, SEP)
    client, address = world.sign_in("clerk"), f"/periods/{number}/1/report_period"
    form = form_on(client.get(address).text, address)
    file(world, number, 1, "head")
    answer = client.post(address, data=filled(form, result="Bản của tôi"))
    assert answer.status_code == 409
    assert "Bản của tôi" in answer.text
    assert "Võ Thủ Trưởng" in answer.text


def test_a_shut_door_says_why_before_anyone_clicks(world, number):
    told = sheet(world.sign_in("clerk").get(f"/periods/{number}/4").text, "doors")
    assert "Kỳ này bắt đầu ngày 20/11/2021" not in told, "it has begun"
    go_to(world, OCT)
    told = sheet(world.sign_in("clerk").get(f"/periods/{number}/4").text, "doors")
    assert "Kỳ này bắt đầu ngày 20/11/2021" in told


def test_the_office_sets_a_rhythm_and_sees_its_periods(world):
    number = standing.standing(world, "Thường xuyên")
    client, address = world.sign_in("office"), f"/periods/{number}/rhythm"
    page = client.get(f"/directives/{number}").text
    assert "Chưa lập kỳ báo cáo" in sheet(page, "periods")
    assert f'href="{address}"' in page
    form = form_on(client.get(address).text, address)
    wrong = client.post(address, data=filled(form, due_day="20"))
    assert wrong.status_code == 422
    assert 'value="20"' in wrong.text
    answer = client.post(address, data=filled(form, rhythm="monthly", due_day="20"))
    assert answer.status_code == 303
    assert [period.due_on.day for period in periods(world, number)] == [20] * 4
    assert "Kỳ tháng 12/2021" in sheet(client.get(f"/directives/{number}").text, "periods")


def test_a_rhythm_is_chosen_while_a_document_is_issued(world):
    from workflow.documents.usecases import save_draft

    clause = world.clause(lead=("H32.03", "H32.04"), coordinating=(), deadline="Thường xuyên")
    with world.unit() as unit:
        ground = world.office.ground(unit)
        key = save_draft(
            unit.documents, world.actor("office"), world.head(), (clause,), ground=ground
        )
    client, address = world.sign_in("office"), f"/documents/drafts/{key}/issue"
    page = client.get(address).text
    assert "Chọn nhịp báo cáo" in page
    answer = client.post(address, data=filled(form_on(page, address), rhythm="quarterly"))
    assert answer.status_code == 303
    assert standing.all_rows(world) == 4


def test_the_two_numbers_of_a_rate_are_not_taken_without_it(world):
    number = standing.standing(world, target_indicator="Đúng hạn", target_unit="%")
    told = {"result": "x", "numerator": "8", "denominator": "10"}
    with pytest.raises(Invalid) as refused:
        act(world, "clerk", number, 1, PeriodAction.REPORT, **told)
    assert refused.value.errors == {"figure": "required"}
    act(world, "clerk", number, 1, PeriodAction.REPORT, **told, figure="80")


def test_a_period_s_report_begins_with_what_an_officer_prepared(world):
    number = standing.standing(world)
    go_to(world, date(2021, 9, 10))
    kept_file = world.file(name="so-lieu.pdf")
    world.act("officer", number, Action.PREPARE, result="Đã làm 12 việc", report_number="9/BC",
              files=(kept_file,))  # fmt: skip
    client = world.sign_in("clerk")
    told = client.get(f"/directives/{number}").text
    assert (
        f'href="/directives/{number}/report"'
        not in told.partition('id="prepared"')[2].partition("</section>")[0]
    )
    address = f"/periods/{number}/1/report_period"
    sheet = told.partition('id="prepared"')[2].partition("</section>")[0]
    assert "Báo cáo kỳ" in sheet
    assert "Báo cáo kết quả" not in sheet
    assert f'href="{address}"' in sheet, "the next step is one press away"
    page = client.get(address).text
    for said in ("Điền sẵn từ báo cáo", "Đã làm 12 việc", "9/BC", "so-lieu.pdf"):
        assert said in page
    data = filled(form_on(page, address), prepared_files=kept_file.sha256)
    assert client.post(address, data=data, content_type="multipart/form-data").status_code == 303
    of = world.directive(number)
    [piece] = of.evidence
    assert (piece.name, piece.uploaded_by) == ("so-lieu.pdf", world.accounts["officer"])
    assert of.standing_report is None
    assert of.touched_by >= {world.accounts["officer"], world.accounts["clerk"]}
    with world.app.app_context():
        run_due(world.office)
    heard = words(world.sign_in("officer").get("/inbox/").text)
    assert f"Nhiệm vụ {number}: Hồ Văn Thư đã gửi báo cáo kỳ" in heard


def test_a_report_before_the_period_is_over_says_so_to_who_files_and_who_judges(world):
    number = standing.standing(world, target_indicator="Tỷ lệ", target_value=Decimal(95))
    go_to(world, SEP - 5 * DAY)
    address = f"/periods/{number}/1"
    page = words(world.sign_in("clerk").get(f"{address}/report_period").text)
    assert "Kỳ còn 5 ngày mới hết (19/09/2021)" in page
    file(world, number, 1, figure=96)
    told = "Báo cáo khi kỳ còn 5 ngày mới hết (19/09/2021)"
    office = world.sign_in("office")
    assert told in words(office.get(f"{address}/confirm_period").text)
    assert told in words(office.get(address).text)
    assert "ngày nghỉ: Chủ nhật" in words(office.get(address).text)
    go_to(world, OCT)
    assert "mới hết" not in world.sign_in("clerk").get(f"/periods/{number}/2/report_period").text


def test_what_a_target_or_an_output_asks_for_is_marked_as_needed(world):
    number = standing.standing(
        world, target_indicator="Tỷ lệ", target_value=Decimal(95), expected_output="Báo cáo"
    )
    go_to(world, SEP)
    page = world.sign_in("clerk").get(f"/periods/{number}/1/report_period").text
    for name in ("figure", "files", "result"):
        label = re.search(rf'<label[^>]*for="{name}".*?</label>', page, re.DOTALL)
        assert label, name
        assert "dd-needed" in label[0], name
    plain = standing.standing(world)
    page = world.sign_in("clerk").get(f"/periods/{plain}/1/report_period").text
    label = re.search(r'<label[^>]*for="figure".*?</label>', page, re.DOTALL)
    assert label is None or "dd-needed" not in label[0]


def test_an_officer_finds_the_period_to_prepare_and_the_form_says_which(world, number):
    officer = world.sign_in("officer")
    assert sheet(officer.get("/").text, "periods") == ""
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"])
    home = officer.get("/").text
    told = sheet(home, "periods")
    assert "Kỳ tháng 11/2021" in told
    assert "Trình báo cáo" in told
    page = officer.get(f"/periods/{number}/3").text
    assert f'href="/directives/{number}/prepare"' in page
    assert f'href="/directives/{number}/prepare"' not in officer.get(f"/periods/{number}/4").text
    form = officer.get(f"/directives/{number}/prepare").text
    assert "Cho kỳ tháng 11/2021 (20/10/2021 – 19/11/2021), hạn 19/11/2021" in words(form)
    assert 'name="period_from"' not in form
    world.act("officer", number, Action.PREPARE, result="Đủ 12 xã")
    assert sheet(officer.get("/").text, "periods") == ""
    filed = world.sign_in("clerk").get(f"/periods/{number}/3/report_period").text
    assert "Đủ 12 xã" in filed
