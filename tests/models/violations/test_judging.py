"""Recording, contesting and judging, kept in memory with their history, one or by the hundred."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from violating import add_dossiers, kept, recorded, reported

from models.history.rows import HistoryRow
from models.violations.rows import ViolationFileRow, ViolationRow, ViolationStateRow
from workflow.agencies.records import SuccessionKind
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale
from workflow.violations.judging import MOST_AT_ONCE, Said, act_on, act_on_many
from workflow.violations.recording import record
from workflow.violations.records import (
    Severity,
    ViolationAction,
    ViolationSource,
    ViolationState,
)
from workflow.violations.scopes import DossierScope

DUE = date(2021, 8, 20)
CONTEST, CONFIRM = ViolationAction.CONTEST, ViolationAction.CONFIRM
UPHOLD, OVERTURN = ViolationAction.UPHOLD, ViolationAction.OVERTURN


def act(world, who, key, action, reason="vì vậy", files=(), **more):
    with world.unit() as unit:
        said = Said(reason=reason, files=tuple(files))
        actor = world.actor(who)
        return act_on(unit.violations, actor, key, action, said, at=world.clock(), **more)


def many(world, who, keys, action, reason="vì vậy", files=()):
    with world.unit() as unit:
        said = Said(reason=reason, files=tuple(files))
        actor = world.actor(who)
        return act_on_many(unit.violations, actor, keys, action, said, at=world.clock())


def rows(world, table, **where):
    columns = table.__table__.c
    statement = select(table.__table__)
    for name, value in where.items():
        statement = statement.where(columns[name] == value)
    with world.office.reading() as unit:
        return unit.connection.execute(statement).all()


def entries(world, number):
    return sorted(rows(world, HistoryRow, subject_key=number), key=lambda row: row.serial)


# --- recording ---------------------------------------------------------------------------


def test_an_inspection_is_recorded_as_a_sign_with_its_history(world):
    one = recorded(world, reference="Biên bản 12/BB-TTr", officer="Lê Văn Đo")
    assert (one.number, one.state, one.severity) == (
        f"VP-{one.id}",
        ViolationState.RECORDED,
        Severity.GRAVE,
    )
    assert one.recorded_by == world.accounts["inspector"]
    [entry] = entries(world, one.number)
    assert (entry.action, entry.reason) == ("record", "Yêu cầu người dân đi lại ba lần")
    assert entry.given["reference"] == "Biên bản 12/BB-TTr"
    assert entry.after == {"violation_state": "recorded"}


def test_it_can_stand_on_a_dossier_twice_but_not_for_one_day(world):
    [key] = add_dossiers(world, {"received_on": date(2021, 8, 2)})
    code = f"000.00.20.H32-2108-{key:05d}"
    first = recorded(world, dossier_code=code)
    with pytest.raises(Refused, match="already_recorded") as refused:
        recorded(world, dossier_code=code)
    assert refused.value.params == {"number": first.number}
    second = recorded(world, dossier_code=code, occurred_at=world.clock() - timedelta(days=2))
    assert [(row.serial, row.id) for row in kept(world)] == [(1, first.id), (2, second.id)]


def test_one_that_was_overturned_can_be_recorded_again(world):
    [key] = add_dossiers(world, {"received_on": date(2021, 8, 2)})
    code = f"000.00.20.H32-2108-{key:05d}"
    act(world, "office", recorded(world, dossier_code=code).id, OVERTURN)
    assert recorded(world, dossier_code=code).state is ViolationState.RECORDED


FAULTS = [
    ({"type": "V99"}, {"type": "not_a_choice"}),
    ({"type": "V22"}, {"type": "not_a_choice"}),
    ({"source": ViolationSource.DETECTED}, {"source": "not_a_choice"}),
    ({"agency_id": 99_999}, {"agency": "not_an_agency"}),
    ({"words": " \u200b "}, {"words": "required"}),
    ({"words": "x" * 5_001}, {"words": "too_long"}),
    ({"officer": "x" * 501}, {"officer": "too_long"}),
    ({"procedure_code": "x" * 101}, {"procedure_code": "too_long"}),
    ({"dossier_code": "không có"}, {"dossier_code": "unknown_dossier"}),
    ({"occurred_at": datetime(2021, 8, 23, 2, 0, 1, tzinfo=UTC)}, {"occurred_at": "date_future"}),
    ({"occurred_at": datetime(2019, 12, 31, tzinfo=UTC)}, {"agency": "agency_not_standing"}),
]


@pytest.mark.parametrize(("given", "errors"), FAULTS, ids=[str(e) for _, e in FAULTS])
def test_what_cannot_be_is_refused_field_by_field(world, given, errors):
    with pytest.raises(Invalid) as refused:
        recorded(world, **given)
    assert refused.value.errors == errors
    assert kept(world) == []


@pytest.mark.parametrize("who", ["leader", "admin", "head", "clerk", "officer", "district"])
def test_only_office_and_inspectors_record(world, who):
    with pytest.raises(Forbidden, match="not_yours"), world.unit() as unit:
        record(unit.violations, world.actor(who), reported(world), at=world.clock())
    assert kept(world) == []


# --- one ---------------------------------------------------------------------------------


def test_a_violation_goes_its_way_with_reasons_papers_and_history(world):
    one = recorded(world)
    paper = world.file("giải trình", "giai-trinh.pdf")
    act(world, "clerk", one.id, CONTEST, "Người dân tự đến hỏi", files=[paper])
    act(world, "office", one.id, UPHOLD, "Camera cho thấy khác")
    [row] = kept(world)
    assert (row.state, row.reason, row.version) == (
        ViolationState.UPHELD,
        "Camera cho thấy khác",
        3,
    )
    assert [e.action for e in entries(world, one.number)] == ["record", "contest", "uphold"]
    contested = entries(world, one.number)[1]
    assert contested.before == {"violation_state": "recorded"}
    assert contested.evidence == [paper.sha256]
    [file] = rows(world, ViolationFileRow)
    assert (file.violation_id, file.action, file.name) == (one.id, "contest", "giai-trinh.pdf")
    assert [r.state for r in rows(world, ViolationStateRow)] == ["recorded", "contested"]


def test_an_agency_contests_its_own_and_its_units_and_sees_no_others(world):
    own = recorded(world, agency_id=world.agencies["H32.10.1"].id)
    foreign = recorded(world, agency_id=world.agencies["H32.11"].id)
    assert act(world, "district", own.id, CONTEST).state is ViolationState.CONTESTED
    with pytest.raises(NotFound):
        act(world, "district", foreign.id, CONTEST)
    with pytest.raises(NotFound):
        act(world, "commune", foreign.id, CONTEST)


def test_a_unit_does_not_answer_for_the_agency_above(world):
    above = recorded(world, agency_id=world.agencies["H32.10"].id)
    with pytest.raises(NotFound):
        act(world, "commune", above.id, CONTEST)


def test_the_recorder_does_not_judge_and_the_inspectorate_does_not_judge_itself(world):
    one = recorded(world)
    with pytest.raises(Refused, match="four_eyes_recorder"):
        act(world, "inspector", one.id, CONFIRM)
    own = recorded(world, who="office", agency_id=world.agencies["H32.05"].id)
    with pytest.raises(Refused, match="conflict_of_interest"):
        act(world, "inspector", own.id, CONFIRM)


def test_nobody_judges_an_agency_theirs_came_from(world):
    with world.unit() as unit:
        unit.agencies.add_succession(
            world.agencies["H32.03"].id,
            world.agencies["H32.05"].id,
            SuccessionKind.MERGE,
            "Nghị quyết 1",
            date(2021, 8, 1),
        )
    one = recorded(world, who="office")
    with pytest.raises(Refused, match="conflict_of_interest"):
        act(world, "inspector", one.id, CONFIRM)
    assert act(world, "office2", one.id, CONFIRM).state is ViolationState.CONFIRMED


def test_a_reason_is_needed_where_somebody_loses_by_it(world):
    one = recorded(world)
    for who, action in (("clerk", CONTEST), ("office", OVERTURN)):
        with pytest.raises(Invalid) as refused:
            act(world, who, one.id, action, " ")
        assert refused.value.errors == {"reason": "required"}
    assert act(world, "office", one.id, CONFIRM, "").state is ViolationState.CONFIRMED


def test_the_second_of_two_people_is_told(world):
    one = recorded(world)
    act(world, "clerk", one.id, CONTEST)
    with pytest.raises(Stale):
        act(world, "office", one.id, OVERTURN, version=1)
    assert kept(world)[0].state is ViolationState.CONTESTED


# --- many --------------------------------------------------------------------------------


@pytest.fixture
def hundred(world):
    ids = add_dossiers(world, *[{"promised_on": DUE, "due_on": DUE, "apology_on": DUE}] * 120)
    with world.unit() as unit:
        scope = DossierScope(dossier_ids=tuple(ids))
        unit.violations.detect(scope, date(2021, 8, 23), world.clock())
    return [row.id for row in kept(world)]


def test_by_the_hundred_with_one_reason_and_one_paper(world, hundred):
    outcomes = many(world, "clerk", hundred, CONTEST, "Đã xong, chưa kết thúc trên phần mềm",
                    [world.file()])  # fmt: skip
    assert all(one.is_done for one in outcomes)
    assert {row.state for row in kept(world)} == {ViolationState.CONTESTED}
    assert len(rows(world, ViolationFileRow)) == len(hundred)
    assert len(rows(world, HistoryRow, action="contest")) == len(hundred)
    judged = many(world, "inspector", hundred, OVERTURN, "Trễ ảo")
    assert all(one.is_done for one in judged)
    assert {row.state for row in kept(world)} == {ViolationState.OVERTURNED}


def test_each_that_could_not_be_done_says_why_and_the_others_are(world, hundred):
    act(world, "inspector", hundred[0], OVERTURN)
    act(world, "inspector", hundred[1], CONFIRM)
    foreign = recorded(world, agency_id=world.agencies["H32.11"].id)
    keys = [*hundred[:3], foreign.id, 999_999, hundred[2]]
    outcomes = many(world, "clerk", keys, CONTEST)
    told = [(one.id, one.refusal.code if one.refusal else "") for one in outcomes]
    assert told == [
        (hundred[0], "violation_wrong_state"),
        (hundred[1], ""),
        (hundred[2], ""),
        (foreign.id, "not_found"),
        (999_999, "not_found"),
    ]
    assert outcomes[3].violation is None


def test_too_many_or_none_are_refused_before_anything_is_done(world, hundred):
    with pytest.raises(Invalid) as none:
        many(world, "clerk", [], CONTEST)
    assert none.value.errors == {"ids": "nothing_chosen"}
    with pytest.raises(Invalid) as crowd:
        many(world, "clerk", range(1, MOST_AT_ONCE + 2), CONTEST)
    assert crowd.value.errors == {"ids": "too_many_at_once"}
    with pytest.raises(Invalid):
        many(world, "clerk", hundred, CONTEST, "")
    assert {row.state for row in kept(world)} == {ViolationState.RECORDED}


def test_the_database_keeps_overturned_ones_with_their_cause(world):
    one = recorded(world)
    with pytest.raises(Refused, match="conflict"), world.unit() as unit:
        unit.connection.execute(
            ViolationRow.__table__.update()
            .where(ViolationRow.id == one.id)
            .values(state=ViolationState.OVERTURNED)
        )
