"""Acting through the forms: nothing typed is lost, nothing is done twice."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from hashlib import sha256

import pytest
from forms import filled, form_on
from upkeep import counted_queries
from world import csrf_of

from workflow.directives.records import Action, State
from workflow.errors import Refused

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"
OTHER_PDF = PDF.replace(b"<<>>", b"<</Other 1>>", 1)


class Desk:
    """A signed-in person at the forms of one directive."""

    def __init__(self, world, who, number):
        self.world, self.number = world, number
        self.client = world.sign_in(who)
        self.token = csrf_of(self.client.get(f"/directives/{number}").text)

    def get(self, action, **query):
        return self.client.get(f"/directives/{self.number}/{action}", query_string=query)

    def post(self, action, *, version=None, **data):
        seen = self.world.directive(self.number).version if version is None else version
        return self.client.post(
            f"/directives/{self.number}/{action}",
            data={"csrf_token": self.token, "version": str(seen), **data},
            content_type="multipart/form-data",
        )


@pytest.fixture
def directive(world):
    (made,) = world.issue(world.clause(expected_output="Báo cáo"))
    return made


def upload(name="Báo cáo.pdf", body=PDF):
    return (io.BytesIO(body), name)


def test_accepting_is_one_click(world, directive):
    desk = Desk(world, "clerk", directive.number)
    answer = desk.post("accept")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/directives/{directive.number}")
    assert world.directive(directive.number).state is State.IN_PROGRESS
    assert "Đã ghi nhận: Tiếp nhận." in desk.client.get(answer.location).text


def test_a_report_is_filed_with_several_files_at_once(world, directive):
    desk = Desk(world, "clerk", directive.number)
    answer = desk.post(
        "report", result="Đã xong", report_number="312/BC-STNMT", report_date="20/08/2021",
        figure="91,2", signer="Võ Thủ Trưởng", period_from="2021-01-01", period_to="31/07/2021",
        files=[upload("Báo cáo.pdf"), upload("Phụ lục.pdf", OTHER_PDF)],
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[-3000:]
    after = world.directive(directive.number)
    assert after.state is State.REPORTED
    assert [piece.name for piece in after.evidence] == ["Báo cáo.pdf", "Phụ lục.pdf"]
    assert after.evidence[0].period_from == date(2021, 1, 1)
    text = desk.client.get(f"/directives/{directive.number}").text
    assert "312/BC-STNMT" in text
    assert "91,2" in text


def test_a_report_without_evidence_is_sent_back_with_every_word(world, directive):
    desk = Desk(world, "clerk", directive.number)
    answer = desk.post("report", result="Câu đã gõ", report_number="5/BC", report_date="31/02/2021")
    assert answer.status_code == 422
    assert "Câu đã gõ" in answer.text
    assert 'value="31/02/2021"' in answer.text
    assert "Không đọc được ngày này" in answer.text
    answer = desk.post("report", result="Câu đã gõ", report_number="5/BC")
    assert answer.status_code == 422
    assert "Cần kèm ít nhất một minh chứng" in answer.text
    assert world.directive(directive.number).version == directive.version


def test_what_a_field_cannot_read_is_told_at_the_field(world, directive):
    desk = Desk(world, "clerk", directive.number)
    answer = desk.post("update", done="Việc", figure="chín mươi", progress="150", period_to="32/1")
    assert answer.status_code == 422
    for words in ("Hãy gõ một số", "Hãy gõ số nguyên từ 0 đến 100", "Không đọc được ngày này"):
        assert words in answer.text
    assert 'value="chín mươi"' in answer.text


def test_a_file_that_may_not_be_kept_is_named_and_must_be_chosen_again(world, directive):
    desk = Desk(world, "clerk", directive.number)
    bad = upload("chạy.pdf", b"MZ\x90\x00" + b"\0" * 200)
    answer = desk.post("report", result="Câu đã gõ", files=[upload(), bad])
    assert answer.status_code == 422
    assert "chạy.pdf: " in answer.text
    assert "Hãy chọn lại trước khi gửi" in answer.text
    assert "Câu đã gõ" in answer.text
    assert not world.directive(directive.number).evidence


def test_a_required_choice_left_open_is_asked_for(world, directive):
    world.report(directive.number)
    answer = Desk(world, "office", directive.number).post("verify", comment="Tốt")
    assert answer.status_code == 422
    assert "Cần điền mục này" in answer.text
    assert "Tốt" in answer.text


def test_a_choice_that_is_none_of_them_is_refused(world, directive):
    world.report(directive.number)
    answer = Desk(world, "office", directive.number).post("verify", verdict="perfect")
    assert answer.status_code == 422
    assert "Hãy chọn một trong các mục" in answer.text


def test_verifying_through_the_form(world, directive):
    world.report(directive.number)
    answer = Desk(world, "office", directive.number).post("verify", verdict="met", grade="good")
    assert answer.status_code == 303
    after = world.directive(directive.number)
    assert (after.state, str(after.grade)) == (State.VERIFIED, "good")


def test_the_second_of_two_is_told_what_changed_and_keeps_the_typing(world, directive):
    world.report(directive.number)
    desk = Desk(world, "office", directive.number)
    seen = world.directive(directive.number).version
    world.act("inspector", directive.number, Action.RETURN, reason="Thiếu số liệu huyện Cam Lâm")
    answer = desk.post("return", version=seen, reason="Tôi cũng thấy thiếu")
    assert answer.status_code == 409
    text = html.unescape(answer.text)
    assert "Thiếu số liệu huyện Cam Lâm" in text
    assert "Phạm Thị Hòa" in text
    assert "Tôi cũng thấy thiếu" in text
    assert "Không làm tiếp được nữa" in text
    assert world.directive(directive.number).returned_count == 1


def test_the_second_may_go_on_where_the_door_is_still_open(world, directive):
    world.act("clerk", directive.number, Action.ACCEPT)
    desk = Desk(world, "clerk", directive.number)
    seen = world.directive(directive.number).version
    world.act("officer", directive.number, Action.UPDATE, done="Việc của người khác")
    answer = desk.post("update", version=seen, done="Việc của tôi")
    assert answer.status_code == 409
    assert "Tiếp tục trên bản mới" in answer.text
    assert "Việc của người khác" in answer.text
    now = world.directive(directive.number).version
    assert f'name="version" type="hidden" value="{now}"' in answer.text
    assert desk.post("update", version=now, done="Việc của tôi").status_code == 303


def test_sending_twice_does_it_once(world, directive):
    desk = Desk(world, "clerk", directive.number)
    first = desk.post("accept", version=1)
    second = desk.post("accept", version=1)
    assert (first.status_code, second.status_code) == (303, 409)
    assert world.directive(directive.number).version == 2


@pytest.mark.parametrize("seen", ["", "x", "-1", "999999999999999999999"])
def test_a_version_that_was_never_seen_changes_nothing(world, directive, seen):
    answer = Desk(world, "clerk", directive.number).post("accept", version=seen)
    assert answer.status_code == 409
    assert world.directive(directive.number).version == 1


def test_a_shut_door_says_why_to_whoever_opens_its_address(world, directive):
    desk = Desk(world, "clerk", directive.number)
    refused = desk.get("recall")
    assert refused.status_code == 409
    assert "Chờ tiếp nhận" in refused.text
    assert 'data-reason="wrong_state"' in refused.text
    assert desk.get("verify").status_code == 403
    assert desk.post("verify", verdict="met").status_code == 403
    assert desk.get("no_such_action").status_code == 404


def test_a_refused_act_keeps_the_typing(world, directive):
    world.act("clerk", directive.number, Action.ACCEPT)
    answer = Desk(world, "clerk", directive.number).post(
        "recall", reason="Lý do dài tôi đã gõ cẩn thận"
    )
    assert answer.status_code == 409
    assert "Lý do dài tôi đã gõ cẩn thận" in answer.text
    assert "Không làm được khi nhiệm vụ ở trạng thái" in answer.text


def test_a_file_of_a_refused_act_is_not_kept(world, directive):
    world.act("clerk", directive.number, Action.ACCEPT)
    body = PDF.replace(b"<<>>", b"<</Never kept>>", 1)

    answer = Desk(world, "clerk", directive.number).post(
        "decline", paper="1/CV", ask="part", reason="x", files=[upload("x.pdf", body)]
    )
    assert answer.status_code == 409
    assert not world.office.files.path(sha256(body).hexdigest()).exists()


def test_a_part_is_handed_down_to_a_unit_below_within_the_time(world):
    (parent,) = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", parent.number, Action.ACCEPT)
    desk = Desk(world, "district", parent.number)
    form = desk.get("hand_down").text
    assert "UBND xã Cam Tân" in form
    assert "UBND huyện Vạn Ninh" not in form
    assert "Muộn nhất ngày 22/09/2021" in form
    unit = str(world.agencies["H32.10.1"].id)
    late = desk.post("hand_down", agency=unit, content="Phần của xã", due_on="25/09/2021")
    assert late.status_code == 422
    assert "Phần của xã" in late.text
    [box] = re.findall(rf'<input[^>]*name="agency"[^>]*value="{unit}"[^>]*>', late.text)
    assert "checked" in box
    done = desk.post("hand_down", agency=unit, content="Phần của xã", due_on="22/09/2021")
    assert done.status_code == 303
    assert world.directive(f"{parent.number}-01").due_on == date(2021, 9, 22)


def test_one_form_hands_a_part_to_each_of_several_units(world):
    (parent,) = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", parent.number, Action.ACCEPT)
    desk = Desk(world, "district", parent.number)
    units = [str(world.agencies[code].id) for code in ("H32.10.1", "H32.10.2")]
    form = desk.get("hand_down").text
    assert "data-tick-all" in form
    assert form.count('name="agency"') == len(units)
    given = {"content": "Rà soát", "due_on": "22/09/2021"}
    wrong = desk.post("hand_down", agency=[*units, str(world.agencies["H32.11"].id)], **given)
    assert wrong.status_code == 422
    assert world.directive(parent.number).parts == ()
    assert desk.post("hand_down", agency=units, **given).status_code == 303
    parts = world.directive(parent.number).parts
    assert [part.number for part in parts] == [f"{parent.number}-01", f"{parent.number}-02"]
    assert {part.agency_name for part in parts} == {"UBND xã Cam Tân", "UBND xã Suối Cát"}
    assert world.directive(parts[1].number).content == "Rà soát"
    assert "đang có phần việc" in desk.get("hand_down").text
    history = desk.client.get(f"/directives/{parent.number}").text.partition('id="history"')[2]
    assert "UBND xã Cam Tân, UBND xã Suối Cát" in history


def test_a_unit_that_does_not_stand_below_is_refused_whatever_is_posted(world):
    (parent,) = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", parent.number, Action.ACCEPT)
    desk = Desk(world, "district", parent.number)
    for posted in (str(world.agencies["H32.11"].id), "999999", "abc", "99999999999999"):
        answer = desk.post("hand_down", agency=posted, content="Phần", due_on="10/09/2021")
        assert answer.status_code == 422


def options(page, name):
    [select] = re.findall(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return dict(re.findall(r'<option[^>]*value="([^"]+)"[^>]*>([^<]*)<', select))


def test_the_reassign_form_offers_agencies_that_may_lead(world, directive):
    form = Desk(world, "office", directive.number).get("reassign").text
    leads, beside = options(form, "agency"), options(form, "coordinating")
    assert "UBND huyện Cam Lâm" in leads.values()
    assert "Cục Thuế tỉnh" not in leads.values()
    assert "Cục Thuế tỉnh" in beside.values(), "it is asked to cooperate"


def test_a_form_asks_for_what_it_shows_and_no_more(world, directive):
    """The forms with the longest lists keep to the statements of a page, whatever stands beside."""
    number, beside = directive.number, world.agencies["H32.04"].id
    world.act("clerk", number, Action.ACCEPT)
    world.act("clerk", number, Action.REQUEST_INPUT, agencies=(beside,), what="x",
              needed_on=world.office.today())  # fmt: skip
    world.act("clerk", number, Action.UPDATE, done="x", proposal="y", files=(world.file(),))
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"], note="z")
    for who, action in (("office", "reassign"), ("clerk", "hand_down"), ("clerk", "route")):
        desk = Desk(world, who, number)
        with counted_queries(world) as sent:
            assert desk.get(action).status_code == 200
        assert len(sent) <= 8, sent


def test_a_piece_of_evidence_is_judged_from_the_page(world, directive):
    world.report(directive.number, files=(world.file("a", "a.pdf"), world.file("b", "b.pdf")))
    first, second = world.directive(directive.number).evidence
    desk = Desk(world, "office", directive.number)
    assert desk.post("accept_evidence", evidence=str(first.id)).status_code == 303
    form = desk.get("reject_evidence", evidence=second.id).text
    assert f'<option selected value="{second.id}">' in form
    assert desk.post("reject_evidence", evidence=str(second.id)).status_code == 422
    assert desk.post("reject_evidence", evidence=str(second.id), reason="Mờ").status_code == 303
    states = [str(piece.state) for piece in world.directive(directive.number).evidence]
    assert states == ["accepted", "rejected"]
    text = desk.client.get(f"/directives/{directive.number}").text
    assert "Mờ" in text


def test_correcting_starts_from_what_stands(world, directive):
    form = Desk(world, "office", directive.number).get("correct").text
    assert "Giảm hồ sơ trễ hạn lĩnh vực đất đai</textarea>" in form
    assert 'value="29/09/2021"' in form


def test_what_is_corrected_stands_above_with_its_first_date_and_who_moved_it(world, directive):
    world.act("office", directive.number, Action.AMEND, paper="9/UBND", due_on=date(2021, 10, 20))
    office = world.sign_in("office")
    page = office.get(f"/directives/{directive.number}/correct").text
    above = page.partition('id="act"')[0]
    for words in ("Đang ghi", "20/10/2021", "29/09/2021", "9/UBND", "Trước ngày 30-9"):
        assert words in above
    assert "hạn đầu 29/09/2021 giữ để tính tỷ lệ" in page
    sunday = f"/directives/{directive.number}/correct/day?due_on=24/10/2021"
    assert "Ngày nghỉ" in office.get(sunday).text


def test_a_post_without_its_token_is_refused(world, directive):
    client = world.sign_in("clerk")
    answer = client.post(f"/directives/{directive.number}/accept", data={"version": "1"})
    assert answer.status_code == 400
    assert world.directive(directive.number).version == 1


def test_outside_the_scope_there_is_nothing_to_act_on(world, directive):
    client = world.sign_in("foreign")
    assert client.get(f"/directives/{directive.number}/accept").status_code == 404


@pytest.mark.parametrize(
    "action", ["update", "report", "decline", "request_extension", "reassign", "correct", "amend",
               "withdraw", "accept"]
)  # fmt: skip
def test_every_form_opens_for_whom_it_is(world, directive, action):
    for who in ("clerk", "office"):
        answer = Desk(world, who, directive.number).get(action)
        assert answer.status_code in {200, 403}
        assert ("<form" in answer.text) or answer.status_code == 403


def test_a_closed_door_leads_back_to_its_directive(world):
    [made] = world.issue()
    page = world.sign_in("clerk").get(f"/directives/{made.number}/recall")
    assert page.status_code == 409
    assert f'href="/directives/{made.number}">Về nhiệm vụ {made.number}</a>' in page.text


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"done": "x"}, "Báo cáo (Mật).pdf"),
        ({"done": "x"}, "Tối mật.pdf"),
        ({"done": "MẬT\nBáo cáo"}, "thường.pdf"),
    ],
)
def test_nothing_of_an_act_marked_secret_is_kept(world, directive, fields, name):
    body = PDF + name.encode()
    desk = Desk(world, "clerk", directive.number)
    answer = desk.post("update", **fields, files=[upload(name, body)])
    assert answer.status_code in {409, 422}
    assert "Văn bản mật không được đưa vào hệ thống này." in answer.text
    assert not world.office.files.path(sha256(body).hexdigest()).exists()
    assert world.directive(directive.number).state is State.ASSIGNED


def test_a_report_whose_number_says_secret_is_refused_with_its_code(world, directive):
    with pytest.raises(Refused) as refusal:
        world.report(directive.number, report_number="12/BC-STNMT (Mật)")
    assert refusal.value.code == "secret_document"


def test_a_report_that_was_returned_begins_again_under_another_number(world):
    [made] = world.issue()
    world.report(made.number, result="Đã rà soát", report_number="45/BC-STNMT")
    world.act("inspector", made.number, Action.RETURN, reason="Thiếu")
    form = world.sign_in("clerk").get(f"/directives/{made.number}/report").text
    assert "Đã rà soát" in form
    assert "45/BC-STNMT" not in form


def test_new_work_by_an_instruction_stands_behind_a_press(world):
    [made] = world.issue()
    client, address = world.sign_in("leader"), f"/directives/{made.number}/direct"
    page = client.get(address).text
    before, behind = page.split('<details class="dd-more" id="also">')
    assert 'name="text"' in before
    assert 'name="new_content"' in behind.partition("</details>")[0]
    assert "Cần ghi khi cơ quan theo dõi ghi lại" not in page, "a leader speaks for themselves"
    sent = filled(form_on(page, "/direct"), new_content="Rà soát quy trình")
    again = client.post(address, data=sent).text
    assert '<details class="dd-more" id="also" open>' in again
