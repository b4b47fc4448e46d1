"""Marks: what something else explains, who says so and until when."""

from datetime import timedelta

from rule_pages import post
from ruling import TODAY, enact, happen, late, mark


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
