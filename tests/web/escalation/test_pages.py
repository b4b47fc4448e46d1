"""Rules from the first draft to their end, read and tried on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cost import seconds_of
from rule_pages import TYPED, post, statements
from ruling import RULE, STRICTER, TODAY, draft, enact, happen, late, mark

from web.jobs.running import run_due


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


def test_who_approves_is_told_which_cases_open_and_which_only_go_on(world):
    enact(world)
    happen(world, *(late(TODAY - timedelta(days=n)) for n in (1, 2, 3)))
    happen(world, *(late(TODAY - timedelta(days=n), "H32.04") for n in (1, 2)))
    made = draft(world, STRICTER)
    page = world.sign_in("leader").get(f"/escalation/rules/MC-01/{made.number}/approve").text
    assert "Nếu có hiệu lực từ hôm nay: 1 vụ việc mở ngay" in page
    assert "1 vụ việc đang mở theo phiên bản trước còn đủ điểm nên tiếp tục" in page


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
