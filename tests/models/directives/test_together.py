"""Two people at once: one transaction waits inside another's, and is told what stands then.

On SQLite a writer holds the whole file; on PostgreSQL it holds rows. What each person is told
is the same on both.
"""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import InternalError
from turns import Second

from workflow.calendar.records import DayKind, Override
from workflow.calendar.usecases import DayChange, change_days, preview_days
from workflow.directives.records import Action, State
from workflow.directives.usecases import take_action
from workflow.errors import Refused, Stale, WorkflowError


def act_of(world, who, number, action, version, **given):
    """Return an act to be done on another thread, in a transaction of its own."""
    actor = world.actor(who)

    def act():
        with world.unit() as unit:
            return take_action(
                unit.directives,
                actor,
                number,
                action,
                given,
                ground=world.office.ground(unit),
                version=version,
            )

    return act


class meanwhile:  # noqa: N801 - reads as a word
    """Hold a unit open until the second act waits; then let both end."""

    def __init__(self, world, *args, **given):
        self.world = world
        self.second = Second(world.office.engine, act_of(world, *args, **given))

    def __enter__(self):
        self.context = self.world.unit()
        self.unit = self.context.__enter__()
        return self

    def __exit__(self, *error):
        if error == (None, None, None):
            self.second.begin()
        self.context.__exit__(*error)
        self.second.end()

    def do(self, who, number, action, **given):
        return do(self.world, self.unit, who, number, action, **given)

    @property
    def answer(self):
        return self.second.error or self.second.answer


def do(world, unit, who, number, action, **given):
    return take_action(
        unit.directives, world.actor(who), number, action, given, ground=world.office.ground(unit)
    )


def test_the_second_on_an_older_page_is_told_so_and_changes_nothing(world):
    [made] = world.issue()
    with meanwhile(world, "clerk", made.number, Action.ACCEPT, made.version) as both:
        both.do("head", made.number, Action.ACCEPT)
    assert isinstance(both.answer, Stale)
    assert both.answer.params == {"number": made.number, "version": 2, "seen": 1}
    assert world.directive(made.number).version == 2


def test_the_second_without_a_version_is_judged_by_what_stands_then(world):
    [made] = world.issue()
    with meanwhile(world, "clerk", made.number, Action.ACCEPT, None) as both:
        both.do("head", made.number, Action.ACCEPT)
    assert isinstance(both.answer, Refused)
    assert (both.answer.code, both.answer.params["state"]) == ("wrong_state", State.IN_PROGRESS)


@pytest.mark.parametrize("version", [1, None])
def test_who_acts_while_the_lead_moves_is_told_and_not_lost(world, version):
    """The agency joined to the row changes under the one who waits."""
    [made] = world.issue()
    with meanwhile(
        world, "office2", made.number, Action.CORRECT, version, content="x", reason="x"
    ) as both:
        both.do(
            "office",
            made.number,
            Action.REASSIGN,
            agency=world.agencies["H32.10"].id,
            reason="x",
        )
    if version:
        assert isinstance(both.answer, Stale)
    else:
        assert both.answer.lead_agency_id == world.agencies["H32.10"].id
        assert both.answer.version == 3


def family(world):
    """A directive of the district and its part, both running."""
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    world.act(
        "district",
        made.number,
        Action.HAND_DOWN,
        agency=world.agencies["H32.10.1"].id,
        content="x",
        due_on=date(2021, 9, 10),
    )
    part = world.directive(made.number).parts[0].number
    return made.number, part


def test_a_part_s_update_while_all_is_withdrawn_is_refused_and_nobody_waits_in_a_circle(world):
    root, part = family(world)
    with meanwhile(world, "commune", part, Action.UPDATE, None, done="x") as both:
        both.do("office", root, Action.WITHDRAW, paper="1/UBND", reason="x")
    assert isinstance(both.answer, Refused)
    assert both.answer.params["state"] is State.WITHDRAWN
    assert world.directive(part).state is State.WITHDRAWN


def test_withdrawing_while_a_part_is_at_work_ends_the_part_after_it(world):
    root, part = family(world)
    with meanwhile(
        world, "office", root, Action.WITHDRAW, None, paper="1/UBND", reason="x"
    ) as both:
        both.do("commune", part, Action.UPDATE, done="x")
    assert not isinstance(both.answer, WorkflowError), both.answer
    assert world.directive(root).state is State.WITHDRAWN
    assert world.directive(part).state is State.WITHDRAWN
    assert world.directive(part).accepted_on is not None


def test_a_part_is_not_reopened_behind_the_back_of_who_withdraws_it_all(world):
    root, part = family(world)
    world.report(part, "commune")
    world.act("district_head", part, Action.VERIFY, verdict="met")
    with meanwhile(world, "district", part, Action.REOPEN, None, reason="x") as both:
        both.do("office", root, Action.WITHDRAW, paper="1/UBND", reason="x")
    assert isinstance(both.answer, Refused)
    assert both.answer.code == "parent_changed"
    assert world.directive(part).state is State.VERIFIED


def test_work_is_not_moved_over_a_part_that_is_being_reopened(world):
    root, part = family(world)
    world.report(part, "commune")
    world.act("district_head", part, Action.VERIFY, verdict="met")
    new_lead = world.agencies["H32.03"].id
    with meanwhile(
        world, "office", root, Action.REASSIGN, None, agency=new_lead, reason="x"
    ) as both:
        both.do("district", part, Action.REOPEN, reason="x")
    assert isinstance(both.answer, Refused)
    assert both.answer.code == "open_parts"


def off(day):
    return Override(day=day, kind=DayKind.OFF, reason="Bão", act="1/UBND")


def test_the_calendar_moves_a_date_while_somebody_acts_on_it_and_nobody_waits_in_a_circle(world):
    """The act holds the row and wants the history; the calendar must not hold it the other way."""
    office, admin = world.office, world.actor("admin")
    [made] = world.issue(world.clause(deadline="Trong 10 ngày làm việc kể từ ngày ký"))
    change = DayChange(put=(off(office.today() + timedelta(days=3)),))
    with office.reading() as unit:
        seen = preview_days(unit.calendar, change, today=office.today()).seen

    def move():
        with world.unit() as unit:
            return change_days(unit.calendar, admin, change, seen=seen, at=world.clock())

    with Second(office.engine, move) as second, world.unit() as unit:
        held = unit.directives.directive(made.number)
        assert held is not None
        if office.engine.dialect.name == "postgresql":
            second.begin()
        do(world, unit, "clerk", made.number, Action.ACCEPT)
        if office.engine.dialect.name == "sqlite":
            second.begin()
    assert second.error is None or isinstance(second.error, Stale)
    stands = world.directive(made.number)
    assert stands.state is State.IN_PROGRESS
    with office.reading() as unit:
        assert unit.history.verify().ok


def test_a_circle_that_the_database_had_to_break_is_told_as_a_refusal(world):
    """Two who hold what the other wants: one of them is asked to try again."""
    if world.office.engine.dialect.name != "postgresql":
        pytest.skip("one writer at a time cannot wait in a circle")
    first, second = (made.number for made in world.issue(world.clause(), world.clause(2)))

    def other_way():
        with world.unit() as unit:
            unit.directives.directive(second)
            unit.directives.directive(first)

    told = None
    with Second(world.office.engine, other_way) as other:
        try:
            with world.unit() as unit:
                unit.directives.directive(first)
                other.begin()
                unit.directives.directive(second)
        except Refused as error:
            told = error
    ends = [error for error in (told, other.error) if error is not None]
    assert [(type(error), error.code) for error in ends] == [(Refused, "conflict")]


def test_a_reader_does_not_wait_for_a_writer(world):
    [made] = world.issue()
    with world.unit() as unit:
        do(world, unit, "head", made.number, Action.ACCEPT)
        assert world.directive(made.number).state is State.ASSIGNED
    assert world.directive(made.number).state is State.IN_PROGRESS


def test_what_a_reading_unit_writes_is_not_kept(world):
    [made] = world.issue()
    with suppress(InternalError), world.office.reading() as unit:  # PostgreSQL refuses to write
        do(world, unit, "head", made.number, Action.ACCEPT)
    assert world.directive(made.number).version == 1


def fail_after(world, number):
    with world.unit() as unit:
        do(world, unit, "head", number, Action.ACCEPT)
        raise ZeroDivisionError


def test_a_writing_unit_that_fails_keeps_nothing(world):
    [made] = world.issue()
    with pytest.raises(ZeroDivisionError):
        fail_after(world, made.number)
    assert world.directive(made.number).version == 1
    with world.office.reading() as unit:
        assert unit.history.verify().ok
