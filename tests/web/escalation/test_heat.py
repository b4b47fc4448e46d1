"""Where it burns: the heat map, near misses, who came back, and what keeps silent."""

import re
from datetime import timedelta

import pytest
from ruling import TODAY, enact, happen, late


def test_the_heat_map_shows_agencies_by_month_and_only_within_the_scope(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)), *(late(TODAY, "H32.04") for _ in range(3)))
    page = world.sign_in("leader").get("/escalation/heat").text
    assert "Sở Xây dựng" in page
    assert "Sở Tài nguyên và Môi trường nhiều nhất" in page or "Sở Xây dựng nhiều nhất" in page
    page = world.sign_in("clerk").get("/escalation/heat").text
    assert "Sở Tài nguyên và Môi trường" in page
    assert ">Sở Xây dựng<" not in page
    assert world.sign_in("admin").get("/escalation/heat").status_code == 404


def test_each_figure_of_the_heat_map_opens_as_many_cases(world):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    leader = world.sign_in("leader")
    table = leader.get("/escalation/heat").text.partition('class="dd-heat"')[2]
    found = re.findall(r'<a href="(/review/[^"]+opened=[^"]+)">(\d+)</a>', table)
    assert len(found) > 1
    for url, number in found:
        text = leader.get(url.replace("&amp;", "&")).text
        assert re.search(rf'class="dd-total"[^>]*>\s*{number} ', text), url


def test_a_near_miss_says_what_is_missing_and_until_when(world):
    enact(world)
    happen(world, late(TODAY), late(TODAY - timedelta(days=4)))
    page = world.sign_in("inspector").get("/escalation/heat").text
    told = "2 trên 3; thêm một vi phạm đến hết ngày 17/09/2021 là chạm mức 1"
    assert told in page
    assert told in world.sign_in("inspector").get("/review/").text
    assert told not in world.sign_in("other_clerk").get("/review/").text


def test_who_came_back_three_times_within_a_year_is_named(world):
    enact(
        world, from_on=TODAY - timedelta(days=300), retroactive=True, retroactive_reason="Rà soát"
    )
    for back in (200, 120, 40):
        happen(world, *(late(TODAY - timedelta(days=back)) for _ in range(3)))
    page = world.sign_in("leader").get("/escalation/heat").text
    assert "Không nhóm nào có từ 3 vụ việc" not in page


def test_a_silence_explains_itself(world):
    enact(world)
    happen(world, late(TODAY), late(TODAY), late(TODAY, field=""))
    truth = happen(world, late(TODAY))
    inspector = world.sign_in("inspector")
    with world.unit() as unit:
        truth.connection = unit.connection
        key = max(truth.occurrences)
        truth.turn(key, overturned=True)
    page = inspector.get("/escalation/silence?rule=MC-01&agency=H32.03&field=đất đai").text
    assert "Chưa đủ điểm" in page
    assert "2 trên 3" in page
    assert "Không tính: không tính là vi phạm" in page
    assert "Không tính: thiếu giá trị" in page
    other = world.sign_in("other_clerk")
    assert other.get("/escalation/silence?rule=MC-01&agency=H32.03&field=x").status_code == 404
    assert inspector.get("/escalation/silence?rule=XX&agency=H32.03").status_code == 404


@pytest.mark.parametrize("year", ["99999", "10000", "0", "-1", "x", "\u00b2"])
def test_a_year_that_is_none_shows_the_latest(world, year):
    enact(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    client = world.sign_in("leader")
    page = client.get("/escalation/heat", query_string={"year": year})
    assert page.status_code == 200
    assert headings(page.text) == headings(client.get("/escalation/heat").text)


def headings(text):
    return re.findall(r"<(?:h1|h2|caption)[^>]*>.*?</", text, re.DOTALL)
