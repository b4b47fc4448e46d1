"""The standard groups over the end of the districts: who stands for "địa phương" on which day."""

from datetime import date

import pytest

from workflow.agencies.records import Agency, Tier
from workflow.agencies.rules import members_on
from workflow.agencies.standard import STANDARD_GROUPS, phrases_on, tiers_told

IN_2021, LAST, FIRST = date(2021, 8, 23), date(2025, 6, 30), date(2025, 7, 1)
LIVES = [
    (Tier.DEPARTMENT, date(2016, 1, 1), None),
    (Tier.DISTRICT, date(2016, 1, 1), LAST),
    (Tier.COMMUNE, date(2016, 1, 1), None),
    (Tier.SPECIAL_ZONE, FIRST, None),
    (Tier.SERVICE_CENTRE, date(2016, 1, 1), None),
    (Tier.VERTICAL, date(2016, 1, 1), None),
]
AGENCIES = [
    Agency(id=place, code=tier, name=tier, tier=tier, parent_id=None, path=f"/{place}/",
           is_office=False, valid_from=since, valid_to=until)
    for place, (tier, since, until) in enumerate(LIVES, start=1)
]  # fmt: skip
MEMBERS = """\
departments  | 2021-08-23 | department
districts    | 2025-06-30 | district
districts    | 2025-07-01 |
communes     | 2021-08-23 | commune
communes     | 2025-07-01 | commune special_zone
all_agencies | 2021-08-23 | department district
all_agencies | 2025-06-30 | department district
all_agencies | 2025-07-01 | commune department special_zone
"""


@pytest.mark.parametrize("line", MEMBERS.splitlines())
def test_a_group_holds_whom_its_words_mean_on_the_day(line):
    code, day, members = (part.strip() for part in line.split("|"))
    group = next(group for group in STANDARD_GROUPS if group.code == code)
    found = members_on(group, AGENCIES, date.fromisoformat(day))
    assert sorted(agency.code for agency in found) == members.split()


def test_a_group_says_districts_only_while_they_stood():
    group = next(group for group in STANDARD_GROUPS if group.code == "all_agencies")
    assert Tier.DISTRICT in tiers_told(group, LAST)
    assert Tier.DISTRICT not in tiers_told(group, FIRST)
    assert Tier.COMMUNE in tiers_told(group, FIRST)
    assert Tier.COMMUNE not in tiers_told(group, IN_2021)


@pytest.mark.parametrize(("day", "stands"), [(LAST, True), (FIRST, False)])
def test_words_that_speak_of_districts_stand_for_nobody_once_they_are_gone(day, stands):
    groups = {group.code: group for group in STANDARD_GROUPS}
    everybody = phrases_on(groups["all_agencies"], day)
    assert ("các sở, ban, ngành và UBND cấp huyện" in everybody) is stands
    assert "các sở, ban, ngành, địa phương" in everybody
    assert "UBND cấp huyện" in phrases_on(groups["districts"], day)
    assert "UBND các xã, phường, đặc khu" in phrases_on(groups["communes"], day)
