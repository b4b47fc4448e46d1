"""Divisions, groups and learned words of agencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from treework import LAND, carry, file_of, key, told

from models.agencies.queries import tree_on
from workflow.agencies.aliases import add_alias, remove_alias
from workflow.agencies.divisions import add_division, end_division
from workflow.agencies.groups import add_group, change_group
from workflow.agencies.records import (
    AgencyGroup,
    Tier,
)
from workflow.agencies.rules import members_on
from workflow.errors import Invalid, NotFound


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
