"""Agencies that end, merge, split and hand their work over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from treework import LAND, carry, file_of, key, merged, names_on, told

from workflow.agencies.records import (
    SuccessionKind,
)
from workflow.agencies.successions import hand_over
from workflow.agencies.usecases import (
    end_agency,
    stands_again,
)
from workflow.errors import Invalid, Refused


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


def test_an_end_taken_back_takes_back_whom_it_made_successors(world):
    carry(world, hand_over, merged(world))
    carry(world, hand_over, merged(world, predecessor_ids=(key(world, "H32.02"),),
          successor_ids=(key(world, "H32.05"),), predecessors_end=False))  # fmt: skip
    assert [one.code for one in file_of(world, LAND).heirs] == ["H32.02"]
    assert file_of(world, "H32.02").heirs == ()
    carry(world, stands_again, key(world, LAND), reason="Nhập nhầm")
    assert file_of(world, LAND).successors == ()
    assert [one.code for one in file_of(world, "H32.02").predecessors] == ["H32.04"]
    assert [one.code for one in file_of(world, "H32.02").successors] == ["H32.05"]
    assert told(world)[-2:] == [("change_agency", LAND), ("undo_hand_over", "H32.02")]
    carry(world, end_agency, key(world, LAND), last_day=date(2021, 1, 31), act="2/NQ")
    assert file_of(world, LAND).successors == ()
