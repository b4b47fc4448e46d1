"""The tree of agencies kept by the admin: each change with its day, its act and its entry."""

from __future__ import annotations

from datetime import date

import pytest
from treework import LAND, carry, facts, file_of, key, merged, names_on, told

from models.agencies.page import workload
from models.agencies.queries import code_now
from workflow.agencies.aliases import add_alias, remove_alias
from workflow.agencies.divisions import add_division, end_division
from workflow.agencies.groups import add_group, change_group
from workflow.agencies.records import (
    AgencyGroup,
    Handover,
    SuccessionKind,
    Tier,
)
from workflow.agencies.successions import hand_over
from workflow.agencies.usecases import (
    add_agency,
    change_agency,
    end_agency,
    rename_agency,
    stands_again,
)
from workflow.errors import Forbidden, Invalid, NotFound


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
