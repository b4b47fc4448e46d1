"""The rule book on its pages: read back while typed, tried, approved by a second person."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from cost import seconds_of
from ruling import RULE, STRICTER, TODAY, draft, enact, happen, late, mark
from sqlalchemy import event
from violating import recorded
from world import csrf_of

from web.jobs.running import run_due
from workflow.agencies.successors import Merging
from workflow.escalation.succeeding import set_merging
from workflow.violations.judging import Said, act_on
from workflow.violations.records import ViolationAction

TYPED = {
    "code": "MC-09", "title": "Thử", "violation_types": ["V16", "V17"],
    "group_by": ["agency", "field"], "window_kind": "days", "window_days": "30",
    "levels": "3, 5, 8", "weights": "V17 = 2", "repeat_within_days": "180", "reason": "Để thử",
}  # fmt: skip


def post(client, url, page=None, **data):
    token = csrf_of(client.get(page or url).text)
    return client.post(url, data={"csrf_token": token, **data})


@pytest.fixture
def office(world):
    return world.sign_in("office")


def test_an_empty_book_says_what_will_stand_here_and_how_to_begin(world, office):
    page = office.get("/escalation/rules").text
    assert "Chưa có quy tắc nào" in page
    assert "Bắt đầu từ các đề xuất" in page
    answer = post(office, "/escalation/rules/proposals", page="/escalation/rules/new")
    assert answer.status_code == 303
    page = office.get("/escalation/rules").text
    assert "MC-01" in page
    assert "đề xuất" in page


def test_a_rule_is_read_back_in_words_while_it_is_typed(world, office):
    said = office.get("/escalation/reading", query_string=TYPED).text
    assert "Từ 3 điểm tính trên vi phạm V16" in said
    assert "của cùng một cơ quan, trong cùng một lĩnh vực, trong 30 ngày liền: mức 1" in said
    assert "từ 5: mức 2; từ 8: mức 3" in said
    assert "riêng V17 tính 2 điểm" in said
    assert "trong vòng 180 ngày" in said


def test_what_cannot_be_read_yet_is_said_without_a_rule(world, office):
    said = office.get("/escalation/reading", query_string=TYPED | {"levels": "5, 3"}).text
    assert "Các ngưỡng điểm phải tăng dần" in said


@pytest.mark.parametrize("part", ["reading", "backtest"])
def test_nobody_is_told_of_errors_before_anything_is_typed(world, office, part):
    said = office.get(f"/escalation/{part}", query_string={"window_days": "30"}).text
    assert "Còn thiếu: Mã quy tắc" not in said
    assert "Còn thiếu: Loại vi phạm, Ngưỡng các mức." in said
    assert "Cần điền mục này" not in said
    assert "alert-circle" not in said.partition("<main")[2]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"group_by": []}, "trong toàn tỉnh"),
        ({"window_kind": "quarter"}, "trong cùng một quý"),
        ({"all_types": "y"}, "vi phạm thuộc mọi loại"),
        ({"weights": ""}, "Từ 3 vi phạm V16"),
        ({"violation_types": ["V07", "V08", "V16", "V17"]}, "vi phạm V07, V08, V16, V17"),
        (
            {"violation_types": ["V07", "V08", "V16", "V17"]},
            "V08 (ứng xử không phù hợp văn hóa công sở); V16 (giải quyết hồ sơ trễ hạn); V17",
        ),
    ],
)
def test_every_part_of_a_rule_has_its_words(world, office, typed, words):
    assert words in office.get("/escalation/reading", query_string=TYPED | typed).text


@pytest.mark.parametrize("weights", ["N" * 20_000, "V16=" + "9" * 5_000, "a" + " " * 20_000 + "!"])
def test_weights_without_end_are_refused_at_once(world, office, weights):
    def read():
        answer = office.get("/escalation/reading", query_string=TYPED | {"weights": weights})
        assert answer.status_code == 200
        assert "V17" not in answer.text or "trọng số" not in answer.text.casefold()

    assert seconds_of(read, allowed=2) < 2


def test_a_rule_is_tried_on_the_stored_past_while_it_is_typed(world, office):
    enact(world)
    happen(world, *(late(TODAY - timedelta(days=n)) for n in (1, 2, 3)))
    happen(world, *(late(TODAY - timedelta(days=n), "H32.04") for n in (1, 2)))
    asked = TYPED | {"code": "MC-01", "violation_types": ["V16"], "levels": "2, 3", "weights": ""}
    page = office.get("/escalation/backtest", query_string=asked).text
    assert "2 vụ việc, quy tắc đang có hiệu lực: 1; thêm 1 nhóm, bớt 0 nhóm" in page
    assert "Sở Xây dựng · đất đai" in page
    assert "agency=H32.04" in page
    assert "Mỗi lần 60 phút thì bình quân" in page
    assert "Xem bảng" in page
    part = office.get(
        "/escalation/backtest", query_string=asked, headers={"HX-Request": "true"}
    ).text
    assert "<html" not in part


def test_a_draft_is_saved_tried_and_approved_by_a_second_person(world):
    inspector = world.sign_in("inspector")
    answer = post(inspector, "/escalation/rules/new", **TYPED)
    assert answer.headers["Location"].endswith("/escalation/rules/MC-09?number=1")
    page = inspector.get("/escalation/rules/MC-09").text
    assert "Chưa đính kèm kết quả chạy thử" not in page
    assert "0 vụ việc" in page
    assert "Không quy tắc nào khác đang có hiệu lực tính các vi phạm này." in page
    assert "Rút dự thảo" in page
    assert "Không phê duyệt" not in page
    post(inspector, "/escalation/rules/MC-09/1/submit", page="/escalation/rules/MC-09", version="2")
    with world.app.app_context():
        run_due(world.office)
    waiting = inspector.get("/escalation/rules/MC-09").text
    assert waiting.count("Chờ phê duyệt") == 3, "at the head, among the versions, beside"
    assert "/1/submit" not in waiting
    leader = world.sign_in("leader")
    page = leader.get("/escalation/rules/MC-09/1/approve").text
    assert "Nếu có hiệu lực từ hôm nay: 0 vụ việc mở ngay" in page
    assert "Dự thảo quy tắc MC-09, phiên bản 1 chờ phê duyệt" in leader.get("/inbox/").text
    assert "Không phê duyệt" in leader.get("/escalation/rules/MC-09").text
    answer = post(
        leader, "/escalation/rules/MC-09/1/approve", act="15/QĐ-UBND", from_on="23/08/2021",
        version="2",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"].endswith("/escalation/rules/MC-09?number=1")
    assert "đang có hiệu lực" in leader.get("/escalation/rules").text


def test_a_draft_that_was_never_tried_can_be_neither_submitted_nor_approved(world):
    made = draft(world, tried=False)
    url = f"/escalation/rules/{made.code}/{made.number}"
    refused = world.sign_in("leader").get(f"{url}/approve")
    assert (refused.status_code, "chạy thử" in refused.text) == (409, True)
    inspector = world.sign_in("inspector")
    answer = post(inspector, f"{url}/submit", page=f"/escalation/rules/{made.code}", version="1")
    assert answer.status_code == 409


def test_an_error_stands_at_its_field_and_keeps_what_was_typed(world):
    inspector = world.sign_in("inspector")
    answer = post(inspector, "/escalation/rules/new", **(TYPED | {"levels": "3, 3", "reason": ""}))
    assert answer.status_code == 422
    assert "Các ngưỡng điểm phải tăng dần" in answer.text
    assert 'value="3, 3"' in answer.text
    assert "Để thử" not in answer.text or "V17 = 2" in answer.text


def test_the_drafter_finds_the_door_to_approval_shut_with_its_reason(world):
    draft(world, who="office")
    page = world.sign_in("office").get("/escalation/rules/MC-01").text
    assert "Người soạn quy tắc không tự phê duyệt được" in page


def test_a_past_day_is_refused_unless_the_rule_says_that_it_looks_back(world):
    made = draft(world)
    leader = world.sign_in("leader")
    url = f"/escalation/rules/MC-01/{made.number}/approve"
    answer = post(leader, url, act="1/QĐ", from_on="1/8/2021", version=str(made.version))
    assert (answer.status_code, "Ngày này đã qua" in answer.text) == (422, True)
    answer = post(
        leader, url, act="1/QĐ", from_on="1/8/2021", version=str(made.version),
        retroactive="y", retroactive_reason="Nghị quyết nói rõ",
    )  # fmt: skip
    assert answer.status_code == 303


def test_the_next_version_begins_from_the_text_of_the_one_in_force(world):
    enact(world)
    office = world.sign_in("office")
    page = office.get("/escalation/rules/MC-01/1/edit").text
    assert 'value="3, 5, 8"' in page
    typed = TYPED | {"code": "MC-01", "levels": "2, 4", "weights": "", "version": "3"}
    answer = post(office, "/escalation/rules/MC-01/1/edit", **typed)
    assert answer.headers["Location"].endswith("number=2")


def test_a_draft_that_was_changed_meanwhile_is_not_overwritten(world):
    made = draft(world)
    office = world.sign_in("office")
    typed = TYPED | {"code": "MC-01", "version": str(made.version - 1)}
    answer = post(office, f"/escalation/rules/MC-01/{made.number}/edit", **typed)
    assert answer.status_code == 409


def test_a_draft_is_put_aside_and_a_rule_in_force_is_ended(world):
    made = enact(world)
    waits = draft(world, STRICTER)
    leader = world.sign_in("leader")
    answer = post(
        leader, f"/escalation/rules/MC-01/{waits.number}/reject", reason="Quá chặt",
        version=str(waits.version),
    )  # fmt: skip
    assert answer.status_code == 303
    answer = post(
        leader, f"/escalation/rules/MC-01/{made.number}/retire", act="20/QĐ-UBND",
        last_day="30/08/2021", version=str(made.version),
    )  # fmt: skip
    assert answer.status_code == 303
    page = leader.get("/escalation/rules/MC-01?number=1").text
    assert "30/08/2021" in page
    assert "Ngừng áp dụng" in page


def test_an_agency_reads_the_rules_and_drafts_none(world):
    enact(world)
    clerk = world.sign_in("clerk")
    assert RULE.title in clerk.get("/escalation/rules").text
    assert clerk.get("/escalation/rules/new").status_code == 403
    assert clerk.get("/escalation/rules/MC-01/1/edit").status_code == 403


def test_nobody_finds_a_rule_that_is_not_there(world, office):
    assert office.get("/escalation/rules/XX").status_code == 404
    enact(world)
    assert office.get("/escalation/rules/MC-01?number=7").status_code == 404


# --- where it burns --------------------------------------------------------------------


def test_the_heat_map_shows_agencies_by_month_and_only_within_the_scope(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)), *(late(TODAY, "H32.04") for _ in range(3)))
    page = world.sign_in("leader").get("/escalation/heat").text
    assert "Sở Xây dựng" in page
    assert "Sở Tài nguyên và Môi trường nhiều nhất" in page or "Sở Xây dựng nhiều nhất" in page
    page = world.sign_in("clerk").get("/escalation/heat").text
    assert "Sở Tài nguyên và Môi trường" in page
    assert ">Sở Xây dựng<" not in page
    assert world.sign_in("admin").get("/escalation/heat").status_code == 404


def test_each_figure_of_the_heat_map_opens_as_many_cases(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    leader = world.sign_in("leader")
    table = leader.get("/escalation/heat").text.partition('class="dd-heat"')[2]
    found = re.findall(r'<a href="(/review/[^"]+opened=[^"]+)">(\d+)</a>', table)
    assert len(found) > 1
    for url, number in found:
        text = leader.get(url.replace("&amp;", "&")).text
        assert re.search(rf'class="dd-total"[^>]*>\s*{number} ', text), url


def test_a_near_miss_says_what_is_missing_and_until_when(world):
    enact(world)
    happen(world, late(TODAY), late(TODAY - timedelta(days=4)))
    page = world.sign_in("inspector").get("/escalation/heat").text
    told = "2 trên 3; thêm một vi phạm đến hết ngày 17/09/2021 là chạm mức 1"
    assert told in page
    assert told in world.sign_in("inspector").get("/review/").text
    assert told not in world.sign_in("other_clerk").get("/review/").text


def test_who_came_back_three_times_within_a_year_is_named(world):
    enact(
        world, from_on=TODAY - timedelta(days=300), retroactive=True, retroactive_reason="Rà soát"
    )
    for back in (200, 120, 40):
        happen(world, *(late(TODAY - timedelta(days=back)) for _ in range(3)))
    page = world.sign_in("leader").get("/escalation/heat").text
    assert "Không nhóm nào có từ 3 vụ việc" not in page


def test_a_silence_explains_itself(world):
    enact(world)
    happen(world, late(TODAY), late(TODAY), late(TODAY, field=""))
    truth = happen(world, late(TODAY))
    inspector = world.sign_in("inspector")
    with world.unit() as unit:
        truth.connection = unit.connection
        key = max(truth.occurrences)
        truth.turn(key, overturned=True)
    page = inspector.get("/escalation/silence?rule=MC-01&agency=H32.03&field=đất đai").text
    assert "Chưa đủ điểm" in page
    assert "2 trên 3" in page
    assert "Không tính: không tính là vi phạm" in page
    assert "Không tính: thiếu giá trị" in page
    other = world.sign_in("other_clerk")
    assert other.get("/escalation/silence?rule=MC-01&agency=H32.03&field=x").status_code == 404
    assert inspector.get("/escalation/silence?rule=XX&agency=H32.03").status_code == 404


# --- what something else explains ------------------------------------------------------


def test_a_mark_says_who_why_until_when_and_what_it_covers(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    inspector = world.sign_in("inspector")
    assert "Chưa có đánh dấu nào" in inspector.get("/escalation/suppressed").text
    answer = post(
        inspector, "/escalation/suppressed/new", rule="MC-01", agency_id="", field="đất đai",
        from_on="23/08/2021", to_on="25/08/2021", expires_on="30/09/2021",
        reason="Cổng dịch vụ công ngừng hoạt động ba ngày",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    page = inspector.get("/escalation/suppressed").text
    assert "Cổng dịch vụ công ngừng hoạt động ba ngày" in page
    assert "Phạm Thị Hòa" in page
    assert "30/09/2021" in page
    assert "1 vụ việc" in page
    assert "VPNL-2021-0001" in page


def test_a_mark_of_everything_is_refused(world):
    inspector = world.sign_in("inspector")
    answer = post(
        inspector, "/escalation/suppressed/new", rule="", agency_id="", field="",
        from_on="23/08/2021", to_on="20/08/2021", expires_on="1/8/2021", reason="x",
    )  # fmt: skip
    assert answer.status_code == 422
    for words in ("Hãy chọn ít nhất một quy tắc", "Ngày cuối phải sau ngày đầu", "Ngày này đã qua"):
        assert words in answer.text


def test_a_mark_is_ended_before_it_expires_and_stays_in_the_list(world):
    enact(world)
    key = mark(world)
    inspector = world.sign_in("inspector")
    answer = post(inspector, f"/escalation/suppressed/{key}/end", reason="Cổng đã chạy lại")
    assert answer.status_code == 303
    page = inspector.get("/escalation/suppressed").text
    assert "Cổng đã chạy lại" in page
    assert "hết hiệu lực" in page
    again = post(
        inspector, f"/escalation/suppressed/{key}/end", page="/escalation/rules/new", reason="x"
    )
    assert again.status_code == 409


def test_a_mark_holds_through_its_last_day_and_can_then_no_longer_be_ended(world):
    enact(world)
    key, last = mark(world), world.clock() + timedelta(days=30)
    for day, said in ((last, "còn hiệu lực"), (last + timedelta(days=1), "hết hiệu lực")):
        world.clock.at = day
        inspector = world.sign_in("inspector")
        assert said in inspector.get("/escalation/suppressed").text
    refused = post(
        inspector, f"/escalation/suppressed/{key}/end", page="/escalation/rules/new", reason="x"
    )
    assert refused.status_code == 409


def test_an_agency_enters_no_mark(world):
    clerk = world.sign_in("clerk")
    assert clerk.get("/escalation/suppressed").status_code == 200
    assert clerk.get("/escalation/suppressed/new").status_code == 403


# --- what was known ---------------------------------------------------------------------


def test_an_earlier_evening_shows_what_was_known_beside_what_is_known_now(world):
    enact(world, from_on=TODAY - timedelta(days=9), retroactive=True, retroactive_reason="x")
    made = [recorded(world, type="V16", field_text="đất đai") for _ in range(3)]
    world.clock.at += timedelta(days=1)
    with world.unit() as unit:
        said = Said(reason="Trễ ảo")
        act_on(
            unit.violations, world.actor("office"), made[0].id, ViolationAction.OVERTURN, said,
            at=world.clock(),
        )  # fmt: skip
    page = world.sign_in("inspector").get("/escalation/known?day=23/08/2021").text
    assert "Tối 23/08/2021 biết 1 vụ việc; 1 chỗ khác với nay." in page
    assert all(f"VP-{one.id}" in page for one in made)
    assert "nay không còn căn cứ" in page
    assert "VPNL-2021-0001" in page
    told = world.sign_in("foreign").get("/escalation/known?day=23/08/2021").text
    assert "Ngày này không có vụ việc nào" in told
    assert "VPNL" not in told
    wrong = world.sign_in("inspector").get("/escalation/known?day=31/02/2021").text
    assert "Hãy gõ một ngày đã qua" in wrong


def test_what_was_known_costs_eight_statements_and_follows_a_change_of_counting(world):
    enact(world, from_on=TODAY - timedelta(days=9), retroactive=True, retroactive_reason="x")
    happen(world, *(late(TODAY) for _ in range(3)))
    address = "/escalation/known?day=23/08/2021"
    for who in ("clerk", "inspector"):
        client = world.sign_in(who)
        client.get(address)
        few = statements(world, client, address)
        assert few <= 8
    with world.unit() as unit:
        set_merging(unit.escalation, world.actor("admin"), Merging.FRESH, at=world.clock())
    assert statements(world, client, address) > few, "who answers for whom is read anew"
    assert statements(world, client, address) == few


# --- in few statements -----------------------------------------------------------------


def statements(world, client, address):
    """How many statements a page takes, the ones of signing in and of the frame included."""
    counted = []
    engine = world.office.engine

    def count(*_):
        counted.append(1)

    event.listen(engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(counted)


@pytest.mark.parametrize(
    "address",
    [
        "/escalation/rules", "/escalation/rules/MC-01", "/escalation/heat",
        "/escalation/suppressed",
    ],
)  # fmt: skip
def test_more_rows_cost_no_more_statements(world, address):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)), late(TODAY, field="hộ tịch"))
    mark(world)
    client = world.sign_in("leader")
    client.get(address)
    few = statements(world, client, address)
    for field in ("a", "b", "c"):
        happen(world, *(late(TODAY, "H32.04", field) for _ in range(3)))
        happen(world, *(late(TODAY, "H32.10", field) for _ in range(2)))
        mark(world, field=field)
    draft(world, STRICTER)
    assert statements(world, client, address) == few
    assert few <= 12


@pytest.mark.parametrize("typed", [{"first": "hôm qua"}, {"last": "31/02/2021"}])
def test_days_that_cannot_be_read_are_told_and_no_trial_is_attached(world, typed):
    inspector, page = world.sign_in("inspector"), "/escalation/rules/MC-09?number=1"
    post(inspector, "/escalation/rules/new", **TYPED)
    inspector.get(page)
    with world.office.reading() as unit:
        before = unit.history.verify().entries
    address = "/escalation/rules/MC-09/1/backtest"
    assert post(inspector, address, page=page, version="2", **typed).status_code == 303
    assert "Không đọc được ngày này" in inspector.get(page).text
    with world.office.reading() as unit:
        assert unit.history.verify().entries == before


def test_the_form_of_approval_asks_no_more_for_more_rules(world):
    enact(world)
    draft(world, STRICTER)
    address, client = "/escalation/rules/MC-01/2/approve", world.sign_in("leader")
    client.get(address)
    few = statements(world, client, address)
    assert few <= 9, "BEGIN, and eight"
    for code in ("MC-07", "MC-08"):
        enact(world, replace(STRICTER, code=code))
    client.get(address)
    assert statements(world, client, address) == few


@pytest.mark.parametrize("year", ["99999", "10000", "0", "-1", "x", "\u00b2"])
def test_a_year_that_is_none_shows_the_latest(world, year):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    client = world.sign_in("leader")
    page = client.get("/escalation/heat", query_string={"year": year})
    assert page.status_code == 200
    assert headings(page.text) == headings(client.get("/escalation/heat").text)


def headings(text):
    return re.findall(r"<(?:h1|h2|caption)[^>]*>.*?</", text, re.DOTALL)
