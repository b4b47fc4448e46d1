"""Statements that are compiled once and then cost little more than their driver (ADR 0003).

SQLAlchemy looks a statement up by its shape, builds a context and a result around the driver's
cursor each time: several times what the database itself takes for one row. The few statements
that every request and every act stand on are written as any other, but kept compiled.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from operator import add
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert, UpdateBase
from sqlalchemy.types import TypeEngine

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | UpdateBase
Turn = Callable[[Any], Any]
_PLAIN = re.compile(r"'[a-zA-Z0-9_.: -]{0,40}'|-?[0-9]{1,18}")


class Prepared:
    """A statement with what it needs to be sent as it is, for each kind of database it met.

    Every value it asks for is given by name at each call, as to `Connection.execute`; what is
    not given and has no value of its own is a KeyError. Listeners of the engine hear it, and
    what the driver raises comes out as SQLAlchemy's error of the same name. Only for statements
    whose text does not depend on what is given: lists have their values in the statement, and no
    default is computed by Python.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._forms: dict[str, Form] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Return all rows, each a tuple with the names of its columns."""
        form = self.form(connection.dialect)
        cursor = send(connection, form.text, form.bound(values))
        return list(map(form.row, cursor.fetchall()))

    def row(self, connection: Connection, values: Mapping[str, Any]) -> Any | None:
        """Return the first row, or None where there is none."""
        form = self.form(connection.dialect)
        found = send(connection, form.text, form.bound(values)).fetchall()
        return form.row(found[0]) if found else None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Carry it out and return how many rows it touched."""
        form = self.form(connection.dialect)
        return int(send(connection, form.text, form.bound(values)).rowcount)

    def run_all(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Carry it out for each of some rows; return how many rows it touched altogether."""
        form = self.form(connection.dialect)
        return many(connection, form.text, form.all_bound(rows)) if rows else 0

    def form(self, dialect: Dialect) -> Form:
        """Return it as this database takes it."""
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = Form(self._statement, dialect)
        return form


class Form:
    """A statement as one kind of database takes it, and how values go in and come out."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled = _compiled(statement, dialect)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        asked = {name: None for name, bind in binds.items() if bind.required}
        sent = compiled.construct_expanded_state(asked)
        self.text = sent.statement
        self._is_positional = bool(compiled.positional)
        self._order = tuple((sent.positiontup or ()) if compiled.positional else sent.parameters)
        listed = {n: n.rpartition("_")[0] for n in self._order if n not in binds}
        self._own = {n: bind.effective_value for n, bind in binds.items() if not bind.required}
        self._own |= {name: sent.parameters[name] for name in listed}
        of = {name: binds[listed.get(name, name)] for name in self._order}
        if self._is_positional:
            words = {n: _words_of(of[n], self._own[n], dialect) for n in of if n in self._own}
            self.text, self._order = _with_words(self.text, self._order, words)
        self._own = {name: own for name, own in self._own.items() if name in self._order}
        turns = {name: _into(of[name].type, dialect) for name in self._order}
        self._turns = [(name, turn) for name, turn in turns.items() if turn is not None]
        columns = _columns_of(statement)
        self._made = _named([column.key for column in columns])
        found = [(n, _out_of(c.type, dialect)) for n, c in enumerate(columns)]
        self._readings = [(place, turn) for place, turn in found if turn is not None]
        self.row: Turn = self._read if self._readings else self._made

    def bound(self, values: Mapping[str, Any]) -> Any:
        """Return the values as the driver takes them."""
        ready = {**self._own, **values}
        for name, turn in self._turns:
            ready[name] = turn(ready[name])
        return self._in_order(ready)

    def all_bound(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return the values of some rows; one shared with the row before is turned once."""
        seen: dict[str, tuple[Any, Any]] = {}
        ready = []
        for values in rows:
            one = {**self._own, **values}
            for name, turn in self._turns:
                value = one[name]
                if name not in seen or seen[name][0] is not value:
                    seen[name] = (value, turn(value))
                one[name] = seen[name][1]
            ready.append(self._in_order(one))
        return ready

    def _in_order(self, ready: Mapping[str, Any]) -> Any:
        if self._is_positional:
            return [ready[name] for name in self._order]
        return {name: ready[name] for name in self._order}

    def _read(self, found: Sequence[Any]) -> Any:
        """Return a row of the driver with the types of its columns."""
        row = list(found)
        for place, turn in self._readings:
            if row[place] is not None:
                row[place] = turn(row[place])
        return self._made(row)


def _named(names: Sequence[str]) -> Turn:
    """Return what makes a row with these names out of its values."""
    kind: Any = namedtuple("Found", names)  # type: ignore[misc]  # noqa: PYI024 - known when run
    return partial(tuple.__new__, kind)  # `_make` counts the values first, which takes longer


def _compiled(statement: Statement, dialect: Dialect) -> SQLCompiler:
    """Compile a statement, of which nothing may be left to work out at each call."""
    if isinstance(statement, Insert):
        statement = statement.inline()  # nobody asks for the key of what was added
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)  # noqa: S101 - every statement of ours is SQL
    assert not compiled.insert_prefetch  # noqa: S101 - as the docstring of Prepared demands
    assert not compiled.update_prefetch  # noqa: S101
    return compiled


def _columns_of(statement: Statement) -> Sequence[Any]:
    if isinstance(statement, Select):
        return list(statement.selected_columns)
    return list(statement.exported_columns)


def _words_of(bind: BindParameter[Any], value: object, dialect: Dialect) -> str | None:
    """Return a value that nobody can give as words of the statement; None where it is to be sent.

    Only a plain word, number or day: what somebody typed never becomes part of a statement.
    """
    if value is None or not bind.unique:
        return None
    make = bind.type.dialect_impl(dialect).literal_processor(dialect)
    words = make(value) if make is not None else ""
    return words if _PLAIN.fullmatch(words) else None


def _with_words(
    text: str, order: tuple[str, ...], words: Mapping[str, str | None]
) -> tuple[str, tuple[str, ...]]:
    """Return a text with question marks that says its own values, and what it still asks for.

    A value that stands beside a condition of a partial index, and is sent, makes SQLite compile
    the statement anew each time: whether the index serves might depend on it.
    """
    pieces = text.split("?")
    if len(pieces) != len(order) + 1:  # one of them stands in a word of the statement
        return text, order
    said = [words.get(name) for name in order]
    marks = ["?" if word is None else word for word in said]
    text = pieces[0] + "".join(map(add, marks, pieces[1:]))
    return text, tuple(name for name, word in zip(order, said, strict=True) if word is None)


def turn_into(kind: TypeEngine[Any], dialect: Dialect) -> Turn:
    """Return what makes of a value what the driver is sent of it, and sends of it."""
    return _into(kind, dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _into(kind: TypeEngine[Any], dialect: Dialect) -> Turn | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _out_of(kind: TypeEngine[Any], dialect: Dialect) -> Turn | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def send(connection: Connection, text: str, values: Any) -> Any:
    """Send one statement over the driver's own cursor and return that cursor.

    It is the one that the connection keeps for this: read it before the next is sent.
    """
    cursor = _cursor_of(connection)
    heard = connection.engine.dispatch
    for hear in heard.before_cursor_execute:
        hear(connection, cursor, text, values, None, False)
    try:
        cursor.execute(text, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, cursor, text, error) from error
    for hear in heard.after_cursor_execute:
        hear(connection, cursor, text, values, None, False)
    return cursor


def many(connection: Connection, text: str, rows: Sequence[Any]) -> int:
    """Send one statement for each of some rows; return how many rows it touched altogether."""
    cursor = _cursor_of(connection)
    with hearing(connection, cursor, text, rows):
        cursor.executemany(text, rows)
    return int(cursor.rowcount)


@contextmanager
def hearing(
    connection: Connection, cursor: Any, text: str, values: Any, *, is_many: bool = True
) -> Iterator[None]:
    """Let the engine's listeners hear what the block sends, and name errors as SQLAlchemy does."""
    heard = connection.engine.dispatch
    for hear in heard.before_cursor_execute:
        hear(connection, cursor, text, values, None, is_many)
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, cursor, text, error) from error
    for hear in heard.after_cursor_execute:
        hear(connection, cursor, text, values, None, is_many)


def text_of(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> tuple[str, Any]:
    """Return a statement with all its values as the driver takes both."""
    form = Form(statement, dialect)
    return form.text, form.bound({})


def rows_of(connection: Connection, text: str, values: Any) -> list[Any]:
    """Return all rows as the driver gives them: dates and instants may be text."""
    rows: list[Any] = send(connection, text, values).fetchall()
    return rows


def in_parts_of(
    connection: Connection, text: str, values: Any, *, size: int
) -> Iterator[Sequence[Any]]:
    """Yield the rows as the driver gives them, so many at a time that they need little memory.

    PostgreSQL's driver would take all of them at once; a cursor on the server does not.
    """
    driver: Any = connection.connection.dbapi_connection
    on_server = {"name": "parts"} if connection.dialect.name == "postgresql" else {}
    with closing(driver.cursor(**on_server)) as cursor:
        with hearing(connection, cursor, text, values, is_many=False):
            cursor.execute(text, values)
        while rows := cursor.fetchmany(size):
            yield rows


def _cursor_of(connection: Connection) -> Any:
    kept = connection.info
    if "cursor" not in kept:
        kept["cursor"] = connection.connection.cursor()
    return kept["cursor"]


def _known(connection: Connection, cursor: Any, text: str, error: Exception) -> Exception:
    """Return the driver's error as SQLAlchemy names it; a lost connection is given up."""
    dialect = connection.dialect
    driver = connection.connection.dbapi_connection
    is_lost = dialect.is_disconnect(error, driver, cursor)  # type: ignore[arg-type]
    if is_lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=dialect,
    )
