"""What was known of violations at an earlier instant can still be shown."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update
from violating import add_dossiers, kept, recorded

from models.dossiers.rows import DossierRow
from models.violations.known import known_at
from workflow.violations.judging import Said, act_on
from workflow.violations.records import ViolationAction
from workflow.violations.scopes import DossierScope

START = datetime(2021, 8, 23, 2, tzinfo=UTC)
DUE = date(2021, 8, 20)


def known(world, at):
    seen = known_at(at)
    with world.office.reading() as unit:
        rows = unit.connection.execute(select(seen).order_by(seen.c.id))
        return [(row.type, str(row.state), row.occurred_on) for row in rows]


def act(world, who, violation_id, action, hours):
    world.clock.at = START + timedelta(hours=hours)
    with world.unit() as unit:
        said = Said(reason="vì vậy")
        act_on(unit.violations, world.actor(who), violation_id, action, said, at=world.clock())


def test_each_state_is_what_was_known_from_its_instant_until_the_next(world):
    one = recorded(world)
    act(world, "clerk", one.id, ViolationAction.CONTEST, 1)
    act(world, "office", one.id, ViolationAction.OVERTURN, 2)
    act(world, "office", one.id, ViolationAction.REINSTATE, 3)
    day, second = date(2021, 8, 23), timedelta(seconds=1)
    told = [
        known(world, START - second),
        *(known(world, START + timedelta(hours=n)) for n in range(4)),
        known(world, START + timedelta(hours=2) - second),
    ]
    assert told == [
        [],
        [("V01", "recorded", day)],
        [("V01", "contested", day)],
        [("V01", "overturned", day)],
        [("V01", "upheld", day)],
        [("V01", "contested", day)],
    ]


def test_a_violation_of_june_recorded_in_september_was_not_known_in_june(world):
    june = datetime(2021, 6, 10, 3, tzinfo=UTC)
    recorded(world, occurred_at=june)
    assert known(world, june + timedelta(days=20)) == []
    assert known(world, START) == [("V01", "recorded", date(2021, 6, 10))]


def test_what_a_mended_dossier_said_before_is_kept_with_its_day(world):
    in_time = date(2021, 8, 10)
    [key] = add_dossiers(world, {"promised_on": DUE, "due_on": DUE, "apology_on": in_time})
    scope = DossierScope(dossier_ids=(key,))

    def look(hours):
        with world.unit() as unit:
            unit.violations.detect(scope, date(2021, 8, 23), START + timedelta(hours=hours))

    look(0)
    with world.unit() as unit:
        unit.connection.execute(update(DossierRow).values(due_on=date(2021, 8, 18)))
    look(1)
    with world.unit() as unit:
        unit.connection.execute(update(DossierRow).values(ended_on=date(2021, 8, 18)))
    look(2)
    assert [known(world, START + timedelta(hours=n)) for n in range(3)] == [
        [("V16", "recorded", date(2021, 8, 21))],
        [("V16", "recorded", date(2021, 8, 19))],
        [("V16", "overturned", date(2021, 8, 19))],
    ]
    assert kept(world)[0].version == 3
