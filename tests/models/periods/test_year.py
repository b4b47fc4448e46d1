"""A standing task over a whole year: a missed, a late and an early period, and how it ends."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import standing
from standing import act, choose, close, confirm, file, go_to, periods, record, states
from violating import kept
from world import World

from web.jobs.nightly import sweep_night
from workflow.directives.records import Action, State
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale
from workflow.periods.planning import plan_of, spans_of
from workflow.periods.records import Outcome, PeriodAction, PeriodState, Rhythm
from workflow.periods.timing import days_early, outcome_of

SEP, OCT, NOV, DEC = (date(2021, month, 19) for month in (9, 10, 11, 12))
DAY = timedelta(days=1)


def outcomes(world, number, day):
    return [outcome_of(period, day) for period in periods(world, number)]


def test_a_year_with_a_late_a_missed_and_an_early_period(world: World):
    number = standing.standing(world)
    assert [p.due_on for p in periods(world, number)] == [SEP, OCT, NOV, DEC]

    go_to(world, SEP + 3 * DAY)
    sweep_night(world.office, SEP + 3 * DAY)
    file(world, number, 1)
    confirm(world, number, 1)

    go_to(world, OCT - 10 * DAY)
    early = file(world, number, 2)
    assert days_early(early) == 10
    confirm(world, number, 2)

    for day in (NOV, NOV + DAY):
        go_to(world, day)
        sweep_night(world.office, day)
    assert outcomes(world, number, NOV + DAY) == [
        Outcome.LATE, Outcome.ON_TIME, Outcome.MISSING, Outcome.AHEAD,
    ]  # fmt: skip

    go_to(world, DEC)
    file(world, number, 4)
    confirm(world, number, 4)
    new_year = date(2022, 1, 1)
    go_to(world, new_year)
    sweep_night(world.office, new_year)
    assert world.directive(number).state is State.IN_PROGRESS
    assert outcomes(world, number, new_year) == [
        Outcome.LATE, Outcome.ON_TIME, Outcome.MISSING, Outcome.ON_TIME,
    ]  # fmt: skip
    assert [(v.type, v.occurred_on) for v in kept(world)] == [
        ("V22", SEP + DAY), ("V22", NOV + DAY),
    ]  # fmt: skip

    go_to(world, new_year + 9 * DAY)
    file(world, number, 3)
    sweep_night(world.office, new_year + 10 * DAY)
    assert world.directive(number).state is State.IN_PROGRESS, "the last report is not judged yet"
    confirm(world, number, 3)
    go_to(world, new_year + 11 * DAY)
    sweep_night(world.office, new_year + 11 * DAY)
    ended = world.directive(number)
    assert (ended.state, ended.verified_on) == (State.VERIFIED, new_year + 11 * DAY)
    assert ended.completed_on == new_year + 9 * DAY
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        [entry] = [x.entry for x in unit.history.walk() if x.entry.action == "close_year"]
    assert (entry.role, entry.subject_key, entry.before["state"]) == (None, number, "in_progress")


def test_what_is_stored_is_what_the_rule_gives(world: World):
    number = standing.standing(world)
    [clause] = [world.clause(deadline=standing.MONTHLY)]
    expected = spans_of(plan_of(clause.deadline, date(2021, 8, 23), day=25))
    go_to(world, SEP)
    file(world, number, 1)
    confirm(world, number, 1)
    assert tuple(period.span for period in periods(world, number)) == expected


def test_a_report_of_a_period_accepts_the_work_and_is_in_its_history(world: World):
    number = standing.standing(world)
    go_to(world, SEP)
    before = world.directive(number)
    assert before.state is State.ASSIGNED
    file(world, number, 1, files=(world.file(),), figure=3)
    after = world.directive(number)
    assert (after.state, after.accepted_on) == (State.IN_PROGRESS, SEP)
    assert after.touched_by == {world.accounts["clerk"]}
    [piece] = after.evidence
    assert (piece.period_from, piece.period_to) == (date(2021, 8, 23), SEP)
    with world.office.reading() as unit:
        last = list(unit.history.walk())[-1].entry
    assert (last.subject_key, last.action, last.given["period"]) == (number, "report_period", 1)
    assert last.given["period_after"]["period_state"] == "reported"
    assert after.version == before.version + 1


def test_the_same_file_name_in_two_periods_stays_two_pieces(world: World):
    number = standing.standing(world)
    go_to(world, OCT)
    file(world, number, 1, files=(world.file("một"),))
    file(world, number, 2, files=(world.file("hai"),))
    assert [piece.is_current for piece in world.directive(number).evidence] == [True, True]
    act(world, "clerk", number, 2, PeriodAction.RECALL, reason="Nhầm")
    file(world, number, 2, files=(world.file("ba"),))
    current = [piece.version for piece in world.directive(number).evidence if piece.is_current]
    assert current == [1, 3]


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("officer", Forbidden),
        ("other_clerk", NotFound),
        ("office", Forbidden),
        ("leader", Forbidden),
    ],
)
def test_only_head_and_clerk_of_the_lead_report(world: World, who, error):
    number = standing.standing(world)
    go_to(world, SEP)
    with pytest.raises(error):
        file(world, number, 1, who)
    assert states(world, number)[0] == "open"


def test_a_period_that_has_not_begun_is_not_reported(world: World):
    number = standing.standing(world)
    go_to(world, SEP)
    with pytest.raises(Refused) as error:
        file(world, number, 2)
    assert error.value.code == "period_not_begun"


def test_a_figure_is_needed_where_there_is_a_target(world: World):
    number = standing.standing(world, target_indicator="Đúng hạn", target_value=Decimal(95))
    go_to(world, SEP)
    with pytest.raises(Invalid) as error:
        file(world, number, 1)
    assert error.value.errors == {"figure": "required"}
    file(world, number, 1, figure="91.5")


def test_where_an_output_is_expected_the_period_comes_with_it(world: World):
    number = standing.standing(world, expected_output="Báo cáo tháng")
    go_to(world, OCT)
    file(world, number, 1, files=(world.file(),))
    with pytest.raises(Invalid) as error:
        file(world, number, 2)
    assert error.value.errors == {"files": "evidence_missing"}


def test_a_paper_report_counts_on_the_day_it_was_received(world: World):
    number = standing.standing(world)
    go_to(world, SEP + 5 * DAY)
    period = record(world, number, 1, SEP - DAY, files=(world.file(),))
    assert (period.completed_on, period.is_recorded) == (SEP - DAY, True)
    with pytest.raises(Refused) as error:
        confirm(world, number, 1, "office")
    assert error.value.code == "four_eyes_hand"
    confirm(world, number, 1, "office2")
    assert outcomes(world, number, SEP + 5 * DAY)[0] is Outcome.ON_TIME


@pytest.mark.parametrize(
    ("received", "code"), [(SEP + DAY, "date_future"), (date(2021, 8, 22), "before_period")]
)
def test_a_paper_cannot_come_tomorrow_or_before_its_period(world: World, received, code):
    number = standing.standing(world)
    go_to(world, SEP)
    with pytest.raises(Invalid) as error:
        record(world, number, 1, received)
    assert error.value.errors["received_on"] == code


def test_who_reported_does_not_confirm_and_nobody_of_the_agency_does(world: World):
    number = standing.standing(world)
    go_to(world, SEP)
    file(world, number, 1)
    with pytest.raises(Forbidden):
        confirm(world, number, 1, "head")
    assert confirm(world, number, 1, "inspector").state is PeriodState.CONFIRMED


def test_a_returned_report_never_stopped_the_clock(world: World):
    number = standing.standing(world)
    go_to(world, SEP)
    file(world, number, 1)
    go_to(world, SEP + 2 * DAY)
    back = act(world, "office", number, 1, PeriodAction.RETURN, reason="Thiếu số liệu")
    assert (back.state, back.completed_on, back.returned_count) == (PeriodState.OPEN, None, 1)
    assert outcomes(world, number, SEP + 2 * DAY)[0] is Outcome.MISSING
    file(world, number, 1)
    assert outcomes(world, number, SEP + 2 * DAY)[0] is Outcome.LATE


def test_the_second_person_is_told_that_somebody_acted(world: World):
    number = standing.standing(world)
    go_to(world, SEP)
    seen = world.directive(number).version
    file(world, number, 1, "head")
    with pytest.raises(Stale):
        file(world, number, 1, "clerk", version=seen)


def test_work_that_is_withdrawn_owes_no_later_period(world: World):
    number = standing.standing(world)
    go_to(world, OCT + DAY)
    world.act("office", number, Action.WITHDRAW, paper="9/UBND", reason="Hết dịch")
    assert states(world, number) == ["open", "open", "ended", "ended"]
    assert standing.plan_row(world, number).closed_on == OCT + DAY
    with pytest.raises(Refused) as error:
        file(world, number, 1)
    assert error.value.code == "directive_ended"


def test_work_verified_as_a_whole_and_reopened_owes_its_periods_again(world: World):
    number = standing.standing(world)
    go_to(world, SEP)
    file(world, number, 1)
    confirm(world, number, 1)
    world.report(number)
    world.act("office", number, Action.VERIFY, verdict="met")
    assert states(world, number) == ["confirmed", "ended", "ended", "ended"]
    go_to(world, OCT + DAY)
    world.act("office", number, Action.REOPEN, reason="Còn việc")
    assert states(world, number) == ["confirmed", "ended", "open", "open"]
    assert standing.plan_row(world, number).closed_on is None


def test_a_new_lead_owes_what_falls_due_from_then_on(world: World):
    number = standing.standing(world)
    go_to(world, SEP + DAY)
    world.act(
        "office", number, Action.REASSIGN, agency=world.agencies["H32.04"].id, reason="Sai việc"
    )
    old, new = world.agencies["H32.03"].id, world.agencies["H32.04"].id
    assert [p.agency_id for p in periods(world, number)] == [old, new, new, new]
    late = file(world, number, 1, "other_clerk")
    assert late.agency_id == old
    with pytest.raises(Refused):
        confirm(world, number, 1, "other_clerk")


def test_paused_work_owes_nothing_that_falls_due_meanwhile(world: World):
    number = standing.standing(world)
    go_to(world, SEP - DAY)
    world.act("office", number, Action.SUSPEND, paper="1/UBND", reason="Chờ Trung ương")
    assert standing.look_for_late(world, SEP + DAY) == {}
    go_to(world, OCT)
    world.act("office", number, Action.RESUME, paper="2/UBND")
    assert states(world, number) == ["ended", "open", "open", "open"]
    assert standing.look_for_late(world, OCT + DAY) == {"V22": 1}


def test_the_office_sets_the_rhythm_of_ongoing_work_once(world: World):
    number = standing.standing(world, "Thường xuyên")
    assert (periods(world, number), world.directive(number).has_periods) == ((), False)
    choose(world, number, Rhythm.MONTHLY, day=19)
    choose(world, number, Rhythm.QUARTERLY, day=19)
    assert [p.due_on for p in periods(world, number)] == [SEP, DEC]
    go_to(world, SEP + DAY)
    with pytest.raises(Refused) as error:
        choose(world, number, Rhythm.MONTHLY)
    assert error.value.code == "rhythm_fixed"


@pytest.mark.parametrize(
    ("deadline", "code"),
    [("Trước ngày 30-9", "not_standing_work"), (standing.MONTHLY, "rhythm_of_document")],
)
def test_a_rhythm_is_for_ongoing_work_that_names_none(world: World, deadline, code):
    number = standing.standing(world, deadline)
    with pytest.raises(Refused) as error:
        choose(world, number)
    assert error.value.code == code


def test_a_rhythm_is_chosen_for_every_agency_of_a_clause_at_once(world: World):
    made = world.issue(
        world.clause(lead=("H32.03", "H32.04", "H32.10"), coordinating=(), deadline="Thường xuyên")
    )
    numbers = [directive.number for directive in made]
    choose(world, numbers[1], Rhythm.YEARLY)
    assert choose(world, numbers[0], Rhythm.MONTHLY, for_all=True) == tuple(numbers)
    assert [len(periods(world, number)) for number in numbers] == [5, 5, 5]


def test_only_whoever_follows_the_work_sets_its_rhythm(world: World):
    number = standing.standing(world, "Thường xuyên")
    for who in ("clerk", "inspector", "leader"):
        with pytest.raises(Forbidden):
            choose(world, number, who=who)


def test_the_night_ends_no_work_before_its_year_does(world: World):
    number = standing.standing(world)
    go_to(world, DEC)
    for serial in (1, 2, 3, 4):
        file(world, number, serial)
        confirm(world, number, serial)
    go_to(world, date(2021, 12, 31))
    assert not close(world, number)
    go_to(world, date(2022, 1, 1))
    assert close(world, number)
    assert not close(world, number)


def test_work_that_the_year_ended_and_somebody_reopened_is_left_to_them(world: World):
    number = standing.standing(world)
    go_to(world, DEC)
    for serial in (1, 2, 3, 4):
        file(world, number, serial)
        confirm(world, number, serial)
    go_to(world, date(2022, 1, 1))
    close(world, number)
    world.act("office", number, Action.REOPEN, reason="Còn việc")
    go_to(world, date(2022, 1, 2))
    assert not close(world, number)
    assert world.directive(number).state is State.IN_PROGRESS


def test_nobody_but_the_system_ends_a_year(world: World):
    from workflow.periods.usecases import close_year

    number = standing.standing(world)
    with world.unit() as unit, pytest.raises(Forbidden):
        close_year(unit.periods, world.actor("office"), number, ground=world.office.ground(unit))


def test_work_carried_over_as_finished_has_no_periods(world: World):
    from workflow.documents.records import CarriedState

    number = standing.standing(world, carried_state=CarriedState.DONE, carried_on=date(2021, 8, 1))
    assert periods(world, number) == ()


def violations(world, number):
    rows = kept(world, directive_id=world.directive(number).id)
    return [(row.occurred_on, row.state, row.reason) for row in rows]


def test_a_paper_that_had_come_in_time_takes_back_what_the_night_said(world: World):
    number = standing.standing(world)
    assert standing.look_for_late(world, SEP + DAY) == {"V22": 1}
    record(world, number, 1, SEP)
    standing.look_for_late(world, SEP + 2 * DAY)
    assert violations(world, number) == [(SEP + DAY, "overturned", "recorded_in_time")]
    act(world, "office2", number, 1, PeriodAction.RETURN, reason="Không phải báo cáo này")
    assert standing.look_for_late(world, SEP + 3 * DAY) == {"V22": 1}
    assert [state for _, state, _ in violations(world, number)] == ["overturned", "recorded"]
    assert standing.look_for_late(world, SEP + 4 * DAY) == {}


def test_a_paper_that_came_late_takes_nothing_back(world: World):
    number = standing.standing(world)
    standing.look_for_late(world, SEP + DAY)
    record(world, number, 1, SEP + DAY)
    standing.look_for_late(world, SEP + 2 * DAY)
    assert [state for _, state, _ in violations(world, number)] == ["recorded"]


def test_so_does_the_paper_of_a_directive_that_reports_once(world: World):
    number = standing.standing(world, "Trước ngày 20-9")
    assert standing.look_for_late(world, SEP + DAY) == {"V22": 1}
    paper = {"report_number": "9/BC", "report_date": SEP, "signer": "Võ Thủ Trưởng"}
    world.act("office", number, Action.RECORD_REPORT, result="Xong", received_on=SEP, **paper)
    standing.look_for_late(world, SEP + 2 * DAY)
    assert violations(world, number) == [(SEP + DAY, "overturned", "recorded_in_time")]


def test_work_carried_over_owes_only_what_falls_due_after_it_was_entered(world: World):
    from workflow.documents.records import CarriedState

    number = standing.standing(world, carried_state=CarriedState.IN_PROGRESS)
    [old] = world.issue(
        world.clause(
            deadline=standing.MONTHLY, coordinating=(), carried_state=CarriedState.IN_PROGRESS
        ),
        issued_on=date(2021, 1, 4),
    )
    assert [p.due_on for p in periods(world, old.number)] == [SEP, OCT, NOV, DEC]
    assert [p.due_on for p in periods(world, number)] == [SEP, OCT, NOV, DEC]
