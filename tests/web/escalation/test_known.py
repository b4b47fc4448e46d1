"""What was known on an earlier evening."""

from datetime import timedelta

from rule_pages import statements
from ruling import TODAY, enact, happen, late
from violating import recorded

from workflow.agencies.successors import Merging
from workflow.escalation.succeeding import set_merging
from workflow.violations.judging import Said, act_on
from workflow.violations.records import ViolationAction


def test_an_earlier_evening_shows_what_was_known_beside_what_is_known_now(world):
    enact(world, from_on=TODAY - timedelta(days=9), retroactive=True, retroactive_reason="x")
    made = [recorded(world, type="V16", field_text="đất đai") for _ in range(3)]
    world.clock.at += timedelta(days=1)
    with world.unit() as unit:
        said = Said(reason="Trễ ảo")
        act_on(
            unit.violations, world.actor("office"), made[0].id, ViolationAction.OVERTURN, said,
            at=world.clock(),
        )  # fmt: skip
    page = world.sign_in("inspector").get("/escalation/known?day=23/08/2021").text
    assert "Tối 23/08/2021 biết 1 vụ việc; 1 chỗ khác với nay." in page
    assert all(f"VP-{one.id}" in page for one in made)
    assert "nay không còn căn cứ" in page
    assert "VPNL-2021-0001" in page
    told = world.sign_in("foreign").get("/escalation/known?day=23/08/2021").text
    assert "Ngày này không có vụ việc nào" in told
    assert "VPNL" not in told
    wrong = world.sign_in("inspector").get("/escalation/known?day=31/02/2021").text
    assert "Hãy gõ một ngày đã qua" in wrong


def test_what_was_known_costs_eight_statements_and_follows_a_change_of_counting(world):
    enact(world, from_on=TODAY - timedelta(days=9), retroactive=True, retroactive_reason="x")
    happen(world, *(late(TODAY) for _ in range(3)))
    address = "/escalation/known?day=23/08/2021"
    for who in ("clerk", "inspector"):
        client = world.sign_in(who)
        client.get(address)
        few = statements(world, client, address)
        assert few <= 8
    with world.unit() as unit:
        set_merging(unit.escalation, world.actor("admin"), Merging.FRESH, at=world.clock())
    assert statements(world, client, address) > few, "who answers for whom is read anew"
    assert statements(world, client, address) == few
