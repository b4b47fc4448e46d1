"""Nobody decides blind: above each choice stands what is judged, and what sending brings."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from sqlalchemy import select
from world import csrf_of

from models.messages.rows import MessageRow
from workflow.directives.records import Action

ONE = timedelta(days=1)


@pytest.fixture
def number(world):
    [made] = world.issue(
        world.clause(
            coordinating=("H32.04", "H32.02"),
            target_indicator="Hồ sơ trễ hạn",
            target_unit="hồ sơ",
        )
    )
    world.act("clerk", made.number, Action.ACCEPT)
    return made.number


def form(world, who, number, action):
    return unescape(world.sign_in(who).get(f"/directives/{number}/{action}").text)


def above(text):
    """Return what stands above the form of the act."""
    return text.partition('id="act"')[0].rpartition('<main class="dd-page"')[2]


def test_a_verdict_is_given_under_the_whole_report_with_its_files(world, number):
    world.report(
        number, result="Giảm 40 hồ sơ", report_number="88/BC-STNMT", signer="Võ Thủ Trưởng",
        report_date=world.office.today(), figure=40,
    )  # fmt: skip
    [piece] = world.directive(number).evidence
    for action in ("verify", "return"):
        told = above(form(world, "office", number, action))
        for said in ("Giảm 40 hồ sơ", "88/BC-STNMT", "Võ Thủ Trưởng", "40 hồ sơ", "Hồ Văn Thư"):
            assert said in told
        assert f'href="/evidence/{piece.id}' in told


def test_a_report_without_the_figure_of_its_target_says_so(world):
    [made] = world.issue(
        world.clause(target_indicator="Đúng hạn", target_value=Decimal(95), target_unit="%")
    )
    asked = above(form(world, "clerk", made.number, "report"))
    assert "Đúng hạn 95 %" in asked
    shut = unescape(world.sign_in("office").get(f"/directives/{made.number}").text)
    assert "Cơ quan chưa dùng hệ thống thì không cần chờ" in shut
    world.report(made.number)
    lacking = "chưa có số liệu (chỉ tiêu 95 %)"
    assert lacking in above(form(world, "office", made.number, "verify"))
    office = world.sign_in("office")
    for page in (f"/directives/{made.number}", f"/papers/{made.number[:9]}/judge"):
        assert lacking in unescape(office.get(page).text)


def test_an_extension_is_decided_under_the_request(world, number):
    asked = world.directive(number).due_on + 20 * ONE
    world.act(
        "clerk", number, Action.REQUEST_EXTENSION, due_on=asked, reason="Mưa bão dài ngày",
        paper="77/STNMT", files=(world.file(),),
    )  # fmt: skip
    told = above(form(world, "office", number, "decide_extension"))
    for said in ("Mưa bão dài ngày", "77/STNMT", asked.strftime("%d/%m/%Y"),
                 "29/09/2021", "Hồ Văn Thư", "bao-cao.pdf"):  # fmt: skip
        assert said in told
    assert not world.directive(number).result_evidence, "a paper shows no result"


def test_a_decline_names_who_should_have_it_and_the_office_finds_that_filled_in(world):
    [made] = world.issue(world.clause())
    wished = world.agencies["H32.04"]
    world.act(
        "clerk", made.number, Action.DECLINE, paper="9/STNMT", ask="other_lead",
        agency=wished.id, reason="Việc của ngành xây dựng", files=(world.file(),),
    )  # fmt: skip
    for action in ("reassign", "insist"):
        told = above(form(world, "office", made.number, action))
        for said in ("Việc của ngành xây dựng", "9/STNMT", "Sở Xây dựng", "bao-cao.pdf"):
            assert said in told
    text = form(world, "office", made.number, "reassign")
    assert re.search(rf'<option selected value="{wished.id}"', text)


def test_whom_the_words_of_a_decline_name_is_filled_in_and_two_names_are_no_answer(world):
    one, two = world.issue(world.clause(), world.clause(2))
    wished = world.agencies["H32.04"]
    for made, words in ((one, "đề nghị giao so xay dung chủ trì"),
                        (two, "của Sở Xây dựng hoặc UBND huyện Vạn Ninh")):  # fmt: skip
        world.act(
            "clerk", made.number, Action.DECLINE, paper="9/STNMT", ask="other_lead",
            reason=words, files=(world.file(),),
        )  # fmt: skip
    chosen = r'<option selected value="(\d+)"'
    assert re.findall(chosen, form(world, "office", one.number, "reassign")) == [str(wished.id)]
    assert not re.findall(chosen, form(world, "office", two.number, "reassign"))


def test_who_judges_can_send_back_from_the_same_page(world, number):
    world.report(number)
    assert f'href="/directives/{number}/return"' in form(world, "office", number, "verify")


def test_who_wants_to_swap_with_the_only_agency_beside_it_need_not_name_it(world):
    [made] = world.issue(world.clause(coordinating=("H32.04",)))
    world.act(
        "clerk", made.number, Action.DECLINE, paper="9/STNMT", ask="swap_roles",
        reason="Việc của ngành xây dựng", files=(world.file(),),
    )  # fmt: skip
    text = form(world, "office", made.number, "reassign")
    assert re.search(rf'<option selected value="{world.agencies["H32.04"].id}"', text)


def test_what_reopens_is_seen_with_its_verdict_and_late_at_once(world, number):
    world.report(number)
    world.act("office", number, Action.VERIFY, verdict="met", grade="good")
    world.clock.at += 60 * ONE
    told = above(form(world, "office", number, "reopen"))
    assert "Đã xử lý xong" in told
    assert "Mở lại là quá hạn ngay" in told
    world.act(
        "office", number, Action.REOPEN, reason="Dân phản ánh", paper="5/ĐT",
        paper_date=world.office.today(), files=(world.file(name="don.pdf"),),
    )  # fmt: skip
    page = world.sign_in("office").get(f"/directives/{number}").text
    assert "5/ĐT" in page
    assert "don.pdf" in page


def test_going_back_past_the_date_says_that_it_is_late_at_once(world, number):
    world.report(number)
    assert "quá hạn ngay" not in form(world, "office", number, "return")
    world.clock.at += 60 * ONE
    assert "Yêu cầu làm lại là quá hạn ngay" in above(form(world, "office", number, "return"))
    assert "Rút báo cáo là quá hạn ngay" in above(form(world, "clerk", number, "recall"))
    together = world.sign_in("office").get(f"/papers/{number[:9]}/judge").text
    assert "1 nhiệm vụ ở đây đã qua hạn" in together


def test_late_work_offers_its_reminder_first_to_who_may_urge(world, number):
    main = r'btn btn-primary"[^>]*data-action="remind"'
    assert not re.search(main, world.sign_in("office").get(f"/directives/{number}").text)
    world.clock.at += 60 * ONE
    assert re.search(main, world.sign_in("office").get(f"/directives/{number}").text)
    assert not re.search(main, world.sign_in("clerk").get(f"/directives/{number}").text)
    assert "Đề nghị khẩn trương" in form(world, "office", number, "remind")
    world.act("office", number, Action.REMIND, text="Gấp")
    assert not re.search(main, world.sign_in("office").get(f"/directives/{number}").text)


def test_a_report_says_what_still_waits_and_lays_the_request_by(world, number):
    asked = world.directive(number).due_on + 20 * ONE
    world.act("clerk", number, Action.REQUEST_EXTENSION, due_on=asked, reason="Mưa bão")
    world.act(
        "clerk", number, Action.REQUEST_INPUT, agencies=(world.agencies["H32.04"].id,),
        what="Số liệu", needed_on=world.office.today() + ONE,
    )  # fmt: skip
    told = above(form(world, "clerk", number, "report"))
    assert "Đề nghị gia hạn chưa được trả lời" in told
    assert "Sở Xây dựng (đến hết" in told
    world.report(number)
    office = world.sign_in("office")
    assert number not in office.get("/directives/?asks=extension").text
    assert "Đề nghị gia hạn để lại" in office.get(f"/directives/{number}").text
    assert office.get(f"/directives/{number}/decide_extension").status_code == 409
    world.act("clerk", number, Action.RECALL, reason="Sửa số")
    after = world.directive(number)
    assert (after.extension_asked_to, after.extension_asked_on) == (asked, world.office.today())
    assert number in office.get("/directives/?asks=extension").text
    world.report(number)
    world.act("office", number, Action.VERIFY, verdict="met")
    assert world.directive(number).extension_asked_to is None


def test_a_report_filed_again_begins_from_the_one_taken_back(world, number):
    world.report(number, result="Câu cũ", report_number="88/BC", figure=40, signer="Ông A")
    world.act("clerk", number, Action.RECALL, reason="Sửa số")
    text = form(world, "clerk", number, "report")
    for said in ("Câu cũ", 'value="88/BC"', 'value="40"', 'value="Ông A"', "báo cáo lần 1"):
        assert said in text
    assert "Số liệu đạt được (hồ sơ)" in text


def test_only_the_one_that_was_not_asked_is_ticked(world, number):
    assert "checked" not in form(world, "clerk", number, "request_input")
    world.act(
        "clerk", number, Action.REQUEST_INPUT, agencies=(world.agencies["H32.04"].id,),
        what="Số liệu", needed_on=world.office.today() + ONE,
    )  # fmt: skip
    text = form(world, "clerk", number, "request_input")
    assert "Sở Xây dựng (đã hỏi, trả lời đến hết" in text
    [ticked] = re.findall(r"<input[^>]*checked[^>]*>", text)
    assert f'value="{world.agencies["H32.02"].id}"' in ticked


def test_a_new_date_says_what_it_does_before_it_is_sent(world, number):
    world.clock.at += 60 * ONE
    leader = world.sign_in("leader")
    day = world.office.today() + 14 * ONE
    ask = f"/directives/{number}/direct/day"
    told = unescape(leader.get(ask, query_string={"due_on": day.strftime("%d/%m/%Y")}).text)
    assert re.search(r"quá \d+ ngày → còn \d+ ngày làm việc; hạn đầu 29/09/2021 giữ", told)
    assert "Không đọc được ngày này" in leader.get(ask, query_string={"due_on": "2021-12-1"}).text
    assert "Đang quá hạn" in leader.get(f"/directives/{number}/direct").text
    world.act(
        "office", number, Action.DIRECT, text="Báo cáo gấp", reference="Giao ban",
        said_by="Phó Chủ tịch Minh", said_on=world.office.today(),
    )  # fmt: skip
    page = leader.get(f"/directives/{number}").text
    assert "Phó Chủ tịch Minh, " in page
    assert "Cuộc họp hoặc văn bản" in page
    assert "Ngày chỉ đạo" in page
    form = world.sign_in("office").get(f"/directives/{number}/direct").text
    assert 'name="said_by"' in form
    assert 'name="said_by"' not in leader.get(f"/directives/{number}/direct").text
    world.act("leader", number, Action.DIRECT, text="Làm ngay", due_on=day)
    page = leader.get(f"/directives/{number}").text
    assert "trễ so với hạn đầu" in page
    assert world.sign_in("foreign").get(ask).status_code == 404


def test_an_instruction_gives_new_work_in_the_same_document(world, number):
    new = number[:10]
    told = {"text": "Cho kiểm tra đột xuất", "new_content": "Kiểm tra đột xuất Chi nhánh"}
    more = {"new_agency": str(world.agencies["H32.04"].id), "new_due_on": "15/10/2021"}
    answer = send(world, "office", number, "direct", reference="Giao ban 3/9", **told, **more)
    assert answer.status_code == 303
    made = world.directive(f"{new}02")
    assert (made.lead_name, made.due_on) == ("Sở Xây dựng", date(2021, 10, 15))
    assert made.first_due_on == made.due_on
    assert made.assigned_on == world.office.today()
    assert made.overseer_id == world.directive(number).overseer_id
    page = world.sign_in("office").get(f"/directives/{made.number}").text
    assert "Giao ban 3/9" in page
    assert f'<a href="/directives/{number}">{number}</a>' in page
    page = world.sign_in("office").get(f"/directives/{number}").text
    assert f'<a href="/directives/{made.number}">{made.number}</a>' in page
    document = unescape(world.sign_in("office").get(f"/documents/{number[:9]}").text)
    assert "Kiểm tra đột xuất Chi nhánh" in document
    sunday = world.sign_in("leader").get(f"/directives/{number}/direct/day?new_due_on=31/10/2021")
    assert "Chủ nhật" in unescape(sunday.text)
    assert "còn" in unescape(sunday.text)
    again = send(world, "office", number, "direct", reference="Giao ban 3/9", **told, **more)
    assert again.status_code == 409
    with world.office.reading() as unit:
        told = select(MessageRow.subject_key, MessageRow.to_agency).where(
            MessageRow.kind == "directive.instructed"
        )
        assert unit.connection.execute(told).all() == [(made.number, made.lead_agency_id)]
    send(world, "leader", number, "direct", text="Làm tiếp", new_content="Rà soát quy trình")
    third = world.directive(f"{new}03")
    assert third.lead_agency_id == world.directive(number).lead_agency_id
    assert third.assigner_id == world.accounts["leader"]


def send(world, who, number, action, client=None, **data):
    client = client or world.sign_in(who)
    token = csrf_of(client.get(f"/directives/{number}").text)
    seen = str(world.directive(number).version)
    return client.post(
        f"/directives/{number}/{action}",
        data={"csrf_token": token, "version": seen, **data},
        content_type="multipart/form-data",
    )


def kept(text):
    return re.findall(r'name="kept_files" value="([^"]+)"', text)


def test_everything_that_is_wrong_is_said_at_once_and_a_good_file_stays(world):
    [made] = world.issue(world.clause(expected_output="Báo cáo"))
    client = world.sign_in("clerk")
    good = (io.BytesIO(b"%PDF-1.4\nmot\n%%EOF\n"), "tot.pdf")
    bad = (io.BytesIO(b"MZ\x90\x00" + b"\0" * 200), "chay.pdf")
    late = (world.office.today() + ONE).strftime("%d/%m/%Y")
    answer = send(
        world, "clerk", made.number, "report", client, report_date=late, figure="chín",
        files=[good, bad],
    )  # fmt: skip
    text = unescape(answer.text)
    assert answer.status_code == 422
    for said in ("chay.pdf: ", "Hãy gõ một số", "Ngày này chưa đến", "Cần điền mục này"):
        assert said in text
    [sign] = kept(text)
    assert "trình duyệt không giữ lại" not in text, "it was brought, and stays"
    other = send(world, "head", made.number, "report", result="Xong", kept_files=sign)
    assert "Cần kèm ít nhất một minh chứng" in other.text, "a reference is its person's alone"
    assert send(
        world, "clerk", made.number, "report", client, result="Xong", kept_files=sign,
        report_number="88/BC", report_date="20/08/2021", signer="Võ Thủ Trưởng",
    ).status_code == 303  # fmt: skip
    assert [piece.name for piece in world.directive(made.number).evidence] == ["tot.pdf"]


def test_a_new_report_may_go_without_a_file_brought_before(world, number):
    world.report(number, files=(world.file("a", "a.pdf"), world.file("b", "b.pdf")))
    world.act("clerk", number, Action.RECALL, reason="Nhầm tệp")
    first, _second = world.directive(number).evidence
    assert "Không dùng nữa: a.pdf" in form(world, "clerk", number, "report")
    none = send(world, "clerk", number, "report", result="Xong", set_aside="999999")
    assert none.status_code == 422
    done = send(
        world, "clerk", number, "report", result="Xong", set_aside=str(first.id),
        report_number="88/BC", report_date="20/08/2021", signer="Võ Thủ Trưởng",
    )  # fmt: skip
    assert done.status_code == 303
    assert [piece.name for piece in world.directive(number).result_evidence] == ["b.pdf"]
    told = unescape(world.sign_in("office").get(f"/directives/{number}").text)
    assert re.search(r"Tệp đã nộp không dùng nữa:</span>.{0,120}a\.pdf", told, re.DOTALL)


@pytest.mark.parametrize(("who", "action"), [("leader", "direct"), ("office", "remind")])
def test_the_same_words_again_the_same_day_are_no_second_act(world, number, who, action):
    client = world.sign_in(who)
    assert send(world, who, number, action, client, text="Làm\nngay").status_code == 303
    again = send(world, who, number, action, client, text="Làm\nngay")
    assert again.status_code == 409
    assert "nên không ghi lần nữa" in again.text
    assert send(world, who, number, action, client, text="Làm ngay hôm nay").status_code == 303
    world.clock.at += ONE
    assert send(world, who, number, action, text="Làm\nngay").status_code == 303


def test_words_beyond_what_fits_are_told_how_many_fit(world, number):
    answer = send(world, "clerk", number, "update", done="x" * 5001)
    assert "nhiều nhất 5.000 ký tự" in answer.text


def test_by_one_paper_what_still_waits_is_left_unticked_with_its_reason(world, number):
    asked = world.directive(number).due_on + 20 * ONE
    world.act("clerk", number, Action.REQUEST_EXTENSION, due_on=asked, reason="Mưa bão")
    key = number.rsplit("-", 1)[0]
    text = unescape(world.sign_in("clerk").get(f"/papers/{key}/report").text)
    assert "Chưa chọn sẵn: đề nghị gia hạn đến" in text
    [box] = re.findall(rf'<input[^>]*name="{number}-include"[^>]*>', text)
    assert "checked" not in box
