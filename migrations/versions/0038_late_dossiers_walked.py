"""Which ended dossiers ran late, by month, and what the logs of these came to.

All of it is filled by the worker after the next import, or by the next night; until then it is read
from the rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None

LATES, WALKS = "dossier_lates", "dossier_walks"
HELD, BROKEN = "dossier_walks_held", "dossier_walks_broken"


def upgrade() -> None:
    """Add the tables, and have each month counted again, so that they are filled."""
    op.create_table(
        LATES,
        sa.Column("dossier_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("by_first", sa.Boolean(), nullable=False),
        sa.Column("by_last", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_lates_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_dossier_lates")),
    )
    op.create_index(op.f("ix_dossier_lates_month"), LATES, ["month"])
    op.create_table(
        WALKS,
        sa.Column("dossier_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step", sa.String(length=500), server_default="", nullable=False),
        sa.Column("fault", sa.String(length=500), server_default="", nullable=False),
        sa.Column("days_over", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_walks_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_dossier_walks")),
    )
    op.create_table(
        HELD,
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier_walks.dossier_id"], name=op.f("fk_dossier_walks_held_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "kind", name=op.f("pk_dossier_walks_held")),
    )
    op.create_table(
        BROKEN,
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=500), nullable=False),
        sa.Column("days_over", sa.Integer(), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.Column("saved_first", sa.Boolean(), nullable=False),
        sa.Column("saved_last", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossier_walks.dossier_id"],
            name=op.f("fk_dossier_walks_broken_dossier_id"),
        ),
        sa.PrimaryKeyConstraint("dossier_id", "step", name=op.f("pk_dossier_walks_broken")),
    )
    op.add_column(
        "dossier_months",
        sa.Column("walked", sa.String(length=16), server_default="", nullable=False),
    )
    op.execute("UPDATE dossier_months SET calendar_version = ''")


def downgrade() -> None:
    """Take the tables away."""
    op.drop_column("dossier_months", "walked")
    for table in (BROKEN, HELD, WALKS, LATES):
        op.drop_table(table)
