"""The history as a database keeps it: sealed, append-only, and proved against falsification."""

import random
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import tampering
from sqlalchemy import create_engine, delete, event, insert, text, update
from sqlalchemy.exc import DBAPIError
from turns import Second
from world import staged

from models.base import WRITE
from models.history.register import HistoryRegister, _values
from models.history.rows import HistoryHeadRow, HistoryRow
from workflow.directives.records import Action
from workflow.history.records import Entry, Subject
from workflow.history.rules import EMPTY, verify_chain


@pytest.fixture
def written(world):
    """A province with a few dozen entries."""
    return staged(world, "a few dozen entries", _write)


def _write(world):
    for _ in range(3):
        [made] = world.issue()
        world.act("clerk", made.number, Action.ACCEPT)
        for step in range(6):
            world.act("officer", made.number, Action.UPDATE, done=f"việc {step}", progress=step)
        world.report(made.number)
        world.act("office", made.number, Action.RETURN, reason="Thiếu số liệu")
        world.report(made.number, "head")
        world.act("office", made.number, Action.VERIFY, verdict="met", grade="good")


def entry(number=1):
    return Entry(
        at=datetime(2021, 9, 6, 2, 30, tzinfo=UTC) + timedelta(minutes=number),
        actor_id=1, actor_name="Mai", role="office", agency_id=2, agency_name="Văn phòng",
        subject=Subject.DIRECTIVE, subject_key="x", action="update", given={"done": f"{number}"},
    )  # fmt: skip


@contextmanager
def as_an_intruder(world):
    """A connection of somebody who may change the tables themselves; nothing of it is kept."""
    with world.office.engine.connect().execution_options(**WRITE) as connection:
        transaction = connection.begin()
        if connection.dialect.name == "sqlite":
            for name in ("update", "delete", "replace"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS history_no_{name}"))
        else:
            connection.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
        yield connection
        transaction.rollback()


def rows_of(world):
    with world.office.reading() as unit:
        return list(unit.history.walk())


def test_what_was_written_is_read_back_as_it_was_sealed(written):
    rows = rows_of(written)
    with written.office.reading() as unit:
        head, report = unit.history.head(), unit.history.verify()
    assert report.ok
    assert report.entries == len(rows) == head.entries == 42
    assert verify_chain(rows, head).ok


@pytest.mark.parametrize("seed", range(4))
def test_a_falsified_table_is_found_and_its_first_broken_entry_named(written, seed):
    """Ten forgeries of every kind for each seed, written into the table itself."""
    rows, dice = rows_of(written), random.Random(seed)
    with as_an_intruder(written) as connection:
        register = HistoryRegister(connection)
        for _ in range(10):
            forgery = dice.choice(tampering.FORGERIES)(rows, dice)
            connection.execute(delete(HistoryRow))
            if forgery.rows:
                connection.execute(insert(HistoryRow), [_values(row) for row in forgery.rows])
            report = register.verify()
            assert (report.ok, report.first_broken) == (False, forgery.named), forgery.what
        connection.execute(delete(HistoryRow))
        connection.execute(insert(HistoryRow), [_values(row) for row in rows])
        assert register.verify().ok


def test_every_column_is_sealed_as_the_database_holds_it(written):
    rows, dice = rows_of(written), random.Random(7)
    with as_an_intruder(written) as connection:
        register = HistoryRegister(connection)
        for name, other in tampering.EDITS.items():
            row = rows[dice.randrange(len(rows))]
            forged = _values(
                replace(row, entry=replace(row.entry, **{name: other(row.entry, dice)}))
            )
            where = HistoryRow.serial == row.serial
            connection.execute(update(HistoryRow).where(where).values({name: forged[name]}))
            report = register.verify()
            assert (report.ok, report.first_broken) == (False, row.serial), name
            connection.execute(update(HistoryRow).where(where).values({name: _values(row)[name]}))
        assert register.verify().ok


SPOILED = {
    "subject": "'nonsense'",
    "before": "'not json'",
    "after": "'[]'",
    "given": "'3'",
    "evidence": "'7'",
    "at": "'gestern'",
    "reason": "CAST(x'ff' AS TEXT)",
    "actor_name": "x'ff00'",
}
"""Values that nothing of ours would ever write, as a database may hold them."""
ONLY_SQLITE = {"before", "at"}
"""PostgreSQL refuses these by the column's type, whoever asks."""


@pytest.mark.parametrize("column", SPOILED)
def test_a_row_that_cannot_even_be_read_is_named_and_not_stumbled_over(written, column):
    with as_an_intruder(written) as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        spoil = text(f"UPDATE history SET {column} = {SPOILED[column]} WHERE serial = 17")
        if column in ONLY_SQLITE and not on_sqlite:
            with pytest.raises(DBAPIError):
                connection.execute(spoil)
            return
        connection.execute(spoil)
        report = HistoryRegister(connection).verify()
        assert (report.ok, report.first_broken, report.entries) == (False, 17, 16)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (delete(HistoryHeadRow), 1),
        (update(HistoryHeadRow).values(entries=41), 42),
        (update(HistoryHeadRow).values(entries=43), 43),
        (update(HistoryHeadRow).values(digest="0" * 64), 42),
    ],
)
def test_a_falsified_head_is_found(written, change, named):
    with as_an_intruder(written) as connection:
        connection.execute(change)
        report = HistoryRegister(connection).verify()
        assert (report.ok, report.first_broken) == (False, named)


def test_an_anchor_kept_elsewhere_finds_a_tail_that_was_cut_with_its_head(written):
    rows = rows_of(written)
    with as_an_intruder(written) as connection:
        connection.execute(delete(HistoryRow).where(HistoryRow.serial > 30))
        connection.execute(update(HistoryHeadRow).values(entries=30, digest=rows[29].digest))
        register = HistoryRegister(connection)
        assert register.verify().ok
        report = register.verify({35: rows[34].digest})
        assert (report.ok, report.first_broken) == (False, 31)


FORBIDDEN = [
    "UPDATE history SET reason = 'x' WHERE serial = 3",
    "UPDATE history SET digest = digest",
    "DELETE FROM history WHERE serial = 3",
    "DELETE FROM history",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_itself_refuses_to_change_what_was_written(written, statement):
    with written.office.engine.connect().execution_options(**WRITE) as connection:
        transaction = connection.begin()
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(statement))
        transaction.rollback()
    with written.office.reading() as unit:
        assert unit.history.verify().ok


def test_the_database_refuses_to_empty_the_history_or_to_write_over_an_entry(written):
    engine = written.office.engine
    columns = "serial, at, actor_id, actor_name, subject, subject_key, action, before, after, given, reason, evidence, previous, digest"
    values = "3, '2021-09-06 00:00:00', 1, '', 'directive', 'x', 'verify', '{}', '{}', '{}', '', '[]', '', ''"
    if engine.dialect.name == "sqlite":
        statement = f"INSERT OR REPLACE INTO history ({columns}) VALUES ({values})"
    else:
        statement = "TRUNCATE history"
    with engine.connect().execution_options(**WRITE) as connection:
        transaction = connection.begin()
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(statement))
        transaction.rollback()
    assert len(rows_of(written)) == 42


def test_a_history_that_nobody_wrote_to_is_whole(app):
    with app.extensions["office"].reading() as unit:
        assert unit.history.head() == EMPTY
        assert unit.history.verify().as_json() == {"entries": 0, "ok": True, "first_broken": None}


def test_the_walk_reads_more_than_one_chunk_and_leaves_the_connection_as_it_was(app, monkeypatch):
    monkeypatch.setattr("models.history.register.CHUNK", 5)
    with app.extensions["office"].writing() as unit:
        for number in range(17):
            unit.history.append(entry(number))
    with app.extensions["office"].reading() as unit:
        before = dict(unit.connection.get_execution_options())
        assert [link.serial for link in unit.history.walk()] == list(range(1, 18))
        assert unit.history.verify().ok
        assert dict(unit.connection.get_execution_options()) == before


def test_a_reader_sees_one_moment_however_long_it_looks(written):
    """The chain and its head are read by two statements; somebody writes between them."""
    [made] = written.issue()
    with written.office.reading() as unit:
        rows = list(unit.history.walk())
        written.act("clerk", made.number, Action.ACCEPT)
        assert verify_chain(rows, unit.history.head()).ok
        assert unit.history.verify().entries == len(rows)
    with written.office.reading() as unit:
        assert unit.history.verify().entries == len(rows) + 1


def append_and_fail(office):
    with office.writing() as unit:
        unit.history.append(entry())
        raise ZeroDivisionError


def test_an_act_that_fails_leaves_neither_entry_nor_head(written):
    office = written.office
    with office.reading() as unit:
        before = unit.history.head()
    with pytest.raises(ZeroDivisionError):
        append_and_fail(office)
    with office.reading() as unit:
        assert unit.history.head() == before
        assert unit.history.verify().ok


def test_entries_of_one_transaction_are_chained_to_each_other(app):
    office = app.extensions["office"]
    with office.writing() as unit:
        sealed = [unit.history.append(entry(number)) for number in range(3)]
    assert [link.serial for link in sealed] == [1, 2, 3]
    assert sealed[1].previous == sealed[0].digest
    with office.reading() as unit:
        assert unit.history.verify().entries == 3


def test_two_first_entries_at_once_are_both_kept(world):
    """The head does not stand yet when both begin."""
    office = world.office
    with office.reading() as unit:
        assert unit.history.head() == EMPTY

    def second():
        with office.writing() as unit:
            unit.history.append(entry(2))

    with Second(office.engine, second) as answer, office.writing() as unit:
        unit.history.append(entry(1))
        answer.begin()
    assert answer.error is None
    with office.reading() as unit:
        assert unit.history.verify().as_json() == {"entries": 2, "ok": True, "first_broken": None}


def test_a_head_remembered_from_an_act_that_broke_off_misleads_nobody(written):
    office = written.office
    with pytest.raises(ZeroDivisionError):
        append_and_fail(office)
    with office.writing() as unit:
        unit.history.append(entry(2))
        unit.history.append(entry(3))
    with office.reading() as unit:
        assert unit.history.verify().ok


def test_what_another_process_appended_in_between_is_noticed(written):
    """Each engine remembers its own last head, as two processes do."""
    office = written.office
    other = create_engine(office.engine.url)
    before = len(rows_of(written))
    try:
        for number in range(3):
            with office.writing() as unit:
                unit.history.append(entry(number))
            with other.begin() as connection:
                HistoryRegister(connection).append(entry(number + 10))
    finally:
        other.dispose()
    with office.reading() as unit:
        report = unit.history.verify()
    assert (report.ok, report.entries) == (True, before + 6)


def test_the_second_act_asks_for_no_head(written):
    """What is remembered spares a question, and the update looks whether it still holds."""
    office, asked = written.office, []
    with office.writing() as unit:
        unit.history.append(entry(1))

    def hear(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(office.engine, "before_cursor_execute", hear)
    try:
        with office.writing() as unit:
            unit.history.append(entry(2))
    finally:
        event.remove(office.engine, "before_cursor_execute", hear)
    assert not any(one.lstrip().startswith("SELECT") for one in asked)
