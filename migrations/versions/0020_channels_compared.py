"""The channel of a dossier is checked word by word: a list is dear for each row that comes in."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAME = "ck_dossiers_channel"
AS_A_LIST = "channel IN ('counter', 'online', 'postal', 'other')"
ONE_BY_ONE = "channel = 'counter' OR channel = 'online' OR channel = 'postal' OR channel = 'other'"


def upgrade() -> None:
    """Write the same check as comparisons."""
    _check(AS_A_LIST, ONE_BY_ONE)


def downgrade() -> None:
    """Write it as a list again."""
    _check(ONE_BY_ONE, AS_A_LIST)


def _check(before: str, after: str) -> None:
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint(op.f(NAME), "dossiers", type_="check")
        op.create_check_constraint(op.f(NAME), "dossiers", after)
        return
    _reword(before, after)


def _reword(before: str, after: str) -> None:
    """Change the words of a check without writing millions of rows anew.

    It is SQLite's own way for changes that leave the rows as they are (lang_altertable,
    section 7): the text of the table, then the schema's version so that everyone reads it.
    """
    connection = op.get_bind()
    (version,) = connection.exec_driver_sql("PRAGMA schema_version").one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) "
        "WHERE type = 'table' AND name = 'dossiers' AND instr(sql, ?) > 0",
        (before, after, before),
    )
    if changed.rowcount != 1:
        message = "the check of a dossier's channel is not there"
        raise RuntimeError(message)
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
