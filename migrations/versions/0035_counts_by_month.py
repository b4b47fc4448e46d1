"""Ended dossiers counted by month, and which dossiers an import brought or changed.

A month that does not stand counted is read from its rows: the next night counts all of them.
Which ids an import gave is filled in for those that have ended.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

IMPORTS = sa.table(
    "dossier_imports",
    sa.column("id"),
    sa.column("state"),
    sa.column("first_dossier_id"),
    sa.column("last_dossier_id"),
)
MONTHS = sa.table("dossier_months", sa.column("month"), sa.column("calendar_version"))
ENDS = ("first_dossier_id", "last_dossier_id")
CHANGES, BY_IMPORT = "dossier_changes", "ix_dossier_changes_import_id_dossier_id"


def upgrade() -> None:
    """Add both tables of counts, the ends of an import's ids, an index of changes."""
    for end in ENDS:
        op.add_column("dossier_imports", sa.Column(end, sa.Integer(), nullable=True))
    op.create_index(op.f(BY_IMPORT), CHANGES, ["import_id", "dossier_id"])
    op.create_table(
        "dossier_months",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("calendar_version", sa.String(length=16), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_dossier_months")),
    )
    op.create_table(
        "dossier_tallies",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by_procedure", sa.Boolean(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("agency_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("field_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("procedure_code", sa.String(length=100), nullable=False),
        sa.Column("procedure_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_dossier_tallies_agency_id")
        ),
        sa.PrimaryKeyConstraint("month", "serial", name=op.f("pk_dossier_tallies")),
    )
    _fill()


def _fill() -> None:
    """Say which ids each ended import gave, 0 as the last where it gave none."""
    bind = op.get_bind()
    ended = sa.and_(IMPORTS.c.state != "running", IMPORTS.c.last_dossier_id.is_(None))
    given = sa.text("SELECT first_import_id, min(id), max(id) FROM dossiers GROUP BY first_import_id")
    for key, first, last in bind.execute(given).all():
        ends = {"first_dossier_id": first, "last_dossier_id": last}
        bind.execute(sa.update(IMPORTS).where(IMPORTS.c.id == key, ended).values(ends))
    bind.execute(sa.update(IMPORTS).where(ended).values(last_dossier_id=0))
    received = sa.column("received_on")
    month = sa.func.substr(sa.cast(received, sa.String()), 1, 7)
    found = sa.select(month).select_from(sa.table("dossiers")).where(received.is_not(None)).distinct()
    for one in bind.scalars(found).all():
        bind.execute(sa.insert(MONTHS).values(month=one, calendar_version=""))


def downgrade() -> None:
    """Take all of it out."""
    op.drop_table("dossier_tallies")
    op.drop_table("dossier_months")
    op.drop_index(op.f(BY_IMPORT), table_name=CHANGES)
    for end in ENDS:
        op.drop_column("dossier_imports", end)
