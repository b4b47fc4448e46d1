"""Reports that came by paper and were recorded, and how often an agency was urged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nothing that stands was recorded or urged yet."""
    op.add_column(
        "directives",
        sa.Column("report_recorded", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "directives", sa.Column("reminders", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("directives", sa.Column("reminded_on", sa.Date(), nullable=True))
    op.add_column("reports", sa.Column("received_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("reports", "received_on")
    for name in ("reminded_on", "reminders", "report_recorded"):
        op.drop_column("directives", name)
