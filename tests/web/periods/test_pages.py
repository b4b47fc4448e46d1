"""Pages of reporting periods: the year on the directive, one period, its forms, the list, home."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import standing
from forms import filled, form_on
from sqlalchemy import event
from standing import act, confirm, file, go_to, periods
from upkeep import counted_queries
from violating import kept

from web.jobs.running import run_due
from workflow.directives.records import Action
from workflow.errors import Invalid
from workflow.periods.records import PeriodAction, Rhythm

SEP, OCT, NOV = (date(2021, month, 19) for month in (9, 10, 11))
DAY = timedelta(days=1)
PDF = b"%PDF-1.4\nbao cao\n%%EOF\n"


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def sheet(text, key):
    """Return the words of one sheet of a page."""
    found = re.search(rf'<section class="dd-sheet[^"]*" id="{key}".*?</section>', text, re.DOTALL)
    return words(found.group(0)) if found else ""


@pytest.fixture
def number(world):
    """Late in September, waiting since early October, missing in November, ahead in December."""
    number = standing.standing(world)
    go_to(world, SEP + 2 * DAY)
    file(world, number, 1)
    confirm(world, number, 1)
    go_to(world, OCT - 5 * DAY)
    file(world, number, 2, files=(world.file(),))
    go_to(world, NOV + DAY)
    return number


def test_the_directive_shows_its_year_in_words_with_a_link_to_each_period(world, number):
    text = world.sign_in("clerk").get(f"/directives/{number}").text
    told = sheet(text, "periods")
    for said in ("Kỳ tháng 9/2021", "xong quá 2 ngày", "Kỳ tháng 10/2021", "Chờ xác nhận", "sớm 5 ngày",
                 "Kỳ tháng 11/2021",
                 "quá 1 ngày", "Kỳ tháng 12/2021", "Chưa báo cáo", "hằng tháng, ngày 19"):  # fmt: skip
        assert said in told, said
    assert all(f'href="/periods/{number}/{serial}"' in text for serial in (1, 2, 3, 4))
    for count in ("on_time", "late", "missing", "ahead"):
        assert f"/periods/?number={number}&amp;count={count}" in text


def test_every_figure_opens_as_many_rows(world, number):
    client = world.sign_in("office")
    for count in ("on_time", "late", "missing", "ahead", "waiting"):
        page = client.get(f"/periods/?number={number}&count={count}").text
        assert "1 kỳ báo cáo" in words(page), count


def test_work_that_stays_after_its_year_says_why(world, number):
    go_to(world, date(2022, 1, 3))
    told = sheet(world.sign_in("clerk").get(f"/directives/{number}").text, "periods")
    assert "Đã hết năm mà còn 2 kỳ chưa báo cáo" in told


def test_a_year_of_weeks_shows_what_is_owed_next_and_links_to_all(world):
    number = standing.standing(world, "Hằng tuần")
    told = sheet(world.sign_in("clerk").get(f"/directives/{number}").text, "periods")
    assert "Xem cả 19 kỳ" in told
    assert told.count("Hạn ") == 16


def test_other_directives_have_no_such_sheet(world):
    [made] = world.issue()
    assert sheet(world.sign_in("clerk").get(f"/directives/{made.number}").text, "periods") == ""


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


@pytest.mark.parametrize(
    ("who", "status"),
    [("office", 200), ("leader", 200), ("officer", 200), ("other_clerk", 404), ("admin", 404)],
)
def test_a_period_is_read_by_who_reads_its_directive(world, number, who, status):
    assert world.sign_in(who).get(f"/periods/{number}/1").status_code == status


def test_who_holds_another_clause_of_the_document_reads_no_report(world):
    made = world.issue(
        world.clause(deadline=standing.MONTHLY, coordinating=()),
        world.clause(2, lead="H32.04", coordinating=()),
    )
    client = world.sign_in("other_clerk")
    assert client.get(f"/directives/{made[0].number}").status_code == 200
    assert client.get(f"/periods/{made[0].number}/1").status_code == 404
    assert sheet(client.get(f"/directives/{made[0].number}").text, "periods") == ""


@pytest.mark.parametrize("serial", [0, 5, 9999])
def test_a_period_that_is_none_is_not_there(world, number, serial):
    assert world.sign_in("office").get(f"/periods/{number}/{serial}").status_code == 404


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


def test_work_issued_before_there_were_periods_gets_its_document_s_own(world):
    from models.periods.keeping import forget_plan

    number = standing.standing(world)
    with world.unit() as unit:
        forget_plan(unit.connection, world.directive(number).id)
    client, address = world.sign_in("office"), f"/periods/{number}/rhythm"
    page = client.get(address).text
    assert "hằng tháng, ngày 19" in page
    assert client.post(address, data=form_on(page, address)).status_code == 303
    assert [period.due_on for period in periods(world, number)][:2] == [SEP, OCT]


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


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("clerk", "1 kỳ quá hạn, chưa báo cáo"),
        ("office", "1 báo cáo kỳ chờ xác nhận"),
        ("leader", "1 kỳ quá hạn, chưa báo cáo"),
    ],
)
def test_home_says_what_waits_and_what_is_late(world, number, who, said):
    assert said in words(world.sign_in(who).get("/").text)


@pytest.mark.parametrize(
    ("who", "title", "steps"),
    [
        ("clerk", "Kỳ báo cáo cần nộp", ["3/report_period"]),
        ("office", "Báo cáo kỳ chờ xác nhận", ["2/confirm_period"]),
        ("inspector", "Báo cáo kỳ chờ xác nhận", ["2/confirm_period"]),
        ("leader", "", []),
        ("officer", "", []),
    ],
)
def test_home_lists_the_periods_that_wait_with_their_next_step(world, number, who, title, steps):
    text = world.sign_in(who).get("/").text
    assert title in sheet(text, "periods")
    assert re.findall(rf'href="/periods/{number}/(\d/\w+)"', text) == steps


def test_home_offers_no_report_of_the_whole_work_beside_its_periods(world, number):
    text = world.sign_in("clerk").get("/").text
    assert f"/directives/{number}/report" not in text


@pytest.mark.parametrize(
    ("who", "step"),
    [("clerk", "3/report_period"), ("office", "2/confirm_period"), ("leader", None)],
)
def test_the_main_act_on_standing_work_is_its_next_period(world, number, who, step):
    text = world.sign_in(who).get(f"/directives/{number}").text
    main = re.search(r'<div class="dd-main-action"><a [^>]*href="([^"]+)"', text)
    assert (main and main.group(1)) == (f"/periods/{number}/{step}" if step else None)


def test_the_agency_s_page_counts_its_year(world, number):
    text = world.sign_in("office").get("/agencies/H32.03").text
    assert "Kỳ báo cáo năm 2021" in text
    assert "1 kỳ báo cáo quá hạn, chưa nộp" in text
    assert "/periods/?agency=H32.03&amp;year=2021&amp;count=missing" in text


def test_the_list_as_a_file_holds_the_rows_shown(world, number):
    text = world.sign_in("office").get("/periods/export.csv?count=missing").get_data(as_text=True)
    lines = text.strip().splitlines()
    assert len(lines) == 2
    assert number in lines[1]
    assert world.sign_in("office").get("/periods/export.xlsx").status_code == 200


def test_the_list_pages_by_due_day(world):
    for _ in range(3):
        standing.standing(world, "Hằng tuần")
    client = world.sign_in("office")
    first = client.get("/periods/").text
    assert "57 kỳ báo cáo" in words(first)
    onward = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    rest = client.get(onward).text
    assert first.count('class="dd-clamp"') == 50
    assert rest.count('class="dd-clamp"') == 7


@pytest.mark.parametrize("odd", ["after=x", "count=x", "year=x", "agency=x", "after=2021-09-19.x"])
def test_a_spoiled_address_of_the_list_still_opens(world, number, odd):
    assert world.sign_in("office").get(f"/periods/?{odd}").status_code == 200


def asked(world, client, address):
    """Count the statements that a page needs."""
    seen, engine = [], world.office.engine

    def note(connection, cursor, statement, *_):
        if not statement.startswith(("BEGIN", "SET")):
            seen.append(statement)

    client.get(address)
    event.listen(engine, "before_cursor_execute", note)
    assert client.get(address).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("page", ["list", "period", "directive", "home", "agency"])
def test_a_page_asks_the_database_as_often_for_a_year_of_weeks_as_for_one_report(world, page):
    few = standing.standing(world, "Trước ngày 15/12 hằng năm")
    many = standing.standing(world, "Hằng tuần")
    client = world.sign_in("office")
    places = {
        "list": ("/periods/?count=missing", "/periods/"),
        "period": (f"/periods/{few}/1", f"/periods/{many}/1"),
        "directive": (f"/directives/{few}", f"/directives/{many}"),
        "home": ("/", "/"),
        "agency": ("/agencies/H32.04", "/agencies/H32.03"),
    }
    first, second = (asked(world, client, address) for address in places[page])
    assert first == second
    assert first <= 12, first


def test_notices_of_periods_are_read_in_words(world, number):
    act(world, "office", number, 2, PeriodAction.RETURN, reason="Thiếu số liệu")
    with world.app.app_context():
        run_due(world.office)
    text = words(world.sign_in("clerk").get("/inbox/").text)
    assert f"Nhiệm vụ {number}: báo cáo kỳ đến hạn 19/10/2021 cần bổ sung: “Thiếu số liệu”" in text


def test_the_history_names_a_period_by_its_month(world, number):
    act(world, "office", number, 2, PeriodAction.RETURN, reason="Thiếu số liệu")
    history = words(world.sign_in("clerk").get(f"/directives/{number}").text)
    assert "Kỳ: tháng 10/2021" in history


def test_the_english_page_is_english(world, number):
    client = world.sign_in("clerk")
    client.post("/language", data=form_on(client.get("/").text, "/language") | {"language": "en"})
    text = words(client.get(f"/periods/{number}/3").text)
    assert "Reporting period" in text
    assert "Kỳ" not in text


def test_the_violation_of_a_missed_period_names_it(world, number):
    standing.look_for_late(world, NOV + DAY)
    [missed] = [one for one in kept(world) if one.occurred_on == NOV + DAY]
    text = world.sign_in("office").get(f"/violations/{missed.id}").text
    assert f'href="/periods/{number}/3"' in text
    assert "hạn 19/11/2021" in words(text)


def test_paused_work_says_so_on_its_periods(world, number):
    world.act("office", number, Action.SUSPEND, paper="1/UBND", reason="Chờ")
    told = words(world.sign_in("clerk").get(f"/periods/{number}/4").text)
    assert "đang tạm dừng nên kỳ này chưa phải báo cáo" in told


def test_the_two_numbers_of_a_rate_are_not_taken_without_it(world):
    number = standing.standing(world, target_indicator="Đúng hạn", target_unit="%")
    told = {"result": "x", "numerator": "8", "denominator": "10"}
    with pytest.raises(Invalid) as refused:
        act(world, "clerk", number, 1, PeriodAction.REPORT, **told)
    assert refused.value.errors == {"figure": "required"}
    act(world, "clerk", number, 1, PeriodAction.REPORT, **told, figure="80")


def test_a_period_that_a_pause_took_away_waits_for_no_report(world, number):
    world.act("office", number, Action.SUSPEND, paper="1/UBND", reason="Chờ")
    standing.go_to(world, date(2021, 12, 22))
    world.act("office", number, Action.RESUME, paper="2/UBND", reason="Xong")
    told = words(world.sign_in("clerk").get(f"/periods/{number}/4").text)
    assert "đến hạn khi nhiệm vụ tạm dừng hoặc đã kết thúc nên không phải báo cáo" in told
    assert "sẽ nằm ở đây" not in told


def test_rhythms_stay_known_to_the_words(world):
    from web.periods.words import RHYTHMS

    assert set(RHYTHMS) == {rhythm.value for rhythm in Rhythm}


def test_a_standing_work_tells_its_period_within_the_line_of_the_list(world):
    number, other = standing.standing(world), standing.standing(world, lead="H32.04")
    world.issue(world.clause(1), world.clause(2))

    def line(of):
        text = world.sign_in("office").get("/directives/").text
        return re.search(rf'<tr[^>]*>(?:(?!</tr>).)*"/directives/{of}".*?</tr>', text, re.DOTALL)[0]

    go_to(world, date(2021, 9, 10))
    assert "kỳ tháng 9/2021, hạn 19/09/2021, còn" in line(number)
    go_to(world, date(2021, 10, 22))
    assert "chưa báo cáo kỳ tháng 9/2021, hạn 19/09/2021, quá 33 ngày và 1 kỳ nữa" in line(number)
    assert 'class="is-late"' in line(number)
    file(world, number, 1)
    assert "chưa báo cáo kỳ tháng 10/2021, hạn 19/10/2021, quá 3 ngày; 1 kỳ chờ" in line(number)
    assert "và 1 kỳ nữa" in line(other)
    client = world.sign_in("office")
    with counted_queries(world) as sent:
        client.get("/directives/")
    assert len(sent) <= 8, sent
    files = client.get("/directives/export.csv").text
    assert "chưa báo cáo kỳ tháng 10/2021" in files


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


def test_a_year_that_ended_by_itself_shows_no_verdict_of_anybody(world):
    number = standing.standing(world)
    for serial, day in enumerate((SEP, OCT, NOV, date(2021, 12, 19)), start=1):
        go_to(world, day)
        file(world, number, serial)
        confirm(world, number, serial)
    go_to(world, date(2022, 1, 3))
    assert standing.close(world, number)
    told = words(world.sign_in("office").get(f"/directives/{number}").text)
    assert "không ai kết luận ở đây" in told
    assert "Đạt yêu cầu" not in told


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
