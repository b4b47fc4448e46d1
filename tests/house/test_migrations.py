"""The database's shape: up, down and up again, equal to the models, with data and without."""

import ast
import json
import uuid
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from backends import MIGRATIONS, dispose, make_app, migrate, url_of
from digest import digest_of
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, select, text
from world import build_world

from models.base import Base, tune_sqlite
from workflow.directives.records import Action

MANY = 100_000
VERSIONS = Path(MIGRATIONS) / "versions"
REVISIONS = [
    revision.revision for revision in reversed(list(ScriptDirectory(MIGRATIONS).walk_revisions()))
]


class Database:
    """One empty database with an application on it that knows its address."""

    def __init__(self, app, engine_of_models):
        self.app, self.engine_of_models = app, engine_of_models

    @property
    def engine(self):
        return self.app.extensions["office"].engine

    def up(self, to="head"):
        with self.app.app_context():
            upgrade(directory=MIGRATIONS, revision=to)

    def down(self, to):
        with self.app.app_context():
            downgrade(directory=MIGRATIONS, revision=to)

    def tables(self):
        with self.engine.connect() as connection:
            return set(inspect(connection).get_table_names()) - {"alembic_version"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path, clock_of_tests):
    """An empty database, and another one on the same server for what the models would make."""
    if request.param == "sqlite":
        app = make_app(f"sqlite:///{tmp_path / 'x.sqlite3'}", tmp_path, clock_of_tests)
        other = create_engine(f"sqlite:///{tmp_path / 'models.sqlite3'}")
        tune_sqlite(other, synchronous="off")
        yield Database(app, other)
        dispose(app)
        other.dispose()
        return
    address = request.getfixturevalue("postgres_address")
    names = [f"m{uuid.uuid4().hex[:10]}" for _ in range(2)]
    with psycopg.connect(address, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
    app = make_app(url_of(address, names[0]), tmp_path, clock_of_tests)
    other = create_engine(url_of(address, names[1]))
    yield Database(app, other)
    dispose(app)
    other.dispose()
    with psycopg.connect(address, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class StandingClock:
    """A clock that stands; `conftest` is the name of several modules, so it is none of theirs."""

    def __init__(self):
        self.at = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)

    def __call__(self):
        return self.at


@pytest.fixture
def clock_of_tests():
    return StandingClock()


def shape_of(engine):
    """Return everything that a database says of its own tables, in words that compare."""
    found = {}
    with engine.connect() as connection:
        look = inspect(connection)
        for table in sorted(set(look.get_table_names()) - {"alembic_version"}):
            found[table] = {
                "columns": {
                    c["name"]: (str(c["type"]), c["nullable"], _default(c))
                    for c in look.get_columns(table)
                },
                "key": look.get_pk_constraint(table),
                "foreign": sorted(
                    (f["name"] or "", *f["constrained_columns"], f["referred_table"])
                    for f in look.get_foreign_keys(table)
                ),
                "unique": sorted(
                    (u["name"] or "", *u["column_names"])
                    for u in look.get_unique_constraints(table)
                ),
                "checks": sorted(
                    (c["name"], _bare(c["sqltext"])) for c in look.get_check_constraints(table)
                ),
                "indexes": sorted(
                    (i["name"], bool(i["unique"]), *map(str, i["column_names"]), _where(i))
                    for i in look.get_indexes(table)
                    if not i.get("duplicates_constraint")
                ),
            }
    return found


def _default(column):
    told = str(column.get("default") or "")
    return "counted" if "nextval" in told else told.strip("()")


def _bare(words):
    return "".join(str(words).split()).strip("()").lower()


def _where(index):
    options = index.get("dialect_options", {})
    told = [options.get(f"{name}_where") for name in ("postgresql", "sqlite")]
    return "".join(_bare(words) for words in told if words is not None)


def extras_of(engine):
    """Return triggers and functions of our own, which no table's shape shows."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        else:
            asked = (
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION ALL "
                "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
                "WHERE n.nspname = 'public' ORDER BY 1"
            )
        return connection.execute(text(asked)).scalars().all()


# --- the line of revisions ---------------------------------------------------------------


def test_there_is_one_line_of_revisions_with_one_end():
    scripts = ScriptDirectory(MIGRATIONS)
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    assert all(not revision.is_branch_point for revision in scripts.walk_revisions())


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("[0-9]*.py")), ids=lambda path: path.stem)
def test_every_revision_says_what_it_does_and_can_be_taken_back(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    steps = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for name in ("upgrade", "downgrade"):
        assert any(not isinstance(node, ast.Pass) for node in steps[name].body), name


# --- empty -----------------------------------------------------------------------------


def test_the_shape_is_the_models_shape(empty):
    empty.up()
    Base.metadata.create_all(empty.engine_of_models)
    assert shape_of(empty.engine) == shape_of(empty.engine_of_models)


def test_nothing_is_left_to_generate(empty):
    empty.up()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "render_as_batch": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_up_down_and_up_again(empty):
    empty.up()
    first, extras = shape_of(empty.engine), extras_of(empty.engine)
    assert empty.tables() == set(Base.metadata.tables)
    assert len(extras) >= 3
    empty.down("base")
    assert empty.tables() == set()
    assert extras_of(empty.engine) == []
    empty.up()
    assert shape_of(empty.engine) == first
    assert extras_of(empty.engine) == extras


def hinders(before, after):
    """Return what of a new shape stops a process that still runs the code of the one before."""
    for table, had in before.items():
        has = after.get(table, {"columns": {}})["columns"]
        for name, (kind, *_) in had["columns"].items():
            if name not in has or _plain(has[name][0]) != _plain(kind):
                yield f"{table}.{name}"
        for name, (_kind, may_be_empty, default) in has.items():
            if name not in had["columns"] and not may_be_empty and default is None:
                yield f"{table}.{name}"


def _plain(kind):
    """A type without what it is sorted by, which no statement of the code before names."""
    return kind.partition(" COLLATE")[0]


def test_each_step_can_be_taken_back_alone(empty):
    there, stopping = {}, {}
    for revision in REVISIONS:
        empty.up(revision)
        before, there, extras = there, shape_of(empty.engine), extras_of(empty.engine)
        if found := sorted(hinders(before, there)):
            stopping[revision] = found
        empty.down("-1")
        empty.up(revision)
        assert shape_of(empty.engine) == there, revision
        assert extras_of(empty.engine) == extras, revision
    assert stopping == {}


GROUP = "INSERT INTO agency_groups VALUES (1, :code, 'Nhóm', '[]', :tiers, '[]', '[]')"
OLD_GROUPS = [
    ("all_agencies", '["department", "district", "special_zone"]', "commune"),
    ("all_agencies", '["department", "district"]', ""),
    ("cac-noi", '["department", "district", "special_zone"]', ""),
]


@pytest.mark.parametrize(("code", "tiers", "more"), OLD_GROUPS)
def test_the_standard_group_of_all_gains_its_communes_where_nobody_changed_it(
    empty, code, tiers, more
):
    empty.up("0020")
    with empty.engine.begin() as connection:
        connection.execute(text(GROUP), {"code": code, "tiers": tiers})
    empty.up("0021")
    look = "SELECT tiers, communes_from FROM agency_groups"
    with empty.engine.connect() as connection:
        kept, since = connection.execute(text(look)).one()
    assert ("commune" in str(kept), str(since)) == (
        (True, "2025-07-01") if more else (False, "None")
    )
    empty.down("0020")
    with empty.engine.connect() as connection:
        (back,) = connection.execute(text("SELECT tiers FROM agency_groups")).one()
    assert back in (tiers, json.loads(tiers))


def test_going_up_twice_changes_nothing(empty):
    empty.up()
    before = shape_of(empty.engine)
    empty.up()
    assert shape_of(empty.engine) == before


# --- with data -------------------------------------------------------------------------


def fill(database, clock):
    """A province at work, and a hundred thousand entries that it once wrote."""
    world = build_world(database.app, clock)
    for made in world.issue(world.clause(), world.clause(2, lead="districts")):
        if made.number.endswith("-01"):
            world.act("clerk", made.number, Action.ACCEPT)
            world.report(made.number)
            world.act("office", made.number, Action.VERIFY, verdict="met")
    then = "'2021-08-23 02:00:00.000000'"
    if database.engine.dialect.name == "postgresql":
        then = f"CAST({then} AS TIMESTAMP)"
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO sign_in_attempts (login_key, address, at, succeeded) "
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
                f"SELECT 'k' || i, '10.0.0.1', {then}, true FROM n"
            ),
            {"many": MANY},
        )
    return world


def rows_of(engine, tables):
    """Return the rows of tables by the columns that stand now."""
    found = {}
    with engine.connect() as connection:
        look = inspect(connection)
        for table in tables:
            columns = sorted(column["name"] for column in look.get_columns(table))
            keys = look.get_pk_constraint(table)["constrained_columns"]
            named, order = (", ".join(f'"{c}"' for c in words) for words in (columns, keys))
            asked = f'SELECT {named} FROM "{table}" ORDER BY {order}'
            cursor = connection.connection.cursor()
            cursor.execute(asked)
            found[table] = (columns, hash(repr(cursor.fetchall())))
    return found


def test_a_full_database_goes_down_and_up_and_keeps_what_each_step_had(empty, clock_of_tests):
    """Only what a step itself brought is lost when it is taken back."""
    empty.up()
    world = fill(empty, clock_of_tests)
    with world.office.reading() as unit:
        assert unit.history.verify().ok
    kept = rows_of(empty.engine, empty.tables())
    for revision in reversed(REVISIONS[1:]):
        all_rows = kept
        empty.down("-1")
        kept = rows_of(empty.engine, empty.tables())
        for table, (columns, rows) in kept.items():
            if columns == all_rows[table][0]:
                assert rows == all_rows[table][1], (revision, table)
    empty.up()
    with world.office.reading() as unit:
        assert unit.history.verify().ok
    with empty.engine.connect() as connection:
        table = Base.metadata.tables["sign_in_attempts"]
        assert len(connection.execute(select(table.c.id)).all()) >= MANY
    world.issue()
    empty.down("base")
    assert empty.tables() == set()


def test_the_head_migrates_what_an_older_revision_wrote(empty, clock_of_tests):
    """Whatever stood before the last step stands after it."""
    empty.up()
    world = fill(empty, clock_of_tests)
    empty.down("-1")
    tables = empty.tables()
    before = rows_of(empty.engine, tables)
    empty.up()
    after = rows_of(empty.engine, tables)
    for table, (columns, rows) in before.items():
        if after[table][0] == columns:
            assert after[table][1] == rows, table
    digest_of(empty.engine)
    assert world.directive("2021-0001-01").version == 4


def test_the_tests_own_template_is_the_migrated_shape(backend, app):
    migrate(app)
    assert set(Base.metadata.tables) <= set(shape_of(app.extensions["office"].engine))
    assert backend.app is app
