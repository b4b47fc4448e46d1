"""A report is found by its number, one directive's or one period's."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("reports", "period_reports")


def upgrade() -> None:
    """Add the indexes."""
    for table in TABLES:
        op.create_index(f"ix_{table}_report_number", table, ["report_number"])


def downgrade() -> None:
    """Take them off."""
    for table in TABLES:
        op.drop_index(f"ix_{table}_report_number", table_name=table)
