"""What changes a violation changes what is made of it: escalations follow in the same act."""

from datetime import date

import pytest
from escalating import Truth
from sqlalchemy import select, update
from violating import add_dossiers, kept, recorded

from models.dossiers.rows import DossierRow
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.violations.page import open_file
from workflow.accounts.usecases import system_actor
from workflow.escalation.records import GroupKey, Rule, Version, Window
from workflow.review.records import EscalationState
from workflow.violations.judging import Said, act_on, act_on_many
from workflow.violations.records import ViolationAction
from workflow.violations.scopes import DossierScope
from workflow.violations.usecases import detect

TODAY = date(2021, 8, 23)


@pytest.fixture
def ruled(world):
    """Three late dossiers of one agency and field in thirty days are a case."""
    rule = Rule(
        code="MC-01",
        violation_types=("V16",),
        group_by=(GroupKey.AGENCY, GroupKey.FIELD),
        window=Window(days=30),
        levels=(3,),
    )
    with world.unit() as unit:
        truth = Truth(
            connection=unit.connection,
            agencies={code: agency.id for code, agency in world.agencies.items()},
            by=(world.accounts["office"], world.accounts["leader"]),
            at=world.clock(),
        )
        truth.enact(Version(rule=rule, from_on=date(2021, 1, 1)))
    return world


def late(world, count, **more):
    rows = [
        {"promised_on": date(2021, 8, 10 + n), "due_on": date(2021, 8, 10 + n)} | more
        for n in range(count)
    ]
    ids = add_dossiers(world, *rows)
    look(world, ids)
    return ids


def look(world, ids):
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
        scope = DossierScope(dossier_ids=tuple(ids), off=frozenset({"V17"}))
        return detect(unit.violations, actor, scope, day=TODAY, at=world.clock())


def cases(world):
    columns = EscalationRow.__table__.c
    with world.office.reading() as unit:
        return unit.connection.execute(
            select(
                columns.id, columns.number, columns.state, columns.level, columns.agency_id
            ).order_by(columns.id)
        ).all()


def raised_on(world):
    with world.office.reading() as unit:
        found = unit.connection.execute(
            select(EscalationRaiseRow.violations).where(EscalationRaiseRow.standing.is_(True))
        )
        return [sorted(ids) for ids in found.scalars()]


def judge(world, who, key, action):
    with world.unit() as unit:
        said = Said(reason="vì vậy")
        act_on(unit.violations, world.actor(who), key, action, said, at=world.clock())


def test_a_chunk_that_repeats_a_violation_raises_a_case_on_exactly_those(ruled):
    late(ruled, 2)
    assert cases(ruled) == []
    late(ruled, 1)
    [case] = cases(ruled)
    assert (case.state, case.level) == (EscalationState.RAISED, 1)
    assert raised_on(ruled) == [[row.id for row in kept(ruled)]]


def test_one_overturned_retracts_it_and_counting_again_brings_the_same_one_back(ruled):
    late(ruled, 3)
    one = kept(ruled)[0].id
    [before] = cases(ruled)
    judge(ruled, "inspector", one, ViolationAction.CONFIRM)
    assert cases(ruled) == [before]
    judge(ruled, "inspector", one, ViolationAction.OVERTURN)
    [gone] = cases(ruled)
    assert (gone.id, gone.state) == (before.id, EscalationState.RETRACTED)
    judge(ruled, "inspector", one, ViolationAction.REINSTATE)
    [back] = cases(ruled)
    assert (back.id, back.number, back.state) == (before.id, before.number, before.state)


def test_a_mended_dossier_retracts_it_and_the_mistake_mended_again_brings_it_back(ruled):
    ids = late(ruled, 3)
    with ruled.unit() as unit:
        unit.connection.execute(
            update(DossierRow).where(DossierRow.id == ids[1]).values(ended_on=date(2021, 8, 11))
        )
    look(ruled, ids)
    assert [case.state for case in cases(ruled)] == [EscalationState.RETRACTED]
    with ruled.unit() as unit:
        unit.connection.execute(
            update(DossierRow).where(DossierRow.id == ids[1]).values(ended_on=None)
        )
    look(ruled, ids)
    assert [case.state for case in cases(ruled)] == [EscalationState.RAISED]


def test_violations_that_move_to_another_agency_are_counted_there_alone(ruled):
    ids = late(ruled, 3)
    with ruled.unit() as unit:
        unit.connection.execute(
            update(DossierRow)
            .where(DossierRow.id.in_(ids))
            .values(agency_id=ruled.agencies["H32.10"].id)
        )
    look(ruled, ids)
    standing = [c for c in cases(ruled) if c.state is not EscalationState.RETRACTED]
    assert [case.agency_id for case in standing] == [ruled.agencies["H32.10"].id]


def test_a_hundred_overturned_at_once_are_judged_at_once(ruled):
    late(ruled, 10)
    keys = [row.id for row in kept(ruled)]
    with ruled.unit() as unit:
        outcomes = act_on_many(
            unit.violations, ruled.actor("inspector"), keys, ViolationAction.OVERTURN,
            Said(reason="Trễ ảo"), at=ruled.clock(),
        )  # fmt: skip
    assert all(one.is_done for one in outcomes)
    assert [case.state for case in cases(ruled)] == [EscalationState.RETRACTED]


def test_one_entered_by_hand_counts_too(ruled):
    late(ruled, 2)
    recorded(ruled, type="V16", field_text="Đất đai")
    assert [case.state for case in cases(ruled)] == [EscalationState.RAISED]


def test_the_page_names_the_case_that_it_counts_in(ruled):
    late(ruled, 3)
    one = kept(ruled)[0].id
    [case] = cases(ruled)

    def counted():
        with ruled.office.reading() as unit:
            file = open_file(unit.connection, ruled.actor("clerk"), one, TODAY)
        return [(c.number, c.standing) for c in file.cases]

    assert counted() == [(case.number, True)]
    judge(ruled, "inspector", one, ViolationAction.OVERTURN)
    assert counted() == [(case.number, False)]
