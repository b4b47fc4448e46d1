"""The status page: what ran, or since when it did not; what was given up; a job's progress."""

from datetime import UTC, date, datetime, timedelta

import pytest
from upkeep import counted_queries
from world import csrf_of

from web.jobs import nightly, running
from web.jobs.held import Hopeless, Work
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from web.jobs.steps import Step
from web.jobs.sweeping import StepFailed
from web.jobs.ticking import tick
from web.uploads.refusals import FILE_SENTENCES
from workflow.errors import Refused

AT = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)
TODAY = date(2021, 8, 23)
ONE = timedelta(days=1)


@pytest.fixture
def admin(world):
    return world.sign_in("admin")


def night(world, day):
    with world.app.app_context():
        sweep_night(world.office, day)


def text(client, address="/status"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_before_the_first_night_it_says_that_none_was(admin):
    assert "Chưa chạy lần nào" in text(admin)


def test_a_night_that_was_swept_stands_with_what_it_did(world, admin):
    night(world, TODAY)
    page = text(admin)
    assert "Đã chạy" in page
    assert "Chưa chạy" not in page
    assert "không có gì mới" in page


def test_a_night_that_was_not_swept_says_since_when(world, admin, clock):
    night(world, TODAY - 3 * ONE)
    assert "Chưa chạy từ 20/08/2021" in text(admin)


def test_an_earlier_night_swept_once_more_hides_no_later_one(world, admin):
    """By hand, or after the clock stepped back."""
    night(world, TODAY)
    night(world, TODAY - ONE)
    assert "Chưa chạy" not in text(admin)


def test_a_night_swept_by_hand_for_a_far_day_hides_none_that_is_missing(world, admin):
    night(world, TODAY - 3 * ONE)
    night(world, TODAY + 30 * ONE)
    assert "Chưa chạy từ 20/08/2021" in text(admin)


def test_a_step_that_was_refused_tells_why_in_words(world, admin, monkeypatch):
    def refused(*_):
        raise Refused("file_changed")

    monkeypatch.setattr(nightly, "STEPS", (Step("directives.succeed", within=refused),))
    with pytest.raises(StepFailed):
        night(world, TODAY)
    page = text(admin)
    assert "Chưa xong" in page
    assert str(FILE_SENTENCES["file_changed"]).rstrip(".") in page


def test_before_the_nights_hour_yesterdays_night_is_the_last_that_is_due(world, admin, clock):
    night(world, TODAY)
    clock.at = datetime(2021, 8, 23, 17, 29, tzinfo=UTC)
    assert "Chưa chạy" not in text(world.sign_in("admin"))
    clock.at = datetime(2021, 8, 23, 17, 30, tzinfo=UTC)
    assert "Chưa chạy từ 23/08/2021" in text(world.sign_in("admin"))


def test_when_no_worker_ticks_it_says_so(world, admin, clock):
    assert "Việc nền đang dừng" in text(admin)
    with world.app.app_context():
        tick(world.office, AT)
        run_due(world.office, AT)
    assert "Việc nền đang dừng" not in text(admin)
    clock.at = AT + timedelta(minutes=6)
    assert "Việc nền đang dừng" in text(admin)


def test_who_can_mend_it_is_told_at_home_when_the_night_is_missing(world):
    client = world.sign_in("admin")
    night(world, TODAY - 3 * ONE)
    assert "chưa quét việc đến hạn từ 20/08/2021" in text(client, "/")
    night(world, TODAY)
    assert "chưa quét" not in text(client, "/")


@pytest.mark.parametrize("who", ["office", "clerk"])
def test_nobody_is_bothered_with_what_they_cannot_mend(world, who):
    night(world, TODAY - 3 * ONE)
    assert "chưa quét" not in text(world.sign_in(who), "/")


@pytest.fixture
def dead(world, monkeypatch):
    def give_up(held):
        raise Hopeless("smtp 550")

    monkeypatch.setitem(running.WORKS, "test", Work(name="test", run=give_up))
    with world.unit() as unit:
        unit.jobs.add("test", "test:1")
    with world.app.app_context():
        run_due(world.office, AT)


def job_id(page):
    return int(page.partition('action="/jobs/')[2].partition("/again")[0])


def test_what_was_given_up_stands_with_its_reason_and_can_be_done_again(
    world, admin, dead, monkeypatch
):
    page = text(admin)
    assert "máy chủ thư trả lời 550" in page
    monkeypatch.setitem(running.WORKS, "test", Work(name="test", run=lambda _: {}))
    address = f"/jobs/{job_id(page)}/again"
    token = {"csrf_token": csrf_of(page)}
    assert admin.post(address, data=token).status_code == 303
    assert admin.post(address, data=token).status_code == 404
    with world.app.app_context():
        run_due(world.office, AT)
    assert "Không có việc nào dừng" in text(admin)


def test_the_admin_is_told_in_the_inbox(world, admin, dead):
    assert "đã thử nhiều lần không xong" in text(admin, "/inbox/")


def test_every_run_of_a_kind_can_be_read_page_by_page(world, admin):
    with world.unit() as unit:
        for number in range(60):
            day = TODAY - number * ONE
            unit.runs.note("night", day, AT, AT + timedelta(seconds=number), {"steps": number})
    page = text(admin, "/status/night")
    assert page.count("<tr") == 51
    older = page.partition('rel="next" href="')[2].partition('"')[0]
    assert text(admin, older).count("<tr") == 11
    assert admin.get("/status/nothing").status_code == 404


def test_only_the_admin_sees_the_status(world):
    for who in ("office", "leader", "inspector", "clerk"):
        assert world.sign_in(who).get("/status").status_code == 404


def test_the_page_asks_as_often_with_a_thousand_jobs_as_with_none(world, admin):
    def asked():
        with counted_queries(world) as made:
            text(admin)
        return len(made)

    few = asked()
    with world.unit() as unit:
        for number in range(1000):
            unit.jobs.add("test", f"test:{number}")
    assert asked() == few
    assert few <= 9


# a job's progress


@pytest.fixture
def own(world):
    with world.unit() as unit:
        unit.jobs.add("test", "test:own", account_id=world.accounts["clerk"])
        job = unit.jobs.claim(AT, timedelta(minutes=1))
        unit.jobs.progress(job, 50_000, 200_000)
    return job


def test_ones_own_job_shows_how_far_it_is(world, own):
    page = text(world.sign_in("clerk"), f"/jobs/{own.id}/progress")
    assert "50.000 / 200.000" in page
    assert 'data-hx-trigger="every 2s"' in page


def test_a_job_that_ended_lets_its_page_load_anew(world, own):
    with world.unit() as unit:
        unit.jobs.finish(own, AT)
    answer = world.sign_in("clerk").get(f"/jobs/{own.id}/progress", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    assert "hx-trigger" not in answer.text


def test_another_persons_job_is_not_there_but_the_admin_sees_it(world, own, admin):
    assert world.sign_in("office").get(f"/jobs/{own.id}/progress").status_code == 404
    assert "50.000" in text(admin, f"/jobs/{own.id}/progress")
