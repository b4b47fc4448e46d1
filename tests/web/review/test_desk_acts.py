"""Acts through their forms: nothing typed is lost, the second person is told what changed."""

import io
import re
from datetime import timedelta

import pytest
from desking import (
    act,
    add_case,
    add_violations,
    bring_on,
    bring_to,
    case_of,
    furnish_desk,
    order,
    papers_of,
    raise_again,
)
from forms import filled, form_on
from sqlalchemy import select
from world import csrf_of

from models.messages.rows import MessageRow
from web.jobs.running import run_due
from web.messages.words import link_of, sentence_of
from workflow.review.records import EscalationState, Measure, PaperKind, ReviewAction


@pytest.fixture(autouse=True)
def _desk(world):
    furnish_desk(world)


def form_of(client, number, action):
    return form_on(client.get(f"/review/{number}/{action}").text, f"/{action}")


def post(client, number, action, data, **files):
    multipart = {**data, **files} if files else data
    return client.post(
        f"/review/{number}/{action}",
        data=multipart,
        content_type="multipart/form-data" if files else None,
    )


def pdf(name="giai-trinh.pdf"):
    return (io.BytesIO(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"), name)


def test_the_whole_way_by_forms(world):
    number = add_case(world, holder="inspector", level=2)
    inspector = world.sign_in("inspector")
    page = inspector.get(f"/review/{number}").text
    data = form_on(page, "/acknowledge")
    assert post(inspector, number, "acknowledge", data).status_code == 303
    early = inspector.get(f"/review/{number}/propose").text
    assert 'value="admonition"' in early
    assert 'value="criticism"' not in early, "nobody was asked yet: it would be refused"
    data = filled(
        form_of(inspector, number, "request_explanation"), paper="15/VP-KSTTHC", working_days="3"
    )
    assert "Đề nghị Chi nhánh VPĐKĐĐ Cam Lâm giải trình" in data["text"][0]
    assert post(inspector, number, "request_explanation", data).status_code == 303
    head = world.sign_in("unit_head")
    data = filled(form_of(head, number, "explain"), text="Do thiếu người đo đạc")
    assert post(head, number, "explain", data, files=pdf()).status_code == 303
    data = filled(form_of(inspector, number, "propose"), measure="criticism", reason="Lặp lại")
    assert post(inspector, number, "propose", data).status_code == 303
    leader = world.sign_in("leader")
    data = form_of(leader, number, "decide")
    assert data["measure"] == ["criticism"]
    assert post(leader, number, "decide", filled(data, reason="Đồng ý")).status_code == 303
    office = world.sign_in("office")
    data = form_of(office, number, "issue_directive")
    assert data["issuer"] == ["UBND tỉnh Khánh Hòa"]
    assert number in data["content"][0]
    data = filled(data, paper="100/UBND-NC", signer="Chủ tịch", deadline_text="30/9/2021")
    assert post(office, number, "issue_directive", data).status_code == 303
    assert case_of(world, number).directives == ("2021-0001-01",)
    data = filled(form_of(inspector, number, "close"), result="Đã chấn chỉnh")
    assert post(inspector, number, "close", data).status_code == 303
    assert case_of(world, number).state is EscalationState.CLOSED
    with world.app.app_context():
        run_due(world.office, world.clock())
    inbox = head.get("/inbox/?show=all").text
    asked = inbox[inbox.index("được yêu cầu giải trình vụ việc") :]
    assert "Vụ việc nay: Đã kết thúc." in asked[:600], "what was asked is over"
    letter = inspector.get("/directives/2021-0001-01").text
    assert "Chi nhánh VPĐKĐĐ Cam Lâm" in letter


def test_a_notice_of_a_case_says_whose_it_is_and_by_which_rule(world):
    bring_to(world, EscalationState.EXPLANATION_REQUESTED, level=2)
    with world.app.app_context():
        run_due(world.office, world.clock())
    inbox = world.sign_in("unit_head").get("/inbox/?show=all").text
    asked = inbox[inbox.index("được yêu cầu giải trình vụ việc") :]
    [told] = re.findall(r'<p class="dd-soft dd-small">(.+?)</p>', asked)[:1]
    assert told.startswith("Chi nhánh VPĐKĐĐ Cam Lâm · "), told
    assert told.rpartition(" · ")[2] not in {"", "Đất đai"}, "the rule's own name stands last"


def test_an_agency_reads_the_letter_and_its_own_answer_day(world):
    number = bring_to(world, EscalationState.EXPLANATION_REQUESTED, level=2)
    asked = case_of(world, number)
    letter = papers_of(world, number)[0]
    head = world.sign_in("unit_head")
    for address in (f"/review/{number}/explain", f"/review/{number}"):
        text = head.get(address).text
        assert "Cơ quan giải trình đến" in text
        assert f"{asked.letter_due_on:%d/%m/%Y}" in text
        assert f"{asked.answer_by:%d/%m/%Y}" not in text
        assert letter.text in text
    assert f"{asked.letter_due_on:%d/%m/%Y}" in head.get("/review/").text


def test_whoever_decides_reads_the_explanation_and_the_proposal_and_types_neither_again(world):
    number = bring_to(world, EscalationState.PROPOSED, level=2)
    kept = {paper.kind: paper for paper in papers_of(world, number)}
    leader = world.sign_in("leader")
    page = leader.get(f"/review/{number}/decide").text
    beside = page.partition('id="beside"')[2]
    assert kept[PaperKind.EXPLANATION].text in beside
    assert kept[PaperKind.PROPOSAL].text in beside
    assert form_on(page, "/decide")["reason"] == [kept[PaperKind.PROPOSAL].text]


def test_after_a_decision_nobody_is_led_to_close_before_anything_was_ordered(world):
    number = bring_to(world, EscalationState.DECIDED, level=2)
    page = world.sign_in("leader").get(f"/review/{number}").text
    assert "Văn phòng UBND tỉnh giao nhiệm vụ khắc phục theo quyết định" in page
    main = re.findall(r'class="btn btn-primary"[^>]*href="([^"]+)"', page)
    assert not [url for url in main if url.endswith("/close")]
    assert "/close" in page


def test_a_directive_of_an_earlier_decision_does_not_stand_for_the_new_one(world):
    number = bring_to(world, EscalationState.DECIDED, level=2)
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    leader = world.sign_in("leader")
    assert "Đã giao nhiệm vụ khắc phục" in leader.get(f"/review/{number}").text
    world.clock.at += timedelta(days=40)
    raise_again(world, number, 3, add_violations(world, 8))
    bring_on(world, number, EscalationState.DECIDED, "inspector")
    page = world.sign_in("office").get(f"/review/{number}").text
    assert "Văn phòng UBND tỉnh giao nhiệm vụ khắc phục theo quyết định" in page
    main = re.findall(r'class="btn btn-primary"[^>]*href="([^"]+)"', page)
    assert main
    assert {url.rpartition("/")[2] for url in main} == {"issue_directive"}


def test_a_letter_names_the_open_cases_that_it_cannot_serve_and_why(world):
    number = bring_to(world, EscalationState.ACKNOWLEDGED)
    fresh = add_case(world, holder="inspector")
    colleagues = add_case(world, holder="inspector2", state=EscalationState.ACKNOWLEDGED)
    elsewhere = add_case(world, agency="H32.03")
    page = world.sign_in("inspector").get(f"/review/{number}/request_explanation").text
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert f"{fresh} chưa nhận xử lý" in said
    assert f"{colleagues} Cao Nội Vụ đang xử lý" in said
    assert elsewhere not in page
    bring_on(world, fresh, EscalationState.ACKNOWLEDGED, "inspector")
    page = world.sign_in("inspector").get(f"/review/{number}/request_explanation").text
    assert f'value="{fresh}:' in page
    assert "chưa nhận xử lý" not in page


def test_a_file_of_an_explanation_comes_back_byte_for_byte_to_who_may_read_it(world):
    number = bring_to(world, EscalationState.EXPLANATION_REQUESTED)
    head = world.sign_in("unit_head")
    data = filled(form_of(head, number, "explain"), text="Kèm tài liệu")
    assert post(head, number, "explain", data, files=pdf()).status_code == 303
    page = world.sign_in("inspector").get(f"/review/{number}").text
    (address,) = re.findall(r'href="(/review/files/\d+)"', page)
    for who, status in (("inspector", 200), ("unit_head", 200), ("other_clerk", 404)):
        with world.sign_in(who).get(address) as answer:
            assert answer.status_code == status
            if status == 200:
                assert answer.data.startswith(b"%PDF-1.4")
                assert "attachment" in answer.headers["Content-Disposition"]


def test_one_letter_serves_the_cases_that_are_ticked(world):
    first, second, third = (bring_to(world, EscalationState.ACKNOWLEDGED) for _ in range(3))
    other = bring_to(world, EscalationState.ACKNOWLEDGED, agency="H32.04")
    client = world.sign_in("inspector")
    page = client.get(f"/review/{first}/request_explanation").text
    assert other not in page
    data = form_on(page, "/request_explanation")
    assert "also" not in data
    offered = re.findall(rf'name="also"[^>]* value="((?:{second}|{third}):\d+)"', page)
    assert len(offered) == 2
    data["also"] = [text for text in offered if text.startswith(second)]
    data = filled(data, paper="15/VP-NC")
    assert post(client, first, "request_explanation", data).status_code == 303
    states = [case_of(world, n).state for n in (first, second, third)]
    asked = EscalationState.EXPLANATION_REQUESTED
    assert states == [asked, asked, EscalationState.ACKNOWLEDGED]
    assert papers_of(world, second)[-1].text.endswith(f"Các vụ việc: {first}, {second}.")
    with world.office.reading() as unit:
        told = unit.connection.execute(
            select(MessageRow.__table__).where(MessageRow.kind == "review_request_explanation")
        ).all()
    assert [(one.subject, one.params["count"]) for one in told] == [("escalations", 2)]
    with world.app.test_request_context():
        assert "giải trình 2 vụ việc bằng một văn bản" in sentence_of(told[0])
        assert link_of(told[0]) == "/review/?tab=mine"
    head = world.sign_in("unit_head")
    answered = form_of(head, first, "explain")
    assert [text.split(":")[0] for text in answered["also"]] == [second]


def test_a_case_that_changed_beside_the_first_is_the_one_told_of(world):
    first, second, third = (bring_to(world, EscalationState.ACKNOWLEDGED) for _ in range(3))
    client = world.sign_in("inspector")
    page = client.get(f"/review/{first}/request_explanation").text
    data = filled(form_on(page, "/request_explanation"), paper="15/VP-NC")
    data["also"] = re.findall(rf'name="also"[^>]* value="((?:{second}|{third}):\d+)"', page)
    colleague = world.accounts["inspector2"]
    act(world, "leader", second, ReviewAction.HAND_ON, colleague=colleague, reason="Cân bằng việc")
    answer = post(client, first, "request_explanation", data)
    assert answer.status_code == 409
    since = answer.text.partition('id="since"')[2].partition("</section>")[0]
    assert f'href="/review/{second}"' in since
    assert "Cân bằng việc" in since
    assert third not in since
    assert "Nhận xử lý" not in since, "what was done before the form was opened"


def test_what_is_wrong_stands_at_its_field_and_everything_typed_stays(world):
    number = bring_to(world, EscalationState.ACKNOWLEDGED)
    client = world.sign_in("inspector")
    data = filled(
        form_of(client, number, "request_explanation"),
        paper="",
        paper_on="ngày mai",
        text="Nội dung tôi đã gõ rất lâu",
        working_days="không",
    )
    answer = post(client, number, "request_explanation", data)
    assert answer.status_code == 422
    again = form_on(answer.text, "/request_explanation")
    assert again["text"] == ["Nội dung tôi đã gõ rất lâu"]
    assert again["paper_on"] == ["ngày mai"]
    assert again["working_days"] == ["không"]
    for name in ("paper", "paper_on", "working_days"):
        assert f'id="{name}-error"' in answer.text
    assert case_of(world, number).state is EscalationState.ACKNOWLEDGED


def test_the_second_person_is_told_who_did_what_and_loses_nothing(world):
    number = bring_to(world, EscalationState.PROPOSED)
    leader, deputy = world.sign_in("leader"), world.sign_in("deputy")
    mine = filled(form_of(leader, number, "decide"), reason="Lý do tôi đã cân nhắc")
    theirs = filled(form_of(deputy, number, "send_back"), reason="Xem lại")
    assert post(deputy, number, "send_back", theirs).status_code == 303
    answer = post(leader, number, "decide", mine)
    assert answer.status_code == 409
    assert "Lâm Phó Chủ Tịch" in answer.text
    assert "Yêu cầu đề xuất lại" in answer.text
    assert "Không làm tiếp được nữa" in answer.text
    assert form_on(answer.text, "/decide")["reason"] == ["Lý do tôi đã cân nhắc"]


def test_a_change_that_leaves_the_door_open_can_be_gone_on_with(world):
    number = bring_to(world, EscalationState.EXPLAINED)
    client = world.sign_in("inspector")
    data = filled(form_of(client, number, "propose"), measure="admonition", reason="Lần đầu")
    act(world, "leader", number, ReviewAction.HAND_ON, colleague=world.accounts["inspector2"],
        reason="Nghỉ")  # fmt: skip
    act(world, "leader", number, ReviewAction.HAND_ON, colleague=world.accounts["inspector"],
        reason="Đã về")  # fmt: skip
    answer = post(client, number, "propose", data)
    assert answer.status_code == 409
    assert "Tiếp tục trên bản mới" in answer.text
    again = form_on(answer.text, "/propose")
    assert post(client, number, "propose", again).status_code == 303
    assert case_of(world, number).proposed_measure is Measure.ADMONITION


@pytest.mark.parametrize(
    ("who", "action", "status"),
    [
        ("office", "acknowledge", 403),
        ("unit_head", "propose", 403),
        ("inspector", "decide", 403),
        ("other_clerk", "explain", 404),
        ("inspector", "no_such_thing", 404),
        ("inspector", "close", 409),
    ],
)
def test_a_shut_door_says_why(world, who, action, status):
    number = add_case(world, holder="inspector")
    client = world.sign_in(who)
    token = form_on(client.get("/account").text, "/sign-out")["csrf_token"]
    assert client.get(f"/review/{number}/{action}").status_code == status
    answer = post(client, number, action, {"csrf_token": token, "version": "1"})
    assert answer.status_code == status
    assert case_of(world, number).version == 1


def test_a_tie_is_said_on_the_page_before_anyone_clicks(world):
    number = add_case(world, agency="H32.05")
    page = world.sign_in("inspector").get(f"/review/{number}").text
    assert "Vụ việc liên quan đến Thanh tra tỉnh: cơ quan của bạn" in page
    assert "/acknowledge" not in page


def test_the_office_records_a_signed_decision_with_its_file(world):
    number = bring_to(world, EscalationState.PROPOSED)
    client = world.sign_in("office")
    data = filled(
        form_of(client, number, "record_decision"),
        measure="criticism",
        paper="99/QĐ-UBND",
        signer="Chủ tịch",
    )
    answer = post(client, number, "record_decision", data)
    assert answer.status_code == 422
    assert 'id="files-error"' in answer.text
    again = form_on(answer.text, "/record_decision")
    assert post(client, number, "record_decision", again, files=pdf("qd.pdf")).status_code == 303
    paper = papers_of(world, number)[-1]
    assert (paper.kind, paper.is_signed) == (PaperKind.DECISION, True)


def test_a_hostile_file_is_refused_by_name_and_nothing_is_kept(world):
    number = bring_to(world, EscalationState.EXPLANATION_REQUESTED)
    head = world.sign_in("unit_head")
    data = filled(form_of(head, number, "explain"), text="x")
    bad = (io.BytesIO(b"MZ\x90\x00 not a paper"), "giai-trinh.pdf")
    answer = post(head, number, "explain", data, files=bad)
    assert answer.status_code == 422
    assert "giai-trinh.pdf" in answer.text
    assert case_of(world, number).state is EscalationState.EXPLANATION_REQUESTED


def test_the_admin_orders_inspectors_and_enters_absences(world):
    client = world.sign_in("admin")
    page = client.get("/review/order").text
    data = form_on(page, "/order")
    first, second = world.accounts["inspector2"], world.accounts["inspector"]
    data = filled(
        data,
        **{
            f"position-{first}": "1",
            f"position-{second}": "2",
            f"position-{world.accounts['inspector3']}": "3",
            f"away_from-{first}": "24/8/2021",
            f"away_to-{first}": "30/8/2021",
        },
    )
    assert client.post("/review/order", data=data).status_code == 303
    with world.office.reading() as unit:
        order = unit.review.order()
    assert [place.account_id for place in order][:2] == [first, second]
    assert order[0].away_to == world.office.today() + timedelta(days=7)
    assert client.get("/review/order").text.count("24/08/2021") == 1


def test_an_order_that_cannot_be_read_keeps_its_words_at_their_places(world):
    client = world.sign_in("admin")
    key = world.accounts["inspector2"]
    data = filled(
        form_on(client.get("/review/order").text, "/order"),
        **{f"position-{key}": "đầu", f"away_from-{key}": "mai"},
    )
    answer = client.post("/review/order", data=data)
    assert answer.status_code == 422
    again = form_on(answer.text, "/order")
    assert again[f"position-{key}"] == ["đầu"]
    assert f'id="position-{key}-error"' in answer.text
    assert f'id="away_from-{key}-error"' in answer.text
    with world.office.reading() as unit:
        assert unit.review.order() == ()


def test_several_cases_are_taken_up_at_once_and_each_that_is_not_says_why(world):
    mine = [add_case(world, holder="inspector") for _ in range(3)]
    taken = bring_to(world, EscalationState.ACKNOWLEDGED)
    inspector = world.sign_in("inspector")
    page = inspector.get("/review/?tab=all").text
    marked = [f"{n}:{case_of(world, n).version}" for n in (*mine, taken)]
    assert all(f'value="{one}"' in page for one in marked)
    asked = inspector.get(
        "/review/together", query_string={"action": "acknowledge", "id": marked}
    ).text
    assert all(number in asked for number in (*mine, taken))
    data = form_on(asked, "/review/together")
    told = inspector.post("/review/together?action=acknowledge", data=data).text
    assert "3 vụ việc đã xong, 1 chưa làm được" in told
    states = {case_of(world, number).state for number in mine}
    assert states == {EscalationState.ACKNOWLEDGED}


def test_several_cases_are_handed_on_and_the_colleague_gets_one_notice(world):
    numbers = [bring_to(world, EscalationState.ACKNOWLEDGED) for _ in range(7)]
    inspector = world.sign_in("inspector")
    address = "/review/together"
    asked = inspector.get(address, query_string={"action": "hand_on", "id": numbers}).text
    data = form_on(asked, address)
    missing = inspector.post(f"{address}?action=hand_on", data=data)
    assert missing.status_code == 422
    colleague = str(world.accounts["inspector2"])
    data = filled(data, colleague=colleague, reason="Nghỉ phép")
    assert inspector.post(f"{address}?action=hand_on", data=data).status_code == 303
    assert {case_of(world, n).holder_id for n in numbers} == {world.accounts["inspector2"]}
    with world.office.reading() as unit:
        kinds = unit.connection.execute(
            select(MessageRow.kind).where(MessageRow.to_account == world.accounts["inspector2"])
        ).scalars()
        assert [kind for kind in kinds if kind != "review_placed"] == ["review_given"]


def test_only_the_desk_acts_on_several_cases(world):
    number = add_case(world)
    for who, status in (("office", 403), ("unit_head", 403), ("inspector", 200)):
        address = f"/review/together?action=acknowledge&id={number}"
        assert world.sign_in(who).get(address).status_code == status
    assert world.sign_in("inspector").get("/review/together?action=decide").status_code == 404


def test_a_letter_that_explains_is_recorded_from_the_list_and_typed_once(world):
    first, second = (bring_to(world, EscalationState.EXPLANATION_REQUESTED) for _ in range(2))
    one = case_of(world, first)
    with world.office.reading() as unit:
        agency = unit.agencies.agency(one.agency_id)
    office = world.sign_in("office")
    day = world.office.today().strftime("%d/%m/%Y")
    rows = (
        f"Số\tNgày\tTrích yếu\tCơ quan gửi\n88/UBND\t{day}\tGiải trình hồ sơ trễ hạn\t{agency.name}"
    )
    page = office.get("/papers/list/new").text
    data = filled(form_on(page, "/papers/list/new"), direction="incoming", text=rows)
    assert office.post("/papers/list/new", data=data).status_code in {200, 303}
    [number] = re.findall(r'href="(/papers/list/\d+)"', office.get("/papers/list").text)
    sent = {"csrf_token": csrf_of(office.get(number).text), "file": pdf("gt.pdf")}
    answer = office.post(f"{number}/file", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    listed = office.get(number).text
    links = re.findall(r'href="(/review/[^"]+/record_explanation\?listed=\d+)"', listed)
    assert len(links) == 2
    page = office.get(links[0]).text
    form = form_on(page, "/record_explanation")
    assert form["paper"] == ["88/UBND"]
    assert form["paper_on"] == [day]
    assert form["text"] == ["Giải trình hồ sơ trễ hạn"]
    [other] = re.findall(r'name="also"[^>]*value="([^"]+)"', page)
    form = filled(form, also=other)
    where = links[0].split("?")[0].split("/")[2]
    assert post(office, where, "record_explanation", form).status_code == 303
    states = [case_of(world, number).state for number in (first, second)]
    assert states == [EscalationState.EXPLAINED] * 2
    paper = papers_of(world, where)[-1]
    assert (paper.number, paper.kind) == ("88/UBND", PaperKind.EXPLANATION)
    assert "gt.pdf" in office.get(f"/review/{where}").text
