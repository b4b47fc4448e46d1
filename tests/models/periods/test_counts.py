"""How periods count for others: the Friday report's read, lists, first pages, the night's notices."""

from datetime import date, timedelta

import pytest
import standing
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, update
from standing import act, confirm, file, go_to, periods
from world import World

from models.directives.filters import Looker
from models.directives.rows import DirectiveRow
from models.messages.rows import MessageRow
from models.periods.conditions import outcome_is
from models.periods.lists import PeriodView, every_row, period_page
from models.periods.queries import counts_beside, periods_due, periods_of_agency
from models.periods.rows import PeriodRow
from web.jobs.nightly import sweep_night
from workflow.directives.records import Action
from workflow.periods.records import Outcome, PeriodAction
from workflow.periods.timing import outcome_of

SEP, OCT, NOV, DEC = (date(2021, month, 19) for month in (9, 10, 11, 12))
DAY = timedelta(days=1)
FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)


def looker(world, who, day):
    return Looker(actor=world.actor(who), day=day)


def due(world, day, who="office", first=FIRST, last=LAST, **narrowed):
    with world.office.reading() as unit:
        return periods_due(unit.connection, looker(world, who, day), first, last, **narrowed)


@pytest.fixture
def number(world: World):
    """Late in September, early in October, missing in November, ahead in December."""
    number = standing.standing(world)
    go_to(world, SEP + 2 * DAY)
    file(world, number, 1)
    confirm(world, number, 1)
    go_to(world, OCT - 5 * DAY)
    file(world, number, 2)
    go_to(world, NOV + DAY)
    return number


def test_each_period_counts_in_one_way_and_says_which(world, number):
    lines = due(world, NOV + DAY)
    assert [(line.number, line.period.serial, line.outcome) for line in lines] == [
        (number, 1, Outcome.LATE),
        (number, 2, Outcome.ON_TIME),
        (number, 3, Outcome.MISSING),
        (number, 4, Outcome.AHEAD),
    ]
    assert [line.is_confirmed for line in lines] == [True, False, False, False]
    assert {(line.agency_id, line.agency_code) for line in lines} == {
        (world.agencies["H32.03"].id, "H32.03")
    }


def test_as_of_an_earlier_day_what_came_later_had_not_come(world, number):
    assert [line.outcome for line in due(world, SEP + DAY)] == [
        Outcome.MISSING, Outcome.AHEAD, Outcome.AHEAD, Outcome.AHEAD,
    ]  # fmt: skip


def test_it_is_narrowed_by_interval_agency_and_document(world, number):
    document = world.directive(number).document_id
    mine, other = world.agencies["H32.03"].id, world.agencies["H32.04"].id
    day = NOV + DAY
    assert [line.period.serial for line in due(world, day, first=OCT, last=NOV)] == [2, 3]
    assert len(due(world, day, agencies=[mine], documents=[document])) == 4
    assert due(world, day, agencies=[other]) == ()
    assert due(world, day, agencies=[]) == ()
    assert due(world, day, documents=[document + 1]) == ()


@pytest.mark.parametrize(("who", "seen"), [("clerk", 4), ("leader", 4), ("other_clerk", 0)])
def test_who_may_not_read_the_directive_reads_no_period_of_it(world, number, who, seen):
    assert len(due(world, NOV + DAY, who)) == seen


def test_what_nobody_owes_is_left_out(world, number):
    world.act("office", number, Action.WITHDRAW, paper="9/UBND", reason="Hết dịch")
    assert [line.period.serial for line in due(world, NOV + DAY)] == [1, 2, 3]


def test_the_figures_of_an_agency_are_the_rows_of_its_lists(world, number):
    day, agency = NOV + DAY, world.agencies["H32.03"]
    who = looker(world, "clerk", day)
    with world.office.reading() as unit:
        counts = periods_of_agency(unit.connection, who, agency.id, 2021).of_year
        for one in Outcome:
            view = PeriodView(outcome=one, agency=agency.code, year=2021)
            assert period_page(unit.connection, who, view).total == counts[one] == 1
            assert len(list(every_row(unit.connection, who, view))) == 1


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("clerk", (1, 0, 1)),
        ("office", (1, 0, 1)),
        ("leader", (1, 0, 1)),
        ("other_clerk", (0, 0, 0)),
    ],
)
def test_first_pages_count_what_waits(world, number, who, found):
    actor, names = world.actor(who), ("periods_missing", "periods_soon", "periods_waiting")
    with world.office.reading() as unit:
        columns = counts_beside(actor, NOV + DAY, (7, 3))
        row = unit.connection.execute(select(*(columns[name] for name in names))).one()
    assert tuple(row) == found


STATES = st.sampled_from(["open", "reported", "confirmed", "ended"])
AROUND = st.integers(-40, 40)


def test_the_outcome_in_sql_is_the_outcome_in_the_law(world, number):
    key = periods(world, number)[0].id
    day = date(2021, 10, 10)

    @settings(max_examples=40)
    @given(state=STATES, due_in=AROUND, done_in=AROUND, paused=st.none() | AROUND)
    def check(state, due_in, done_in, paused):
        answered = state in {"reported", "confirmed"}
        done_on = day + min(done_in, 0) * DAY if answered else None
        since = None if paused is None else day + paused * DAY
        with world.unit() as unit:
            run = unit.connection.execute
            run(update(DirectiveRow).values(suspended_since=since))
            run(
                update(PeriodRow)
                .where(PeriodRow.id == key)
                .values(
                    state=state, from_on=day - 99 * DAY, due_on=day + due_in * DAY,
                    completed_on=done_on,
                    reported_by=world.accounts["clerk"] if answered else None,
                    confirmed_on=day if state == "confirmed" else None,
                    confirmed_by=world.accounts["office"] if state == "confirmed" else None,
                )
            )  # fmt: skip
            said = [
                one
                for one in Outcome
                if run(
                    select(PeriodRow.id)
                    .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
                    .where(PeriodRow.id == key, outcome_is(one, day))
                ).first()
            ]
        known = outcome_of(periods(world, number)[0], day, suspended_since=since)
        assert said == ([known] if known else [])

    check()


def test_more_periods_cost_no_more_statements(world):
    def asked(rows):
        seen = []
        engine = world.office.engine

        def note(connection, cursor, statement, *_):
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        found = due(world, LAST)
        event.remove(engine, "before_cursor_execute", note)
        assert len(found) == rows
        return len([line for line in seen if "periods" in line])

    standing.standing(world)
    few = asked(4)
    for _ in range(5):
        standing.standing(world, "Hằng tuần")
    assert asked(4 + 5 * 19) == few == 1


def told(world, kind):
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(MessageRow.__table__).where(MessageRow.kind == kind).order_by(MessageRow.id)
        ).all()
    return [(row.to_agency, row.params) for row in rows]


@pytest.mark.parametrize(
    ("day", "fall"),
    [(SEP - 7 * DAY, "soon"), (SEP - 3 * DAY, "very_soon"), (SEP + DAY, "overdue")],
)
def test_the_night_tells_the_agency_what_falls_due(world, day, fall):
    number = standing.standing(world)
    go_to(world, day - DAY)
    sweep_night(world.office, day - DAY)
    go_to(world, day)
    sweep_night(world.office, day)
    sweep_night(world.office, day)
    [(agency, params)] = told(world, "periods.due")
    assert agency == world.agencies["H32.03"].id
    assert params["numbers"][fall] == [f"{number}/1"]
    assert params["count"] == 1


def test_a_period_that_was_reported_is_told_to_nobody(world):
    number = standing.standing(world)
    go_to(world, SEP - DAY)
    file(world, number, 1)
    sweep_night(world.office, SEP + DAY)
    assert told(world, "periods.due") == []


def test_each_act_tells_the_other_side(world):
    number = standing.standing(world)
    go_to(world, SEP)
    file(world, number, 1)
    act(world, "office", number, 1, PeriodAction.RETURN, reason="Thiếu")
    lead, office = world.agencies["H32.03"].id, world.agencies["H32.01"].id
    assert [agency for agency, _ in told(world, "period.report_period")] == [office]
    assert [agency for agency, _ in told(world, "period.return_period")] == [lead]


def test_missed_nights_record_each_missed_period_once(world):
    number = standing.standing(world)
    assert standing.look_for_late(world, DEC + DAY) == {"V22": 4}
    assert standing.look_for_late(world, DEC + 2 * DAY) == {}
    assert len(periods(world, number)) == 4


def test_the_office_is_told_once_of_reports_it_leaves_beyond_the_answer_time(world):
    number = standing.standing(world)
    go_to(world, date(2021, 9, 17))
    file(world, number, 1)
    told_on = []
    for day in (date(2021, 9, 20) + n * DAY for n in range(12)):
        go_to(world, day)
        sweep_night(world.office, day)
        told_on += [day] * (len(told(world, "periods.unanswered")) - len(told_on))
    assert told_on == [date(2021, 9, 25)], "five working days after Friday the 17th"
    [(agency, params)] = told(world, "periods.unanswered")
    assert (agency, params["numbers"]) == (world.agencies["H32.01"].id, [f"{number}/1"])
