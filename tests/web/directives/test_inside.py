"""Inside an agency, through the pages: an officer prepares, clerk or head submits or gives back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from deskwork import Desk, sheet
from digest import digest_of
from sqlalchemy import select, update
from world import csrf_of

from models.accounts.rows import MembershipRow
from models.directives.matter_rows import PreparedRow
from models.history.rows import HistoryRow
from models.messages.rows import MessageRow
from web.jobs.running import run_due
from workflow.directives.records import Action, State
from workflow.errors import Refused

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def number(world):
    [made] = world.issue(world.clause(coordinating=("H32.04",)))
    world.act("clerk", made.number, Action.ACCEPT)
    world.act("clerk", made.number, Action.ROUTE, person=world.accounts["officer"],
              internal_due_on=date(2021, 9, 1), note="Xong sớm")  # fmt: skip
    return made.number


def prepared(world, number, **more):
    given = {"result": "Đã rà soát 120 hồ sơ", "report_number": "12/BC", "files": (world.file(),)}
    return world.act("officer", number, Action.PREPARE, **(given | more))


def test_an_officer_prepares_with_files_and_the_clerk_submits_what_was_prepared(world, number):
    officer = Desk(world, "officer", number)
    assert "Trình báo cáo" in officer.page()
    answer = officer.post(
        "prepare", result="Đã rà soát 120 hồ sơ", report_number="12/BC-STNMT",
        signer="Trần Văn Giám Đốc", files=(BytesIO(PDF), "so-lieu.pdf"),
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    assert world.directive(number).state is State.IN_PROGRESS
    clerk = Desk(world, "clerk", number)
    assert number in sheet(clerk.client.get("/").text, "work")
    form = clerk.form("report").text
    for words in ("Đã rà soát 120 hồ sơ", "12/BC-STNMT", "Trần Văn Giám Đốc", "so-lieu.pdf"):
        assert words in form
    [kept] = re.findall(r'name="prepared_files"[^>]*value="(\w+)"', form)
    missing = clerk.post("report", result="Đã rà soát 120 hồ sơ", prepared_files=[kept])
    assert missing.status_code == 422
    assert 'id="report_date-error"' in missing.text, "what the officer left open is asked now"
    answer = clerk.post(
        "report", result="Đã rà soát 120 hồ sơ", report_number="12/BC-STNMT",
        report_date="20/08/2021", signer="Trần Văn Giám Đốc", prepared_files=[kept],
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    of = world.directive(number)
    assert of.state is State.REPORTED
    [piece] = of.evidence
    assert (piece.name, piece.uploaded_by) == ("so-lieu.pdf", world.accounts["officer"])
    assert of.touched_by >= {world.accounts["officer"], world.accounts["clerk"]}
    assert number not in sheet(clerk.client.get("/").text, "work")


def in_the_inbox(world, who):
    """What a person's inbox says, the newest first."""
    with world.app.app_context():
        run_due(world.office, world.clock())
    return world.sign_in(who).get("/inbox/?show=all").text


def test_who_prepared_a_report_hears_what_became_of_it(world, number):
    """Put right, submitted, handed back with the reason, and at last confirmed."""
    prepared(world, number)
    world.act("clerk", number, Action.PREPARE, result="Đã rà soát 121 hồ sơ", files=())
    world.report(number)
    world.act("office", number, Action.RETURN, reason="Chưa có biên bản của ba chi nhánh")
    said = in_the_inbox(world, "officer")
    assert "sửa báo cáo bạn đã trình" in said
    assert "đã gửi báo cáo" in said
    assert "cần bổ sung, thực hiện lại: “Chưa có biên bản của ba chi nhánh”" in said
    assert "Chưa có biên bản của ba chi nhánh" in in_the_inbox(world, "clerk")
    world.report(number)
    world.act("office", number, Action.VERIFY, verdict="met")
    assert "được xác nhận hoàn thành" in in_the_inbox(world, "officer")


def test_who_left_the_agency_hears_no_more_of_the_report_they_prepared(world, number):
    prepared(world, number)
    world.report(number)
    with world.unit() as unit:
        unit.connection.execute(
            update(MembershipRow)
            .where(MembershipRow.account_id == world.accounts["officer"])
            .values(valid_to=world.office.today() - timedelta(days=1))
        )
    world.act("office", number, Action.RETURN, reason="Chưa có biên bản")
    with world.office.reading() as unit:
        told = unit.connection.execute(
            select(MessageRow.to_account).where(MessageRow.kind == "directive.return")
        ).scalars().all()  # fmt: skip
    assert told == [None]


def test_clerk_and_head_are_told_and_the_officer_when_it_comes_back(world, number):
    prepared(world, number)
    world.act("head", number, Action.GIVE_BACK, note="Thiếu số liệu quý III")
    with world.office.reading() as unit:
        rows = unit.connection.execute(select(MessageRow.__table__).order_by(MessageRow.id)).all()
    told = {row.kind: row for row in rows}
    assert told["directive.prepare"].to_agency == world.agencies["H32.03"].id
    assert told["directive.give_back"].to_account == world.accounts["officer"]
    officer = Desk(world, "officer", number)
    assert "Thiếu số liệu quý III" in sheet(officer.page(), "prepared")
    form = officer.form("prepare").text
    assert "Đã rà soát 120 hồ sơ" in form
    [kept] = re.findall(r'name="prepared_files"[^>]*value="(\w+)"', form)
    again = officer.post("prepare", result="Đã thêm quý III", prepared_files=[kept])
    assert again.status_code == 303, again.text[-2000:]
    assert [file.name for file in world.directive(number).standing_report.files] == ["bao-cao.pdf"]


def test_the_officer_waits_once_a_report_is_prepared_and_may_change_it(world, number):
    main = r'btn btn-primary"[^>]*data-action="prepare"'
    officer = Desk(world, "officer", number)
    assert re.search(main, officer.page())
    prepared(world, number)
    page = officer.page()
    assert not re.search(main, page)
    assert "Báo cáo đã trình, chờ đầu mối hoặc thủ trưởng gửi" in page
    assert "Sửa báo cáo đã trình" in sheet(page, "prepared")
    assert "trình lại thì bản mới thay" in officer.form("prepare").text
    assert "/prepare" not in sheet(officer.client.get("/").text, "work")
    assert "Báo cáo đã trình, chờ" not in Desk(world, "clerk", number).page()


def test_the_clerk_puts_right_what_an_officer_prepared_and_both_are_named(world, number):
    clerk = Desk(world, "clerk", number)
    assert 'data-action="prepare"' not in clerk.page(), "nothing is there to put right"
    with pytest.raises(Refused):
        world.act("clerk", number, Action.PREPARE, result="Tự soạn")
    kept = world.file(name="so-lieu.pdf")
    prepared(world, number, files=(kept,))
    form = clerk.form("prepare").text
    for words in ("Sửa báo cáo đã trình", "Đã rà soát 120 hồ sơ", "12/BC", "so-lieu.pdf"):
        assert words in form
    answer = clerk.post("prepare", result="Đã rà soát 210 hồ sơ", report_number="12/BC",
                        prepared_files=[kept.sha256], files=(BytesIO(PDF), "them.pdf"))  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    page = sheet(clerk.page(), "prepared")
    assert "Đặng Chuyên Viên soạn, Hồ Văn Thư sửa" in page
    assert page.index("210 hồ sơ") < page.index("120 hồ sơ"), "what was written stays to be read"
    with world.office.reading() as unit:
        told = unit.connection.execute(
            select(MessageRow.to_account, MessageRow.params).where(
                MessageRow.kind == "directive.prepare", MessageRow.to_account.is_not(None)
            )
        ).one()
    assert (told.to_account, told.params["who"]) == (world.accounts["officer"], "Hồ Văn Thư")
    of = world.report(number, files=(), prepared_files=(kept.sha256, of_name(world, number)))
    assert of.touched_by >= {world.accounts["officer"], world.accounts["clerk"]}
    brought = {piece.name: piece.uploaded_by for piece in world.directive(number).evidence}
    assert brought == {
        "so-lieu.pdf": world.accounts["officer"], "them.pdf": world.accounts["clerk"]
    }  # fmt: skip


def of_name(world, number, name="them.pdf"):
    stands = world.directive(number).standing_report
    return next(file.sha256 for file in stands.files if file.name == name)


def test_several_prepared_reports_go_back_to_their_officers_with_one_reason(world, number):
    (other,) = world.issue(world.clause())
    world.act("clerk", other.number, Action.ACCEPT)
    prepared(world, number)
    prepared(world, other.number, result="Đã xong việc khác")
    (empty,) = world.issue(world.clause())
    clerk = Desk(world, "clerk", number)
    chosen = [number, other.number, empty.number]
    page = clerk.client.get(
        "/directives/together", query_string={"action": "give_back", "chosen": chosen}
    ).text
    assert "Đã xong việc khác" in page
    assert "2 trên 3 nhiệm vụ đã chọn làm được" in page
    data = {"csrf_token": csrf_of(page), "action": "give_back", "note": "Thiếu số liệu quý III"}
    data |= {f"version-{one}": world.directive(one).version for one in chosen}
    answer = clerk.client.post("/directives/together", data=data | {"chosen": chosen[:2]})
    assert answer.status_code in {200, 303}, answer.text[-2000:]
    for one in chosen[:2]:
        (back,) = world.directive(one).prepared
        assert (back.state, back.note) == ("returned", "Thiếu số liệu quý III")


def test_whoever_prepared_a_report_may_not_verify_it_later(world, number):
    prepared(world, number)
    world.report(number)
    assert world.accounts["officer"] in world.directive(number).touched_by


def test_who_holds_a_routing_hands_the_task_back_with_a_note(world, number):
    officer = Desk(world, "officer", number)
    answer = officer.post("hand_back", note="Không thuộc phòng tôi")
    assert answer.status_code == 303, answer.text[-2000:]
    assert number not in sheet(officer.client.get("/").text, "work")
    clerk = Desk(world, "clerk", number)
    assert number in sheet(clerk.client.get("/").text, "work")
    assert "Không thuộc phòng tôi" in sheet(clerk.page(), "routing")
    with pytest.raises(Refused):
        world.act("officer", number, Action.HAND_BACK, note="x")


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "other_clerk"])
def test_nothing_prepared_or_handed_back_shows_outside_the_agency(world, number, who):
    desk = Desk(world, who, number)
    seen = {address: desk.client.get(address).text for address in ("/", "/directives/")}
    page = desk.page()
    version = world.directive(number).version
    prepared(world, number, result="Chữ riêng của cơ quan")
    world.act("officer", number, Action.HAND_BACK, note="Ghi chú riêng")
    with world.office.reading() as unit:
        [kept] = unit.directives.directive(number).prepared
    strip = re.compile(r'csrf[-_]token" (?:value|content)="[^"]+"|"[^"]*\.[\w-]{6}\.[\w-]{20,}"')
    assert world.directive(number).version == version
    for address, before in (*seen.items(), (f"/directives/{number}", page)):
        now = desk.client.get(address).text
        assert strip.sub("", now) == strip.sub("", before), address
    file = f"/directives/{number}/prepared/{kept.id}/{kept.files[0].sha256}"
    assert desk.client.get(file).status_code == 404
    with Desk(world, "head", number).client.get(file) as answer:
        assert answer.status_code == 200


def test_what_those_above_return_waits_for_the_clerk_until_it_is_routed_again(world, number):
    clerk = Desk(world, "clerk", number)
    assert number in sheet(clerk.client.get("/").text, "away")
    prepared(world, number)
    world.act("head", number, Action.GIVE_BACK, note="Thiếu số liệu")
    assert "chờ trình lại" in sheet(clerk.client.get("/").text, "away"), "it is with its officer"
    world.report(number)
    world.act("office", number, Action.RETURN, reason="Thiếu quý III")
    work = sheet(clerk.client.get("/").text, "work")
    assert number in work
    assert "cần làm lại" in work
    assert "việc đang ở Đặng Chuyên Viên" in work
    assert number in clerk.client.get("/directives/?routed=open").text
    assert 'id="away"' not in clerk.client.get("/").text
    world.clock.at += timedelta(minutes=5)
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"])
    assert "cần làm lại" in sheet(clerk.client.get("/").text, "away")
    assert number not in sheet(clerk.client.get("/").text, "work")


def test_every_step_inside_stands_in_the_history_of_the_agency_s_routing(world, number):
    prepared(world, number)
    world.act("clerk", number, Action.GIVE_BACK, note="Thiếu")
    world.act("officer", number, Action.HAND_BACK, note="Trả")
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(HistoryRow.action, HistoryRow.subject).order_by(HistoryRow.serial)
        ).all()
    assert [(r.action, r.subject) for r in rows[-3:]] == [
        (action, "routing") for action in ("prepare", "give_back", "hand_back")
    ]


def test_a_head_hands_on_first_and_reports_once_somebody_has_the_task(world):
    (made,) = world.issue(world.clause())
    world.act("clerk", made.number, Action.ACCEPT)
    main = r'btn btn-primary"[^>]*data-action="(\w+)"'
    head = world.sign_in("head")
    assert re.findall(main, head.get(f"/directives/{made.number}").text)[0] == "route"
    world.act("head", made.number, Action.ROUTE, person=world.accounts["officer"])
    assert re.findall(main, head.get(f"/directives/{made.number}").text)[0] == "report"


def test_a_report_that_came_another_way_ends_what_was_prepared(world, number):
    prepared(world, number)
    world.act("office", number, Action.RECORD_REPORT, result="x", report_number="9/BC",
              report_date=world.office.today(), received_on=world.office.today(),
              signer="x")  # fmt: skip
    with world.office.reading() as unit:
        state = unit.connection.execute(select(PreparedRow.state)).scalar_one()
    assert state == "lapsed"


def test_the_lead_takes_back_what_nobody_answered(world, number):
    world.act("clerk", number, Action.REQUEST_EXTENSION, due_on=date(2021, 11, 1), reason="x")
    desk = Desk(world, "clerk", number)
    assert "Rút đề nghị" in desk.page()
    answer = desk.post("take_back", taken_back="extension", reason="Không cần nữa")
    assert answer.status_code == 303, answer.text[-2000:]
    assert world.directive(number).extension_asked_to is None
    before = digest_of(world.office.engine)
    with pytest.raises(Refused):
        world.act("clerk", number, Action.TAKE_BACK, taken_back="extension", reason="x")
    assert digest_of(world.office.engine) == before


def test_input_asked_by_mistake_is_taken_back_and_the_other_agency_told(world, number):
    beside = (world.agencies["H32.04"].id,)
    world.act("clerk", number, Action.REQUEST_INPUT, agencies=beside, what="Số liệu",
              needed_on=world.office.today())  # fmt: skip
    desk = Desk(world, "clerk", number)
    [link] = re.findall(r'href="[^"]*take_back_input\?asked_input=(\d+)"', desk.page())
    answer = desk.post("take_back_input", asked_input=link, reason="Đã có số liệu")
    assert answer.status_code == 303, answer.text[-2000:]
    assert not world.directive(number).open_inputs
    assert number not in sheet(Desk(world, "other_clerk", number).client.get("/").text, "asked")
