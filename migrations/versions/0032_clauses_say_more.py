"""Work that a sheet says is paused elsewhere; whether figures of periods run on from each other.

The states that a clause may carry over are held by a constraint that SQLite cannot change where
other tables point: paused work is running work that is paused.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; nothing was paused elsewhere yet, and each figure told its own period."""
    op.add_column(
        "clauses",
        sa.Column("carried_paused", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "clauses",
        sa.Column("target_basis", sa.String(32), server_default="period", nullable=False),
    )


def downgrade() -> None:
    """Take them out again."""
    op.drop_column("clauses", "target_basis")
    op.drop_column("clauses", "carried_paused")
