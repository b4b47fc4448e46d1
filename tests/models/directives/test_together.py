"""Two people at once: one transaction waits inside another's, and is told what stands then.

On SQLite a writer holds the whole file; on PostgreSQL it holds rows. What each person is told
is the same on both.
"""

import threading
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import text

from workflow.directives.records import Action, State
from workflow.directives.usecases import take_action
from workflow.errors import Refused, Stale, WorkflowError


class Second:
    """An act on its own thread and connection, begun while the first one is still open."""

    def __init__(self, world, *args, **given):
        self.world, self.args, self.given = world, args, given
        self.answer = None
        self.began = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        who, number, action, version = self.args
        actor = self.world.actor(who)
        self.began.set()
        try:
            with self.world.unit() as unit:
                self.answer = take_action(
                    unit.directives, actor, number, action, self.given,
                    ground=self.world.office.ground(unit), version=version,
                )
        except Exception as error:  # noqa: BLE001 - whatever it was is judged
            self.answer = error


def waits(world):
    """Whether somebody waits for a lock on this PostgreSQL database."""
    with world.office.engine.connect() as connection:
        return connection.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND wait_event_type = 'Lock'"
            )
        ).scalar_one()


@contextmanager
def meanwhile(world, second):
    """Hold a unit open until the second act has begun to wait; then let both end."""
    with world.unit() as unit:
        yield unit
        second.thread.start()
        assert second.began.wait(10)
        if world.office.engine.dialect.name == "postgresql":
            for _ in range(2000):
                if waits(world):
                    break
            else:
                pytest.fail("the second act did not wait")
    second.thread.join(20)
    assert not second.thread.is_alive()


def do(world, unit, who, number, action, **given):
    return take_action(
        unit.directives, world.actor(who), number, action, given, ground=world.office.ground(unit)
    )


def test_the_second_on_an_older_page_is_told_so_and_changes_nothing(world):
    [made] = world.issue()
    second = Second(world, "clerk", made.number, Action.ACCEPT, made.version)
    with meanwhile(world, second) as unit:
        do(world, unit, "head", made.number, Action.ACCEPT)
    assert isinstance(second.answer, Stale)
    assert second.answer.params == {"number": made.number, "version": 2, "seen": 1}
    assert world.directive(made.number).version == 2


def test_the_second_without_a_version_is_judged_by_what_stands_then(world):
    [made] = world.issue()
    second = Second(world, "clerk", made.number, Action.ACCEPT, None)
    with meanwhile(world, second) as unit:
        do(world, unit, "head", made.number, Action.ACCEPT)
    assert isinstance(second.answer, Refused)
    assert (second.answer.code, second.answer.params["state"]) == ("wrong_state", State.IN_PROGRESS)


@pytest.mark.parametrize("version", [1, None])
def test_who_acts_while_the_lead_moves_is_told_and_not_lost(world, version):
    """The agency joined to the row changes under the one who waits."""
    [made] = world.issue()
    second = Second(world, "office2", made.number, Action.CORRECT, version, content="x", reason="x")
    with meanwhile(world, second) as unit:
        do(
            world, unit, "office", made.number, Action.REASSIGN,
            agency=world.agencies["H32.10"].id, reason="x",
        )
    if version:
        assert isinstance(second.answer, Stale)
    else:
        assert second.answer.lead_agency_id == world.agencies["H32.10"].id
        assert second.answer.version == 3


def family(world):
    """A directive of the district and its part, both running."""
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    world.act(
        "district", made.number, Action.HAND_DOWN,
        agency=world.agencies["H32.10.1"].id, content="x", due_on=date(2021, 9, 10),
    )
    part = world.directive(made.number).parts[0].number
    return made.number, part


def test_a_part_s_update_while_all_is_withdrawn_is_refused_and_nobody_waits_in_a_circle(world):
    root, part = family(world)
    second = Second(world, "commune", part, Action.UPDATE, None, done="x")
    with meanwhile(world, second) as unit:
        do(world, unit, "office", root, Action.WITHDRAW, paper="1/UBND", reason="x")
    assert isinstance(second.answer, Refused)
    assert second.answer.params["state"] is State.WITHDRAWN
    assert world.directive(part).state is State.WITHDRAWN


def test_withdrawing_while_a_part_is_at_work_ends_the_part_after_it(world):
    root, part = family(world)
    second = Second(world, "office", root, Action.WITHDRAW, None, paper="1/UBND", reason="x")
    with meanwhile(world, second) as unit:
        do(world, unit, "commune", part, Action.UPDATE, done="x")
    assert not isinstance(second.answer, WorkflowError), second.answer
    assert world.directive(root).state is State.WITHDRAWN
    assert world.directive(part).state is State.WITHDRAWN
    assert world.directive(part).accepted_on is not None


def test_a_part_is_not_reopened_behind_the_back_of_who_withdraws_it_all(world):
    root, part = family(world)
    world.report(part, "commune")
    world.act("district_head", part, Action.VERIFY, verdict="met")
    second = Second(world, "district", part, Action.REOPEN, None, reason="x")
    with meanwhile(world, second) as unit:
        do(world, unit, "office", root, Action.WITHDRAW, paper="1/UBND", reason="x")
    assert isinstance(second.answer, Refused)
    assert second.answer.code == "parent_changed"
    assert world.directive(part).state is State.VERIFIED


def test_work_is_not_moved_over_a_part_that_is_being_reopened(world):
    root, part = family(world)
    world.report(part, "commune")
    world.act("district_head", part, Action.VERIFY, verdict="met")
    second = Second(
        world, "office", root, Action.REASSIGN, None,
        agency=world.agencies["H32.03"].id, reason="x",
    )
    with meanwhile(world, second) as unit:
        do(world, unit, "district", part, Action.REOPEN, reason="x")
    assert isinstance(second.answer, Refused)
    assert second.answer.code == "open_parts"


def test_a_reader_does_not_wait_for_a_writer(world):
    [made] = world.issue()
    with world.unit() as unit:
        do(world, unit, "head", made.number, Action.ACCEPT)
        assert world.directive(made.number).state is State.ASSIGNED
    assert world.directive(made.number).state is State.IN_PROGRESS


def test_what_a_reading_unit_writes_is_not_kept(world):
    [made] = world.issue()
    with world.office.reading() as unit:
        do(world, unit, "head", made.number, Action.ACCEPT)
    assert world.directive(made.number).version == 1


def test_a_writing_unit_that_fails_keeps_nothing(world):
    [made] = world.issue()
    with pytest.raises(ZeroDivisionError), world.unit() as unit:
        do(world, unit, "head", made.number, Action.ACCEPT)
        raise ZeroDivisionError
    assert world.directive(made.number).version == 1
    with world.office.reading() as unit:
        assert unit.history.verify().ok
