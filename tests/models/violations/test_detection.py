"""Detection over many dossiers at once: the same as the pure rule, and only the difference moves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from violating import add_dossiers, add_import, kept

from models.dossiers.rows import DossierRow
from models.violations.rows import ViolationRow, ViolationStateRow
from workflow.calendar.vietnam import vietnam_calendar
from workflow.dossiers.records import Channel
from workflow.violations.detection import MOMENTS, Facts, signs_of
from workflow.violations.records import DossierScope, DueScope, ViolationState

DAY = date(2021, 9, 30)
AT = datetime(2021, 9, 30, 17, 5, tzinfo=UTC)
days = st.dates(date(2021, 9, 20), date(2021, 10, 8))
instants = st.builds(
    lambda day, minute: (
        datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    ),
    days,
    st.sampled_from([0, 1, 59, 1019, 1020, 1021, 1439]),
)
maybe_day = st.none() | days
maybe_instant = st.none() | instants
dossiers = st.fixed_dictionaries(
    {
        "due_on": maybe_day,
        "ended_on": maybe_day,
        "apology_on": maybe_day,
        "waiting_since": maybe_day,
        "waits_included": st.booleans(),
        "channel": st.sampled_from([Channel.ONLINE, Channel.COUNTER]),
        "received_at": maybe_instant,
        "receipt_limit_at": maybe_instant,
        **dict.fromkeys(MOMENTS.values(), maybe_instant),
    }
)
offs = st.frozensets(st.sampled_from(["V16", "V17", "V18", "V19"]), max_size=2)


def detect(world, scope, day=DAY, at=AT):
    with world.unit() as unit:
        return unit.violations.detect(scope, day, at)[0]


def facts_of(row, day):
    """What the pure rule is given: the promised day pushed back as it stands on the day."""
    due_on, since = row["due_on"], row["waiting_since"]
    if due_on and since and not row["waits_included"] and due_on < day:
        waited = vietnam_calendar(()).working_days_between(since, day)
        due_on = vietnam_calendar(()).due_on(due_on, waited) if waited > 0 else due_on
    return Facts(
        due_on=due_on,
        ended_on=row["ended_on"],
        apology_on=row["apology_on"],
        is_online=row["channel"] is Channel.ONLINE,
        received_at=row["received_at"],
        receipt_limit_at=row["receipt_limit_at"],
        **{name: row[name] for name in MOMENTS.values()},
    )


def standing(world):
    return {
        (row.dossier_id, row.type): row.occurred_at
        for row in kept(world)
        if row.state is not ViolationState.OVERTURNED
    }


def expected(rows, ids, day, off=frozenset()):
    return {
        (key, code): at
        for key, row in zip(ids, rows, strict=True)
        for code, at in signs_of(facts_of(row, day), day).items()
        if code not in off
    }


def mend(world, ids, rows):
    with world.unit() as unit:
        for key, row in zip(ids, rows, strict=True):
            unit.connection.execute(update(DossierRow).where(DossierRow.id == key).values(**row))


def clear(world):
    with world.unit() as unit:
        for table in (ViolationStateRow, ViolationRow, DossierRow):
            unit.connection.execute(delete(table))


@settings(max_examples=60)
@given(data=st.data())
def test_it_finds_what_the_pure_rule_finds_however_the_dossiers_change(world, data):
    clear(world)
    rows = data.draw(st.lists(dossiers, min_size=1, max_size=8))
    off = data.draw(offs)
    ids = add_dossiers(world, *rows)
    scope = DossierScope(dossier_ids=tuple(ids), off=off)
    detect(world, scope)
    assert standing(world) == expected(rows, ids, DAY, off)
    again = detect(world, scope)
    assert again.changes == 0
    later = data.draw(st.lists(dossiers, min_size=len(rows), max_size=len(rows)))
    mend(world, ids, later)
    whole = DossierScope(dossier_ids=tuple(ids))
    detect(world, whole)
    assert standing(world) == expected(later, ids, DAY)
    mend(world, ids, rows)
    detect(world, whole)
    assert standing(world) == expected(rows, ids, DAY)
    assert len(kept(world)) == len({(row.dossier_id, row.type) for row in kept(world)})
