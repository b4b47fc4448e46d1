"""What a detection writes down on its way, in tables that only its own connection sees."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    text,
)
from sqlalchemy.schema import CreateTable

from models.types import Instant

_APART = MetaData()
"""Apart from the product's own tables: no migration makes these."""

SCOPE = Table(
    "scratch_scope",
    _APART,
    Column("dossier_id", Integer, primary_key=True, autoincrement=False),
    Column("due_on", Date),
    prefixes=["TEMPORARY"],
)
"""The dossiers to look at, each with its promised day pushed back by its waits."""

FOUND = Table(
    "scratch_found",
    _APART,
    Column("dossier_id", Integer, primary_key=True, autoincrement=False),
    Column("type", String(32), primary_key=True),
    Column("occurred_at", Instant, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("agency_id", Integer),
    Column("agency_text", String(500), nullable=False),
    Column("field_text", String(500), nullable=False),
    Column("procedure_code", String(100), nullable=False),
    Column("officer", String(500), nullable=False),
    Column("severity", String(32), nullable=False),
    Column("off", Boolean, nullable=False),
    prefixes=["TEMPORARY"],
)
"""What holds as of the day; `off`: the file cannot tell, so nothing is found by it."""

TURNS = Table(
    "scratch_turns",
    _APART,
    Column("kind", String(16), nullable=False),
    Column("violation_id", Integer),
    Column("dossier_id", Integer, nullable=False),
    Column("type", String(32), nullable=False),
    Column("reason", String(32), nullable=False),
    prefixes=["TEMPORARY"],
)
"""What has to change: found, reinstated, moved, overturned."""


def count_in(connection: Connection, table: Table) -> None:
    """Let PostgreSQL know how many rows a sheet holds; it plans for a handful otherwise."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {table.name}"))


def clean_sheets(connection: Connection) -> None:
    """Make the tables where they are not there yet, and empty them."""
    for table in (SCOPE, FOUND, TURNS):
        connection.execute(CreateTable(table, if_not_exists=True))
        connection.execute(delete(table))
