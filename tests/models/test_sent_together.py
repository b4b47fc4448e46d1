"""What an act keeps goes to PostgreSQL in one statement, and is judged as if it had gone singly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, create_engine, event, select, update
from world import World

from models.base import table_of
from models.directives.rows import DirectiveRow
from models.history.register import HistoryRegister
from models.prepared import Prepared
from models.together import together
from workflow.directives.records import Action
from workflow.directives.rules import changed_by
from workflow.errors import Stale
from workflow.history.records import Entry, Subject

DIRECTIVES = table_of(DirectiveRow)
REWRITE = Prepared(
    update(DIRECTIVES)
    .where(DIRECTIVES.c.number == bindparam("of"))
    .values(content=bindparam("new"))
)
ELSEWHERE = Entry(
    at=datetime(2021, 8, 23, 3, tzinfo=UTC), actor_id=1, actor_name="Người khác", role=None,
    agency_id=None, agency_name="", subject=Subject.CALENDAR, subject_key="2021-09-03",
    action="set",
)  # fmt: skip


def test_each_write_hears_how_many_rows_it_touched(world: World) -> None:
    (one,) = world.issue()
    heard: list[tuple[str, int]] = []
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_):
        sent.append(statement)

    with world.office.engine.begin() as connection, together(connection) as writes:
        if writes is None:
            assert world.office.engine.dialect.name == "sqlite"
            return
        for number in ("none", one.number):
            values = {"of": number, "new": f"Nội dung của {number}"}
            writes.add(REWRITE, values, lambda rows, of=number: heard.append((of, rows)))
        assert heard == []
        event.listen(world.office.engine, "before_cursor_execute", note)
        writes.send()
        event.remove(world.office.engine, "before_cursor_execute", note)
    assert heard == [("none", 0), (one.number, 1)]
    assert len(sent) == 1
    assert world.directive(one.number).content == f"Nội dung của {one.number}"


def test_a_step_over_an_older_version_is_stale_and_nothing_of_the_act_is_kept(
    world: World,
) -> None:
    (one,) = world.issue()
    world.act("clerk", one.number, Action.ACCEPT)
    now = world.directive(one.number)
    older = replace(now, version=now.version - 1)
    with world.office.reading() as unit:
        before = unit.history.head()
    with pytest.raises(Stale), world.office.writing() as unit, unit.directives.together():
        unit.directives.save_step(older, changed_by(older, {"progress": 50}))
        unit.directives.append(ELSEWHERE)
    assert world.directive(one.number) == now
    with world.office.reading() as unit:
        assert unit.history.head() == before
        assert unit.history.verify().ok


def test_an_entry_is_sealed_anew_where_another_process_moved_the_head(world: World) -> None:
    (one,) = world.issue()
    world.act("clerk", one.number, Action.ACCEPT)
    other = create_engine(world.office.engine.url)
    try:
        with other.begin() as connection:
            HistoryRegister(connection).append(ELSEWHERE)
    finally:
        other.dispose()
    world.act("clerk", one.number, Action.UPDATE, done="Một nửa")
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        actions = [link.entry.action for link in unit.history.walk()]
    assert actions[-3:] == ["accept", "set", "update"]


def test_an_act_and_its_notice_are_kept_with_its_entry_or_not_at_all(world: World) -> None:
    from models.messages.rows import MessageRow

    (one,) = world.issue()
    world.act("clerk", one.number, Action.ACCEPT)

    def kinds() -> list[str]:
        with world.office.reading() as unit:
            asked = select(MessageRow.kind).order_by(MessageRow.id)
            return list(unit.connection.execute(asked).scalars())

    before = kinds()
    with (
        pytest.raises(ZeroDivisionError),
        world.office.writing() as unit,
        unit.directives.together(),
    ):
        now = unit.directives.directive(one.number)
        unit.directives.save_step(now, changed_by(now, {"progress": 50}))
        raise ZeroDivisionError
    assert kinds() == before
    assert world.directive(one.number).progress is None
    world.report(one.number)
    assert kinds() == [*before, "directive.report"]


def test_after_a_block_that_broke_off_a_write_goes_by_itself_again(world: World) -> None:
    """A line among many may be refused; what the next one keeps must not wait for nobody."""
    (one,) = world.issue()
    world.act("clerk", one.number, Action.ACCEPT)
    with world.office.writing() as unit:
        with (
            pytest.raises(ZeroDivisionError),
            unit.connection.begin_nested(),
            unit.directives.together(),
        ):
            raise ZeroDivisionError
        now = unit.directives.directive(one.number)
        unit.directives.save_step(now, changed_by(now, {"progress": 50}))
    assert world.directive(one.number).progress == 50
