"""Detection over many dossiers at once: the same as the pure rule, and only the difference moves."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from violating import add_dossiers, kept

from models.dossiers.loading import Loader
from models.dossiers.rows import DossierRow
from models.violations.rows import ViolationRow, ViolationStateRow
from workflow.calendar.vietnam import vietnam_calendar
from workflow.dossiers.records import Channel, Dossier, Wait
from workflow.dossiers.timing import due_on, pushed_back, waited_days
from workflow.violations.detection import MOMENTS, Facts, signs_of
from workflow.violations.records import ViolationState
from workflow.violations.scopes import DossierScope

CALENDAR = vietnam_calendar(())
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
        "promised_on": maybe_day,
        "ended_on": maybe_day,
        "apology_on": maybe_day,
        "wait": st.tuples(maybe_day, maybe_day),
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


def wait_of(told):
    """A wait as a file tells it: answered after it was asked, later than the day judged or not."""
    asked, answered = told["wait"]
    known = asked and answered and asked <= answered
    return asked, answered if known else None


def row_of(told):
    """Lay a dossier as an import does: the stored day holds the waits that ended."""
    asked, answered = wait_of(told)
    ended, promised = told["ended_on"], told["promised_on"]
    waits = [Wait(asked, answered)] if asked else []
    closed = [wait for wait in waits if wait.answered_on or ended]
    until = ended or answered or DAY
    due = promised
    if promised and not told["waits_included"]:
        due = pushed_back(promised, waited_days(closed, until, CALENDAR), CALENDAR)
    plain = {name: value for name, value in told.items() if name != "wait"}
    return plain | {
        "received_on": date(2021, 9, 1),
        "due_on": due,
        "waits": [[str(w.asked_on), str(w.answered_on) if w.answered_on else None] for w in waits],
        "waited_days": waited_days(closed, until, CALENDAR),
        "waiting_since": asked if asked and not closed else None,
    }


def facts_of(told, day):
    """What the pure rule is given: the promised day as of the day, by the rule of rates."""
    asked, answered = wait_of(told)
    dossier = Dossier(
        source="igate",
        code="1",
        promised_on=told["promised_on"],
        waits_included=told["waits_included"],
        ended_on=told["ended_on"],
        waits=(Wait(asked, answered),) if asked else (),
    )
    return Facts(
        due_on=due_on(dossier, day, CALENDAR),
        ended_on=told["ended_on"],
        apology_on=told["apology_on"],
        is_online=told["channel"] is Channel.ONLINE,
        received_at=told["received_at"],
        receipt_limit_at=told["receipt_limit_at"],
        **{name: told[name] for name in MOMENTS.values()},
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


def told_of(world, ids):
    """What an import says of these dossiers, column by column, as it writes them."""
    names = [column.name for column in DossierRow.__table__.columns]
    with world.unit() as unit:
        loader = Loader(unit.connection)
        loader.speak_utc()
        rows = loader.values_of("dossiers", "id", names, ids, "t.id")
        _, *columns = zip(*rows, strict=True)
    return dict(zip(names, columns, strict=True))


def mend(world, ids, rows):
    with world.unit() as unit:
        for key, told in zip(ids, rows, strict=True):
            values = row_of(told)
            unit.connection.execute(update(DossierRow).where(DossierRow.id == key).values(**values))


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
    ids = add_dossiers(world, *map(row_of, rows))
    scope = DossierScope(dossier_ids=tuple(ids), off=off)
    came = range(ids[0], ids[-1] + 1)
    fresh = DossierScope(dossier_ids=(), fresh=came, told=told_of(world, came), off=off)
    detect(world, fresh if data.draw(st.booleans()) else scope)
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


def test_a_wait_answered_after_the_day_judged_counts_as_far_as_it_had_come(world):
    told = dict.fromkeys((*MOMENTS.values(), "ended_on", "apology_on", "received_at"))
    told |= {"receipt_limit_at": None, "waits_included": False, "channel": Channel.COUNTER}
    told["promised_on"] = date(2021, 9, 24)
    waits = [(date(2021, 10, 1), date(2021, 10, 6)), (date(2021, 9, 27), date(2021, 10, 6))]
    rows = [told | {"wait": wait} for wait in waits]
    ids = add_dossiers(world, *map(row_of, rows))
    detect(world, DossierScope(dossier_ids=tuple(ids)))
    found = [(row.type, row.occurred_on.day) for row in kept(world)]
    assert found == [("V16", 25), ("V17", 25), ("V16", 30), ("V17", 30)]
    assert standing(world) == expected(rows, ids, DAY)
