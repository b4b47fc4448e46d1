"""The demo's agencies are the province's of 2021, and the real sheet's words find them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from web.demo.agencies import seed_agencies
from workflow.agencies.matching import KnownAgency, KnownNames, match_cell
from workflow.agencies.records import Tier
from workflow.agencies.rules import members_on
from workflow.agencies.standard import STANDARD_GROUPS

SINCE = date(2016, 1, 1)
DAY = date(2021, 8, 20)
LIST = Path(__file__).parents[3].parent / "shared/data/agencies_khanh_hoa_2021.csv"


@pytest.fixture
def province(app):
    with app.extensions["office"].writing() as unit:
        seed_agencies(unit, SINCE)
    with app.extensions["office"].reading() as unit:
        yield unit


def test_there_are_thirty_agencies_under_the_province(province):
    agencies = province.agencies.agencies()
    by_tier = {tier: [a for a in agencies if a.tier is tier] for tier in Tier}
    assert len(by_tier[Tier.PROVINCE]) == 1
    assert (len(by_tier[Tier.DEPARTMENT]), len(by_tier[Tier.DISTRICT])) == (21, 9)
    assert [a.name for a in agencies if a.is_office] == ["Văn phòng UBND tỉnh"]


@pytest.mark.skipif(not LIST.exists(), reason="the shared list is not beside this clone")
def test_names_and_tiers_are_those_of_the_shared_list(province):
    with LIST.open(encoding="utf-8") as file:
        listed = {(row["name"], row["tier"]) for row in csv.DictReader(file)}
    seeded = {
        (a.name, a.tier.value)
        for a in province.agencies.agencies()
        if a.tier in {Tier.DEPARTMENT, Tier.DISTRICT}
    }
    assert seeded == listed


WORDS = [
    ("Sở TN&MT", "Sở Tài nguyên và Môi trường"),
    ("sở tnmt", "Sở Tài nguyên và Môi trường"),
    ("So Tai nguyen va Moi truong", "Sở Tài nguyên và Môi trường"),
    ("VP UBND tỉnh", "Văn phòng UBND tỉnh"),
    ("Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng UBND tỉnh"),
    ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
    ("Sở Lao động, Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
    ("UBND TP. Nha Trang", "UBND thành phố Nha Trang"),
    ("000.00.10.H32", "Sở Tài nguyên và Môi trường"),
    ("H32.10", "Sở Tài nguyên và Môi trường"),
    ("KBNN tỉnh", "Kho bạc Nhà nước tỉnh"),
]


@pytest.mark.parametrize(("words", "name"), WORDS)
def test_short_words_and_old_codes_find_the_agency(province, words, name):
    names = KnownNames(province.agencies.known_agencies(DAY), province.agencies.known_groups())
    (match,) = match_cell(words, names)
    assert match.is_settled
    assert names.agencies[match.agency_id or 0].name == name


GROUP_WORDS = [
    ("Các sở, ban, ngành", "departments", 21),
    ("UBND các huyện, thị xã, thành phố", "districts", 9),
    ("UBND các xã, phường, thị trấn", "communes", 0),
    ("Người đứng đầu các cơ quan, đơn vị, địa phương", "all_agencies", 30),
]


@pytest.mark.parametrize(("words", "code", "count"), GROUP_WORDS)
def test_groups_are_found_and_resolved(province, words, code, count):
    names = KnownNames(province.agencies.known_agencies(DAY), province.agencies.known_groups())
    (match,) = match_cell(words, names)
    assert match.group_code == code
    group = next(g for g in province.agencies.groups() if g.code == code)
    assert len(members_on(group, province.agencies.agencies(), DAY)) == count


def test_no_word_stands_for_two_agencies(province):
    known = province.agencies.known_agencies(DAY)
    names = KnownNames(known, province.agencies.known_groups())
    for agency in known:
        assert isinstance(agency, KnownAgency)
        for words in (agency.name, *agency.aliases):
            (match,) = match_cell(words, names)
            assert match.agency_id == agency.id, words


def test_group_codes_are_unique():
    assert len({group.code for group in STANDARD_GROUPS}) == len(STANDARD_GROUPS)


def test_standard_groups_are_installed_once_and_never_over_a_provinces_own(app):
    office = app.extensions["office"]
    with office.writing() as unit:
        assert unit.agencies.install_groups(STANDARD_GROUPS) == len(STANDARD_GROUPS)
    with office.writing() as unit:
        assert unit.agencies.install_groups(STANDARD_GROUPS) == 0
        assert len(unit.agencies.groups()) == len(STANDARD_GROUPS)
