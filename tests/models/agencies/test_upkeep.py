"""Keeping the tree of agencies, on both databases: added, renamed, ended, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.agencies.page import open_agency, workload
from models.agencies.queries import code_now, tree_on
from workflow.agencies.aliases import add_alias, remove_alias
from workflow.agencies.divisions import add_division, end_division
from workflow.agencies.groups import add_group, change_group
from workflow.agencies.records import (
    AgencyFacts,
    AgencyGroup,
    Handover,
    SuccessionKind,
    Tier,
)
from workflow.agencies.rules import members_on
from workflow.agencies.successions import hand_over
from workflow.agencies.usecases import (
    add_agency,
    change_agency,
    end_agency,
    rename_agency,
    stands_again,
)
from workflow.errors import Forbidden, Invalid, NotFound, Refused

LAND = "H32.03"


def facts(world, **more):
    values = {
        "code": "H32.33",
        "name": "Sở Nông nghiệp và Môi trường",
        "tier": Tier.DEPARTMENT,
        "valid_from": date(2021, 3, 1),
        "parent_id": world.agencies["H32"].id,
    }
    return AgencyFacts(**(values | more))


def carry(world, deed, *args, who="admin", **kwargs):
    with world.unit() as unit:
        return deed(
            unit.agencies, unit.history, world.actor(who), *args, at=world.clock(), **kwargs
        )


def key(world, code):
    return world.agencies[code].id


def file_of(world, code, day=date(2021, 8, 23)):
    with world.office.reading() as unit:
        return open_agency(unit.connection, code, day)


def names_on(world, day, words=""):
    with world.office.reading() as unit:
        return [node.name for node in tree_on(unit.connection, day, words)]


def told(world):
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        return [(s.entry.action, s.entry.subject_key) for s in unit.history.walk()]


def test_an_agency_is_added_with_its_place_in_the_tree(world):
    made = carry(world, add_agency, facts(world, name="  Sở  Nông nghiệp và Môi trường "))
    assert made.path == f"{world.agencies['H32'].path}{made.id}/"
    assert made.name == "Sở Nông nghiệp và Môi trường"
    assert "Sở Nông nghiệp và Môi trường" in names_on(world, date(2021, 3, 1))
    assert "Sở Nông nghiệp và Môi trường" not in names_on(world, date(2021, 2, 28))
    assert told(world) == [("add_agency", "H32.33")]


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ({"code": ""}, {"code": "required"}),
        ({"code": "H 32"}, {"code": "code_form"}),
        ({"code": "a/b"}, {"code": "code_form"}),
        ({"code": "new"}, {"code": "code_form"}),
        ({"code": "x" * 65}, {"code": "code_form"}),
        ({"code": LAND}, {"code": "code_taken"}),
        ({"name": " "}, {"name": "required"}),
        ({"name": "x" * 501}, {"name": "too_long"}),
        ({"gso_code": "56a"}, {"gso_code": "not_a_number"}),
        ({"valid_to": date(2021, 2, 1)}, {"valid_to": "period_reversed"}),
        ({"parent_id": None}, {"parent_id": "required"}),
        ({"parent_id": 999}, {"parent_id": "not_an_agency"}),
        ({"valid_from": date(2019, 1, 1)}, {"parent_id": "agency_not_standing"}),
        ({"tier": Tier.PROVINCE}, {"parent_id": "province_has_no_parent"}),
        ({"code": "", "name": ""}, {"code": "required", "name": "required"}),
    ],
)
def test_what_cannot_stand_is_refused_field_by_field(world, more, errors):
    with pytest.raises(Invalid) as refusal:
        carry(world, add_agency, facts(world, **more))
    assert refusal.value.errors == errors
    assert told(world) == []


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "head", "clerk", "officer"])
def test_only_the_admin_keeps_the_tree(world, who):
    land = key(world, LAND)
    group = AgencyGroup(code="x", name="X", tiers=frozenset({Tier.COMMUNE}))
    handover = Handover(
        predecessor_ids=(land,), successor_ids=(key(world, "H32.04"),),
        kind=SuccessionKind.MERGE, act="1/NQ", on=date(2021, 8, 1),
    )  # fmt: skip
    acts = (
        (add_agency, (facts(world),), {}),
        (change_agency, (land, facts(world)), {"reason": "x"}),
        (rename_agency, (land,), {"name": "X", "on": date(2021, 8, 1), "act": "1"}),
        (end_agency, (land,), {"last_day": date(2021, 8, 1), "act": "1"}),
        (stands_again, (land,), {"reason": "x"}),
        (hand_over, (handover,), {}),
        (add_alias, (land,), {"alias": "x"}),
        (remove_alias, (land, 1), {}),
        (add_division, (land,), {"name": "x", "valid_from": date(2021, 8, 1)}),
        (end_division, (land, 1), {"last_day": date(2021, 8, 1)}),
        (add_group, (group,), {}),
        (change_group, (group,), {}),
    )
    for act, args, kwargs in acts:
        with pytest.raises(Forbidden):
            carry(world, act, *args, who=who, **kwargs)
    assert told(world) == []


def test_a_new_name_keeps_the_old_one_by_period(world):
    land = key(world, LAND)
    carry(world, rename_agency, land, name="Sở Đất đai", on=date(2021, 3, 1), act="1/QĐ")
    carry(world, rename_agency, land, name="Sở Đất và Nước", on=date(2021, 6, 1), act="2/QĐ")
    days = (date(2020, 1, 1), date(2021, 2, 28), date(2021, 3, 1), date(2021, 5, 31),
            date(2021, 6, 1), date(2021, 8, 23))  # fmt: skip
    shown = [names_on(world, day, "so") for day in days]
    assert [next(n for n in names if "Sở" in n and ("Tài nguyên" in n or "Đất" in n))
            for names in shown] == [
        "Sở Tài nguyên và Môi trường", "Sở Tài nguyên và Môi trường", "Sở Đất đai", "Sở Đất đai",
        "Sở Đất và Nước", "Sở Đất và Nước",
    ]  # fmt: skip
    with world.office.reading() as unit:
        known = next(k for k in unit.agencies.known_agencies(date(2021, 8, 23)) if k.id == land)
    assert {"Sở Tài nguyên và Môi trường", "Sở Đất đai"} <= set(known.aliases)


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"name": ""}, {"name": "required"}),
        ({"name": "Sở Tài nguyên và Môi trường"}, {"name": "no_change"}),
        ({"on": date(2020, 1, 1)}, {"on": "before_name"}),
        ({"on": date(2021, 8, 24)}, {"on": "date_future"}),
        ({"act": " "}, {"act": "required"}),
    ],
)
def test_a_name_that_cannot_be_given_is_refused(world, given, errors):
    values = {"name": "Sở Đất đai", "on": date(2021, 3, 1), "act": "1/QĐ"} | given
    with pytest.raises(Invalid) as refusal:
        carry(world, rename_agency, key(world, LAND), **values)
    assert refusal.value.errors == errors


def test_an_agency_ends_only_when_nothing_below_it_stands(world):
    district, commune, other = (key(world, c) for c in ("H32.10", "H32.10.1", "H32.10.2"))
    with pytest.raises(Refused) as refusal:
        carry(world, end_agency, district, last_day=date(2021, 6, 30), act="1/NQ")
    assert refusal.value.code == "units_standing"
    assert set(refusal.value.params["units"]) == {"UBND xã Cam Tân", "UBND xã Suối Cát"}
    for unit in (commune, other):
        carry(world, end_agency, unit, last_day=date(2021, 6, 30), act="1/NQ")
    carry(world, end_agency, district, last_day=date(2021, 6, 30), act="1/NQ")
    assert "UBND huyện Cam Lâm" in names_on(world, date(2021, 6, 30))
    assert "UBND huyện Cam Lâm" not in names_on(world, date(2021, 7, 1))
    carry(world, stands_again, district, reason="nhập nhầm")
    assert "UBND huyện Cam Lâm" in names_on(world, date(2021, 7, 1))
    with pytest.raises(Refused):
        carry(world, stands_again, district, reason="lại")


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"last_day": date(2019, 1, 1)}, {"last_day": "period_reversed"}),
        ({"act": ""}, {"act": "required"}),
    ],
)
def test_an_end_needs_its_day_and_act(world, given, errors):
    values = {"last_day": date(2021, 6, 30), "act": "1/NQ"} | given
    with pytest.raises(Invalid) as refusal:
        carry(world, end_agency, key(world, "H32.11"), **values)
    assert refusal.value.errors == errors


def merged(world, **more):
    values = {
        "predecessor_ids": (key(world, LAND), key(world, "H32.04")),
        "successor_ids": (key(world, "H32.02"),),
        "kind": SuccessionKind.MERGE,
        "act": "01/NQ-HĐND",
        "on": date(2021, 3, 1),
        "takes_over": "Toàn bộ chức năng,\r\n hồ sơ",
    }
    return Handover(**(values | more))


def test_a_merger_ends_the_old_and_is_told_on_both_sides(world):
    carry(world, hand_over, merged(world))
    old, new = file_of(world, LAND), file_of(world, "H32.02")
    assert old.agency.valid_to == date(2021, 2, 28)
    [succession] = old.successors
    assert (succession.code, succession.kind) == ("H32.02", SuccessionKind.MERGE)
    assert (succession.act, succession.on) == ("01/NQ-HĐND", date(2021, 3, 1))
    assert succession.takes_over == "Toàn bộ chức năng,\nhồ sơ"
    assert [one.code for one in new.predecessors] == [LAND, "H32.04"]
    assert new.agency.valid_to is None
    assert [("hand_over", code) for code in (LAND, "H32.04", "H32.02")] == told(world)


def test_a_part_split_off_leaves_the_old_standing(world):
    carry(
        world,
        hand_over,
        merged(
            world, predecessor_ids=(key(world, LAND),),
            successor_ids=(key(world, "H32.04"), key(world, "H32.02")),
            kind=SuccessionKind.SPLIT, predecessors_end=False,
        ),
    )  # fmt: skip
    assert file_of(world, LAND).agency.valid_to is None
    assert [one.code for one in file_of(world, LAND).successors] == ["H32.04", "H32.02"]


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ({"act": " "}, {"act": "required"}),
        ({"predecessor_ids": ()}, {"predecessors": "required"}),
        ({"successor_ids": ()}, {"successors": "required"}),
        ({"on": date(2020, 1, 1)}, {"predecessors": "agency_not_standing"}),
        ({"on": date(2019, 1, 1)},
         {"predecessors": "agency_not_standing", "successors": "agency_not_standing"}),
        ({"takes_over": "x" * 2001}, {"takes_over": "too_long"}),
        ({"kind": SuccessionKind.SPLIT}, {"kind": "split_has_one_predecessor"}),
    ],
)  # fmt: skip
def test_a_handover_that_cannot_be_is_refused(world, more, errors):
    with pytest.raises(Invalid) as refusal:
        carry(world, hand_over, merged(world, **more))
    assert refusal.value.errors == errors


def test_a_handover_is_recorded_once_and_not_to_oneself(world):
    with pytest.raises(Invalid) as refusal:
        carry(world, hand_over, merged(world, successor_ids=(key(world, LAND),)))
    assert refusal.value.errors["successors"] == "same_agency"
    two = (key(world, "H32.02"), key(world, "H32.05"))
    with pytest.raises(Invalid) as refusal:
        carry(world, hand_over, merged(world, successor_ids=two))
    assert refusal.value.errors == {"kind": "merge_has_one_successor"}
    carry(world, hand_over, merged(world))
    with pytest.raises(Invalid) as refusal:
        carry(world, hand_over, merged(world))
    assert refusal.value.errors == {"successors": "succession_known"}


def test_a_district_goes_over_only_with_or_after_its_communes(world):
    district = merged(
        world, predecessor_ids=(key(world, "H32.10"),), successor_ids=(key(world, "H32.11"),)
    )
    with pytest.raises(Refused) as refusal:
        carry(world, hand_over, district)
    assert refusal.value.code == "units_standing"
    whole = replace(
        district,
        predecessor_ids=tuple(key(world, c) for c in ("H32.10", "H32.10.1", "H32.10.2")),
    )
    carry(world, hand_over, whole)
    assert file_of(world, "H32.10.1").agency.valid_to == date(2021, 2, 28)


def test_an_old_code_stays_known_and_leads_to_the_agency(world):
    land = world.agencies[LAND]
    carry(
        world, change_agency, land.id,
        facts(world, code="H32.30", name=land.name, valid_from=land.valid_from, gso_code="56"),
        reason="sai mã",
    )  # fmt: skip
    with world.office.reading() as unit:
        assert code_now(unit.connection, LAND) == "H32.30"
        assert code_now(unit.connection, "nowhere") is None
        entry = list(unit.history.walk())[-1].entry
    assert entry.before == {"code": LAND, "gso_code": ""}
    assert entry.after == {"code": "H32.30", "gso_code": "56"}
    with pytest.raises(NotFound):
        file_of(world, LAND)


def test_an_agency_moves_with_everything_below_it(world):
    carry(world, add_agency, facts(world, code="D", name="Cụm", tier=Tier.DEPARTMENT))
    with world.office.reading() as unit:
        new_home = unit.agencies.agency_by_code("D")
    district = world.agencies["H32.10"]
    carry(
        world, change_agency, district.id,
        facts(world, code=district.code, name=district.name, tier=district.tier,
              valid_from=date(2021, 3, 1), parent_id=new_home.id),
        reason="đặt sai chỗ",
    )  # fmt: skip
    with world.office.reading() as unit:
        found = {a.code: a.path for a in unit.agencies.agencies()}
    assert found["H32.10"] == f"{new_home.path}{district.id}/"
    assert found["H32.10.1"] == f"{found['H32.10']}{key(world, 'H32.10.1')}/"
    assert found["H32.11"] == world.agencies["H32.11"].path


@pytest.mark.parametrize("parent", ["H32.10", "H32.10.1"])
def test_an_agency_is_never_put_below_itself(world, parent):
    district = world.agencies["H32.10"]
    with pytest.raises(Invalid) as refusal:
        carry(
            world, change_agency, district.id,
            facts(world, code=district.code, name=district.name, tier=district.tier,
                  valid_from=district.valid_from, parent_id=key(world, parent)),
            reason="x",
        )  # fmt: skip
    assert refusal.value.errors == {"parent_id": "parent_below"}


def test_words_are_entered_once_and_forgotten(world):
    land = key(world, LAND)
    carry(world, add_alias, land, alias=" Sở  TN&MT ")
    for known in ("Sở TN&MT", "so tnmt", "SỞ TN-MT"):
        with pytest.raises(Invalid) as refusal:
            carry(world, add_alias, land, alias=known)
        assert refusal.value.errors == {"alias": "alias_known"}
    with pytest.raises(Invalid):
        carry(world, add_alias, land, alias="&&&")
    with pytest.raises(Invalid) as refusal:
        carry(world, add_alias, land, alias=file_of(world, "H32.04").agency.name)
    assert refusal.value.errors == {"alias": "name_of_another"}
    [alias] = file_of(world, LAND).aliases
    assert (alias.alias, alias.source) == ("Sở TN&MT", "entered")
    with pytest.raises(NotFound):
        carry(world, remove_alias, key(world, "H32.04"), alias.id)
    carry(world, remove_alias, land, alias.id)
    assert file_of(world, LAND).aliases == ()
    assert told(world) == [("add_alias", LAND), ("remove_alias", LAND)]


def test_divisions_have_a_life_of_their_own(world):
    land = key(world, LAND)
    made = carry(world, add_division, land, name="Phòng Đất đai", valid_from=date(2020, 5, 1))
    with pytest.raises(Invalid) as refusal:
        carry(world, add_division, land, name="Phòng Đất đai", valid_from=date(2021, 5, 1))
    assert refusal.value.errors == {"name": "division_known"}
    with pytest.raises(Invalid) as refusal:
        carry(world, add_division, land, name="Phòng", valid_from=date(2019, 5, 1))
    assert refusal.value.errors == {"valid_from": "agency_not_standing"}
    with pytest.raises(Invalid):
        carry(world, end_division, land, made, last_day=date(2020, 4, 1))
    carry(world, end_division, land, made, last_day=date(2021, 4, 1))
    [division] = file_of(world, LAND).divisions
    assert division.valid_to == date(2021, 4, 1)


def test_a_group_has_its_members_of_the_day(world):
    group = AgencyGroup(
        code="so-nganh", name=" Các sở ", phrases=("các sở", " các sở ", ""),
        tiers=frozenset({Tier.DEPARTMENT}), excluded=frozenset({key(world, "H32.05")}),
        communes_from=date(2025, 7, 1),
    )  # fmt: skip
    carry(world, add_group, group)
    carry(world, change_group, replace(group, included=frozenset({key(world, "H32.90")})))
    with world.office.reading() as unit:
        kept = next(g for g in unit.agencies.groups() if g.code == "so-nganh")
        members = members_on(kept, unit.agencies.agencies(), date(2021, 8, 23))
    assert (kept.name, kept.phrases) == ("Các sở", ("các sở",))
    assert kept.communes_from == date(2025, 7, 1)
    assert {a.code for a in members} == {"H32.01", "H32.02", LAND, "H32.04", "H32.90"}
    assert told(world) == [("add_group", "group:so-nganh"), ("change_group", "group:so-nganh")]
    carry(world, change_group, kept)
    assert len(told(world)) == 2


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ({"code": ""}, {"code": "required"}),
        ({"code": "Các Sở"}, {"code": "group_code_form"}),
        ({"code": "districts"}, {"code": "code_taken"}),
        ({"name": ""}, {"name": "required"}),
        ({"tiers": frozenset()}, {"tiers": "group_empty"}),
        ({"phrases": ("x" * 501,)}, {"phrases": "too_long"}),
        ({"included": frozenset({999})}, {"included": "not_an_agency"}),
        ({"included": frozenset({3}), "excluded": frozenset({3})}, {"excluded": "both_in_and_out"}),
    ],
)
def test_a_group_that_cannot_stand_is_refused(world, more, errors):
    group = AgencyGroup(code="x", name="X", tiers=frozenset({Tier.COMMUNE}))
    with pytest.raises(Invalid) as refusal:
        carry(world, add_group, replace(group, **more))
    assert refusal.value.errors == errors


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tai nguyen", [LAND]),
        ("TÀI NGUYÊN", [LAND]),
        ("h32.03", [LAND]),
        ("so tn", []),
        ("cam", ["H32.10", "H32.10.1"]),
        ("nothing", []),
        ("%", []),
    ],
)
def test_the_tree_is_searched_without_diacritics(world, words, found):
    with world.office.reading() as unit:
        nodes = tree_on(unit.connection, date(2021, 8, 23), words)
    assert sorted(node.code for node in nodes) == found


def test_three_tiers_and_two_live_in_one_tree_by_date(world):
    """Districts end with June 2025; the commune of July stands under the province."""
    from datetime import UTC, datetime

    world.clock.at = datetime(2025, 7, 2, tzinfo=UTC)
    new = carry(
        world, add_agency,
        facts(world, code="H32.C1", name="UBND xã Cam Lâm", tier=Tier.COMMUNE,
              valid_from=date(2025, 7, 1)),
    )  # fmt: skip
    carry(
        world, hand_over,
        merged(world, predecessor_ids=(key(world, "H32.10.1"), key(world, "H32.10.2")),
               successor_ids=(new.id,), on=date(2025, 7, 1), act="1667/NQ-UBTVQH15"),
    )  # fmt: skip
    carry(world, end_agency, key(world, "H32.10"), last_day=date(2025, 6, 30), act="NQ 203")
    before, after = names_on(world, date(2025, 6, 30)), names_on(world, date(2025, 7, 1))
    assert {"UBND huyện Cam Lâm", "UBND xã Cam Tân"} <= set(before)
    assert "UBND xã Cam Lâm" not in before
    assert not {"UBND huyện Cam Lâm", "UBND xã Cam Tân"} & set(after)
    assert "UBND xã Cam Lâm" in after


def test_work_is_counted_within_the_readers_scope(world):
    world.issue(*(world.clause(n) for n in range(1, 4)))
    world.clock.at = world.clock.at.replace(month=10, day=5)
    with world.office.reading() as unit:
        found = {
            who: workload(
                unit.connection, world.agencies[LAND], world.actor(who), world.office.today()
            )
            for who in ("office", "leader", "inspector", "clerk", "other_clerk", "commune", "admin")
        }
    assert {who: (w[0].open, w[0].overdue) if w else None for who, w in found.items()} == {
        "office": (3, 3), "leader": (3, 3), "inspector": (3, 3), "clerk": (3, 3),
        "other_clerk": None, "commune": None, "admin": None,
    }  # fmt: skip
