"""Who had to wait for a directive reads it with all that the one before kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from world import World

from workflow.directives.records import Action, Directive
from workflow.directives.usecases import take_action

LONG_ENOUGH = 0.3
"""Seconds after which the second has certainly begun to wait."""


def _read_to_write(world: World, number: str) -> Directive | None:
    with world.office.writing() as unit:
        return unit.directives.directive(number)


def _meanwhile(world: World, who: str, number: str, action: Action, **given: object) -> Directive:
    """Act, and let somebody else ask for the directive to write on it before the act is kept."""
    actor = world.actor(who)
    with ThreadPoolExecutor() as threads:
        with world.office.writing() as unit:
            ground = world.office.ground(unit)
            take_action(unit.directives, actor, number, action, given, ground=ground)
            second = threads.submit(_read_to_write, world, number)
            sleep(LONG_ENOUGH)
        found = second.result(timeout=30)
    assert found is not None
    return found


def test_a_piece_of_evidence_brought_meanwhile_is_seen(world: World) -> None:
    (one,) = world.issue()
    accepted = world.act("clerk", one.number, Action.ACCEPT)
    found = _meanwhile(
        world, "clerk", one.number, Action.UPDATE, done="Một nửa", files=(world.file(),)
    )
    assert [piece.name for piece in found.evidence] == ["bao-cao.pdf"]
    assert found.version == accepted.version + 1


def test_a_proposal_made_meanwhile_is_seen(world: World) -> None:
    (one,) = world.issue()
    world.act("clerk", one.number, Action.ACCEPT)
    found = _meanwhile(
        world, "clerk", one.number, Action.UPDATE, done="Một nửa", proposal="Xin thêm người"
    )
    assert [one.text for one in found.proposals] == ["Xin thêm người"]


@pytest.mark.parametrize("lead", ["H32.04", "H32.11"])
def test_another_lead_given_meanwhile_is_seen(world: World, lead: str) -> None:
    (one,) = world.issue()
    to = world.agencies[lead]
    found = _meanwhile(
        world, "office", one.number, Action.REASSIGN, agency=to.id, reason="Đúng chức năng hơn"
    )
    assert (found.lead_agency_id, found.lead_path) == (to.id, to.path)
