"""The write path asks the database a bounded number of times, and sees what others just kept."""

from __future__ import annotations

from contextlib import contextmanager

from sqlalchemy import event
from world import World

from workflow.directives.records import Action


@contextmanager
def statements(world: World):
    """Collect every statement that is sent meanwhile."""
    seen: list[str] = []

    def note(connection, cursor, statement, *_: object) -> None:
        seen.append(statement)

    event.listen(world.office.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(world.office.engine, "before_cursor_execute", note)


def _asked(world: World, who: str, number: str, action: Action, **given: object) -> int:
    actor = world.actor(who)
    with statements(world) as seen:
        world.act(actor, number, action, **given)
    return len([line for line in seen if not line.startswith("BEGIN")])


TOLD = 1
"""The notice that an act leaves in the outbox of its own transaction (product.md, section 10)."""


def test_an_act_asks_at_most_seven_times_and_once_to_tell_of_it(world: World) -> None:
    (one,) = world.issue()
    number = one.number
    assert _asked(world, "clerk", number, Action.ACCEPT) <= 6
    given = {"result": "Xong", "report_number": "1/BC"}
    assert _asked(world, "clerk", number, Action.REPORT, **given) <= 7 + TOLD
    assert _asked(world, "office", number, Action.VERIFY, verdict="met") <= 7 + TOLD


def test_more_directives_do_not_cost_more_statements(world: World) -> None:
    (first,) = world.issue()
    alone = _asked(world, "clerk", first.number, Action.ACCEPT)
    (one, *_) = world.issue(*(world.clause(place) for place in range(1, 21)))
    assert _asked(world, "clerk", one.number, Action.ACCEPT) == alone


def test_a_directive_is_loaded_with_all_that_stands_beside_it(world: World) -> None:
    (one,) = world.issue(world.clause(lead="H32.10", coordinating=("H32.04", "H32.11")))
    loaded = world.directive(one.number)
    assert loaded.coordinating == {world.agencies["H32.04"].id, world.agencies["H32.11"].id}
    assert set(loaded.coordinating_paths) == {
        world.agencies["H32.04"].path,
        world.agencies["H32.11"].path,
    }
    assert (loaded.parts, loaded.evidence) == ((), ())
    world.act("district", one.number, Action.ACCEPT)
    commune = world.agencies["H32.10.1"].id
    due = one.due_on.replace(day=1)
    world.act(
        "district", one.number, Action.HAND_DOWN, agency=commune, content="Phần xã", due_on=due
    )
    world.act("district", one.number, Action.UPDATE, done="Một nửa", files=(world.file(),))
    loaded = world.directive(one.number)
    assert [part.agency_name for part in loaded.parts] == ["UBND xã Cam Tân"]
    assert [piece.name for piece in loaded.evidence] == ["bao-cao.pdf"]


def test_reports_of_one_directive_are_numbered_one_after_the_other(world: World) -> None:
    from sqlalchemy import select

    from models.directives.rows import ReportRow

    (one,) = world.issue()
    world.act("clerk", one.number, Action.ACCEPT)
    for _ in range(3):
        world.report(one.number)
        world.act("clerk", one.number, Action.RECALL, reason="Sót số liệu")
    with world.unit() as unit:
        serials = unit.connection.execute(select(ReportRow.serial).order_by(ReportRow.id))
        assert list(serials.scalars()) == [1, 2, 3]
