"""What an import touched and nobody judged yet: its cases are judged at the end of the file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLE = "escalation_held"


def upgrade() -> None:
    """Add the table; it is empty whenever no import runs."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("agency", sa.String(length=500), server_default="", nullable=False),
        sa.Column("field", sa.String(length=500), server_default="", nullable=False),
        sa.Column("procedure", sa.String(length=100), server_default="", nullable=False),
        sa.Column("officer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("grew", sa.Boolean(), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_held")),
    )
    op.create_index(op.f("ix_escalation_held_source_agency"), TABLE, ["source", "agency"])


def downgrade() -> None:
    """Take the table away; judge what is held first (`dondoc escalation run --whole`)."""
    op.drop_table(TABLE)
