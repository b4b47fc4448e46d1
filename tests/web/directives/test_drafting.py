"""Acts that an officer writes: clerk or head finds them filled in, puts them right and sends."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from deskwork import Desk, sheet
from forms import filled, form_on
from sqlalchemy import select
from world import csrf_of

from models.directives.matter_rows import InputRequestRow
from models.messages.rows import MessageRow
from web.jobs.running import run_due
from workflow.accounts.records import Membership, Role
from workflow.directives.drafting import draft_act
from workflow.directives.records import Action, State
from workflow.errors import Forbidden, Refused, Stale

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def number(world):
    [made] = world.issue(world.clause(coordinating=("H32.04",)))
    world.act("clerk", made.number, Action.ACCEPT)
    world.act("clerk", made.number, Action.ROUTE, person=world.accounts["officer"])
    return made.number


def written(world, number, action=Action.REQUEST_EXTENSION, who="officer", **given):
    given = given or {"due_on": date(2021, 10, 20), "reason": "Ba chi nhánh chưa gửi số liệu"}
    with world.unit() as unit:
        draft_act(unit.directives, world.actor(who), number, action, given,
                  ground=world.office.ground(unit))  # fmt: skip
    return world.directive(number)


def inbox(world, who):
    with world.app.app_context():
        run_due(world.office, world.clock())
    return world.sign_in(who).get("/inbox/?show=all").text


def test_an_officer_writes_a_request_and_the_clerk_sends_it_without_typing_it_again(world, number):
    officer = Desk(world, "officer", number)
    assert "Trình: Đề nghị gia hạn" in officer.page()
    answer = officer.post(
        "request_extension", due_on="20/10/2021", reason="Ba chi nhánh chưa gửi số liệu",
        files=(BytesIO(PDF), "de-nghi.pdf"),
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    before = world.directive(number)
    assert before.extension_asked_to is None, "nothing is asked of those above yet"
    assert "chờ đầu mối hoặc thủ trưởng gửi" in officer.client.get("/").text
    clerk = Desk(world, "clerk", number)
    assert "chuyên viên đã trình: Đề nghị gia hạn" in sheet(clerk.client.get("/").text, "work")
    assert "Ba chi nhánh chưa gửi số liệu" in sheet(clerk.page(), "prepared")
    form = clerk.form("request_extension").text
    for words in ("20/10/2021", "Ba chi nhánh chưa gửi số liệu", "de-nghi.pdf", "Điền sẵn từ bản"):
        assert words in form
    [kept] = re.findall(r'name="prepared_files"[^>]*value="(\w+)"', form)
    answer = clerk.post("request_extension", due_on="15/10/2021", prepared_files=[kept],
                        reason="Ba chi nhánh chưa gửi số liệu")  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    of = world.directive(number)
    assert of.extension_asked_to == date(2021, 10, 15), "the clerk put the day right"
    assert [(one.state, one.act) for one in of.drafts] == [("submitted", "request_extension")]
    [paper] = [piece for piece in of.evidence if piece.name == "de-nghi.pdf"]
    assert paper.uploaded_by == world.accounts["officer"]
    assert "đã gửi “Đề nghị gia hạn” bạn trình" in inbox(world, "officer")
    assert "chuyên viên đã trình" not in sheet(clerk.client.get("/").text, "work")


def test_a_question_to_a_coordinating_agency_is_written_and_sent_the_same_way(world, number):
    other = world.agencies["H32.04"].id
    officer = Desk(world, "officer", number)
    answer = officer.post("request_input", agencies=[str(other)], what="Số liệu thuế quý II",
                          needed_on="10/09/2021")  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    clerk = Desk(world, "clerk", number)
    said = sheet(clerk.page(), "prepared")
    assert world.agencies["H32.04"].name in said
    assert "Số liệu thuế quý II" in said
    form = clerk.form("request_input").text
    assert re.search(rf'value="{other}"[^>]*checked|checked[^>]*value="{other}"', form)
    assert "10/09/2021" in form
    with world.office.reading() as unit:
        assert unit.connection.execute(select(InputRequestRow.id)).all() == []


def asked_of_ours(world):
    """Work of another agency that asks the officer's own for something."""
    [made] = world.issue(world.clause(lead="H32.04", coordinating=("H32.03",)))
    world.act("other_clerk", made.number, Action.ACCEPT)
    world.act("other_clerk", made.number, Action.REQUEST_INPUT, what="Số liệu thuế",
              agencies=(world.agencies["H32.03"].id,), needed_on=date(2021, 9, 10))  # fmt: skip
    return made.number


def test_an_answer_goes_out_by_the_officer_or_through_the_clerk_as_the_officer_chooses(
    world, number
):
    number = asked_of_ours(world)
    [asked] = world.directive(number).inputs
    form = Desk(world, "officer", number).form("give_input").text
    assert 'name="draft" value="yes"' in form
    written(world, number, Action.GIVE_INPUT, request=asked.id, answer="Có 12 tỷ")
    assert world.directive(number).open_inputs, "it waits for clerk or head"
    clerk = Desk(world, "clerk", number)
    assert "chuyên viên đã trình: Trả lời đề nghị phối hợp" in clerk.client.get("/").text
    form = clerk.form("give_input").text
    assert "Có 12 tỷ" in form
    answer = clerk.post("give_input", request=str(asked.id), answer="Có 12 tỷ đồng")
    assert answer.status_code == 303, answer.text[-2000:]
    of = world.directive(number)
    assert not of.open_inputs
    assert world.accounts["officer"] in of.touched_by, "who wrote it may not judge it"


def test_a_difficulty_may_be_told_by_the_officer_or_handed_on_to_be_told(world, number):
    officer = Desk(world, "officer", number)
    form = officer.form("update").text
    assert 'name="draft" value="yes"' in form
    answer = officer.post("update", done="Đã rà soát", difficulties="Thiếu máy quét",
                          proposal="Cấp hai máy", draft="yes")  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    assert world.directive(number).proposals == ()
    clerk = Desk(world, "clerk", number)
    assert "Cấp hai máy" in clerk.form("update").text
    sent = clerk.post("update", done="Đã rà soát", proposal="Cấp hai máy")
    assert sent.status_code == 303, sent.text[-2000:]
    [asked] = world.directive(number).proposals
    assert asked.text == "Cấp hai máy"


def test_an_officer_above_writes_the_answer_to_what_a_unit_below_proposes(world):
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    world.act("district", made.number, Action.HAND_DOWN, content="Phần việc",
              agency=(world.agencies["H32.10.1"].id,), due_on=date(2021, 9, 1))  # fmt: skip
    with world.unit() as unit:
        account = unit.accounts.add_account(
            login="below", name="Lê Chuyên Viên Huyện", password_hash="", at=world.clock(),
            must_change_password=False,
        )  # fmt: skip
        there = world.agencies["H32.10"].id
        since = date(2020, 1, 1)
        role = Membership(role=Role.AGENCY_OFFICER, agency_id=there, valid_from=since)
        unit.accounts.add_membership(account, role)
    world.accounts["below"] = account
    part = world.directive(made.number).parts[0].number
    world.act("commune", part, Action.UPDATE, done="x", proposal="Xin thêm người")
    [asked] = world.directive(part).proposals
    written(world, part, Action.ANSWER, "below", proposed=asked.id, answer="Cử hai người")
    assert world.directive(part).open_proposals
    assert "Cử hai người" in Desk(world, "district", part).form("answer").text
    world.act("district", part, Action.GIVE_BACK, note="Cử một người thôi")
    assert world.directive(part).drafts[0].state == "returned"


def test_several_go_back_with_one_reason_and_each_who_wrote_one_is_told(world, number):
    written(world, number)
    world.act("officer", number, Action.PREPARE, result="Đã xong")
    clerk = Desk(world, "clerk", number)
    form = clerk.form("give_back").text
    keys = re.findall(r'name="going_back"[^>]*value="(\d+)"', form)
    assert len(keys) == 2
    answer = clerk.post("give_back", note="Chưa đủ", going_back=keys)
    assert answer.status_code == 303, answer.text[-2000:]
    of = world.directive(number)
    assert of.standing_report is None
    assert [one.state for one in of.drafts] == ["returned"]
    said = inbox(world, "officer")
    assert "trả lại “Đề nghị gia hạn” bạn đã trình: “Chưa đủ”" in said
    assert "trả lại báo cáo bạn đã trình: “Chưa đủ”" in said
    again = Desk(world, "officer", number).form("request_extension").text
    assert "Ba chi nhánh chưa gửi số liệu" in again
    assert "Bản trước được trả lại: “Chưa đủ”" in again


def test_only_what_is_ticked_goes_back(world, number):
    of = written(world, number)
    world.act("officer", number, Action.PREPARE, result="Đã xong")
    world.act("head", number, Action.GIVE_BACK, note="Sửa ngày", going_back=(of.drafts[0].id,))
    of = world.directive(number)
    assert of.standing_report is not None
    assert [one.state for one in of.drafts] == ["returned"]


def test_several_tasks_chosen_in_the_list_send_their_drafts_back_together(world, number):
    (other,) = world.issue(world.clause())
    written(world, number)
    written(world, other.number)
    clerk = Desk(world, "clerk", number)
    listed = clerk.client.get("/directives/?prepared=yes").text
    assert number in listed
    page = clerk.client.get("/directives/together", query_string={
        "action": "give_back", "chosen": [number, other.number]}).text  # fmt: skip
    assert page.count("Ba chi nhánh chưa gửi số liệu") == 2
    data = {"csrf_token": csrf_of(page), "action": "give_back", "note": "Chưa đủ căn cứ"}
    data |= {f"version-{one}": world.directive(one).version for one in (number, other.number)}
    clerk.client.post("/directives/together", data=data | {"chosen": [number, other.number]})
    for one in (number, other.number):
        assert [d.note for d in world.directive(one).drafts] == ["Chưa đủ căn cứ"]


def test_a_new_version_replaces_the_one_that_waits(world, number):
    written(world, number)
    of = written(world, number, due_on=date(2021, 10, 25), reason="Thêm hai chi nhánh")
    assert [one.state for one in of.drafts] == ["standing", "replaced"]


@pytest.mark.parametrize("how", ["reported", "moved", "taken_back"])
def test_what_nobody_needs_any_more_lapses(world, number, how):
    if how == "taken_back":
        number = asked_of_ours(world)
        [one] = world.directive(number).inputs
        written(world, number, Action.GIVE_INPUT, request=one.id, answer="y")
        world.act("other_clerk", number, Action.TAKE_BACK_INPUT, asked_input=one.id, reason="Có")
    elif how == "moved":
        written(world, number)
        world.act("office", number, Action.REASSIGN, agency=world.agencies["H32.05"].id,
                  reason="Giao lại")  # fmt: skip
    else:
        written(world, number)
        world.report(number)
    assert [one.state for one in world.directive(number).drafts] == ["lapsed"]


@pytest.mark.parametrize("who", ["clerk", "head", "office", "other_clerk", "leader"])
def test_only_officers_of_the_agency_write_a_request_of_its_lead(world, number, who):
    with pytest.raises(Forbidden):
        written(world, number, who=who)


def test_an_officer_is_told_the_reason_that_whoever_sends_is_told(world, number):
    world.act("clerk", number, Action.REQUEST_EXTENSION, due_on=date(2021, 10, 20), reason="x")
    clerk = Desk(world, "clerk", number).form("request_extension")
    officer = Desk(world, "officer", number).form("request_extension")
    assert (clerk.status_code, officer.status_code) == (409, 409)
    assert "không thuộc quyền" not in officer.text


def test_what_may_not_be_asked_may_not_be_written_either(world, number):
    written(world, number)
    world.act("clerk", number, Action.REQUEST_EXTENSION, due_on=date(2021, 10, 20), reason="x")
    with pytest.raises(Refused):
        written(world, number)
    with world.unit() as unit, pytest.raises(Stale):
        draft_act(unit.directives, world.actor("officer"), number, Action.UPDATE, {"done": "x"},
                  ground=world.office.ground(unit), version=1)  # fmt: skip


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "other_clerk"])
def test_nothing_written_shows_outside_the_agency(world, number, who):
    desk = Desk(world, who, number)
    version = world.directive(number).version
    of = written(world, number, due_on=date(2021, 10, 20), reason="Chữ riêng của cơ quan",
                 files=(world.file(),))  # fmt: skip
    assert (of.version, of.state) == (version, State.IN_PROGRESS)
    for address in ("/", "/directives/", f"/directives/{number}"):
        assert "Chữ riêng của cơ quan" not in desk.client.get(address).text
    file = f"/directives/{number}/prepared/{of.drafts[0].id}/{of.drafts[0].files[0].sha256}"
    assert desk.client.get(file).status_code == 404
    with Desk(world, "head", number).client.get(file) as answer:
        assert answer.status_code == 200
    with world.office.reading() as unit:
        told = unit.connection.execute(
            select(MessageRow.to_agency).where(MessageRow.kind == "directive.prepare")
        ).scalars().all()  # fmt: skip
    assert told == [world.agencies["H32.03"].id]


def test_an_officer_prepares_the_letter_that_asks_for_another_lead_and_the_clerk_sends_it(world):
    [made] = world.issue(world.clause(coordinating=("H32.04",)))
    number, peer = made.number, world.agencies["H32.04"]
    officer = Desk(world, "officer", number)
    assert "Trình: Đề nghị giao lại" in officer.page()
    answer = officer.post(
        "decline", ask="other_lead", agency=str(peer.id), reason="Thuộc lĩnh vực của Cục Thuế",
        files=(BytesIO(PDF), "cong-van.pdf"),
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    assert not world.directive(number).decline_standing, "nothing is asked of those above yet"
    clerk = Desk(world, "clerk", number)
    said = sheet(clerk.page(), "prepared")
    assert "Thuộc lĩnh vực của Cục Thuế" in said
    assert peer.name in said
    assert "Đề nghị: Giao cơ quan khác chủ trì" in said
    form = clerk.form("decline").text
    for words in ("Thuộc lĩnh vực của Cục Thuế", "cong-van.pdf", "Điền sẵn từ bản"):
        assert words in form
    assert re.search(rf'<option value="{peer.id}" selected|selected value="{peer.id}"', form)
    [kept] = re.findall(r'name="prepared_files"[^>]*value="(\w+)"', form)
    said = {"ask": "other_lead", "agency": str(peer.id), "reason": "Thuộc lĩnh vực của Cục Thuế"}
    unsigned = clerk.post("decline", prepared_files=[kept], **said)
    assert unsigned.status_code == 422, "its number is the clerk's to give"
    without = clerk.post("decline", paper="12/STNMT", **said)
    assert without.status_code == 422, "the letter comes along"
    assert "Thuộc lĩnh vực của Cục Thuế" in without.text
    answer = clerk.post("decline", paper="12/STNMT", prepared_files=[kept], **said)
    assert answer.status_code == 303, answer.text[-2000:]
    of = world.directive(number)
    assert of.decline_standing
    assert [(one.state, one.act) for one in of.drafts] == [("submitted", "decline")]
    assert world.accounts["officer"] in of.touched_by


def test_a_letter_that_waits_shuts_no_door_and_falls_with_acceptance(world):
    [made] = world.issue(world.clause(coordinating=()))
    written(world, made.number, Action.DECLINE, ask="part", reason="Quá sức")
    world.act("clerk", made.number, Action.ACCEPT)
    [draft] = world.directive(made.number).drafts
    assert draft.state == "lapsed"
    with pytest.raises(Refused):
        written(world, made.number, Action.DECLINE, ask="part", reason="Quá sức")


def test_without_an_officer_the_clerk_still_needs_the_letter(world):
    [made] = world.issue(world.clause(coordinating=()))
    clerk = Desk(world, "clerk", made.number)
    answer = clerk.post("decline", paper="12/STNMT", ask="part", reason="Quá sức")
    assert answer.status_code == 422
    assert not world.directive(made.number).decline_standing


def test_one_letter_takes_along_what_officers_began_each_with_its_own_files(world):
    made = world.issue(*(world.clause(n, coordinating=("H32.04",)) for n in (1, 2)))
    first, second = (one.number for one in made)
    peer, other = world.agencies["H32.04"], world.agencies["H32.05"]
    for number, agency, name in ((first, peer, "cv-1.pdf"), (second, other, "cv-2.pdf")):
        answer = Desk(world, "officer", number).post(
            "decline", ask="other_lead", agency=str(agency.id), reason="Không đúng chức năng",
            files=(BytesIO(PDF.replace(b"endobj", name.encode() + b" endobj")), name),
        )  # fmt: skip
        assert answer.status_code == 303, answer.text[-2000:]
    client = world.sign_in("clerk")
    page = client.get(f"/directives/together?action=decline&chosen={first}&chosen={second}").text
    form = form_on(page, "/directives/together")
    assert form["reason"] == ["Không đúng chức năng"], "both say so: it is not typed again"
    assert form["ask"] == ["other_lead"]
    assert form[f"agency-{first}"] == [str(peer.id)]
    assert form[f"agency-{second}"] == [str(other.id)]
    assert [len(form[f"prepared-{n}"]) for n in (first, second)] == [1, 1]
    answer = client.post(
        "/directives/together", data=filled(form, paper="12/STNMT"),
        content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    for number, own, beside in ((first, "cv-1.pdf", "cv-2.pdf"), (second, "cv-2.pdf", "cv-1.pdf")):
        of = world.directive(number)
        assert of.decline_standing
        assert [(one.state, one.act) for one in of.drafts] == [("submitted", "decline")]
        told = client.get(f"/directives/{number}").text
        assert own in told
        assert beside not in told


def test_a_task_whose_own_file_is_left_out_says_that_the_letter_is_missing(world):
    made = world.issue(*(world.clause(n, coordinating=("H32.04",)) for n in (1, 2)))
    first, second = (one.number for one in made)
    peer = str(world.agencies["H32.04"].id)
    for number in (first, second):
        Desk(world, "officer", number).post(
            "decline", ask="other_lead", agency=peer, reason="Khác", files=(BytesIO(PDF), "cv.pdf")
        )
    client = world.sign_in("clerk")
    page = client.get(f"/directives/together?action=decline&chosen={first}&chosen={second}").text
    form = filled(form_on(page, "/directives/together"), paper="12/STNMT") | {
        f"prepared-{second}": []
    }
    answer = client.post("/directives/together", data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    again = form_on(answer.text, "/directives/together")
    assert len(again[f"prepared-{first}"]) == 1
    assert f"prepared-{second}" not in again
    assert not any(world.directive(n).decline_standing for n in (first, second))
