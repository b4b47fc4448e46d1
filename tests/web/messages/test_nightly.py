"""What a night tells agencies about their directives, through the stored state."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.messages.rows import InboxRow, MessageRow
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from workflow.directives.records import Action

ISSUED = date(2021, 8, 23)
DUE = date(2021, 9, 29)
ONE = timedelta(days=1)


@pytest.fixture
def night(world):
    def sweep(day):
        world.clock.at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=6)
        with world.app.app_context():
            swept = sweep_night(world.office, day)
            run_due(world.office, world.clock())
        return swept.steps["messages.due"]

    return sweep


def told(world, kind="directives.due"):
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(MessageRow.__table__).where(MessageRow.kind == kind).order_by(MessageRow.id)
        )
        return [(row.to_agency, row.params["counts"], row.recipients) for row in rows]


def issue(world, *leads):
    return world.issue(*(world.clause(n, lead=lead) for n, lead in enumerate(leads, 1)))


def test_three_directives_of_an_agency_arrive_as_three_in_one_notice(world, night):
    issue(world, "H32.03", "H32.03", "H32.03", "H32.04")
    assert night(DUE + ONE) == {"directives": 4, "unanswered": 0, "notices": 2}
    three, one = told(world)
    assert three == (
        world.agencies["H32.03"].id,
        {"overdue": 3, "very_soon": 0, "soon": 0},
        2,
    )
    assert one[1]["overdue"] == 1


@pytest.mark.parametrize(("days_before", "fall"), [(7, "soon"), (3, "very_soon"), (-1, "overdue")])
def test_it_is_told_seven_and_three_days_before_and_the_day_after(world, night, days_before, fall):
    issue(world, "H32.03")
    night(DUE - (days_before + 1) * ONE)
    before = told(world)
    night(DUE - days_before * ONE)
    [(_, counts, _)] = told(world)[len(before) :]
    assert counts[fall] == 1
    assert sum(counts.values()) == 1


def test_a_night_swept_twice_tells_once(world, night):
    issue(world, "H32.03")
    night(DUE + ONE)
    assert night(DUE + ONE) == {"directives": 0, "unanswered": 0, "notices": 0}
    with world.office.reading() as unit:
        got = select(InboxRow.id).join(MessageRow).where(MessageRow.kind == "directives.due")
        assert len(unit.connection.execute(got).all()) == 2


def test_missed_nights_are_told_in_one_go(world, night):
    issue(world, "H32.03")
    night(DUE - 20 * ONE)
    night(DUE + 9 * ONE)
    assert [counts["overdue"] for _, counts, _ in told(world)] == [1]


def test_what_was_reported_in_time_is_not_told_as_overdue(world, night, clock):
    [directive] = issue(world, "H32.03")
    world.report(directive.number)
    night(DUE + ONE)
    assert told(world) == []


def test_a_report_nobody_judged_in_time_is_told_to_the_office(world, night, clock):
    [directive] = issue(world, "H32.03")
    world.report(directive.number)
    limit = date(2021, 8, 30)  # five working days after Monday the 23rd
    night(limit)
    assert told(world, "directives.unanswered") == []
    night(limit + ONE)
    [(agency, counts, recipients)] = told(world, "directives.unanswered")
    assert agency == world.agencies["H32.01"].id
    assert (counts, recipients) == ({"report": 1, "extension": 0, "decline": 0, "proposal": 0}, 2)
    night(limit + 2 * ONE)
    assert len(told(world, "directives.unanswered")) == 1


def test_a_proposal_nobody_answered_in_time_is_told_with_its_words(world, night, clock):
    [first, second] = issue(world, "H32.03", "H32.03")
    for directive in (first, second):
        world.act("clerk", directive.number, Action.UPDATE, done="x", proposal="Thêm người")
    [one] = world.directive(first.number).proposals
    world.act("office", first.number, Action.ANSWER, proposed=one.id, answer="x")
    night(date(2021, 8, 31))
    [(_, counts, _)] = told(world, "directives.unanswered")
    assert counts == {"report": 0, "extension": 0, "decline": 0, "proposal": 1}
    assert "kiến nghị chờ trả lời đã quá thời gian" in world.sign_in("office").get("/inbox/").text


def test_a_request_that_was_answered_is_not_told(world, night, clock):
    [first, second] = issue(world, "H32.03", "H32.03")
    world.act("clerk", first.number, Action.ACCEPT)
    for directive in (first, second):
        world.act(
            "clerk", directive.number, Action.REQUEST_EXTENSION,
            due_on=date(2021, 10, 20), reason="mưa lũ",
        )  # fmt: skip
    world.act(
        "leader",
        first.number,
        Action.DECIDE_EXTENSION,
        decision="granted",
        due_on=date(2021, 10, 20),
    )
    night(date(2021, 8, 31))
    [(_, counts, _)] = told(world, "directives.unanswered")
    assert counts == {"report": 0, "extension": 1, "decline": 0, "proposal": 0}
