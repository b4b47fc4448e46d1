"""A merge, another code, an end taken back: whose violations count under whom, and whose case it is."""

from datetime import date, timedelta

import pytest
from escalating import near_told, stored, stored_episodes
from ruling import TODAY, enact, happen, late

from models.history.queries import entries_about
from workflow.agencies.records import Agency, AgencyFacts, Handover, SuccessionKind, Tier
from workflow.agencies.successions import hand_over
from workflow.agencies.successors import Merging, Passing, Successors
from workflow.agencies.usecases import change_agency, stands_again
from workflow.errors import Forbidden
from workflow.escalation.succeeding import counted_anew, set_merging
from workflow.escalation.sweeping import sweep
from workflow.history.records import Subject

SINCE = TODAY - timedelta(days=100)


def passing(old, new, on=TODAY, kind=SuccessionKind.MERGE):
    return Passing(predecessor=old, successor=new, kind=kind, on=on)


# --- who answers for whom --------------------------------------------------------------


@pytest.mark.parametrize(
    ("passings", "merging", "agency", "code"),
    [
        ([], Merging.SUM, "A", "A"),
        ([passing("A", "C")], Merging.SUM, "A", "C"),
        ([passing("A", "C"), passing("C", "D")], Merging.SUM, "A", "D"),
        ([passing("A", "C", TODAY + timedelta(days=1))], Merging.SUM, "A", "A"),
        ([passing("A", "C")], Merging.FRESH, "A", "A"),
        ([passing("A", "C", kind=SuccessionKind.RENAME)], Merging.FRESH, "A", "C"),
        ([passing("A", "B", kind=SuccessionKind.SPLIT), passing("A", "C")], Merging.SUM, "A", "A"),
        ([passing("A", "B"), passing("A", "C")], Merging.SUM, "A", "A"),
        ([passing("A", "B"), passing("B", "A")], Merging.SUM, "A", "B"),
    ],
)
def test_violations_count_under_whoever_took_over(passings, merging, agency, code):
    assert Successors(passings, TODAY, merging).code(agency) == code


def test_a_successor_knows_whose_violations_count_under_it():
    found = Successors([passing("A", "C"), passing("B", "C"), passing("C", "D")], TODAY)
    assert found.counted_under("D") == ("D", "A", "B", "C")
    assert found.predecessors("C") == ()


# --- in the tree -----------------------------------------------------------------------


def successor(world) -> Agency:
    with world.unit() as unit:
        return unit.agencies.add_agency(
            code="H32.77", name="Sở Nông nghiệp và Môi trường", tier=Tier.DEPARTMENT,
            parent=world.agencies["H32"], valid_from=date(2020, 1, 1),
        )  # fmt: skip


def merge(world, into, *codes, on=TODAY):
    actor, at = world.actor("admin"), world.clock()
    handover = Handover(
        predecessor_ids=tuple(world.agencies[code].id for code in codes),
        successor_ids=(into.id,), kind=SuccessionKind.MERGE, act="12/NQ-HĐND", on=on,
    )  # fmt: skip
    with world.unit() as unit, counted_anew(unit.escalation, actor, at=at):
        hand_over(unit.agencies, unit.history, actor, handover, at=at)


def cases(world, **more):
    with world.office.reading() as unit:
        return stored(unit.connection, **more)


def looking_back(world):
    enact(world, from_on=SINCE, retroactive=True, retroactive_reason="x")


def test_a_merged_agency_answers_for_the_sum_of_its_predecessors(world):
    enact(world)
    happen(world, *(late(TODAY, code) for code in ("H32.03", "H32.03", "H32.04")))
    assert cases(world) == []
    merge(world, successor(world), "H32.03", "H32.04")
    [case] = cases(world)
    assert dict(case.group)["agency"] == "H32.77"
    assert len(case.raises[0].violations) == 3


def test_a_near_miss_of_a_predecessor_is_told_of_the_successor_alone(world):
    enact(world)
    happen(world, *(late(TODAY, code) for code in ("H32.03", "H32.03", "H32.04", "H32.04")))
    merge(world, successor(world), "H32.03")
    with world.office.reading() as unit:
        told = {dict(group)["agency"] for _, group, *_ in near_told(unit.connection, TODAY)}
    assert told == {"H32.77", "H32.04"}


def test_the_case_of_a_predecessor_goes_over_and_the_lesser_one_names_its_heir(world):
    enact(world)
    happen(world, *(late(TODAY, "H32.03") for _ in range(5)))
    happen(world, *(late(TODAY, "H32.04") for _ in range(3)))
    first, second = cases(world)
    into = successor(world)
    merge(world, into, "H32.03", "H32.04")
    [stands] = cases(world)
    [gone] = cases(world, retracted=True)
    assert (stands.number, gone.number) == (first.number, second.number)
    assert (stands.agency_id, dict(stands.group)["agency"]) == (into.id, "H32.77")
    assert stands.level == 3
    with world.office.reading() as unit:
        entry = entries_about(unit.connection, Subject.ESCALATION, gone.number)[0].entry
    assert (entry.given["cause"], entry.given["heir"]) == ("agencies", first.number)
    assert entry.given["because"] == "merged"


def test_past_cases_of_each_go_into_the_joint_one_of_the_day_and_say_why(world):
    """Closed before the merge or not: the sum holds for every day (product.md, section 6)."""
    looking_back(world)
    day = TODAY - timedelta(days=60)
    happen(world, *(late(day, code) for code in ("H32.03", "H32.04") for _ in range(3)))
    first, second = cases(world)
    assert first.closed_on < TODAY
    merge(world, successor(world), "H32.03", "H32.04")
    [stands] = cases(world)
    assert [one.number for one in cases(world, retracted=True)] == [second.number]
    assert (stands.number, len(stands.raises[0].violations)) == (first.number, 6)
    with world.office.reading() as unit:
        entry = entries_about(unit.connection, Subject.ESCALATION, second.number)[0].entry
    assert (entry.given["because"], entry.given["heir"]) == ("merged", first.number)
    page = world.sign_in("inspector").get(f"/review/{first.number}").text
    assert "đã sáp nhập vào Sở Nông nghiệp và Môi trường" in page
    assert f'<a href="/review/{second.number}">' in page
    page = world.sign_in("inspector").get(f"/review/{second.number}").text
    assert "cơ quan đã sáp nhập, vi phạm của các cơ quan cũ được tính chung" in page
    assert f'<a href="/review/{first.number}">' in page
    assert "đã sáp nhập vào" not in page


def test_a_merge_to_come_changes_nothing_until_its_day(world):
    enact(world)
    happen(world, *(late(TODAY, code) for code in ("H32.03", "H32.03", "H32.04")))
    day = TODAY + timedelta(days=5)
    merge(world, successor(world), "H32.03", "H32.04", on=day)
    assert cases(world) == []
    with world.unit() as unit:
        sweep(unit.escalation, world.actor("admin"), as_of=day, at=world.clock())
    assert [dict(case.group)["agency"] for case in cases(world)] == ["H32.77"]


def test_an_end_that_is_taken_back_gives_each_its_own_again(world):
    looking_back(world)
    happen(world, *(late(TODAY, code) for code in ("H32.03", "H32.03", "H32.04")))
    merge(world, successor(world), "H32.03", "H32.04")
    assert len(cases(world)) == 1
    actor, at = world.actor("admin"), world.clock()
    for code in ("H32.03", "H32.04"):
        with world.unit() as unit, counted_anew(unit.escalation, actor, at=at):
            stands_again(
                unit.agencies, unit.history, actor, world.agencies[code].id, reason="x", at=at
            )
    assert cases(world) == []
    [gone] = cases(world, retracted=True)
    with world.office.reading() as unit:
        entry = entries_about(unit.connection, Subject.ESCALATION, gone.number)[0].entry
    assert entry.given["because"] == "agencies_changed"


def test_a_merge_into_the_wrong_agency_is_put_right_and_dated_back(world):
    looking_back(world)
    happen(world, *(late(TODAY, "H32.03") for _ in range(3)))
    merge(world, world.agencies["H32.05"], "H32.03")
    assert [dict(case.group)["agency"] for case in cases(world)] == ["H32.05"]
    actor, at, old = world.actor("admin"), world.clock(), world.agencies["H32.03"].id
    with world.unit() as unit, counted_anew(unit.escalation, actor, at=at):
        stands_again(unit.agencies, unit.history, actor, old, reason="Nhầm", at=at)
    merge(world, successor(world), "H32.03", on=TODAY - timedelta(days=20))
    assert [dict(case.group)["agency"] for case in cases(world)] == ["H32.77"]
    with world.office.reading() as unit:
        organisation = unit.review.organisation(TODAY, "")
    assert organisation.origins(world.agencies["H32.05"].id) == {world.agencies["H32.05"].id}


def test_another_code_leaves_the_case_what_it_was(world):
    enact(world)
    happen(world, *(late(TODAY, "H32.04") for _ in range(3)))
    [before] = cases(world)
    actor, at, agency = world.actor("admin"), world.clock(), world.agencies["H32.04"]
    facts = AgencyFacts(
        code="H32.44", name=agency.name, tier=agency.tier, valid_from=agency.valid_from,
        parent_id=agency.parent_id,
    )  # fmt: skip
    with world.unit() as unit, counted_anew(unit.escalation, actor, at=at):
        change_agency(unit.agencies, unit.history, actor, agency.id, facts, reason="x", at=at)
    [after] = cases(world)
    assert (after.id, after.state) == (before.id, before.state)
    assert dict(after.group)["agency"] == "H32.44"
    assert cases(world, retracted=True) == []


def test_a_province_may_let_merged_agencies_begin_from_nothing(world):
    enact(world)
    happen(world, *(late(TODAY, "H32.03") for _ in range(4)))
    happen(world, late(TODAY, "H32.04"), late(TODAY, "H32.04"))
    [before] = cases(world)
    merge(world, successor(world), "H32.03", "H32.04")
    assert cases(world)[0].level == 2
    with world.unit() as unit:
        set_merging(unit.escalation, world.actor("admin"), Merging.FRESH, at=world.clock())
    [case] = cases(world)
    assert (case.id, case.level, dict(case.group)["agency"]) == (before.id, 1, "H32.03")
    with world.unit() as unit:
        set_merging(unit.escalation, world.actor("admin"), Merging.SUM, at=world.clock())
        [again] = stored_episodes(unit.connection)
    assert (again.level, dict(again.group)["agency"]) == (2, "H32.77")


def test_the_setting_is_the_admins(world):
    with world.unit() as unit, pytest.raises(Forbidden):
        set_merging(unit.escalation, world.actor("leader"), Merging.FRESH, at=world.clock())


def test_a_merge_recorded_on_the_agencies_page_counts_anew(world):
    enact(world)
    happen(world, *(late(TODAY, code) for code in ("H32.03", "H32.03", "H32.04")))
    into = successor(world)
    client = world.sign_in("admin")
    page = client.get("/agencies/H32.03/hand-over").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    answer = client.post(
        "/agencies/H32.03/hand-over",
        data={
            "csrf_token": token, "kind": "merge", "act": "12/NQ-HĐND", "on": "23/08/2021",
            "predecessors": [str(world.agencies[code].id) for code in ("H32.03", "H32.04")],
            "successors": [str(into.id)], "predecessors_end": "y", "takes_over": "",
        },
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert [dict(case.group)["agency"] for case in cases(world)] == ["H32.77"]
