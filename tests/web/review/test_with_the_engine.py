"""The desk with the real engine: recorded, raised, placed, decided; overturned and reinstated."""

import re
from datetime import timedelta

import pytest
from desking import act, bring_on, case_of, furnish_desk, order, put
from sqlalchemy import insert, select, update
from violating import recorded

from models.escalation.rows import EscalationRaiseRow, EscalationRow, RuleVersionRow
from models.messages.rows import InboxRow, MessageRow
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from web.messages.words import link_of
from workflow.accounts.records import Role
from workflow.escalation.versions import RuleState
from workflow.messages.records import Notice, Urgency
from workflow.review.records import EscalationState, ReviewAction
from workflow.violations.judging import Said, act_on
from workflow.violations.records import ViolationAction

RULE = {
    "code": "MC-02",
    "title": "Gây phiền hà nhiều lần",
    "violation_types": ["V01"],
    "group_by": ["agency"],
    "window": {"days": 30},
    "levels": [3, 5],
    "weights": {},
    "repeat_within_days": None,
}


@pytest.fixture(autouse=True)
def _rule(world):
    furnish_desk(world)
    with world.unit() as unit:
        unit.connection.execute(
            insert(RuleVersionRow),
            {
                "code": "MC-02",
                "number": 1,
                "state": RuleState.APPROVED,
                "body": RULE,
                "from_on": world.office.today() - timedelta(days=400),
                "act": "02/QĐ-UBND",
                "drafted_by": world.accounts["inspector"],
                "drafted_at": world.clock(),
                "approved_by": world.accounts["leader"],
                "approved_at": world.clock(),
            },
        )


def fire(world, count=3):
    """Record violations until the rule fires; return them and the case's number."""
    made = [
        recorded(world, occurred_at=world.clock() - timedelta(days=day, hours=1))
        for day in range(count)
    ]
    return made, numbers(world)[-1]


def numbers(world):
    with world.office.reading() as unit:
        return list(
            unit.connection.execute(
                select(EscalationRow.number).order_by(EscalationRow.id)
            ).scalars()
        )


def work(world, app):
    with app.app_context():
        run_due(world.office)


def judge(world, violation, action, who="office"):
    with world.unit() as unit:
        return act_on(
            unit.violations,
            world.actor(who),
            violation.id,
            action,
            Said(reason="Xem lại hồ sơ"),
            at=world.clock(),
        )


def test_what_the_engine_raises_comes_to_somebody_without_waiting_for_night(world, app):
    _, number = fire(world)
    assert case_of(world, number).holder_id is None
    work(world, app)
    case = case_of(world, number)
    assert case.holder_id == world.accounts["inspector"]
    assert case.answer_by is not None
    page = world.sign_in("inspector").get("/review/").text
    assert number in page
    assert "Gây phiền hà nhiều lần" in page


def test_an_overturned_basis_retracts_a_decided_case_and_its_directive_stands(world, app):
    made, number = fire(world)
    work(world, app)
    bring_on(world, number, EscalationState.DECIDED, "inspector")
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    judge(world, made[0], ViolationAction.OVERTURN)
    case = case_of(world, number)
    assert case.state is EscalationState.RETRACTED
    assert world.directive(case.directives[0]).state == "assigned"
    page = world.sign_in("head").get(f"/review/{number}").text
    assert "vi phạm làm căn cứ không còn được tính" in page
    assert "Nhiệm vụ đã giao vẫn phải thực hiện" in page
    with world.office.reading() as unit:
        kinds = unit.connection.execute(
            select(MessageRow.kind).where(MessageRow.subject_key == number)
        ).scalars()
        assert "escalation_retracted" in set(kinds)
    history = world.sign_in("inspector").get(f"/review/{number}").text
    assert f"VP-{made[0].id}" in re.sub(r"<[^>]+>", "", history)


def test_those_who_decided_and_gave_a_directive_hear_that_its_case_fell(world, app):
    made, number = fire(world)
    work(world, app)
    bring_on(world, number, EscalationState.DECIDED, "inspector")
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    [directive] = case_of(world, number).directives
    for who in ("office", "leader"):
        page = world.sign_in(who).get(f"/directives/{directive}").text
        assert "vụ việc không còn căn cứ" not in page
    judge(world, made[0], ViolationAction.OVERTURN)
    work(world, app)
    for who in ("office", "leader"):
        client = world.sign_in(who)
        assert f"Vụ việc {number} không còn căn cứ" in client.get("/inbox/").text
        assert "vụ việc không còn căn cứ" in client.get(f"/directives/{directive}").text


def test_so_they_do_when_the_case_was_raised_anew_after_its_directive(world, app):
    made, number = fire(world)
    work(world, app)
    bring_on(world, number, EscalationState.DECIDED, "inspector")
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    fire(world, 2)
    assert case_of(world, number).state is EscalationState.RAISED
    for one in made:
        judge(world, one, ViolationAction.OVERTURN)
    work(world, app)
    for who in ("office", "leader"):
        assert f"Vụ việc {number} không còn căn cứ" in world.sign_in(who).get("/inbox/").text


def test_what_falls_before_anybody_decided_is_told_to_those_who_judge_it_alone(world, app):
    made, number = fire(world)
    work(world, app)
    judge(world, made[0], ViolationAction.OVERTURN)
    work(world, app)
    for who in ("office", "leader"):
        assert f"Vụ việc {number} không còn căn cứ" not in world.sign_in(who).get("/inbox/").text


def test_reinstated_it_is_the_same_case_in_its_state_with_its_holder_and_a_clock(world, app):
    made, number = fire(world)
    work(world, app)
    bring_on(world, number, EscalationState.EXPLAINED, "inspector")
    put(world, number, holder_id=world.accounts["inspector3"])
    judge(world, made[0], ViolationAction.OVERTURN)
    assert case_of(world, number).answer_by is None
    judge(world, made[0], ViolationAction.REINSTATE)
    assert numbers(world) == [number]
    work(world, app)
    case = case_of(world, number)
    assert case.state is EscalationState.EXPLAINED
    assert case.holder_id == world.accounts["inspector3"]
    assert case.answer_by is not None
    inbox = world.sign_in("inspector3").get("/inbox/").text
    assert f"Vụ việc {number} (mức 1) lại chờ bạn xử lý" in inbox


def test_a_new_level_says_that_the_proposal_waits_no_more(world, app):
    _, number = fire(world)
    work(world, app)
    bring_on(world, number, EscalationState.PROPOSED, "inspector")
    fire(world, 2)
    assert case_of(world, number).state is EscalationState.RAISED
    work(world, app)
    leader = world.sign_in("leader")
    assert f"Đề xuất ở vụ việc {number} không còn chờ quyết định" in leader.get("/inbox/").text
    assert "không còn chờ quyết định vì vụ việc đã lên mức" in leader.get(f"/review/{number}").text
    assert "không còn chờ quyết định vì" not in world.sign_in("head").get(f"/review/{number}").text


def got(world, number):
    """What the holder of a case got about it, oldest first."""
    with world.office.reading() as unit:
        asked = (
            select(MessageRow.kind)
            .join(InboxRow, InboxRow.message_id == MessageRow.id)
            .where(MessageRow.subject_key == number)
            .where(InboxRow.account_id == case_of(world, number).holder_id)
            .order_by(MessageRow.id)
        )
        return unit.connection.execute(asked).scalars().all()


def test_whoever_holds_a_case_gets_one_notice_for_each_time_it_comes_to_them(world, app):
    made, number = fire(world)
    work(world, app)
    assert got(world, number) == ["review_placed"]
    fire(world, 2)
    work(world, app)
    assert got(world, number) == ["review_placed", "review_back"]
    for one in made:
        judge(world, one, ViolationAction.OVERTURN)
    work(world, app)
    assert got(world, number)[2:] == ["escalation_lowered", "escalation_retracted"]
    for one in made:
        judge(world, one, ViolationAction.REINSTATE)
    work(world, app)
    assert set(got(world, number)[4:]) == {"review_back"}


def test_the_system_has_an_english_name_on_an_english_page(world, app):
    _, number = fire(world)
    work(world, app)
    client = world.sign_in("inspector")
    assert re.search(r">\s*Hệ thống\s*<", client.get(f"/review/{number}").text)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/").text)[1]
    client.post("/language", data={"language": "en", "csrf_token": token})
    page = client.get(f"/review/{number}").text
    assert "Hệ thống" not in page
    assert re.search(r">\s*System\s*<", page)


def test_reinstated_after_weeks_whoever_gets_it_has_the_full_time(world, app, clock):
    made, number = fire(world)
    work(world, app)
    judge(world, made[0], ViolationAction.OVERTURN)
    clock.at += timedelta(days=21)
    judge(world, made[0], ViolationAction.REINSTATE)
    work(world, app)
    today, case = world.office.today(), case_of(world, number)
    with world.office.reading() as unit:
        calendar = world.office.calendar(unit)
    days = (5, 3, 2)[case.level - 1]
    assert case.answer_by == calendar.due_on(today, days)


def test_what_an_import_brought_is_told_as_the_engines_doing_with_the_day_it_became_known(
    world, app
):
    number = fire(world)[1]
    day = world.office.today() - timedelta(days=40)
    with world.unit() as unit:
        unit.connection.execute(update(EscalationRaiseRow).values(on=day))
    page = world.sign_in("inspector").get(f"/review/{number}").text
    assert f"hệ thống biết ngày {world.office.today():%d/%m/%Y}" in page
    assert "Hệ thống, theo thao tác của" in page


def test_a_new_level_puts_a_decided_case_back_and_keeps_the_decision(world, app):
    _, number = fire(world)
    work(world, app)
    bring_on(world, number, EscalationState.DECIDED, "inspector")
    fire(world, 2)
    case = case_of(world, number)
    assert (case.state, case.level, case.heard) == (EscalationState.RAISED, 2, False)
    work(world, app)
    page = world.sign_in("inspector").get(f"/review/{number}").text
    assert "Nhắc nhở" in page
    assert "Mức 2 ngày" in page


def test_the_night_moves_what_nobody_answered(world, app, clock):
    _, number = fire(world)
    work(world, app)
    first = case_of(world, number).holder_id
    clock.at += timedelta(days=10)
    with app.app_context():
        swept = sweep_night(world.office, world.office.today())
        assert swept.failed == []
        assert swept.steps["review.climb"]["climbed"] == 1
        again = sweep_night(world.office, world.office.today())
    assert case_of(world, number).holder_id not in {None, first}
    assert set(again.steps["review.climb"].values()) == {0}


def test_what_one_import_raises_comes_as_one_notice_that_leads_to_the_desk(world, app):
    """A second chunk of the same import is added to the notice, read or not."""

    def tell(first, last, level=1):
        with world.unit() as unit:
            unit.messages.post_bundled(
                [
                    Notice(
                        key=f"{n}:1:raise", kind="escalation_raised", subject="escalation",
                        subject_key=f"VPNL-2021-{n:04d}", at=world.clock(),
                        to_role=Role.INSPECTOR, params={"level": level, "rule": "MC-02"},
                        urgency=Urgency.URGENT,
                    )
                    for n in range(first, last)
                ],
                source="import 14", kind="escalations_told",
            )  # fmt: skip
        work(world, app)

    tell(1, 9)
    client = world.sign_in("inspector")
    page = client.get("/inbox/").text
    assert "8 vụ việc mới phát sinh. Nặng nhất: VPNL-2021-0001 (mức 1)" in page
    with world.office.reading() as unit:
        told = unit.connection.execute(select(MessageRow.__table__)).one()
    with app.test_request_context():
        assert link_of(told) == "/review/?tab=all"
    tell(9, 21, level=3)
    page = client.get("/inbox/").text
    assert "20 vụ việc mới phát sinh. Nặng nhất: VPNL-2021-0009 (mức 3)" in page
    assert "8 vụ việc mới phát sinh" not in page
