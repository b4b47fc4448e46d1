"""After 1 July 2025 no label speaks of districts as if they stood."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from workflow.agencies.standard import STANDARD_GROUPS

BEFORE, AFTER = (datetime(2025, month, 1, 2, tzinfo=UTC) for month in (6, 7))


@pytest.fixture
def fresh(world):
    """A province that never had districts, with the groups of an installation."""
    with world.unit() as unit:
        unit.connection.exec_driver_sql("DELETE FROM agency_groups")
        unit.connection.exec_driver_sql(
            "UPDATE agencies SET tier = 'commune' WHERE tier = 'district'"
        )
        unit.agencies.install_groups(STANDARD_GROUPS)
    return world


def groups_offered(world):
    page = world.sign_in("office").get("/documents/new").text
    return {re.sub(r"\s+", " ", name) for name in re.findall(r">(Nhóm: [^<]+)<", page)}


def test_a_group_that_never_held_anybody_is_not_offered(fresh):
    fresh.clock.at = AFTER
    assert not any("cấp huyện" in name for name in groups_offered(fresh))
    assert any("UBND cấp xã" in name for name in groups_offered(fresh))


@pytest.mark.parametrize(("at", "told"), [(BEFORE, ""), (AFTER, " (đến 30/06/2025)")])
def test_a_group_of_districts_says_until_when_they_stood(world, at, told):
    world.clock.at = at
    assert ("Nhóm: UBND cấp huyện" in groups_offered(world)) == (at == BEFORE)
    page = world.sign_in("admin").get("/agency-groups/").text
    assert f"UBND cấp huyện{told}</h2>" in page


def test_after_the_districts_no_group_or_tier_speaks_of_their_level(fresh):
    fresh.clock.at = AFTER
    admin = fresh.sign_in("admin")
    assert "cấp huyện" not in admin.get("/agencies/new").text
    groups = admin.get("/agency-groups/").text
    assert 'id="group-districts"' not in groups
    everybody = groups.partition('id="group-all_agencies"')[2].partition("</section>")[0]
    assert "UBND cấp xã" in everybody
    assert "huyện" not in everybody.partition("Gồm các cấp")[2].partition("</dd>")[0]
