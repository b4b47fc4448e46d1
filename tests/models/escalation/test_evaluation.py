"""What an evaluation leaves: cases raised, lifted, lowered, retracted, reinstated; and silence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from escalating import stored, stored_episodes
from ruling import RULE, TODAY, enact, happen, late, truth_of
from sqlalchemy import func, select

from models.base import table_of
from models.escalation.queries import Scope, near_misses
from models.escalation.rows import EscalationRaiseRow, EscalationRow, NearMissRow
from models.escalation.statistics import KNOWN, look_once
from models.history.queries import entries_about
from models.jobs.rows import JobRow, RunRow
from models.messages.rows import MessageRow
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.records import GroupKey, Rule, Window
from workflow.escalation.sweeping import rederive, sweep
from workflow.history.records import Subject
from workflow.review.records import EscalationState


def evaluate(world, unit, touched, as_of=TODAY):
    return evaluate_touched(
        unit.escalation, touched, as_of=as_of, at=world.clock(), actor=world.actor("inspector")
    )


def turn(world, truth, key, *, overturned):
    with world.unit() as unit:
        truth.connection = unit.connection
        return evaluate(world, unit, truth.turn(key, overturned=overturned))


def cases(world, **more):
    with world.office.reading() as unit:
        return stored(unit.connection, **more)


def told(world, number):
    with world.office.reading() as unit:
        return [link.entry for link in entries_about(unit.connection, Subject.ESCALATION, number)]


def decide(world, number):
    """Put a case where people have worked on it."""
    table = table_of(EscalationRow)
    with world.unit() as unit:
        unit.connection.execute(
            table.update()
            .where(table.c.number == number)
            .values(state=EscalationState.DECIDED, version=table.c.version + 1)
        )


def rows(world, row, **where):
    table = table_of(row)
    with world.office.reading() as unit:
        conditions = [table.c[name] == value for name, value in where.items()]
        return unit.connection.execute(select(table).where(*conditions)).all()


# --- one too many, one too few ---------------------------------------------------------


@pytest.mark.parametrize(("many", "level"), [(2, 0), (3, 1), (4, 1), (5, 2), (6, 2), (8, 3)])
def test_n_minus_one_n_n_plus_one_and_two_n(world, many, level):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(many)))
    assert [one.level for one in cases(world)] == ([level] if level else [])


def test_one_of_four_overturned_keeps_the_case_on_a_new_basis(world):
    enact(world)
    truth = happen(world, *(late(TODAY) for _ in range(4)))
    [before] = cases(world)
    done = turn(world, truth, 1, overturned=True)
    [after] = cases(world)
    assert (after.id, after.state) == (before.id, EscalationState.RAISED)
    assert after.raises[0].violations == ("000000002", "000000003", "000000004")
    assert (done.retracted, done.lowered) == (0, 0)
    assert told(world, after.number)[0].action == "rebase"
    assert told(world, after.number)[0].given["no_longer_counted"] == ["000000001"]


def test_one_of_three_overturned_retracts_the_case_and_reinstated_it_is_the_same_one(world):
    enact(world)
    truth = happen(world, *(late(TODAY) for _ in range(3)))
    [before] = cases(world)
    decide(world, before.number)
    assert turn(world, truth, 2, overturned=True).retracted == 1
    assert cases(world) == []
    [gone] = cases(world, retracted=True)
    assert (gone.id, gone.before_retraction) == (before.id, EscalationState.DECIDED)
    assert gone.raises == before.raises
    entry = told(world, before.number)[0]
    assert (entry.action, entry.given["because"]) == ("retract", "basis_fell")
    assert entry.given["no_longer_counted"] == ["000000002"]
    assert turn(world, truth, 2, overturned=False).reinstated == 1
    [back] = cases(world)
    assert (back.id, back.number) == (before.id, before.number)
    assert back.state is EscalationState.DECIDED
    assert back.raises == before.raises


def test_a_new_raise_puts_a_decided_case_back_to_raised(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    [case] = cases(world)
    decide(world, case.number)
    happen(world, late(TODAY))
    assert cases(world)[0].state is EscalationState.DECIDED
    happen(world, late(TODAY))
    [lifted] = cases(world)
    assert (lifted.state, lifted.level) == (EscalationState.RAISED, 2)
    assert told(world, case.number)[0].action == "lift"


def test_a_lowered_case_keeps_what_it_rested_on_to_be_read(world):
    enact(world)
    truth = happen(world, *(late(TODAY + timedelta(days=n)) for n in range(5)), as_of=TODAY)
    with world.unit() as unit:
        day = TODAY + timedelta(days=5)
        sweep(unit.escalation, world.actor("admin"), as_of=day, at=world.clock())
    [case] = cases(world)
    assert case.level == 2
    assert turn(world, truth, 5, overturned=True).lowered == 1
    [case] = cases(world)
    assert (case.level, [one.level for one in case.raises]) == (1, [1])
    kept = rows(world, EscalationRaiseRow, escalation_id=case.id)
    assert sorted((row.level, row.standing) for row in kept) == [(1, True), (2, False)]


def test_two_episodes_that_a_late_violation_joins_leave_one_heir(world):
    narrow = replace(RULE, window=Window(days=3), levels=(2,), repeat_within_days=None)
    enact(
        world, narrow, from_on=TODAY - timedelta(days=30), retroactive=True, retroactive_reason="x"
    )
    days = (20, 20, 16, 16)
    truth = happen(world, *(late(TODAY - timedelta(days=back)) for back in days))
    first, second = cases(world)
    with world.unit() as unit:
        truth.connection = unit.connection
        for _ in range(2):
            evaluate(world, unit, truth.add(late(TODAY - timedelta(days=18))))
    [stands] = cases(world)
    [gone] = cases(world, retracted=True)
    assert (stands.id, gone.id) == (first.id, second.id)
    entry = told(world, second.number)[0]
    assert (entry.given["because"], entry.given["heir"]) == ("taken_over", first.number)
    assert rows(world, EscalationRow, id=gone.id)[0].heir_id == first.id


# --- what goes out ---------------------------------------------------------------------


def test_the_agency_is_told_once_and_the_desk_is_called_to_tell_a_holder(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    messages = rows(world, MessageRow, kind="escalation_raised")
    assert [(m.to_role, m.to_agency) for m in messages] == [(None, world.agencies["H32.03"].id)]
    assert {m.subject_key for m in messages} == {"VPNL-2021-0001"}
    assert len(rows(world, JobRow, name="review.place")) == 1


def test_every_evaluation_leaves_its_line_in_the_ledger(world):
    enact(world)
    before = len(rows(world, RunRow, kind="evaluation"))
    happen(world, late(TODAY), late(TODAY), late(TODAY))
    lines = rows(world, RunRow, kind="evaluation")[before:]
    assert len(lines) == 3
    assert lines[-1].figures == {
        "rules": 1, "groups": 1, "raised": 1, "lifted": 0, "lowered": 0, "retracted": 0,
        "reinstated": 0,
    }  # fmt: skip
    with world.unit() as unit:
        sweep(unit.escalation, world.actor("admin"), as_of=TODAY, at=world.clock())
    assert len(rows(world, RunRow, kind="evaluation")) == before + 4


def test_postgresql_looks_at_violations_that_it_never_saw_before_it_reads_many_groups(world):
    happen(world, late(TODAY))
    with world.unit() as unit:
        if unit.connection.dialect.name != "postgresql":
            pytest.skip("SQLite chooses by the indexes alone")
        look_once(unit.connection)
        assert unit.connection.exec_driver_sql(KNOWN).scalar()


def test_nothing_touched_does_nothing(world):
    with world.unit() as unit:
        assert evaluate(world, unit, ()).groups == 0
    assert rows(world, RunRow, kind="evaluation") == []


def test_the_entries_of_a_case_fold_to_its_row(world):
    enact(world)
    truth = happen(world, *(late(TODAY) for _ in range(5)))
    turn(world, truth, 1, overturned=True)
    turn(world, truth, 2, overturned=True)
    turn(world, truth, 3, overturned=True)
    turn(world, truth, 3, overturned=False)
    [case] = cases(world)
    row = {}
    for entry in reversed(told(world, case.number)):
        row.update(entry.after)
    assert row["level"] == case.level
    assert row["state"] == case.state
    assert row["opened_on"] == case.opened_on.isoformat()
    assert row["group"] == dict(case.group)


# --- by event time, known later --------------------------------------------------------


def test_a_june_violation_recorded_in_august_fires_as_of_june_and_once(world):
    enact(world, from_on=TODAY - timedelta(days=200), retroactive=True, retroactive_reason="x")
    june = TODAY - timedelta(days=70)
    happen(world, late(june), late(june))
    assert cases(world) == []
    happen(world, late(june + timedelta(days=1)))
    [case] = cases(world)
    assert case.opened_on == june + timedelta(days=1)
    assert case.closed_on is not None
    assert case.number.startswith("VPNL-2021-")
    happen(world, late(TODAY, field="hộ tịch"))
    assert [one.id for one in cases(world)] == [case.id]


def test_an_evaluation_never_goes_back(world):
    enact(world)
    truth = happen(world, *(late(TODAY) for _ in range(3)))
    with world.unit() as unit:
        later = TODAY + timedelta(days=90)
        sweep(unit.escalation, world.actor("admin"), as_of=later, at=world.clock())
        truth.connection = unit.connection
        done = evaluate(world, unit, truth.add(late(TODAY)), as_of=TODAY)
    assert done.as_of == later
    assert cases(world)[0].closed_on is not None


# --- time alone ------------------------------------------------------------------------


def test_a_case_closes_by_time_and_is_looked_at_on_no_other_day(world):
    enact(world)
    happen(world, *(late(TODAY - timedelta(days=n)) for n in (4, 2, 0)))
    [case] = cases(world)
    closes = TODAY + timedelta(days=26)
    assert case.next_change_on == closes
    with world.unit() as unit:
        actor, at = world.actor("admin"), world.clock()
        eve = closes - timedelta(days=1)
        assert sweep(unit.escalation, actor, as_of=eve, at=at).groups == 0
        assert sweep(unit.escalation, actor, as_of=closes, at=at).groups == 1
        assert stored(unit.connection)[0].closed_on == closes
        assert sweep(unit.escalation, actor, as_of=closes, at=at).groups == 0


def test_the_next_look_at_a_case_is_kept_anew_only_when_its_day_has_come(world):
    """Violations put off the day a case may end; one look too early costs less than each of them."""
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    closes = cases(world)[0].next_change_on
    lifted, later = TODAY + timedelta(days=10), TODAY + timedelta(days=12)
    happen(world, late(lifted), late(lifted), as_of=lifted)
    assert (cases(world)[0].level, cases(world)[0].next_change_on) == (2, closes)
    happen(world, late(later), as_of=later)  # it will run on now beyond the day it would end
    [case] = cases(world)
    assert (case.level, case.next_change_on) == (2, closes)
    with world.unit() as unit:
        actor, at = world.actor("admin"), world.clock()
        looked = sweep(unit.escalation, actor, as_of=closes, at=at)
        [still] = stored(unit.connection)
        assert (looked.groups, looked.changes, still.closed_on) == (1, (), None)
        assert still.next_change_on == lifted + timedelta(days=30)
        assert sweep(unit.escalation, actor, as_of=still.next_change_on, at=at).groups == 1
        assert stored(unit.connection)[0].closed_on == still.next_change_on


def test_more_of_a_case_that_stays_as_it_is_waits_for_nobody_who_works_on_it(world):
    if world.office.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    enact(world)
    truth, morrow = happen(world, *(late(TODAY) for _ in range(8))), TODAY + timedelta(days=1)
    [case] = cases(world)
    held = select(table_of(EscalationRow)).with_for_update()
    with world.unit() as person, world.unit() as engine:
        assert len(person.connection.execute(held).all()) == 1
        engine.connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
        truth.connection = engine.connection
        assert evaluate(world, engine, truth.add(late(morrow)), morrow).changes == ()
    assert cases(world) == [case]


def test_a_violation_entered_before_its_day_counts_from_that_day(world):
    enact(world)
    happen(world, late(TODAY), late(TODAY), late(TODAY + timedelta(days=3)))
    assert cases(world) == []
    with world.unit() as unit:
        actor, at = world.actor("admin"), world.clock()
        sweep(unit.escalation, actor, as_of=TODAY + timedelta(days=2), at=at)
        assert stored(unit.connection) == []
        sweep(unit.escalation, actor, as_of=TODAY + timedelta(days=9), at=at)
        assert stored(unit.connection)[0].opened_on == TODAY + timedelta(days=3)


def test_a_full_replay_of_the_store_changes_nothing(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(5)), *(late(TODAY, "H32.04") for _ in range(3)))
    with world.unit() as unit:
        done = rederive(unit.escalation, world.actor("admin"), as_of=TODAY, at=world.clock())
        assert done.changes == ()
        assert done.groups == 2


SPOILT = {
    "a level": ("escalations", {"level": 2}),
    "a day of closing": ("escalations", {"closed_on": TODAY + timedelta(days=1)}),
    "a day of opening": ("escalations", {"opened_on": TODAY - timedelta(days=1)}),
    "a version": ("escalations", {"rule_number": 7}),
    "the day of a raise": ("escalation_raises", {"on": TODAY - timedelta(days=1)}),
    "a score": ("escalation_raises", {"score": 9}),
    "a violation": ("escalation_raises", {"violations": [1, 2, 9]}),
    "one violation too few": ("escalation_raises", {"violations": [1, 2]}),
    "a next day": ("escalations", {"next_change_on": TODAY + timedelta(days=1)}),
    "a near miss": ("near_misses", {"score": 1}),
    "a day of a near miss": ("near_misses", {"until": TODAY}),
}
"""What somebody wrote into the tables by hand, past every rule."""


def test_a_full_replay_mends_whatever_was_written_by_hand(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)), *(late(TODAY, "H32.04") for _ in range(2)))
    actor, at = world.actor("admin"), world.clock()

    def kept(connection):
        near = connection.execute(select(NearMissRow.__table__).order_by("group_key")).all()
        more = select(EscalationRow.next_change_on, EscalationRow.rule_number)
        return stored_episodes(connection), connection.execute(more).all(), near

    with world.unit() as unit:
        before = kept(unit.connection)
        for spoilt, (name, values) in SPOILT.items():
            table = EscalationRow.metadata.tables[name]
            unit.connection.execute(table.update().values(**values))
            assert kept(unit.connection) != before, spoilt
            rederive(unit.escalation, actor, as_of=TODAY, at=at)
            assert kept(unit.connection) == before, spoilt
            assert rederive(unit.escalation, actor, as_of=TODAY, at=at).changes == (), spoilt


# --- edges -----------------------------------------------------------------------------


def test_a_violation_without_an_officer_counts_for_no_rule_by_officer(world):
    by_officer = replace(RULE, group_by=(GroupKey.AGENCY, GroupKey.OFFICER), levels=(2,))
    enact(world, by_officer)
    happen(world, *(late(TODAY) for _ in range(3)))
    assert cases(world) == []
    happen(world, *(late(TODAY, officer="Lê Văn Đo") for _ in range(2)))
    assert dict(cases(world)[0].group) == {"agency": "H32.03", "officer": "Lê Văn Đo"}


def test_a_weight_can_make_one_violation_enough(world):
    enact(world, replace(RULE, violation_types=("*",), weights={"V01": 5}))
    happen(world, late(TODAY, type="V01"))
    assert [one.level for one in cases(world)] == [2]


def test_an_agency_that_nobody_knows_has_its_case_under_its_own_words(world):
    enact(world)
    happen(world, *(late(TODAY, "Sở Không Tên") for _ in range(3)))
    [case] = cases(world)
    assert (case.agency_id, dict(case.group)["agency"]) == (None, "Sở Không Tên")


def test_a_rule_for_the_whole_province_has_one_group_without_keys(world):
    enact(world, replace(RULE, group_by=()))
    happen(world, late(TODAY), late(TODAY, "H32.04"), late(TODAY, "H32.10"))
    [case] = cases(world)
    assert (case.group, case.agency_id) == ((), None)


def test_hundred_thousand_violations_of_one_group_are_one_case(world):
    enact(world, replace(RULE, levels=(3, 5, 100_000)))
    with world.unit() as unit:
        truth = truth_of(world, unit)
        values = [truth._values(late(TODAY)) for _ in range(100_000)]
        table = truth_table()
        for place in range(0, len(values), 5_000):
            unit.connection.execute(table.insert(), values[place : place + 5_000])
        touched = [replace(_touched(), since=TODAY)]
        evaluate(world, unit, touched)
        [case] = stored(unit.connection)
        assert case.level == 3
        assert len(case.raises[-1].violations) == 100_000
        done = evaluate(world, unit, touched)
        assert done.changes == ()
        count = unit.connection.execute(select(func.count()).select_from(table)).scalar_one()
        assert count == 100_000


def truth_table():
    from escalating import VIOLATIONS

    return VIOLATIONS


def _touched():
    from workflow.escalation.records import Touched

    return Touched(type="V16", agency="H32.03", field="đất đai")


def test_near_misses_are_told_within_the_scope_only(world):
    enact(world)
    happen(world, late(TODAY), late(TODAY), late(TODAY, "H32.04"), late(TODAY, "H32.04"))
    with world.office.reading() as unit:
        everywhere = near_misses(unit.connection, Scope(), TODAY)
        path = world.agencies["H32.04"].path
        [one] = near_misses(unit.connection, Scope(path=path), TODAY)
        assert len(everywhere) == 2
        assert dict(one.group)["agency"] == "H32.04"
        assert (one.score, one.need, one.next_level) == (2, 3, 1)
        assert one.until == TODAY + timedelta(days=29)
        assert near_misses(unit.connection, Scope(), TODAY + timedelta(days=30)) == []


def test_rules_over_other_types_are_left_alone(world):
    other = Rule(
        code="TT-01", violation_types=("V19",), group_by=(GroupKey.AGENCY,),
        window=Window(days=30), levels=(3,),
    )  # fmt: skip
    enact(world)
    enact(world, other)
    with world.unit() as unit:
        truth = truth_of(world, unit)
        done = evaluate(world, unit, truth.add(late(TODAY)))
        assert (done.rules, done.groups) == (1, 1)
        assert stored_episodes(unit.connection) == []
