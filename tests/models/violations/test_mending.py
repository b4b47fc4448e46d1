"""A re-import that mends a dossier, what is off, what a person judged, and what fell due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from violating import add_dossiers, add_import, kept, recorded

from models.dossiers.rows import DossierRow
from models.history.rows import HistoryRow
from workflow.accounts.usecases import system_actor
from workflow.dossiers.records import Channel
from workflow.violations.judging import Said, act_on
from workflow.violations.records import Cause, ViolationAction, ViolationState
from workflow.violations.scopes import DossierScope, DueScope
from workflow.violations.usecases import detect

DUE = date(2021, 8, 20)
LATE = {"received_on": date(2021, 8, 2), "promised_on": DUE, "due_on": DUE}
TODAY = date(2021, 8, 23)


def look(world, *ids, off=(), day=TODAY, source="import 7"):
    scope = DossierScope(dossier_ids=ids, off=frozenset(off), source=source)
    return _detected(world, scope, day)


def sweep(world, day=TODAY):
    return _detected(world, DueScope(), day)


def _detected(world, scope, day):
    world.clock.at += timedelta(minutes=1)
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
        return detect(unit.violations, actor, scope, day=day, at=world.clock())


def mend(world, key, **values):
    with world.unit() as unit:
        unit.connection.execute(update(DossierRow).where(DossierRow.id == key).values(**values))


def states(world, **where):
    return {row.type: row.state for row in kept(world, **where)}


def judge(world, who, violation_id, action, reason="vì vậy"):
    with world.unit() as unit:
        said = Said(reason=reason)
        return act_on(
            unit.violations, world.actor(who), violation_id, action, said, at=world.clock()
        )


@pytest.fixture
def late(world):
    [key] = add_dossiers(world, LATE)
    look(world, key)
    return key


def test_an_apology_entered_late_overturns_its_violation_with_the_reason(world, late):
    mend(world, late, apology_on=DUE)
    done = look(world, late)
    assert (done.overturned, done.found) == ({"V17": 1}, {})
    [gone] = kept(world, type="V17")
    assert (gone.state, gone.cause, gone.reason) == (
        ViolationState.OVERTURNED,
        Cause.MENDED,
        "apologised",
    )
    assert gone.after_the_fact is True
    assert states(world)["V16"] is ViolationState.RECORDED


def test_a_wrong_date_overturns_both_and_a_later_import_brings_the_same_rows_back(world, late):
    before = {row.type: row.id for row in kept(world)}
    mend(world, late, ended_on=DUE)
    assert look(world, late).overturned == {"V16": 1, "V17": 1}
    assert {row.reason for row in kept(world)} == {"not_overdue"}
    mend(world, late, ended_on=None)
    assert look(world, late).reinstated == {"V16": 1, "V17": 1}
    assert {row.type: row.id for row in kept(world)} == before
    assert {(r.state, r.cause, r.state_before, r.reason) for r in kept(world)} == {
        (ViolationState.RECORDED, None, None, "fact_back")
    }


def test_the_mended_fact_wins_over_a_judgement_and_the_history_tells(world, late):
    [overdue] = kept(world, type="V16")
    judge(world, "clerk", overdue.id, ViolationAction.CONTEST, "đã trả đúng hạn")
    judge(world, "inspector", overdue.id, ViolationAction.UPHOLD)
    mend(world, late, ended_on=DUE)
    look(world, late)
    [gone] = kept(world, type="V16")
    assert (gone.state, gone.state_before) == (ViolationState.OVERTURNED, ViolationState.UPHELD)
    mend(world, late, ended_on=None)
    look(world, late)
    assert states(world)["V16"] is ViolationState.UPHELD


def test_what_a_person_overturned_stays_so_whatever_the_file_says_again(world, late):
    [overdue] = kept(world, type="V16")
    judge(world, "inspector", overdue.id, ViolationAction.OVERTURN, "trễ ảo")
    done = look(world, late)
    assert done.changes == 0
    assert done.standing == {"V17": 1}
    assert states(world)["V16"] is ViolationState.OVERTURNED
    assert sweep(world).changes == 0


def test_a_violation_that_moves_touches_no_judgement(world, late):
    [overdue] = kept(world, type="V16")
    judge(world, "inspector", overdue.id, ViolationAction.CONFIRM, "")
    mend(world, late, due_on=date(2021, 8, 18), agency_id=world.agencies["H32.04"].id)
    assert look(world, late).moved == {"V16": 1, "V17": 1}
    [moved] = kept(world, type="V16")
    assert (moved.id, moved.state) == (overdue.id, ViolationState.CONFIRMED)
    assert moved.occurred_on == date(2021, 8, 19)
    assert moved.occurred_at == datetime(2021, 8, 18, 17, tzinfo=UTC)
    assert moved.agency_id == world.agencies["H32.04"].id


def test_no_apology_column_no_violation_of_a_missing_apology(world):
    [key] = add_dossiers(world, LATE)
    assert look(world, key, off=["V17"]).found == {"V16": 1}
    assert look(world, key).found == {"V17": 1}


def test_what_is_off_still_falls_with_the_rest_of_the_dossier(world, late):
    mend(world, late, ended_on=DUE)
    assert look(world, late, off=["V17"]).overturned == {"V16": 1, "V17": 1}
    mend(world, late, ended_on=None)
    assert look(world, late, off=["V17"]).reinstated == {"V16": 1}


def test_the_night_finds_open_dossiers_the_morning_after_and_once(world):
    add_import(world)
    add_dossiers(
        world,
        LATE,
        LATE | {"due_on": TODAY, "promised_on": TODAY},
        LATE | {"ended_on": date(2021, 8, 19)},
        LATE | {"due_on": date(2021, 8, 22), "promised_on": date(2021, 8, 22), "apology_on": DUE},
    )
    assert sweep(world).found == {"V16": 2, "V17": 1}
    assert sweep(world).changes == 0
    assert sweep(world, TODAY + timedelta(days=1)).found == {"V16": 1, "V17": 1}


def test_the_night_knows_what_the_newest_import_of_each_source_could_not_tell(world):
    add_import(world, off=("V17",))
    add_import(world, off=("V17",), source="other")
    add_import(world, source="other")
    add_dossiers(world, LATE, LATE | {"source": "other"})
    assert sweep(world).found == {"V16": 2, "V17": 1}


def test_waiting_for_the_citizen_keeps_an_open_dossier_in_time(world):
    waits = {"waits": [["2021-08-18", None]], "waiting_since": date(2021, 8, 18)}
    add_dossiers(world, LATE | waits)
    assert sweep(world, date(2021, 9, 30)).changes == 0


def test_a_wait_that_began_too_late_moves_the_day_it_became_late(world):
    waits = {"waits": [["2021-08-24", None]], "waiting_since": date(2021, 8, 24)}
    add_dossiers(world, LATE | waits)
    assert sweep(world, date(2021, 8, 24)).found == {"V16": 1, "V17": 1}
    sweep(world, date(2021, 8, 26))
    [overdue] = kept(world, type="V16")
    assert overdue.occurred_on == date(2021, 8, 25)


def test_what_lies_after_the_day_asked_is_left_as_it_is(world, late):
    done = look(world, late, day=DUE)
    assert (done.changes, done.standing) == (0, {})
    assert len(kept(world)) == 2


RECEIVED = {"receiving_text": "Trung tâm PVHCC", "no_slip_at": datetime(2021, 8, 3, tzinfo=UTC)}


def test_an_act_of_the_counter_is_charged_to_the_unit_that_received(world):
    counter = world.agencies["H32.10"].id
    add_dossiers(
        world, LATE | RECEIVED, LATE | RECEIVED | {"receiving_id": counter}, LATE | {
            "no_slip_at": RECEIVED["no_slip_at"]
        }
    )  # fmt: skip
    sweep(world)
    charged = [(row.agency_id, row.agency_text) for row in kept(world, type="V12")]
    assert charged == [
        (None, "Trung tâm PVHCC"),
        (counter, ""),
        (world.agencies["H32.03"].id, ""),
    ]
    assert {row.agency_id for row in kept(world, type="V16")} == {world.agencies["H32.03"].id}


def test_an_agency_that_nobody_knows_is_kept_as_the_file_names_it(world):
    [key] = add_dossiers(world, LATE | {"agency_id": None, "agency_text": "Phòng lạ"})
    look(world, key)
    assert {(row.agency_id, row.agency_text) for row in kept(world)} == {(None, "Phòng lạ")}


def test_a_late_online_receipt_occurs_when_the_limit_passed(world):
    limit = datetime(2021, 8, 3, 8, tzinfo=UTC)
    [key] = add_dossiers(
        world,
        {
            "channel": Channel.ONLINE,
            "receipt_limit_at": limit,
            "received_at": limit + timedelta(hours=1),
        },
    )
    look(world, key)
    [found] = kept(world)
    assert (found.type, found.occurred_at) == ("V19", limit)


def test_what_was_entered_by_hand_for_the_same_act_is_not_found_a_second_time(world):
    [key] = add_dossiers(world, LATE)
    with world.office.reading() as unit:
        code = unit.connection.execute(
            select(DossierRow.code).where(DossierRow.id == key)
        ).scalar_one()
    at = datetime(2021, 8, 21, 2, tzinfo=UTC)
    recorded(world, type="V16", dossier_code=code, occurred_at=at)
    assert look(world, key).found == {"V17": 1}
    assert look(world, key).standing == {"V16": 1, "V17": 1}


def test_one_history_entry_tells_what_a_detection_changed_and_none_where_nothing_did(world, late):
    entries = _entries(world)
    assert [(e.subject_key, e.given["found"]) for e in entries] == [
        ("import 7", {"V16": 1, "V17": 1})
    ]
    look(world, late)
    assert len(_entries(world)) == 1
    mend(world, late, ended_on=DUE)
    look(world, late, source="import 8")
    assert _entries(world)[-1].given["overturned"] == {"V16": 1, "V17": 1}


def _entries(world):
    with world.office.reading() as unit:
        return unit.connection.execute(
            select(HistoryRow.__table__)
            .where(HistoryRow.action == "detect")
            .order_by(HistoryRow.serial)
        ).all()


def test_a_scope_of_no_dossier_finds_nothing(world):
    assert look(world).changes == 0
    with world.office.reading() as unit:
        assert unit.connection.execute(select(func.count(DossierRow.id))).scalar_one() == 0
